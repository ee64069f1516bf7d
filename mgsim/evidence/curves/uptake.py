"""What takes calcium away: the reticulum's pump, and parvalbumin."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, approach, dots, law, published
from mgsim.evidence.experiments.recording import NoValue, approach_rate
from mgsim.evidence.experiments.relaxation import DURATIONS, PAUSES, relaxation
from mgsim.evidence.experiments.uptake import LADDER, loaded

COLD = "0 °C"
SPEED = "1 / half-relaxation (s⁻¹)"
LONG, TEST = 3.0, 0.4  # s of the tetanus that fills parvalbumin, and of those before and after it


def against_magnesium(fibres: Fibres) -> Picture:
    """Draw the uptake into an emptied reticulum against free magnesium."""
    lines = []
    for name, label in (("mouse_edl", "fast"), ("mouse_soleus", "slow")):
        gained = np.array([loaded(fibres[name], Mg) for Mg in LADDER])
        lines.append(dots(label, LADDER, gained / gained.max()))
    marks = (
        Mark("T43.optimum", 1.0, "x", line=None),
        Mark("T43.high", 10.0),
        Mark("T43.soleus", 1.03, "x", line=None),
    )
    return Picture(
        "Uptake of Ca²⁺ against Mg²⁺", "free Mg²⁺ (mM)", "uptake over the most at any", tuple(lines), marks, log="x",
        says="Skinned fibre at 0.3 µM Ca²⁺. T43.optimum (fast) and T43.soleus are the Mg²⁺ at which most is taken up.",
    )  # fmt: skip


def pump(fibres: Fibres) -> Picture:
    """Draw the uptake by the pump alone against free magnesium."""
    lines = []
    for name, Ca, label in (
        ("mouse_edl", "0.3 µM", "fast, 0.3 µM Ca²⁺"),
        ("mouse_edl", "1 µM", "fast, 1 µM Ca²⁺"),
        ("mouse_soleus", "0.3 µM", "slow, 0.3 µM Ca²⁺"),
    ):
        gained = np.array([loaded(fibres[name], Mg, Ca, seconds=4.0, blocked=True) for Mg in LADDER])
        lines.append(dots(label, LADDER, gained / gained.max()))
    marks = (
        Mark("T43.pump", 1.0, "x", line=None),
        Mark("T43.pump.1µM", 1.04, "x", line=None),
        Mark("T43.pump.soleus", 10.0, line=2),
    )
    return Picture(
        "Uptake of Ca²⁺ against Mg²⁺, RyR1 shut", "free Mg²⁺ (mM)", "uptake over the most at any", tuple(lines), marks,
        log="x", says="T43.pump and T43.pump.1µM are the Mg²⁺ at which the pump of the fast fibre takes up most.",
    )  # fmt: skip


def slowing(fibres: Fibres) -> Picture:
    """Draw how relaxation slows with the duration of a tetanus."""
    cold = fibres["mouse_edl"].at(COLD)
    speed = [relaxation(cold, [(0.0, length)]) for length in DURATIONS]
    return Picture(
        "Relaxation after longer and longer tetani, 0 °C", "duration of the tetanus (s)", SPEED,
        _fitted(DURATIONS, speed, "T42.slowing"), says="Exponentials through the model's values.",
    )  # fmt: skip


def recovery(fibres: Fibres) -> Picture:
    """Draw how the relaxation of a short tetanus recovers after a long one."""
    cold = fibres["mouse_edl"].at(COLD)
    later = [relaxation(cold, [(0.0, LONG), (LONG + pause, TEST)]) for pause in PAUSES]
    fresh = Line("fresh", np.array([0.0, PAUSES[-1]]), np.full(2, relaxation(cold, [(0.0, TEST)])))
    return Picture(
        "Relaxation of a test tetanus after a long one, 0 °C", "pause (s)", SPEED,
        (*_fitted(PAUSES, later, "T42.recovery"), fresh),
        says="It should begin below that of the fresh fibre and recover with the published rate.",
    )  # fmt: skip


def _fitted(times: tuple[float, ...], values: list[float], row: str) -> tuple[Line, ...]:
    fine = np.linspace(times[0], times[-1], 80)
    rate = published(row)
    lines = [
        dots("model", times, values),
        law(f"{rate:g} s⁻¹ ({row})", fine, approach(rate, times, values, fine)),
    ]
    try:
        own = approach_rate(times, values)
        lines.append(Line(f"its fit, {own:.3g} s⁻¹", fine, approach(own, times, values, fine)))
    except NoValue:
        pass  # the row says why there is none
    return tuple(lines)
