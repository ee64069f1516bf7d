"""Net uptake of calcium by the emptied reticulum of a skinned fibre."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from mgsim.evidence.experiments.bath import skinned
from mgsim.evidence.experiments.recording import record
from mgsim.language.model import Model
from mgsim.protocol import rest

# Free Mg2+ of the baths, mM, within the range that was tried in the laboratory.
LADDER = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0, 7.0, 10.0)
EMPTYING = 30.0  # s at 10 µM Mg2+, which opens RyR1
LOADING = 4.0  # s; at 0.3 µM Ca2+ and 1 mM Mg2+ about what refills the reticulum to its resting content


@lru_cache(maxsize=256)
def loaded(model: Model, Mg: float, Ca: str = "0.3 µM") -> float:
    """Return the calcium gained by an emptied reticulum while the bath holds calcium and Mg2+ (mM), µM."""
    protocol = rest(EMPTYING + LOADING).held("Mg", "10 µM", 0.0, EMPTYING).held("Mg", f"{Mg} mM", EMPTYING)
    result = record(skinned(model, {"Ca": Ca}), protocol, every=0.1)
    store = result["Ca_store"]
    return float(store[-1] - np.interp(EMPTYING, result.time, store))


def best_magnesium(model: Model, Ca: str = "0.3 µM") -> float:
    """Return the free Mg2+ (mM) at which the reticulum gains most; a parabola reads between the baths."""
    gained = np.array([loaded(model, m, Ca) for m in LADDER])
    i = int(gained.argmax())
    if i in (0, len(LADDER) - 1):
        return LADDER[i]
    a, b, _ = np.polyfit(np.log(LADDER[i - 1 : i + 2]), gained[i - 1 : i + 2], 2)
    return float(np.exp(-b / (2.0 * a)))


def relative_load(model: Model, Mg: float, Ca: str = "0.3 µM") -> float:
    """Return the calcium gained at a free Mg2+ (mM) over the most gained at any."""
    return loaded(model, Mg, Ca) / max(loaded(model, m, Ca) for m in LADDER)
