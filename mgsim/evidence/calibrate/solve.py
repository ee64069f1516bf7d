"""Fitting: least squares over the logarithms of what is free, within bounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from mgsim.evidence.calibrate.fit import Closing, Fit, Free
from mgsim.evidence.calibrate.found import Found, Value
from mgsim.evidence.calibrate.search import Search, Stopped
from mgsim.evidence.calibrate.trial import POOLS, closed, fibre_named, trial
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.resting_state import resolve


def solve(
    fit: Fit,
    *,
    base: Model | None = None,
    start: Mapping[str, float] | None = None,
    most: int = 40,
    jobs: int = 2,
    on_progress: Callable[[float], None] | None = None,
    on_better: Callable[[int, float], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Found:
    """Fit.

    Parameters
    ----------
    fit : Fit
    base : Model, optional
        The fibre to fit; as committed where it is not given.
    start : mapping of str to float, optional
        Where the search begins, by path; the fibre's own values where it is not given.
    most : int
        Most steps of the search.
    jobs : int
        Trials that run at the same time. The compiled model leaves Python free meanwhile.
    on_progress : callable, optional
        Called with the share of the trials that may be needed, 0 to 1.
    on_better : callable, optional
        Called with the number of trials and the sum of squares, priors counted, whenever it has become less.
    stop : callable, optional
        Asked between two experiments; where it says yes, the search ends with the best found so far.

    Raises
    ------
    InputError
        Where the start lies outside the bounds, or has no rest.
    Stopped
        Where the search is ended before the first trial.
    """
    model = base if base is not None else fibre_named(fit.fibre)
    search = Search(fit, model, most, jobs, on_progress, on_better, stop)
    begin = np.array([_inside(f, (start or {}).get(f.path, model.value(f.path)), fit) for f in fit.free])
    before = search.read({})
    resolve(trial(fit, model, search.values(begin)))
    try:
        ended = search.run(begin)
    except Stopped:
        if search.best is None:
            raise
        ended = "interrupted"
    return search.found(begin, before, ended)


def solve_closing(closing: Closing, *, base: Model | None = None) -> Found:
    """Close the rest of a fibre; there is nothing to weigh, so nothing is uncertain."""
    model = base if base is not None else fibre_named(closing.fibre)
    after, closure = closed(model, closing)
    paths = [*closure.parameters, *(name for name in POOLS if name in closure.totals)]
    values = tuple(Value(p, model.unit_of(p), model.value(p), model.value(p), after.value(p)) for p in paths)
    return Found(closing, values, evaluations=1, rest=closure.rest)


def scattered(fit: Fit, model: Model, seed: int, factor: float = 1.3) -> dict[str, float]:
    """Start elsewhere: each free parameter multiplied by a random factor of at most `factor`, within its bounds.

    What moves evenly is shifted by as much of half its range as the factor is above one.
    """
    rng = np.random.default_rng(seed)
    found = {}
    for f in fit.free:
        way = rng.uniform(-1.0, 1.0) * (math.log(factor) if f.by_ratio else (factor - 1.0) / 2.0)
        found[f.path] = float(np.clip(f.value(f.x(model.value(f.path)) + way), f.low, f.high))
    return found


def _inside(free: Free, value: float, fit: Fit) -> float:
    if not free.low <= value <= free.high:
        raise InputError(
            f"fit {fit.id}: {free.path} = {value:g} is outside its bounds, {free.low:g} to {free.high:g}; "
            f"they are there because {free.reason}"
        )
    return free.x(value)
