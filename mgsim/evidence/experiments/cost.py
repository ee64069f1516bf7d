"""What splits ATP, and how that depends on MgATP."""

from __future__ import annotations

import numpy as np

from mgsim.curve import area
from mgsim.evidence.experiments.filament import SATURATING, steady
from mgsim.evidence.experiments.recording import crossing, record
from mgsim.language.model import Model
from mgsim.protocol import train

BULK = 0.95  # share of myoplasmic water that cross-bridges lie in


def half_saturation(model: Model, temperature: str = "5 °C", enough: str = "5 mM") -> float:
    """Return the MgATP (mM) at which a fully activated, isometric skinned fibre splits ATP half as fast as it can."""
    cold = model.at(temperature)
    half = steady(cold, SATURATING, "1 mM", enough, "J_ATP_XB") / 2.0

    def too_slow(MgATP: float) -> bool:
        return steady(cold, SATURATING, "1 mM", f"{MgATP:.6g} mM", "J_ATP_XB") < half

    return crossing(too_slow, 1e-3, 5.0, 0.005)


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
