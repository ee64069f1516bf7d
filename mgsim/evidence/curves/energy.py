"""What contraction costs in human muscle, and how that is made good."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, approach, law, published, since
from mgsim.evidence.experiments.cost import BULK
from mgsim.evidence.experiments.effort import ONSET, contractions, graded
from mgsim.evidence.experiments.recording import ONSET as RECORDED
from mgsim.evidence.experiments.recording import NoValue, approach_rate, record
from mgsim.evidence.experiments.sudden import record_after
from mgsim.protocol import rest, train
from mgsim.result import Result, Trace

CALF = "human_triceps_surae"
PCR = "phosphocreatine (mM)"
SPAN, LONGER = 400.0, 300.0  # s of recovery that are recorded for the time constant, and for the pH


def phosphocreatine(result: Result) -> Trace:
    """Return phosphocreatine, mM."""
    found: Trace = result["PCr_total_bulk"] / 1000.0
    return found


def one_contraction(fibres: Fibres) -> Picture:
    """Draw the fall of phosphocreatine in one maximal contraction."""
    length = 2.0
    result = record(fibres[CALF], contractions([0.0], length, 1.0), every="20 ms")
    level = phosphocreatine(result)
    when = float(result.time[level.argmin()]) - ONSET
    return Picture(
        "Phosphocreatine in a maximal contraction of 2 s", "time (s)", PCR,
        (since("model", result.time - ONSET, level, until=3.0, unit=1.0),),
        (Mark("P88", when, start=float(level[0]), scale=-length),), from_zero=False,
        says="P88 is the fall per second: twice its published value is drawn down from the model's rest.",
    )  # fmt: skip


def recovery(fibres: Fibres) -> Picture:
    """Draw the recovery of phosphocreatine after repeated contractions."""
    starts = _repeated()
    result = record(fibres[CALF], contractions(starts, 1.0, SPAN), every=0.5)
    time = result.time - ONSET - starts[-1] - 1.0
    level = phosphocreatine(result)
    after = time >= 0.0
    at = np.linspace(0.0, 250.0, 80)
    tau = published("P89.repeated")
    lines = [
        Line("model", time[time <= 250.0][::2], level[time <= 250.0][::2]),
        law(f"{tau:g} s (P89.repeated)", at, approach(1.0 / tau, time[after][::4], level[after][::4], at)),
    ]
    try:
        own = 1.0 / approach_rate(time[after][::4], level[after][::4])
        lines.append(
            Line(f"its fit, {own:.3g} s", at, approach(1.0 / own, time[after][::4], level[after][::4], at))
        )
    except NoValue:
        pass  # the row says why there is none
    return Picture(
        "Phosphocreatine after 30 s of contractions", "time since the last contraction (s)", PCR, tuple(lines),
        from_zero=False, says="Exponentials through the model's recovery, one with the published time constant.",
    )  # fmt: skip


def acidity(fibres: Fibres) -> Picture:
    """Draw the pH after repeated contractions."""
    starts = _repeated()
    result = record(fibres[CALF], contractions(starts, 1.0, LONGER), every=0.5)
    end = ONSET + starts[-1] + 1.0
    later = np.where(result.time >= end, result["pH"], np.inf)
    return Picture(
        "pH in 30 s of contractions and after it", "time since the last contraction (s)", "pH",
        (since("model", result.time - end, result["pH"], until=250.0, unit=1.0),),
        (Mark("P89.acid", float(result.time[later.argmin()]) - end),), from_zero=False,
        says="The lowest pH of recovery decides.",
    )  # fmt: skip


def gated(fibres: Fibres) -> Picture:
    """Draw phosphocreatine through short contractions every half a minute."""
    starts = [k * 30.0 for k in range(15)]
    result = record(fibres[CALF], contractions(starts, 2.0, 28.0), every="50 ms")
    time, level = result.time - ONSET, 100.0 * result["PCr_total_bulk"] / result["PCr_total_bulk"][0]
    tau = published("P89.gated")
    # What a contraction takes away comes back with the time constant until the next one: D = Q / (e^(28/tau) - 1).
    low = [float(level[(time >= s) & (time <= s + 3.0)].min()) for s in starts[5:]]
    high = [float(np.interp(s, time, level)) for s in starts[5:]]
    fall = float(np.mean(high) - np.mean(low))
    steady_level = 100.0 - fall / (np.exp(28.0 / tau) - 1.0)
    return Picture(
        "Phosphocreatine in contractions of 2 s every 30 s", "time (s)", "phosphocreatine (% of rest)",
        (
            Line("model", time[::20], level[::20]),
            law(f"{tau:g} s (P89.gated)", [150.0, 450.0], [steady_level] * 2),
        ),
        from_zero=False,
        says="With the published time constant, phosphocreatine before each contraction would lie on the dashed line: "
        "it follows from what the model's contractions take away.",
    )  # fmt: skip


def cuff(fibres: Fibres) -> Picture:
    """Draw phosphocreatine of a resting fibre whose blood flow is stopped."""
    start, stop = 300.0, 1200.0
    result = record_after(fibres[CALF], {"Mitochondria.supply": 0.0}, rest(stop + 1.0), 1.0)
    level = phosphocreatine(result)
    begin = float(np.interp(start, result.time, level))
    slope = -published("rest.ischaemia")
    return Picture(
        "Phosphocreatine at rest under a cuff", "time without blood flow (min)", PCR,
        (
            since("model", result.time, level, until=stop, unit=1.0 / 60.0),
            law("published rate", [start / 60.0, stop / 60.0], [begin, begin + slope * (stop - start)]),
        ),
        (Mark("rest.ischaemia", stop / 60.0, start=begin, scale=-(stop - start)),),
        says="Counted from the 5th to the 20th minute.",
    )  # fmt: skip


def acidification(fibres: Fibres) -> Picture:
    """Draw the pH against the fall of phosphocreatine as work gets harder."""
    result = record(fibres[CALF], graded(), every=0.5)
    fall = 1.0 - result["PCr_total_bulk"] / result["PCr_total_bulk"][0]
    return Picture(
        "pH as work gets harder", "phosphocreatine spent (share)", "pH", (Line("model", fall, result["pH"]),),
        (Mark("P91", float(result["pH"][0]) - 1e-3, "x"),), from_zero=False,
        says="Read where pH, which first rises as phosphocreatine is split, comes below that of rest.",
    )  # fmt: skip


def ions(fibres: Fibres) -> Picture:
    """Draw the share of the ATP of a tetanus that has gone to pumps, as the tetanus goes on."""
    lines, marks = [], []
    for k, (name, label, rate, row) in enumerate(
        (
            (CALF, "human calf", "60 Hz", "P90.human"),
            ("mouse_edl", "mouse, fast", "100 Hz", "P90.mouse"),
            ("mouse_soleus", "mouse, slow", "60 Hz", "P90.soleus"),
        )
    ):
        result = record(fibres[name], train(rate, "1 s", after="2 s"), every="1 ms")
        cost = {flux: cumulated(result, flux) for flux in result if flux.startswith("J_ATP_")}
        pumps = cost["J_ATP_SERCA"] + sum(spent for flux, spent in cost.items() if flux.startswith("J_ATP_NaK"))
        time = result.time - RECORDED
        kept = np.append(np.flatnonzero(time > 0.1)[::10], len(time) - 1)
        share = pumps[kept] / (pumps + BULK * cost["J_ATP_XB"])[kept]
        lines.append(Line(label, time[kept], share))
        marks.append(Mark(row, float(time[-1]), line=k))
    return Picture(
        "ATP that goes to pumps in a tetanus of 1 s", "time (s)", "share of the ATP spent so far", tuple(lines),
        tuple(marks), says="Above rest; pumping goes on after the last stimulus, so two more seconds are counted.",
    )  # fmt: skip


def cumulated(result: Result, flux: str) -> Trace:
    """Return the time integral of a flux above its rest, from the beginning on."""
    active = result[flux] - result[flux][0]
    steps = (active[1:] + active[:-1]) / 2.0 * np.diff(result.time)
    found: Trace = np.concatenate(([0.0], np.cumsum(steps)))
    return found


def _repeated() -> list[float]:
    return [2.0 * k for k in range(15)]
