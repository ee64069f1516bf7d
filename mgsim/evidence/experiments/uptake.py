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
LOADING = 15.0  # s; how long the measured fibres filled was not read. After a few seconds the leak through RyR1 counts


@lru_cache(maxsize=512)
def loaded(model: Model, Mg: float, Ca: str = "0.3 µM", seconds: float = LOADING, blocked: bool = False) -> float:
    """Return the calcium gained by an emptied reticulum while the bath holds calcium and Mg2+ (mM), µM.

    Parameters
    ----------
    model : Model
        The fibre that is skinned.
    Mg, Ca
        Free Mg2+ (mM) and Ca2+ of the bath in which the reticulum fills.
    seconds : float
        How long it fills. Short of a few seconds this shows the pump; later what RyR1 lets out again counts too.
    blocked : bool
        Whether RyR1 is shut, as by ruthenium red, so that the pump alone is seen. The lumen is then emptied by hand.
    """
    protocol = rest(EMPTYING + seconds).held("Mg", f"{Mg} mM", EMPTYING)
    cell = skinned(model, {"Ca": Ca})
    if blocked:
        cell = cell.suddenly({"Release.P_m": 0.0})
        for part in ("CaSR_longitudinal", "CaSR_terminal"):
            protocol = protocol.held(part, "1 µM", 0.0, EMPTYING)
    else:
        protocol = protocol.held("Mg", "10 µM", 0.0, EMPTYING)
    result = record(cell, protocol, every=0.1)
    store = result["Ca_store"]
    return float(store[-1] - np.interp(EMPTYING, result.time, store))


def best_magnesium(model: Model, Ca: str = "0.3 µM", seconds: float = LOADING, blocked: bool = False) -> float:
    """Return the free Mg2+ (mM) at which the reticulum gains most; a parabola reads between the baths."""
    gained = np.array([loaded(model, m, Ca, seconds, blocked) for m in LADDER])
    i = int(gained.argmax())
    if i in (0, len(LADDER) - 1):
        return LADDER[i]
    a, b, _ = np.polyfit(np.log(LADDER[i - 1 : i + 2]), gained[i - 1 : i + 2], 2)
    return float(np.exp(-b / (2.0 * a)))


def relative_load(
    model: Model, Mg: float, Ca: str = "0.3 µM", seconds: float = LOADING, blocked: bool = False
) -> float:
    """Return the calcium gained at a free Mg2+ (mM) over the most gained at any."""
    most = max(loaded(model, m, Ca, seconds, blocked) for m in LADDER)
    return loaded(model, Mg, Ca, seconds, blocked) / most
