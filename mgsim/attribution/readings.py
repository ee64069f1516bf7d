"""What is read off a fibre to tell what a change does to it: rest, twitch, tetanus and fatigue."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from mgsim import measure
from mgsim.fatiguing import fatigue
from mgsim.language.errors import unknown
from mgsim.language.model import Model
from mgsim.measured import Measure
from mgsim.protocol import Protocol, train, twitch
from mgsim.result import Result
from mgsim.simulation import simulate

# A whole contraction and its relaxation, also where low magnesium makes them several times as long.
PROTOCOLS: Mapping[str, Callable[[], Protocol]] = {
    "twitch": lambda: twitch(duration="1 s"),
    "tetanus": lambda: train("100 Hz", "0.4 s", after="1.5 s"),
    "fatigue": lambda: fatigue("westerblad", recovery="0 s", tests=None),
}


@dataclass(frozen=True)
class Reading:
    """One number that is read, and in which experiment.

    Attributes
    ----------
    name : str
        How it is asked for.
    title : str
        What it is called in tables and pictures.
    experiment : str
        Which of `PROTOCOLS` it is read on.
    unit : str
        Its unit.
    read : function
        What reads it off the recording.
    """

    name: str
    title: str
    experiment: str
    unit: str
    read: Callable[[Result], Measure]


def contraction_duration(result: Result) -> Measure:
    """Return the time from the stimulus until active force has fallen to half: contraction time and half-relaxation."""
    parts = (measure.time_to_peak(result), measure.half_relaxation(result))
    reason = next((part.reason for part in parts if part.reason), "")
    return Measure("contraction_duration", sum(part.value for part in parts), "ms", reason)


READINGS: Mapping[str, Reading] = {
    one.name: one
    for one in (
        Reading("contraction_time", "contraction time", "twitch", "ms", measure.time_to_peak),
        Reading("half_relaxation", "half-relaxation", "twitch", "ms", measure.half_relaxation),
        Reading("contraction_duration", "twitch duration", "twitch", "ms", contraction_duration),
        Reading("twitch_force", "twitch force", "twitch", "kN/m²", measure.amplitude),
        Reading("tension_time_integral", "tension-time integral", "twitch", "kN/m² s", measure.tension_time_integral),
        Reading("resting_tension", "resting tension", "twitch", "kN/m²", measure.rest_value),
        Reading("resting_Ca", "resting free Ca²⁺", "twitch", "µM", lambda result: measure.rest_value(result, "Ca")),
        Reading("tetanus_half_relaxation", "half-relaxation of a tetanus", "tetanus", "ms",
                lambda result: measure.half_relaxation(result, since="last stimulus")),
        Reading("fatigue_index", "force left after 100 tetani", "fatigue", "1", measure.fatigue_index),
    )
}  # fmt: skip


def chosen(names: Iterable[str] | None) -> tuple[Reading, ...]:
    """Give the readings that are asked for, in their own order; all of them where none is.

    Raises
    ------
    InputError
        For a name that means none.
    """
    wanted = {names} if isinstance(names, str) else set(names or READINGS)
    for name in sorted(wanted):
        if name not in READINGS:
            raise unknown("reading", name, READINGS)
    return tuple(one for one in READINGS.values() if one.name in wanted)


def read_off(model: Model, readings: Iterable[Reading]) -> dict[str, Measure]:
    """Do the experiments on a fibre and read them; what is undefined is NaN with a reason.

    Raises
    ------
    NoRest
        Where the fibre has no resting state.
    """
    found: dict[str, Measure] = {}
    readings = tuple(readings)
    # What a run of fatigue counts and what a sudden change holds, so that one program serves all experiments.
    if "ATP" in model.pools:
        model = model.counting("ATP")
    model = model.hold(model.levels)
    for experiment in dict.fromkeys(one.experiment for one in readings):
        result = simulate(model, PROTOCOLS[experiment]())
        if result.outcome.kind == "interrupted":
            raise KeyboardInterrupt
        for one in readings:
            if one.experiment == experiment:
                if result.outcome.ok:
                    found[one.name] = replace(one.read(result), name=one.name)
                else:
                    why = f"the {experiment} ended early: {result.outcome.message}"
                    found[one.name] = Measure(one.name, math.nan, one.unit, why)
    return found
