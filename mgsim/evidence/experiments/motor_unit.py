"""Fatigue of motor units by short trains every second, as Burke tested them."""

from __future__ import annotations

from mgsim import measure
from mgsim.evidence.experiments.recording import number, record
from mgsim.fatiguing import fatigue
from mgsim.language.model import Model


def fatigue_index(model: Model, temperature: str = "37 °C") -> float:
    """Return the force of the last over that of the first of 120 trains of 330 ms at 40 Hz, one every second."""
    result = record(model.at(temperature), fatigue("burke", recovery="0 s"), every="5 ms")
    return number(measure.fatigue_index(result))
