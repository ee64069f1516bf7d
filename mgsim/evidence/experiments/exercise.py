"""Potassium and sodium of a human muscle that works to exhaustion.

Bicycling is stood in for by contractions of half a second, one every second, at the rate of motor units in hard
work. Blood keeps its ions unless its K+ is given, and the muscle its water.
"""

from __future__ import annotations

from mgsim.evidence.experiments.effort import ONSET, contractions
from mgsim.evidence.experiments.recording import once, record
from mgsim.language.model import Model
from mgsim.result import Result

HARD = 30.0  # Hz


@once
def exhausted(
    model: Model, seconds: float = 180.0, bouts: int = 3, pause: float = 60.0, plasma: float | None = None
) -> Result:
    """Work in bouts of this length (s) with a pause (s) between them, at this K+ of plasma (mM) from the start on."""
    if plasma is not None:
        sodium = model.value("Milieu.Na_b") - (plasma - model.value("Milieu.K_b"))
        model = model.suddenly({"Milieu.K_b": plasma, "Milieu.Na_b": sodium})
    starts = [b * (seconds + pause) + float(k) for b in range(bouts) for k in range(int(seconds))]
    return record(model, contractions(starts, 0.5, 0.5, HARD), every="50 ms")


def potassium_at_end(model: Model) -> float:
    """Return the K+ of the cell at the end of the last bout, mM."""
    return float(exhausted(model)["K_cell"][-1] / 1000.0)


def sodium_at_end(model: Model) -> float:
    """Return the Na+ of the cell at the end of the last bout over that at rest."""
    sodium = exhausted(model)["Na_cell"]
    return float(sodium[-1] / sodium[0])


def potassium_lost(model: Model) -> float:
    """Return by how much the K+ of the cell has fallen at the end of the last bout, mM."""
    potassium = exhausted(model)["K_cell"]
    return float(potassium[0] - potassium[-1]) / 1000.0


def highest_interstitial_potassium(model: Model, plasma: float | None = None) -> float:
    """Return the highest mean K+ of the interstitium over 5 s of work at this K+ of plasma (mM), mM."""
    result = exhausted(model, plasma=plasma)
    level, width = result["K_interstitium"], 100
    means = [level[i : i + width].mean() for i in range(int(ONSET / 0.05), len(level) - width, width)]
    return float(max(means) / 1000.0)
