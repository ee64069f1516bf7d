"""What is read off a recording: peak, latent period, contraction and relaxation times, ripple.

Each measure takes a result and the name of a trace and gives a `Measure`: a number with its unit, or NaN with
the reason in plain words. All are read between the samples: peaks by a parabola through three samples,
crossings by a straight line. "Active" means above rest.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mgsim.curve import Curve, Undefined, area, highest, onsets
from mgsim.language.errors import need, unknown
from mgsim.ledger import energy_ledger as energy_ledger
from mgsim.measured import Measure as Measure
from mgsim.result import Result
from mgsim.tiring import (
    fatigue_index as fatigue_index,
)
from mgsim.tiring import (
    fatigue_measures as fatigue_measures,
)
from mgsim.tiring import (
    recovery_fraction as recovery_fraction,
)
from mgsim.tiring import (
    relaxation_slowing as relaxation_slowing,
)
from mgsim.tiring import (
    tetani as tetani,
)
from mgsim.tiring import (
    time_to_half_force as time_to_half_force,
)


def _read(
    name: str, result: Result, trace: str, unit: str, value: Callable[[Curve], float], scale: float = 1.0
) -> Measure:
    need("what is measured", result, Result, "mgsim.simulate(fibre, protocol)")
    unit = unit.replace("{}", result.units[trace] if trace in result else "1")
    try:
        return Measure(name, scale * value(Curve(result, trace)), unit)
    except Undefined as reason:
        return Measure(name, math.nan, unit, str(reason))


def _time(name: str, result: Result, trace: str, value: Callable[[Curve], float]) -> Measure:
    return _read(name, result, trace, "ms", value, 1000.0)


def rest_value(result: Result, trace: str = "force") -> Measure:
    """Return the value at rest: just before the first stimulus, or at the beginning where there is none."""
    return _read("rest_value", result, trace, "{}", lambda curve: curve.rest)


def peak(result: Result, trace: str = "force") -> Measure:
    """Return the highest value of the recording, rest included."""
    return _read("peak", result, trace, "{}", lambda curve: curve.rest + highest(curve.time, curve.active)[1])


def amplitude(result: Result, trace: str = "force") -> Measure:
    """Return how far the trace rose above rest: for force, the active force."""
    return _read("amplitude", result, trace, "{}", lambda curve: highest(curve.time, curve.active)[1])


def latent_period(result: Result, trace: str = "force", *, fraction: float = 0.02) -> Measure:
    """Return the time from the first stimulus until the response to it begins.

    It begins where the trace has risen by a `fraction` (2 %) of what it reaches before the next stimulus.
    """

    def value(curve: Curve) -> float:
        stop = curve.onsets[1] if len(curve.onsets) > 1 else None
        when, top, _ = curve.top(curve.first, stop)
        return curve.rise_to(fraction * top, curve.first, when) - curve.first

    return _time("latent_period", result, trace, value)


def time_to_peak(result: Result, trace: str = "force") -> Measure:
    """Return the time from the first stimulus to the highest point; for a twitch, the contraction time."""
    return _time("time_to_peak", result, trace, lambda curve: curve.peak(curve.first)[0] - curve.first)


def rise_time(result: Result, trace: str = "force") -> Measure:
    """Return the time from the first stimulus until half of the highest active value."""

    def value(curve: Curve) -> float:
        when, top, _ = curve.top(curve.first)
        return curve.rise_to(top / 2, curve.first, when) - curve.first

    return _time("rise_time", result, trace, value)


def half_relaxation(result: Result, trace: str = "force", *, since: str = "maximum") -> Measure:
    """Return how long the active value takes to fall to half after the stimulation.

    Parameters
    ----------
    result : Result
        The recording.
    trace : str
        Name of the trace.
    since : {"maximum", "last stimulus"}
        Counted from the last maximum, which is the highest point after the last stimulus, to half of it; or
        from the last stimulus to half of the value at that moment, as is usual for a fused tetanus.
    """
    if since not in ("maximum", "last stimulus"):
        raise unknown("beginning of relaxation", str(since), ("maximum", "last stimulus"))

    def value(curve: Curve) -> float:
        when, top = curve.peak(curve.last)
        if since == "maximum":
            return curve.fall_to(top / 2, when) - when
        held = curve.at(curve.last)
        if held <= top / 2:
            raise Undefined(f"{trace} was not sustained at the last stimulus: this is read on a tetanus")
        return curve.fall_to(held / 2, when) - curve.last

    return _time("half_relaxation", result, trace, value)


def half_duration(result: Result, trace: str = "Ca") -> Measure:
    """Return how long the response to the first stimulus stays above half of its height."""

    def value(curve: Curve) -> float:
        stop = curve.onsets[1] if len(curve.onsets) > 1 else None
        when, top = curve.peak(curve.first, stop)
        return curve.fall_to(top / 2, when, stop) - curve.rise_to(top / 2, curve.first, when)

    return _time("half_duration", result, trace, value)


def relaxation_rate(result: Result, trace: str = "force") -> Measure:
    """Return the fastest fall after the last maximum, as a fraction of that maximum each second."""

    def value(curve: Curve) -> float:
        when, top = curve.peak(curve.last)
        time, active = curve.part(when, float(curve.time[-1]))
        fall = -np.diff(active) / np.diff(time)
        middle = (time[:-1] + time[1:]) / 2
        if fall.max() <= 0:
            raise Undefined(f"{trace} did not fall within the recording")
        return highest(middle, fall)[1] / top

    return _read("relaxation_rate", result, trace, "s⁻¹", value)


def tension_time_integral(result: Result, trace: str = "force") -> Measure:
    """Return the area under the active trace over the whole recording."""
    return _read(
        "tension_time_integral",
        result,
        trace,
        "{} s",
        lambda curve: area(curve.time, curve.active),
    )


def ripple(result: Result, trace: str = "force") -> Measure:
    """Return how much the active value swings between the last two stimuli, in % of its mean there."""

    def value(curve: Curve) -> float:
        low, mean, high = curve.last_swing()
        return (high - low) / mean

    return _read("ripple", result, trace, "%", value, 100.0)


def fusion_index(result: Result, trace: str = "force") -> Measure:
    """Return lowest over highest active value between the last two stimuli: 0 separate twitches, 1 fused."""

    def value(curve: Curve) -> float:
        low, _, high = curve.last_swing()
        return low / high

    return _read("fusion_index", result, trace, "1", value)


def end_to_peak(result: Result, trace: str = "force") -> Measure:
    """Return the active value at the end of a train over its highest.

    The train ends one interval after its last stimulus.
    """

    def value(curve: Curve) -> float:
        stop = curve.last + curve.interval
        if stop > curve.time[-1]:
            raise Undefined("the recording ends before the train does")
        return curve.at(stop) / curve.top(curve.first, stop)[1]

    return _read("end_to_peak", result, trace, "1", value)


def all_measures(result: Result, trace: str = "force") -> dict[str, Measure]:
    """Return the measures that belong to what was done, by name; those of free Ca²⁺ begin with "Ca"."""
    need("what is measured", result, Result, "mgsim.simulate(fibre, protocol)")
    take: list[Callable[..., Measure]] = [rest_value, peak]
    stimuli = len(onsets(result.protocol))
    if stimuli:
        take += [
            amplitude,
            latent_period,
            time_to_peak,
            half_relaxation,
            relaxation_rate,
            tension_time_integral,
        ]
    if stimuli > 1:
        take += [rise_time, ripple, fusion_index, end_to_peak]
    found = {measured.name: measured for measured in (read(result, trace) for read in take)}
    if "Ca" in result and trace != "Ca":
        for read in (rest_value, peak, half_duration) if stimuli else (rest_value, peak):
            measured = read(result, "Ca")
            found[f"Ca_{measured.name}"] = replace(measured, name=f"Ca_{measured.name}")
    return found
