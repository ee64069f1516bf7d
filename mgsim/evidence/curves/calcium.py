"""The calcium transient."""

from __future__ import annotations

import numpy as np

from mgsim import measure
from mgsim.curve import Curve
from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, above_rest, dots
from mgsim.evidence.experiments.calcium import decay_times, transient
from mgsim.evidence.experiments.recording import number, stimulated

TIME = "time since the stimulus (ms)"
RISE = "rise of free Ca²⁺ (µM)"


def one_transient(fibres: Fibres, fibre: str, peak: str, width: str, temperature: str = "16 °C") -> Picture:
    """Draw the transient of one action potential with its height and its half-duration."""
    result = stimulated(fibres[fibre].at(temperature), [0.0], 0.3)
    curve = Curve(result, "Ca")
    when, top = curve.peak(curve.first)
    begin = 1000.0 * (curve.rise_to(top / 2, curve.first, when) - curve.first)
    marks = (
        Mark(peak, 1000.0 * (when - curve.first)),
        Mark(width, top / 2, "x", start=begin),
    )
    kind = {"mouse_edl": "fast fibre", "mouse_soleus": "slow fibre"}[fibre]
    return Picture(
        f"Ca²⁺ transient of a {kind}, {temperature}", TIME, RISE,
        (above_rest("model", result, "Ca", until=0.04),), marks,
        says="The half-duration is read at half of the model's height, from where the model rises through it.",
    )  # fmt: skip


def fast(fibres: Fibres) -> Picture:
    """Draw the transient of the fast fibre."""
    return one_transient(fibres, "mouse_edl", "T1", "T2")


def slow(fibres: Fibres) -> Picture:
    """Draw the transient of the slow fibre."""
    return one_transient(fibres, "mouse_soleus", "T3.peak", "T3.width")


def warm(fibres: Fibres) -> Picture:
    """Draw the transient of the warm fast fibre."""
    return one_transient(fibres, "mouse_edl", "T1.warm", "T2.warm", "28 °C")


def decay(fibres: Fibres) -> Picture:
    """Draw how much longer each transient of a train takes to decay."""
    times = np.array(decay_times(fibres["mouse_edl"]))
    pulse = np.arange(1, len(times) + 1)
    first, before = times / times[0], times[1:] / times[:-1]
    lines = (
        dots("over the first", pulse, first),
        dots("over the one before", pulse[1:], before),
    )
    marks = (
        Mark("T8", float(pulse[1:][first[1:].argmin()])),
        Mark("T8.progressive", float(pulse[1:][before.argmin()]), line=1),
    )
    return Picture(
        "Decay of the Ca²⁺ transient in a train at 67 Hz", "transient", "decay time, relative", lines, marks,
        says="The least of each course decides its row: it should lie above 1.",
    )  # fmt: skip


def ligand(fibres: Fibres) -> Picture:
    """Draw free calcium and CaATP after one action potential."""
    result = stimulated(fibres["mouse_edl"].at("16 °C"), [0.0], 0.1)
    lines, marks = [], []
    for k, (trace, label, row) in enumerate((("CaATP", "CaATP", "T10.CaATP"), ("Ca", "free Ca²⁺", "T10.Ca"))):
        lines.append(above_rest(label, result, trace, until=0.04))
        marks.append(Mark(row, number(measure.time_to_peak(result, trace)), line=k))
    return Picture("Free Ca²⁺ and CaATP, 16 °C", TIME, "rise above rest (µM)", tuple(lines), tuple(marks))


def low_magnesium(fibres: Fibres) -> Picture:
    """Draw the transient of a voltage step at normal and at low free magnesium."""
    lines: list[Line] = []
    tops = []
    for Mg in ("1 mM", "0.1 mM"):
        result = transient(fibres["mouse_edl"], Mg, "16 °C", "0 mV")
        lines.append(above_rest(f"{Mg} Mg²⁺", result, "Ca", until=1.0))
        tops.append(Curve(result, "Ca").top(0.0)[:2])
    when = 1000.0 * (tops[1][0] - result.protocol.holds[0].start)
    return Picture(
        "Ca²⁺ transient of a voltage step at low Mg²⁺", "time since the step (ms)", RISE, tuple(lines),
        (Mark("T25.peak", when, scale=tops[0][1], line=1),),
        says="100 ms at 0 mV; T25.decay compares the rates at which Ca²⁺ falls afterwards.",
    )  # fmt: skip
