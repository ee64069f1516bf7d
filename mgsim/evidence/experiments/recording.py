"""What the experiments share: stimulating a preparation, and reading one number off a recording."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from threading import Lock
from typing import ParamSpec, TypeVar

import numpy as np

from mgsim import measure
from mgsim.curve import area
from mgsim.language.model import Model
from mgsim.protocol import Protocol, pulses
from mgsim.result import Result, Trace
from mgsim.simulation import simulate

ONSET = 0.010  # s before the first stimulus of every recording here


P = ParamSpec("P")
R = TypeVar("R")


class NoValue(Exception):
    """The experiment gives no number; the message says why, in plain words."""


def once(run: Callable[P, R]) -> Callable[P, R]:
    """Do a long run once for each set of arguments, also when several rows ask for it at the same time."""
    kept = lru_cache(maxsize=16)(run)
    busy: dict[object, Lock] = {}

    @wraps(run)
    def one(*args: P.args, **kwargs: P.kwargs) -> R:
        with busy.setdefault((args, tuple(sorted(kwargs.items()))), Lock()):
            return kept(*args, **kwargs)  # type: ignore[arg-type]

    return one


def record(model: Model, protocol: Protocol, every: str | float | None = None) -> Result:
    """Run an experiment to its end.

    Raises
    ------
    NoValue
        When the simulation ends early.
    """
    result = simulate(model, protocol, every=every)
    if not result.outcome.ok:
        raise NoValue(result.outcome.message)
    return result


def stimulated(model: Model, times: Sequence[float], after: float, every: str | float = "0.05 ms") -> Result:
    """Stimulate at `times` (s, the first is usually 0) and record for `after` (s) from the last one on."""
    protocol = pulses([ONSET + t for t in times], duration=ONSET + max(times) + after)
    return record(model, protocol, every)


def number(measured: measure.Measure) -> float:
    """Return a measure's value.

    Raises
    ------
    NoValue
        Where it is undefined.
    """
    if math.isnan(measured.value):
        raise NoValue(measured.reason)
    return measured.value


def amount(result: Result, trace: str, start: float, length: float, *, above_rest: bool = False) -> float:
    """Return the time integral of a trace from `start` for `length` (s after the first onset), in unit · ms."""
    time = result.time - ONSET
    values = result[trace] - (result[trace][0] if above_rest else 0.0)
    inside = (time > start) & (time < start + length)
    edges = np.interp([start, start + length], time, values)
    t = np.concatenate(([start], time[inside], [start + length]))
    v = np.concatenate(([edges[0]], values[inside], [edges[1]]))
    return 1000.0 * area(t, v)


def crossing(reaches: Callable[[float], bool], low: float, high: float, tolerance: float = 1e-3) -> float:
    """Find by halving, on a ratio scale, where `reaches` turns from true (low) to false (high)."""
    while high / low > 1.0 + tolerance:
        middle = math.sqrt(low * high)
        if reaches(middle):
            low = middle
        else:
            high = middle
    return math.sqrt(low * high)


def approach_rate(times: Sequence[float] | Trace, values: Sequence[float] | Trace) -> float:
    """Fit an exponential approach and return its rate, per unit of time.

    The start and the level approached are free; the rate is searched on a grid of ratio 1.005.

    Raises
    ------
    NoValue
        When the best rate lies at an end of the search, so that the course is no exponential approach.
    """
    t, v = np.asarray(times), np.asarray(values)
    span = float(t.max() - t.min())
    rates = np.exp(np.arange(math.log(0.05 / span), math.log(50.0 / span), 0.005))
    errors = []
    for rate in rates:
        basis = np.column_stack([np.ones_like(t), np.exp(-rate * (t - t.min()))])
        errors.append(float(np.sum((v - basis @ np.linalg.lstsq(basis, v, rcond=None)[0]) ** 2)))
    best = int(np.argmin(errors))
    if best in (0, len(rates) - 1):
        raise NoValue("the course is no exponential approach to a level")
    return float(rates[best])
