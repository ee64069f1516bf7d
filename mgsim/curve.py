"""One trace seen as a curve: its values, peaks and crossings between the samples."""

from __future__ import annotations

import numpy as np

from mgsim.protocol import Protocol
from mgsim.result import Result, Trace


class Undefined(Exception):
    """What is asked for does not exist in this recording; the message says why, in plain words."""


def onsets(protocol: Protocol) -> tuple[float, ...]:
    """Return when stimuli begin, s; without pulses, when the steps of a voltage clamp begin."""
    return protocol.onsets or tuple(hold.start for hold in protocol.holds if hold.name == "V")


class Curve:
    """A trace above its rest, and when it was stimulated.

    Attributes
    ----------
    name : str
        Name of the trace, for messages.
    time, active : ndarray
        Times in s, and the trace minus its rest.
    rest : float
        The last value before the first stimulus; without a stimulus, the first one.
    onsets : tuple of float
        When stimuli begin, s.
    """

    def __init__(self, result: Result, trace: str):
        values = result[trace]
        self.name = trace
        self.time = result.time
        if not values.size:
            raise Undefined("the recording is empty")
        if not np.isfinite(values).all():
            raise Undefined(f"{trace} holds values that are not numbers")
        self.onsets = onsets(result.protocol)
        if self.onsets and self.onsets[0] < self.time[0]:
            raise Undefined("the recording begins after the first stimulus")
        if self.onsets and self.onsets[-1] >= self.time[-1]:
            raise Undefined("the recording ends before the last stimulus")
        # The sample before the stimulus: between samples a straight line would see the response already.
        before = int(np.searchsorted(self.time, self.onsets[0], side="right")) - 1 if self.onsets else 0
        self.rest = float(values[before])
        self.active: Trace = values - self.rest

    @property
    def first(self) -> float:
        """When the first stimulus begins."""
        if not self.onsets:
            raise Undefined("there was no stimulus")
        return self.onsets[0]

    @property
    def last(self) -> float:
        """When the last stimulus begins."""
        if not self.onsets:
            raise Undefined("there was no stimulus")
        return self.onsets[-1]

    @property
    def interval(self) -> float:
        """Time between the last two stimuli."""
        if len(self.onsets) < 2:
            raise Undefined("this needs at least two stimuli")
        return self.onsets[-1] - self.onsets[-2]

    def at(self, time: float) -> float:
        """Return the value above rest at a time."""
        return float(np.interp(time, self.time, self.active))

    def part(self, start: float, stop: float) -> tuple[Trace, Trace]:
        """Return times and values from `start` to `stop`, with the ends interpolated."""
        inside = (self.time > start) & (self.time < stop)
        time = np.concatenate(([start], self.time[inside], [stop]))
        return time, np.concatenate(([self.at(start)], self.active[inside], [self.at(stop)]))

    def top(self, start: float, stop: float | None = None) -> tuple[float, float, bool]:
        """Return time and value of the highest point above rest, and whether it lies before the end."""
        time, values = self.part(start, float(self.time[-1]) if stop is None else stop)
        when, top, inside = highest(time, values)
        if top <= 1e-9 * max(abs(self.rest), float(np.abs(values).max())):
            raise Undefined(f"{self.name} did not rise above rest")
        return when, top, inside or when == start

    def peak(self, start: float, stop: float | None = None) -> tuple[float, float]:
        """Return time and value of the highest point above rest, which must not lie at the end."""
        when, top, before_end = self.top(start, stop)
        if not before_end:
            until = "at the end of the recording" if stop is None else "when the next stimulus came"
            raise Undefined(f"{self.name} was still rising {until}")
        return when, top

    def rise_to(self, level: float, start: float, stop: float) -> float:
        """Return when the curve first reaches a level after `start`."""
        time, values = self.part(start, stop)
        found = np.flatnonzero((values[:-1] < level) & (values[1:] >= level))
        if values[0] >= level or not found.size:
            raise Undefined(f"{self.name} did not rise through the level between the stimulus and the peak")
        return _between(time, values, int(found[0]), level)

    def fall_to(self, level: float, start: float, stop: float | None = None, *, what: str = "half") -> float:
        """Return when the curve first falls to a level after `start`."""
        time, values = self.part(start, float(self.time[-1]) if stop is None else stop)
        found = np.flatnonzero((values[:-1] > level) & (values[1:] <= level))
        if not found.size:
            until = "within the recording" if stop is None else "before the next stimulus"
            raise Undefined(f"{self.name} never fell to {what} {until}")
        return _between(time, values, int(found[0]), level)

    def last_swing(self) -> tuple[float, float, float]:
        """Return lowest, mean and highest value between the last two stimuli, the slope there taken out.

        The slope is no ripple: where force still climbs or fades from pulse to pulse, it must not count.
        """
        time, values = self.part(self.last - self.interval, self.last)
        mean = area(time, values) / self.interval
        if mean <= 1e-9 * abs(self.rest):
            raise Undefined(f"{self.name} was not above rest between the last two stimuli")
        chord = values[0] + (values[-1] - values[0]) * (time - time[0]) / self.interval
        wave = values - chord + (values[0] + values[-1]) / 2
        return -highest(time, -wave)[1], mean, highest(time, wave)[1]


def highest(time: Trace, values: Trace) -> tuple[float, float, bool]:
    """Return time and height of the highest point, and whether it lies inside the curve.

    It is the top of a parabola through three samples; at an end of the curve it is the sample there.
    """
    i = int(np.argmax(values))
    if i in (0, len(values) - 1):
        return float(time[i]), float(values[i]), False
    left, right = time[i] - time[i - 1], time[i + 1] - time[i]
    up, down = values[i] - values[i - 1], values[i + 1] - values[i]
    bend = (down / right - up / left) / (left + right)
    if bend == 0.0:
        return float(time[i]), float(values[i]), True
    slope = up / left + bend * left
    shift = -slope / (2.0 * bend)
    return float(time[i] + shift), float(values[i] + slope * shift / 2.0), True


def area(time: Trace, values: Trace) -> float:
    """Return the area under a curve, by trapezoids."""
    return float(np.sum((values[1:] + values[:-1]) * np.diff(time)) / 2.0)


def _between(time: Trace, values: Trace, i: int, level: float) -> float:
    share = (level - values[i]) / (values[i + 1] - values[i])
    return float(time[i] + share * (time[i + 1] - time[i]))
