"""The search of a fit: trials, slopes, the best so far, and how well the targets determine it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from mgsim.evidence.calibrate.fit import Fit
from mgsim.evidence.calibrate.found import Found, Value
from mgsim.evidence.calibrate.target import FAR, Reading
from mgsim.evidence.calibrate.trial import trial
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.resting_state import resolve

Vector = NDArray[np.float64]

STEP = 0.02  # by which a parameter is moved to see what it does, in units of its logarithm (or of its range)
DIGITS = 4  # of a value found; a preset holds no more
SETTLED = 1e-3  # relative change of the sum of squares below which the search ends; thresholds are found to 1e-3


class Stopped(Exception):
    """Somebody asked the search to end."""


class Search:
    """One search: its trials, the best of them, and what went wrong."""

    def __init__(
        self,
        fit: Fit,
        base: Model,
        most: int,
        jobs: int,
        on_progress: Callable[[float], None] | None,
        on_better: Callable[[int, float], None] | None,
        stop: Callable[[], bool] | None,
    ) -> None:
        self.fit, self.base, self.most, self.jobs = fit, base, most, jobs
        self.tell, self.tell_better, self.stop = on_progress, on_better, stop
        self.low = np.array([f.x(f.low) for f in fit.free])
        self.high = np.array([f.x(f.high) for f in fit.free])
        self.pulled = [k for k, f in enumerate(fit.free) if f.prior is not None]
        self.evaluations = 0
        self.failures: Counter[str] = Counter()
        self.best: tuple[float, Vector, tuple[Reading, ...]] | None = None
        self.last: tuple[Vector, Vector] | None = None
        self.slope: Vector | None = None

    def values(self, x: Vector) -> dict[str, float]:
        return {f.path: f.value(float(v)) for f, v in zip(self.fit.free, x, strict=True)}

    def read(self, values: Mapping[str, float]) -> tuple[Reading, ...]:
        """Do every experiment with these values."""
        try:
            model = trial(self.fit, self.base, values)
            resolve(model)
        except InputError as reason:
            return tuple(Reading(t, math.nan, str(reason)) for t in self.fit.targets)
        found = []
        for target in self.fit.targets:
            if self.stop is not None and self.stop():
                raise Stopped
            found.append(target.read(model))
        return tuple(found)

    def read_all(self, places: Sequence[Vector]) -> list[Vector]:
        """Give the residuals at several places: distances of the targets, then of what has a prior."""
        with ThreadPoolExecutor(max_workers=self.jobs) as pool:
            readings = list(pool.map(self.read, [self.values(x) for x in places]))
        return [self._count(x, r) for x, r in zip(places, readings, strict=True)]

    def _count(self, x: Vector, readings: tuple[Reading, ...]) -> Vector:
        self.evaluations += 1
        for reason in dict.fromkeys(r.reason for r in readings if r.reason):
            self.failures[reason] += 1
        pulls = [self.fit.free[k].pull(float(x[k])) for k in self.pulled]
        residuals = np.array([r.residual for r in readings] + pulls)
        cost = float(residuals @ residuals)
        if self.best is None or cost < self.best[0]:
            self.best = (cost, x.copy(), readings)
            if self.tell_better is not None:
                self.tell_better(self.evaluations, cost)
        if self.tell is not None:
            self.tell(min(1.0, self.evaluations / (self.most * (1 + len(x)) / 3)))
        return residuals

    def residuals(self, x: Vector) -> Vector:
        if self.last is None or not np.array_equal(self.last[0], x):
            self.last = (x.copy(), self.read_all([x])[0])
        return self.last[1]

    def jacobian(self, x: Vector) -> Vector:
        """Slopes from a step to one side; where the trial there fails, from a step to the other."""
        here = self.residuals(x)
        places, others = [], []
        for k in range(len(x)):
            up, down = x.copy(), x.copy()
            up[k] = min(x[k] + STEP, self.high[k])
            down[k] = max(x[k] - STEP, self.low[k])
            first, second = (up, down) if x[k] + STEP <= self.high[k] else (down, up)
            places.append(first)
            others.append(second)
        near = self.read_all(places)
        again = [k for k, r in enumerate(near) if np.any((r == FAR) & (here != FAR))]
        for k, r in zip(again, self.read_all([others[k] for k in again]), strict=True):
            places[k], near[k] = others[k], np.where(r == FAR, here, r)
        self.slope = np.column_stack([(r - here) / (places[k][k] - x[k]) for k, r in enumerate(near)])
        return self.slope

    def run(self, begin: Vector) -> str:
        from scipy.optimize import least_squares

        done = least_squares(
            self.residuals,
            np.clip(begin, self.low + 1e-9, self.high - 1e-9),
            jac=self.jacobian,
            bounds=(self.low, self.high),
            x_scale=0.3,
            ftol=SETTLED,
            xtol=0.1 * SETTLED,
            gtol=1e-8,
            max_nfev=self.most,
        )
        return "settled" if done.status > 0 else "not settled"

    def found(self, begin: Vector, before: tuple[Reading, ...], ended: str) -> Found:
        assert self.best is not None
        _, x, after = self.best
        rounded = {path: _rounded(v) for path, v in self.values(x).items()}
        base, model = self.base, trial(self.fit, self.base, rounded)
        try:
            if ended != "interrupted":
                self.jacobian(x)
                after = self.read(rounded)
        except Stopped:
            ended = "interrupted"
        sigma = self._uncertainty()
        values = [
            Value(f.path, base.unit_of(f.path), base.value(f.path), f.value(float(b)), rounded[f.path], s, f)
            for f, b, s in zip(self.fit.free, begin, sigma, strict=True)
        ]
        for path in self.fit.tied:
            values.append(Value(path, base.unit_of(path), base.value(path), base.value(path), model.value(path)))
        return Found(self.fit, tuple(values), before, after, self.evaluations, dict(self.failures), ended)

    def _uncertainty(self) -> list[float]:
        """One standard deviation of each parameter, as its share (or in its unit where it moves evenly)."""
        if self.slope is None:
            return [math.nan] * len(self.fit.free)
        curvature = self.slope.T @ self.slope
        size = np.sqrt(np.diag(curvature))
        size[size == 0.0] = 1.0
        inverse = np.linalg.pinv(curvature / np.outer(size, size), rcond=1e-10)
        sigma = np.sqrt(np.diag(inverse)) / size
        blind = ~self.slope.any(axis=0)  # what moves no target is not known at all
        sigma[blind] = np.inf
        sizes = [1.0 if f.by_ratio else f.high - f.low for f in self.fit.free]
        return [float(s) * size for s, size in zip(sigma, sizes, strict=True)]


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
