"""Fatigue of a single fibre by short tetani repeated for minutes, as Westerblad and Allen did it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mgsim.evidence.experiments.recording import NoValue, once, record
from mgsim.language.model import Model
from mgsim.protocol import pulses
from mgsim.result import Result, Trace

RATE, LENGTH = 70.0, 0.35  # Hz; s of a tetanus
PACES, BOUT = (4.0, 3.0, 2.5, 2.0, 1.5), 120.0  # s from one tetanus to the next, and for how long each pace is kept
ONSET = 0.1  # s before the first one


@dataclass(frozen=True, eq=False)
class Fatigue:
    """Tetani in a row, each with its highest force and its mean calcium, and what was there just before it.

    Attributes
    ----------
    starts : ndarray, shape (tetani,)
        When each tetanus begins, s.
    force, calcium : ndarray, shape (tetani,)
        The highest force above rest and the mean free calcium of the last 0.2 s of each tetanus.
    result : Result
        The whole recording.
    """

    starts: Trace
    force: Trace
    calcium: Trace
    result: Result

    def before(self, name: str) -> Trace:
        """Return a trace just before each tetanus."""
        found: Trace = np.interp(self.starts - 0.02, self.result.time, self.result[name])
        return found

    def reaching(self, share: float) -> int:
        """Return the first tetanus (0 is the fresh one) with no more than this share of the first one's force.

        Raises
        ------
        NoValue
            When force stays above it.
        """
        low = np.flatnonzero(self.force <= share * self.force[0])
        if not len(low):
            left = self.force[-1] / self.force[0]
            raise NoValue(f"after {len(self.force)} tetani force is still {left:.0%} of the first")
        return int(low[0])


def schedule() -> list[float]:
    """Return when tetani begin (s): every 4 s at first, and faster every two minutes while force lasts."""
    starts, t = [], ONSET
    for number, pace in enumerate(PACES):
        while t < ONSET + (number + 1) * BOUT - 1e-6:
            starts.append(round(t, 6))
            t += pace
    return starts


@once
def tire(model: Model, temperature: str = "25 °C", count: int | None = None, rest: float = 0.0) -> Fatigue:
    """Stimulate a fibre at 70 Hz for 350 ms at a rising pace, `count` times, and leave it alone for `rest` (s)."""
    starts = schedule()[:count]
    times = [s + i / RATE for s in starts for i in range(int(round(RATE * LENGTH)) + 1) if i / RATE < LENGTH]
    result = record(model.at(temperature), pulses(times, duration=starts[-1] + PACES[0] + rest), every="10 ms")
    time, level = result.time, result["force"][0]
    force, calcium = [], []
    for s in starts:
        force.append(result["force"][(time >= s) & (time < s + LENGTH + 0.1)].max() - level)
        calcium.append(result["Ca"][(time >= s + LENGTH - 0.2) & (time < s + LENGTH)].mean())
    return Fatigue(np.array(starts), np.array(force), np.array(calcium), result)


def force_at(model: Model, tetanus: int = 10, temperature: str = "25 °C") -> float:
    """Return the force of the n-th tetanus over that of the first."""
    tired = tire(model, temperature)
    return float(tired.force[tetanus - 1] / tired.force[0])


def calcium_at(model: Model, tetanus: int = 10, temperature: str = "25 °C") -> float:
    """Return the free calcium of the n-th tetanus over that of the first."""
    tired = tire(model, temperature)
    return float(tired.calcium[tetanus - 1] / tired.calcium[0])


def calcium_when_force_is(model: Model, share: float, temperature: str = "25 °C") -> float:
    """Return the tetanic calcium when force has fallen to a share, over that of the first tetanus."""
    tired = tire(model, temperature)
    return float(tired.calcium[tired.reaching(share)] / tired.calcium[0])


def tetani_until(model: Model, share: float, temperature: str = "25 °C") -> float:
    """Return how many tetani it takes until force has fallen to a share."""
    return tire(model, temperature).reaching(share) + 1.0


def level_of_plateau(model: Model, first: int = 10, temperature: str = "25 °C") -> float:
    """Return the force lost per tetanus in the second phase over that in the first.

    The first phase is the first ten tetani, the second goes on until force is 75 % of the first.
    """
    tired = tire(model, temperature)
    force = tired.force / tired.force[0]
    end = tired.reaching(0.75)
    if end <= first:
        raise NoValue(f"force has fallen to 75 % within {end + 1} tetani: there is no plateau")
    return float((force[first - 1] - force[end]) / (end - first + 1) / ((1.0 - force[first - 1]) / (first - 1)))


def speed_of_last_phase(model: Model, first: int = 10, temperature: str = "25 °C") -> float:
    """Return the force lost per tetanus from 75 % to 30 % over that from the tenth tetanus to 75 %."""
    tired = tire(model, temperature)
    force = tired.force / tired.force[0]
    end, last = tired.reaching(0.75), tired.reaching(0.30)
    if end <= first:
        raise NoValue(f"force has fallen to 75 % within {end + 1} tetani: there is no plateau")
    return float((force[end] - force[last]) / (last - end) / ((force[first - 1] - force[end]) / (end - first + 1)))


def relaxation_when_force_is(model: Model, share: float = 0.75, temperature: str = "25 °C") -> float:
    """Return the steepest fall of force after a tetanus when force has fallen to a share, over that of the first.

    Each is taken relative to the force of its own tetanus.
    """
    tired = tire(model, temperature)
    k = tired.reaching(share)
    return steepest_fall(tired, k) / steepest_fall(tired, 0)


def steepest_fall(tired: Fatigue, tetanus: int) -> float:
    """Return the steepest fall of force after a tetanus (0 is the first) relative to its own force, s⁻¹."""
    end = tired.starts[tetanus] + LENGTH
    time = tired.result.time
    part = (time >= end - 0.02) & (time <= end + 0.4)
    return float(-np.gradient(tired.result["force"][part], time[part]).min() / tired.force[tetanus])


def magnesium_at(model: Model, tetanus: int = 10, temperature: str = "25 °C") -> float:
    """Return the free Mg2+ just before the n-th tetanus over that at rest."""
    magnesium = tire(model, temperature).before("Mg")
    return float(magnesium[tetanus - 1] / magnesium[0])


def when_force_is(model: Model, trace: str, share: float = 0.3, temperature: str = "25 °C") -> float:
    """Return a trace (in mM) just before the tetanus whose force has fallen to a share."""
    tired = tire(model, temperature)
    return float(tired.before(trace)[tired.reaching(share)] / 1000.0)


def resting_calcium(model: Model, share: float = 0.5, later: float = 0.0, temperature: str = "21 °C") -> float:
    """Return resting calcium when force has fallen to a share, or `later` (s), over that of the fresh fibre."""
    tired = tire(model, temperature)
    stop = tired.reaching(share)
    if later:
        tired = tire(model, temperature, stop + 1, later)
        return float(tired.result["Ca"][-1] / tired.result["Ca"][0])
    return float(tired.before("Ca")[stop] / tired.before("Ca")[0])
