"""Release of calcium from the reticulum on action potentials."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mgsim import measure
from mgsim.evidence.experiments.bath import atp_bath, skinned
from mgsim.evidence.experiments.recording import ONSET, amount, approach_rate, number, stimulated
from mgsim.language.model import Model

RECOVERY = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0)  # s between two pulses
WINDOW = 0.02  # s over which the release of one action potential is added up at 16 °C


def peak_release(model: Model, temperature: str = "16 °C") -> float:
    """Return the highest release flux after one action potential, µM/ms per myoplasmic water."""
    return number(measure.amplitude(stimulated(model.at(temperature), [0.0], 0.05), "J_rel"))


def release_width(model: Model, temperature: str = "16 °C") -> float:
    """Return the full duration at half maximum of the release flux of one action potential, ms."""
    return number(measure.half_duration(stimulated(model.at(temperature), [0.0], 0.05, "0.02 ms"), "J_rel"))


def released(model: Model, temperature: str = "16 °C", length: float = 0.05) -> float:
    """Return the calcium released by one action potential within `length` (s), µM of myoplasmic water."""
    result = stimulated(model.at(temperature), [0.0], length + 0.01)
    return amount(result, "J_rel", 0.0, length, above_rest=True)


def released_against(model: Model, other: str = "mouse_soleus", temperature: str = "16 °C") -> float:
    """Return the calcium released by one action potential over that in another preparation."""
    from mgsim import fibre

    return released(model, temperature) / released(getattr(fibre, other)(), temperature)


def release_in_train(model: Model, pulse: int, rate: float = 67.0, temperature: str = "16 °C", count: int = 5) -> float:
    """Return the release of the n-th `pulse` of a train over that of the first, each summed to the next pulse."""
    step = 1.0 / rate
    result = stimulated(model.at(temperature), [k * step for k in range(count)], step + 0.01)
    return amount(result, "J_rel", (pulse - 1) * step, step) / amount(result, "J_rel", 0.0, step)


def second_release(model: Model, after: float, temperature: str = "16 °C") -> float:
    """Return the release of a second action potential, `after` seconds behind the first, over the first."""
    result = stimulated(model.at(temperature), [0.0, after], WINDOW + 0.01)
    first, second = (amount(result, "J_rel", start, WINDOW) for start in (0.0, after))
    return second / first


def recovery_rate(model: Model, temperature: str = "16 °C", intervals: Sequence[float] = RECOVERY) -> float:
    """Return the rate at which the second of two releases recovers with their interval, s⁻¹."""
    return approach_rate(intervals, [second_release(model, t, temperature) for t in intervals])


def skinned_release(
    model: Model, Mg: str = "1 mM", ATP: float | None = None, wait: float = 10.0, length: float = 0.04
) -> float:
    """Return the calcium released by one action potential in a mechanically skinned fibre, µM.

    Parameters
    ----------
    model : Model
        The preparation at the temperature of the experiment.
    Mg : str
        Free Mg2+ of the bath.
    ATP : float, optional
        Total ATP of the bath, mM; the preparation's own where it is not given.
    wait, length : float
        Time in the bath before the stimulus, and time over which release is added up, s.
    """
    bath: dict[str, float | str] = {"Mg": Mg}
    if ATP is not None:
        bath |= atp_bath(model, 1000.0 * ATP, Mg)
    result = stimulated(skinned(model, bath), [wait], length + 0.01, "0.2 ms")
    before = float(np.interp(wait + ONSET, result.time, result["J_rel"]))
    return amount(result, "J_rel", wait, length) - before * length * 1000.0


def relative_skinned_release(model: Model, Mg: str = "1 mM", ATP: float | None = None, wait: float = 10.0) -> float:
    """Return the action-potential release of a skinned fibre in a changed bath over that at 1 mM Mg2+."""
    return skinned_release(model, Mg, ATP, wait) / skinned_release(model, "1 mM", None, wait)
