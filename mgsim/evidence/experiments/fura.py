"""What fura-2 reports of a calcium transient: a dye that binds tightly and lets go slowly."""

from __future__ import annotations

import numpy as np

from mgsim.curve import area
from mgsim.evidence.experiments.recording import ONSET, NoValue, stimulated
from mgsim.language.model import Model
from mgsim.result import Result, Trace

K_ON, K_OFF, Q10 = 0.07, 0.030, 1.5  # µM⁻¹ ms⁻¹, ms⁻¹ in frog fibres at 16 °C (PapeTable); its Q10 is assumed
COLD = 289.15  # K


def occupied(time: Trace, calcium: Trace, celsius: float) -> Trace:
    """Return the share of fura-2 that holds Ca2+, in balance at the first sample.

    Parameters
    ----------
    time : ndarray
        Times of the samples, ms.
    calcium : ndarray
        Free Ca2+, µM; it goes straight from sample to sample.
    celsius : float
        Temperature, °C.
    """
    warmer = Q10 ** ((celsius + 273.15 - COLD) / 10.0)
    on, off = K_ON * warmer, K_OFF * warmer
    share = np.empty_like(calcium)
    share[0] = on * calcium[0] / (on * calcium[0] + off)
    for k, step in enumerate(np.diff(time)):
        rate = on * (calcium[k] + calcium[k + 1]) / 2.0 + off
        level = 1.0 - off / rate
        share[k + 1] = level + (share[k] - level) * np.exp(-rate * step)
    return share


def relaxation_over_decay(model: Model, temperature: str = "25 °C") -> float:
    """Return the half-relaxation time of a twitch over the time in which the signal of fura-2 falls by half."""
    warm = model.at(temperature)
    result = stimulated(warm, [0.0], 1.5, "0.1 ms")
    signal = occupied(1000.0 * result.time, result["Ca"], warm.value("T") - 273.15)
    return _halving(result, result["force"]) / _halving(result, signal)


def _halving(result: Result, values: Trace) -> float:
    """Return the time from the peak of a trace to half of it, s; rest is its mean before the stimulus."""
    time = result.time
    before = time < ONSET
    active = values - area(time[before], values[before]) / (time[before][-1] - time[before][0])
    top = int(active.argmax())
    low = np.flatnonzero(active[top:] <= active[top] / 2.0)
    if not len(low):
        raise NoValue("the signal has not fallen to half by the end of the recording")
    k = top + int(low[0])
    return float(np.interp(-active[top] / 2.0, -active[k - 1 : k + 1], time[k - 1 : k + 1]) - time[top])
