"""Stimulated human muscle."""

from __future__ import annotations

import numpy as np

from mgsim import measure
from mgsim.evidence.curves.picture import Fibres, Mark, Picture, dots, since
from mgsim.evidence.experiments.human import contraction_time, force_ratio
from mgsim.evidence.experiments.recording import ONSET, number, record
from mgsim.protocol import pulses, train

CALF, SLOW = "human_triceps_surae", "human_slow"
TIME = "time since force began (ms)"
FORCE = "force (% of the peak)"


def _twitches(
    fibres: Fibres, which: dict[str, str], rows: dict[int, tuple[str, ...]], relaxation: str, gap: float | None
) -> Picture:
    lines, marks = [], []
    for k, (label, name) in enumerate(which.items()):
        model = fibres[name]
        times = [ONSET] if gap is None else [ONSET, ONSET + gap]
        result = record(model, pulses(times, duration="1 s"))
        force = result["force"] - result["force"][0]
        top, contraction = number(measure.time_to_peak(result)), contraction_time(model, gap)
        begin = ONSET + (top - contraction) / 1000.0
        full = number(measure.amplitude(result))
        lines.append(since(label, result.time - begin, 100.0 * force / full, until=0.5))
        # Several muscles have one fibre here: their points stand one above the other.
        marks += [Mark(row, 100.0 + 4.0 * i, "x", line=k if i == 0 else None) for i, row in enumerate(rows[k])]
        if k == 0:
            marks.append(Mark(relaxation, 50.0, "x", start=contraction, line=0))
    what = "Twitch" if gap is None else "Doublet"
    return Picture(
        f"{what} of human muscle", TIME, FORCE, tuple(lines), tuple(marks),
        says="Contraction time counts from 2 % of the peak; half-relaxation from the model's own peak.",
    )  # fmt: skip


def twitch(fibres: Fibres) -> Picture:
    """Draw the twitch of a mixed and of a slow fibre beside those of calf muscles."""
    which = {"calf": CALF, "slow": SLOW}
    return _twitches(fibres, which, {0: ("T12.CT", "T13.LG", "T13.MG"), 1: ("T13.soleus",)}, "T12.HRT", None)


def doublet(fibres: Fibres) -> Picture:
    """Draw the response to two pulses beside that of the quadriceps."""
    return _twitches(fibres, {"mixed": CALF}, {0: ("T15.CT",)}, "T15.HRT", 0.01)


def fusion(fibres: Fibres) -> Picture:
    """Draw the ripple of force against the rate of stimulation."""
    rates = (6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
    model = fibres[CALF]
    ripple = [number(measure.ripple(record(model, train(float(f), "1 s", after="0.2 s")))) for f in rates]
    return Picture(
        "Ripple of force, human calf", "rate (Hz)", "swing of force (% of its mean)",
        (dots("model", rates, np.maximum(ripple, 1e-3)),), (Mark("T12.fusion", 1.0, "x"),), log="y", from_zero=False,
        says="Force counts as smooth where it swings by less than 1 %.",
    )  # fmt: skip


def force_frequency(fibres: Fibres) -> Picture:
    """Draw the force against the rate of stimulation."""
    rates = (5.0, 8.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0)
    model = fibres[CALF]
    return Picture(
        "Force against the rate of stimulation, human", "rate (Hz)", "force over that at 50 Hz",
        (dots("model", rates, [force_ratio(model, low=f) for f in rates]),), (Mark("T15.ratio", 20.0),),
        says="Trains of 1 s. Published with the quadriceps.",
    )  # fmt: skip
