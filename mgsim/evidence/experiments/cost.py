"""What splits ATP."""

from __future__ import annotations

import numpy as np

from mgsim.curve import area
from mgsim.evidence.experiments.recording import record
from mgsim.language.model import Model
from mgsim.protocol import train

BULK = 0.95  # share of myoplasmic water that cross-bridges lie in


def share_of_ions(model: Model, rate: str = "100 Hz", length: str = "1 s", after: str = "2 s") -> float:
    """Return the share of the ATP of an isometric tetanus, above rest, that goes to Ca2+ and Na+ pumps.

    Pumping goes on after the last stimulus, so two seconds after it are counted.
    """
    result = record(model, train(rate, length, after=after), every="1 ms")
    cost = {name: _above_rest(result.time, result[name]) for name in result if name.startswith("J_ATP_")}
    bridges = BULK * cost["J_ATP_XB"]
    ions = cost["J_ATP_SERCA"] + sum(v for name, v in cost.items() if name.startswith("J_ATP_NaK"))
    return ions / (ions + bridges)


def _above_rest(time: np.ndarray, flux: np.ndarray) -> float:
    return float(area(time, flux - flux[0]))
