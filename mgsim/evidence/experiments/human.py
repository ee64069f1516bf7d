"""Stimulated human muscle in the body: twitch, doublet, fusion, and what a tetanus leaves behind.

A muscle's force is recorded, not its stimulus, so contraction time counts from where force has begun to rise.
"""

from __future__ import annotations

import numpy as np

from mgsim import measure
from mgsim.evidence.experiments.recording import ONSET, NoValue, crossing, number, record
from mgsim.language.model import Model
from mgsim.protocol import pulses, train
from mgsim.result import Result


def _few(model: Model, gap: float | None) -> Result:
    """Record the force after one pulse, or after two that are `gap` (s) apart."""
    times = [ONSET] if gap is None else [ONSET, ONSET + gap]
    return record(model, pulses(times, duration="1 s"))


def contraction_time(model: Model, gap: float | None = None) -> float:
    """Return the time from the beginning of force (2 % of the peak) to its peak, ms.

    Parameters
    ----------
    model : Model
        The preparation at body temperature.
    gap : float, optional
        Time between two pulses, s; one pulse without it.
    """
    result = _few(model, gap)
    curve = result["force"] - result["force"][0]
    top = int(curve.argmax())
    first = int(np.flatnonzero(curve >= 0.02 * curve[top])[0])
    begin = np.interp(0.02 * curve[top], curve[first - 1 : first + 1], result.time[first - 1 : first + 1])
    return number(measure.time_to_peak(result)) - 1000.0 * float(begin - ONSET)


def half_relaxation(model: Model, gap: float | None = None) -> float:
    """Return the time from the peak of force to half of it after one pulse, or two with a `gap` (s) between, ms."""
    return number(measure.half_relaxation(_few(model, gap)))


def fusion_rate(model: Model, ripple: float = 1.0, length: str = "1 s") -> float:
    """Return the rate of stimulation (Hz) from which force swings by less than `ripple` % of its mean."""

    def unfused(rate: float) -> bool:
        return number(measure.ripple(record(model, train(rate, length, after="0.2 s")))) > ripple

    if not unfused(5.0):
        raise NoValue("force is smooth at 5 Hz already")
    return crossing(unfused, 5.0, 200.0, 0.01)


def force_ratio(model: Model, low: float = 20.0, high: float = 50.0, length: str = "1 s") -> float:
    """Return the highest force at one rate (Hz) over that at another."""
    weak, strong = (number(measure.amplitude(record(model, train(f, length, after="0.2 s")))) for f in (low, high))
    return weak / strong


def potentiation(model: Model, rate: float = 50.0, length: float = 3.0, wait: float = 5.0) -> float:
    """Return by how much (%) a twitch is stronger after a tetanus than before it.

    Parameters
    ----------
    model : Model
        The preparation at body temperature.
    rate, length : float
        The tetanus: Hz and s.
    wait : float
        From the last pulse of the tetanus to the second twitch, s.
    """
    tetanus = [2.0 + k / rate for k in range(round(length * rate))]
    second = tetanus[-1] + wait
    result = record(model, pulses([ONSET, *tetanus, second], duration=second + 1.0))
    time, force = result.time, result["force"]
    before = force[time < tetanus[0]].max() - force[0]
    level = float(np.interp(second, time, force))
    after = force[time > second].max() - level
    return 100.0 * float(after / before - 1.0)
