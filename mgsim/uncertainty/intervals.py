"""Where a measure lies in many runs, and how it ranks them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from mgsim.result import Trace


@dataclass(frozen=True)
class Interval:
    """Where a measure lies in the runs of a band.

    Attributes
    ----------
    name, title, unit
        What was measured.
    reference : float
        In the run with the model's own numbers; NaN where it is undefined.
    median, low, high : float
        Middle, 5 and 95 % of the runs in which it is defined; NaN where there is none.
    undefined : int
        In how many of the runs it is undefined.
    """

    name: str
    title: str
    unit: str
    reference: float
    median: float
    low: float
    high: float
    undefined: int = 0

    def __str__(self) -> str:
        unit = "" if self.unit == "1" else f" {self.unit}"
        return f"{self.title} {self.median:.3g} [{self.low:.3g} to {self.high:.3g}]{unit}"

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON; what is undefined is null."""
        numbers = {"reference": self.reference, "median": self.median, "p5": self.low, "p95": self.high}
        plain = {name: value if math.isfinite(value) else None for name, value in numbers.items()}
        return {**plain, "unit": self.unit, "undefined_in": self.undefined}


def interval_of(name: str, title: str, unit: str, reference: float, values: Trace) -> Interval:
    """Take median, 5 and 95 % of the values that are defined."""
    known = values[np.isfinite(values)]
    if not known.size:
        return Interval(name, title, unit, reference, math.nan, math.nan, math.nan, values.size)
    low, median, high = np.percentile(known, (5, 50, 95)).tolist()
    return Interval(name, title, unit, reference, median, low, high, values.size - known.size)


def percent(now: Trace, before: Trace) -> Trace:
    """Give relative changes in %, undefined where there was nothing."""
    something = np.isfinite(now) & np.isfinite(before) & (before != 0.0)
    changes = np.full(now.shape, math.nan)
    changes[something] = 100.0 * (now[something] / before[something] - 1.0)
    return changes


def ranks(values: Trace) -> Trace:
    """Rank values from 1, equal ones by the mean of their ranks."""
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    mean: Trace = (np.cumsum(counts) - (counts - 1) / 2.0)[where]
    return mean
