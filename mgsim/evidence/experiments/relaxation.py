"""Relaxation that slows with the length of a tetanus, as parvalbumin fills, and its recovery."""

from __future__ import annotations

from collections.abc import Sequence

from mgsim import measure
from mgsim.evidence.experiments.recording import ONSET, NoValue, approach_rate, number, record
from mgsim.language.model import Model
from mgsim.protocol import pulses

DURATIONS = (0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0)  # s of tetanus; force is steady from the first on
PAUSES = (2.0, 4.0, 7.0, 12.0, 20.0, 35.0)  # s between two tetani
RATE = 20.0  # Hz, which fuses at 0 °C


def relaxation(model: Model, tetani: Sequence[tuple[float, float]]) -> float:
    """Return the inverse half-relaxation time (s⁻¹) after the last of tetani given as (start, duration) in s."""
    times = [ONSET + start + k / RATE for start, length in tetani for k in range(round(length * RATE))]
    result = record(model, pulses(times, duration=max(times) + 3.0), every="2 ms")
    return 1000.0 / number(measure.half_relaxation(result))


def slowing_rate(model: Model, temperature: str = "0 °C") -> float:
    """Return the rate at which relaxation slows with the duration of a tetanus, s⁻¹."""
    cold = model.at(temperature)
    return approach_rate(DURATIONS, [relaxation(cold, [(0.0, length)]) for length in DURATIONS])


def recovery_rate(model: Model, temperature: str = "0 °C", first: float = 3.0, test: float = 0.4) -> float:
    """Return the rate at which relaxation of a short tetanus recovers with the pause after a long one, s⁻¹."""
    cold = model.at(temperature)
    fresh = relaxation(cold, [(0.0, test)])
    later = [relaxation(cold, [(0.0, first), (first + p, test)]) for p in PAUSES]
    if later[0] > 0.95 * fresh:
        raise NoValue(f"{PAUSES[0]:g} s after a long tetanus a short one relaxes as fast as a fresh one")
    return approach_rate(PAUSES, later)
