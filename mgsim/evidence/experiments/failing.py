"""Energy that fails: poisoned metabolism, and muscle stimulated without a pause at different rates."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.experiments.recording import NoValue, once, record
from mgsim.evidence.experiments.sudden import record_after
from mgsim.language.model import Model
from mgsim.protocol import pulses, rest
from mgsim.result import Result

POISON = {"Mitochondria.V_ox": 0.0, "Glycolysis.V_gly": 0.0}


def magnesium_without_ATP(model: Model, minutes: float = 60.0, gone: float = 0.1) -> float:
    """Return free Mg2+ (mM) once respiration and glycolysis are poisoned and ATP has fallen to a tenth."""
    result = record_after(model, POISON, rest(60.0 * minutes), 1.0)
    left = result["MgATP"] + result["ATP_free"]
    low = np.flatnonzero(left <= gone * left[0])
    if not len(low):
        raise NoValue(f"after {minutes:g} min {left[-1] / left[0]:.0%} of ATP is left")
    return float(result["Mg"][low[0]] / 1000.0)


@once
def driven(model: Model, rate: float, seconds: float, temperature: str = "37 °C") -> Result:
    """Stimulate a fibre without a pause at a rate (Hz) for some time."""
    times = 0.01 + np.arange(int(rate * seconds)) / rate
    return record(model.at(temperature), pulses(times.tolist(), duration=seconds + 0.02), every="5 ms")


def force_left(model: Model, rate: float, seconds: float) -> float:
    """Return the force of the last second of stimulation over the highest of any."""
    result = driven(model, rate, seconds)
    force = result["force"] - result["force"][0]
    return float(force[result.time >= seconds - 1.0].max() / force.max())


def phosphocreatine_left(model: Model, rate: float, seconds: float) -> float:
    """Return the phosphocreatine at the end of stimulation over that at rest."""
    level = driven(model, rate, seconds)["PCr_total_bulk"]
    return float(level[-1] / level[0])


def phosphocreatine_regained(model: Model, rate: float, seconds: float) -> float:
    """Return the phosphocreatine at the end of stimulation over its lowest during it."""
    level = driven(model, rate, seconds)["PCr_total_bulk"]
    return float(level[-1] / level.min())
