"""Repeated tetani of single fibres, and whole muscles at work until they tire."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, dots, since
from mgsim.evidence.experiments.effort import ONSET, sprint, sustained, total_ATP, without_blood
from mgsim.evidence.experiments.failing import POISON, driven
from mgsim.evidence.experiments.fatigue import Fatigue, steepest_fall, tire
from mgsim.evidence.experiments.recording import NoValue
from mgsim.evidence.experiments.sudden import record_after
from mgsim.protocol import rest

TETANUS = "tetanus"
CALF = "human_triceps_surae"


def _reached(tired: Fatigue, share: float) -> int:
    """Return the tetanus whose force has fallen to a share; the last one where force stays above it."""
    try:
        return tired.reaching(share)
    except NoValue:
        return len(tired.force) - 1


def _numbers(tired: Fatigue) -> np.ndarray:
    return np.arange(1, len(tired.force) + 1)


def force(fibres: Fibres) -> Picture:
    """Draw force and tetanic calcium of each tetanus of a mouse fibre."""
    tired = tire(fibres["mouse_edl"], "25 °C")
    n = _numbers(tired)
    low = float(_reached(tired, 0.3) + 1)
    lines = (Line("force", n, tired.force / tired.force[0]), Line("Ca²⁺", n, tired.calcium / tired.calcium[0]))
    marks = (
        Mark("T46.phase1", 10.0),
        Mark("T46.phase1.Ca", 10.0, line=1),
        Mark("T46.phase3.Ca", low, line=1),
    )
    return Picture(
        "Tetani of a mouse fibre until it tires, 25 °C", TETANUS, "relative to the first tetanus", lines, marks,
        says="70 Hz for 350 ms, at a rising pace. Published: force falls by 10 to 15 % within ten tetani while Ca²⁺ "
        "rises, stays on a plateau (T46.plateau), and falls fast together with Ca²⁺ (T46.phase3).",
    )  # fmt: skip


def relaxation(fibres: Fibres) -> Picture:
    """Draw the steepest relaxation after each tetanus against its force."""
    tired = tire(fibres["mouse_edl"], "25 °C")
    last = _reached(tired, 0.3)
    shown = [*range(0, last, 10), _reached(tired, 0.75)]
    rates = {k: steepest_fall(tired, k) / steepest_fall(tired, 0) for k in sorted(set(shown))}
    force = tired.force / tired.force[0]
    return Picture(
        "Relaxation as a mouse fibre tires, 25 °C", TETANUS, "steepest fall of force over that of the first",
        (dots("model", [k + 1 for k in rates], rates.values()),),
        (Mark("T46.relaxation", float(_reached(tired, 0.75) + 1)),),
        says=f"Each relative to its own force; read where force has fallen to 75 % ({force[last]:.0%} at the end).",
    )  # fmt: skip


def magnesium(fibres: Fibres) -> Picture:
    """Draw free magnesium and phosphate before each tetanus of a mouse fibre."""
    tired = tire(fibres["mouse_edl"], "25 °C")
    free = tired.before("Mg") / 1000.0
    marks = (
        Mark("T48.early", 10.0, scale=float(free[0])),
        Mark("T48.late", float(_reached(tired, 0.3) + 1)),
    )
    return Picture(
        "Free Mg²⁺ in fatigue of a mouse fibre, 25 °C", TETANUS, "free Mg²⁺ (mM)",
        (Line("model", _numbers(tired), free),), marks, says="T48.late is where force has fallen to 30 %.",
    )  # fmt: skip


def phosphate(fibres: Fibres) -> Picture:
    """Draw phosphate before each tetanus of a mouse fibre."""
    tired = tire(fibres["mouse_edl"], "25 °C")
    level = tired.before("Pi_total_bulk") / 1000.0
    return Picture(
        "Phosphate in fatigue of a mouse fibre, 25 °C", TETANUS, "phosphate (mM)",
        (Line("model", _numbers(tired), level),), (Mark("T55.mouse", float(_reached(tired, 0.3) + 1)),),
        says="Read where force has fallen to 30 %.",
    )  # fmt: skip


def frog(fibres: Fibres) -> Picture:
    """Draw force and tetanic calcium beside those of Xenopus fibres."""
    tired = tire(fibres["mouse_edl"], "21 °C")
    n = _numbers(tired)
    lines = (Line("force", n, tired.force / tired.force[0]), Line("Ca²⁺", n, tired.calcium / tired.calcium[0]))
    marks = (
        Mark("T47.force10", 10.0),
        Mark("T47.Ca10", 10.0, line=1),
        Mark("T47.Ca50", float(_reached(tired, 0.5) + 1), line=1),
    )
    return Picture(
        "Tetani beside those of Xenopus fibres, 21 °C", TETANUS, "relative to the first tetanus", lines, marks,
        says="T47.Ca50 is where force has fallen to half. A mouse fibre stands in.",
    )  # fmt: skip


def frog_rest(fibres: Fibres) -> Picture:
    """Draw resting calcium before each tetanus and in recovery."""
    model = fibres["mouse_edl"]
    stop = _reached(tire(model, "21 °C"), 0.5)
    tired = tire(model, "21 °C", stop + 1, 1500.0)
    level = tired.before("Ca")
    end = float(tired.starts[-1])
    later = tired.result.time > end + 20.0
    time = (tired.result.time[later][::200] - end) / 60.0
    curve = Line(
        "model", np.concatenate([(tired.starts - end) / 60.0, time]),
        np.concatenate([level, tired.result["Ca"][later][::200]]) / level[0],
    )  # fmt: skip
    marks = (
        Mark("T47.rest50", 0.0),
        Mark("T47.rest60s", 1.0, line=None),
        Mark("T47.rest25min", float(tired.result.time[-1] - end) / 60.0, line=None),
    )
    return Picture(
        "Resting Ca²⁺ in fatigue and recovery, 21 °C", "time since the last tetanus (min)",
        "over that of the fresh fibre", (curve,), marks,
        says="Fatigue until force is half, then rest. Published with Xenopus fibres.",
    )  # fmt: skip


def held(fibres: Fibres) -> Picture:
    """Draw force and ATP of a maximal contraction of four minutes."""
    result = sustained(fibres[CALF])
    time, ATP = result.time - ONSET, total_ATP(result)
    force = result["force"] / result["force"].max()
    mean = np.convolve(force, np.ones(20) / 20, mode="same")  # one second: the ripple of 40 Hz would be a band
    lines = (
        since("force", time, mean, until=239.0, unit=1.0),
        since("ATP", time, ATP / ATP[0], until=240.0, unit=1.0),
    )
    marks = (Mark("T52.force", 240.0, line=None), Mark("T52.ATP", 240.0, line=1))
    return Picture(
        "A maximal contraction of four minutes", "time (s)", "force over its highest, ATP over rest", lines, marks,
        says="Force is a mean over one second.",
    )  # fmt: skip


def held_phosphate(fibres: Fibres) -> Picture:
    """Draw phosphate of a maximal contraction of four minutes."""
    result = sustained(fibres[CALF])
    level = result["Pi_total_bulk"] / 1000.0
    return Picture(
        "Phosphate in a maximal contraction of four minutes", "time (s)", "phosphate (mM)",
        (since("model", result.time - ONSET, level, until=240.0, unit=1.0),),
        (Mark("T55.human", float(result.time[level.argmax()] - ONSET)),),
    )  # fmt: skip


def held_acidity(fibres: Fibres) -> Picture:
    """Draw force against acid phosphate in a maximal contraction of four minutes."""
    result = sustained(fibres[CALF])
    acid = result["Pi_total_bulk"] * result["H_Pi"] / (1.0 + result["H_Pi"]) / 1000.0
    at = np.arange(15.0, result.time[-1], 15.0)
    force = [float(result["force"][np.abs(result.time - t) < 0.5].mean()) for t in at]
    return Picture(
        "Force against acid phosphate, maximal contraction", "H₂PO₄⁻ (mM)", "force (kN/m²)",
        (dots("model", np.interp(at, result.time, acid), force),),
        says="Every 15 s of four minutes; T52.r is the correlation of the two.",
    )  # fmt: skip


def bloodless(fibres: Fibres) -> Picture:
    """Draw relaxation against force in contractions without blood flow."""
    peaks, rates = without_blood(fibres[CALF])
    return Picture(
        "Relaxation against force in work without blood flow", "force over the first contraction",
        "rate of relaxation over the first", (Line("model", peaks / peaks[0], rates / rates[0]),),
        (Mark("T51", 0.641, line=None),), reverse=True, says="1 s at 50 Hz every 4 s.",
    )  # fmt: skip


def all_out(fibres: Fibres) -> Picture:
    """Draw ATP in an all-out sprint."""
    result = sprint(fibres["human_fast"])
    return Picture(
        "ATP of a fast human fibre in a sprint", "time (s)", "total ATP (mM)",
        (since("model", result.time - ONSET, total_ATP(result), until=25.0, unit=1.0),), (Mark("T53", 25.0),),
    )  # fmt: skip


def stimulated(fibres: Fibres) -> Picture:
    """Draw force under stimulation without a pause at three rates."""
    lines, marks = [], []
    for k, (rate, seconds) in enumerate(((1.0, 180.0), (10.0, 180.0), (100.0, 30.0))):
        result = driven(fibres["mouse_edl"], rate, seconds)
        force = result["force"] - result["force"][0]
        edges = np.arange(0.0, seconds, 1.0)
        top = [float(force[(result.time >= t) & (result.time < t + 1.0)].max()) for t in edges]
        lines.append(Line(f"{rate:g} Hz", edges + 1.0, np.array(top) / force.max()))
        marks.append(Mark(f"T54.{rate:g}Hz", seconds, line=k))
    return Picture(
        "Force under stimulation without a pause, 37 °C", "time (s)", "force over its highest", tuple(lines),
        tuple(marks), says="The highest force within each second.",
    )  # fmt: skip


def stimulated_energy(fibres: Fibres) -> Picture:
    """Draw phosphocreatine under stimulation without a pause."""
    lines = []
    for rate, seconds in ((10.0, 180.0), (100.0, 30.0)):
        result = driven(fibres["mouse_edl"], rate, seconds)
        level = result["PCr_total_bulk"] / result["PCr_total_bulk"][0]
        lines.append(since(f"{rate:g} Hz", result.time, level, until=seconds + 0.02, unit=1.0))
    lowest = float(lines[1].y.min())
    marks = (
        Mark("T54.10Hz.PCr", 180.0),
        Mark("T54.100Hz.level", 30.0, line=1),
        Mark("T54.100Hz.PCr", 30.0, scale=lowest, line=1),
    )
    return Picture(
        "Phosphocreatine under stimulation, 37 °C", "time (s)", "phosphocreatine over rest", tuple(lines), marks,
        says="At 100 Hz excitation fails and phosphocreatine should come back: at the end above its lowest "
        "(T54.100Hz.PCr) and near rest (T54.100Hz.level).",
    )  # fmt: skip


def poisoned(fibres: Fibres) -> Picture:
    """Draw free magnesium against the ATP that is left once respiration and glycolysis are stopped."""
    result = record_after(fibres["mouse_edl"], POISON, rest(3600.0), 1.0)
    left = result["MgATP"] + result["ATP_free"]
    share, free = left / left[0], result["Mg"] / 1000.0
    inside = share > 0.02
    return Picture(
        "Free Mg²⁺ as a poisoned fibre loses its ATP", "ATP left (share)", "free Mg²⁺ (mM)",
        (Line("model", share[inside], free[inside]),), (Mark("T49", 0.1),), reverse=True,
        says="Read where a tenth of ATP is left. Published with heart cells of the rat.",
    )  # fmt: skip
