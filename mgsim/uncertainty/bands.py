"""A band: the runs of one experiment with drawn numbers, by their quantiles, their measures and what drives them."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.language.errors import InputError, unknown
from mgsim.measured import Measure
from mgsim.result import Result, Trace
from mgsim.uncertainty.intervals import Interval, interval_of, percent, ranks
from mgsim.uncertainty.uncertain import ASSUMED, Uncertain

if TYPE_CHECKING:
    import pandas

PERCENTILES = (5, 25, 50, 75, 95)
_STILL = 1e-9  # a measure that varies by less than this share of itself does not vary


@dataclass(frozen=True, eq=False, repr=False)
class Band:
    """What comes out of an experiment when its uncertain numbers are drawn again and again.

    Attributes
    ----------
    time : ndarray, shape (n,)
        s: samples of the recording, or the beginning of each contraction where these tire the fibre.
    quantiles : mapping of str to ndarray, shape (5, n)
        5, 25, 50, 75 and 95 % of the runs at each time. No single run follows one of them.
    reference : Result
        The run with the model's own numbers.
    middle : mapping of str to ndarray, shape (n,)
        That run at the times of the band.
    measured : mapping of str to Measure
        What was read off it.
    varied : tuple of Uncertain
        What was drawn.
    parameters : mapping of str to ndarray, shape (runs that count,)
        The drawn values.
    used : ndarray of int
        Which of the draws the runs that count belong to.
    values : mapping of str to ndarray, shape (runs that count,)
        The measures of each run, NaN where undefined.
    runs, seed : int
        How many runs were asked for, and what they were drawn with.
    lost : mapping of str to (int, str)
        Runs that do not count, by what became of them, with the first message.
    outcome : str
        "done", "interrupted" or "time budget".
    fixed : tuple of str
        Measured, fitted or recalled numbers that were not drawn: they were set, or nobody published a spread.
    each_contraction : bool
        Whether each point is a contraction: its peak of force and free Ca²⁺, other traces just before it.
    """

    time: Trace
    quantiles: Mapping[str, Trace]
    reference: Result
    middle: Mapping[str, Trace]
    measured: Mapping[str, Measure]
    varied: tuple[Uncertain, ...]
    parameters: Mapping[str, Trace]
    used: np.ndarray[Any, np.dtype[np.int64]]
    values: Mapping[str, Trace]
    runs: int
    seed: int
    lost: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    outcome: str = "done"
    fixed: tuple[str, ...] = ()
    each_contraction: bool = False

    def __len__(self) -> int:
        return len(self.used)

    @property
    def assumed(self) -> int:
        """How many of the spreads are assumed, not published."""
        return sum(one.spread_is == ASSUMED for one in self.varied)

    @property
    def intervals(self) -> dict[str, Interval]:
        """The measures by name, each with the interval in which it lies."""
        return {name: self.interval(name) for name in self.values}

    def interval(self, measure: str) -> Interval:
        """Return where a measure lies in the runs: median, 5 and 95 %."""
        values, own = self._values(measure), self.measured[measure]
        return interval_of(measure, own.title, own.unit, own.value, values)

    def drivers(self, measure: str) -> dict[str, float]:
        """Return the rank correlation of a measure with each drawn number, the strongest first.

        Empty where the measure does not vary. Of chance alone, few reach 2.6 over the root of the number of runs.
        """
        values = self._values(measure)
        known = np.isfinite(values)
        kept = values[known]
        if kept.size < 3 or np.ptp(kept) <= _STILL * np.abs(kept).max():
            return {}
        found = {
            path: float(np.corrcoef(ranks(drawn[known]), ranks(kept))[0, 1])
            for path, drawn in self.parameters.items()
            if np.ptp(drawn[known]) > 0.0
        }
        return dict(sorted(found.items(), key=lambda item: -abs(item[1])))

    def change_from(self, other: Band) -> dict[str, Interval]:
        """Return by how many % each measure differs from that of another band, draw by draw.

        Both have to be drawn with one seed and as many runs: then the draws of what both vary are the same.

        Raises
        ------
        InputError
            Where the two bands are not of the same draws.
        """
        if (self.seed, self.runs) != (other.seed, other.runs):
            raise InputError(
                f"bands are compared draw by draw: one has {self.runs} runs with seed {self.seed}, the other "
                f"{other.runs} with seed {other.seed}"
            )
        _, mine, theirs = np.intersect1d(self.used, other.used, return_indices=True)
        found = {}
        for name in (n for n in self.values if n in other.values):
            own, before = self.measured[name], other.measured[name]
            changes = percent(self.values[name][mine], other.values[name][theirs])
            reference = float(percent(np.array([own.value]), np.array([before.value]))[0])
            found[name] = interval_of(name, own.title, "%", reference, changes)
        return found

    def to_pandas(self) -> pandas.DataFrame:
        """Return the runs that count as a data frame: what was drawn, and what was measured."""
        from mgsim.result_tables import needs

        columns = {**self.parameters, **self.values}
        frame: pandas.DataFrame = needs("pandas").DataFrame(columns, index=self.used)
        frame.index.name = "draw"
        units = {one.path: one.unit for one in self.varied} | {n: m.unit for n, m in self.measured.items()}
        frame.attrs = {"units": units, "provenance": self.reference.provenance}
        return frame

    def to_result(self) -> Result:
        """Return the reference run and the quantiles as traces: "force", "force_p5", ..., "force_p95"."""
        own = self.reference
        traces: dict[str, Trace] = {}
        of, meanings = {}, {}
        for name, levels in self.quantiles.items():
            traces[name], of[name], meanings[name] = self.middle[name], name, own.meanings[name]
            for p, level in zip(PERCENTILES, levels, strict=True):
                column = f"{name}_p{p}"
                traces[column], of[column] = level, name
                meanings[column] = f"{own.meanings[name]}: {p} % of the runs lie below"
        units = {column: own.units[name] for column, name in of.items()}
        about = {**own.provenance, "band": self.as_dict(draws=True)}
        return Result(self.time, traces, units, own.protocol, own.outcome, meanings, about)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the curves, and all about the draws, to a .csv, .nc or .json file that `mgsim.load` reads."""
        self.to_result().save(path)

    def plot(self, names: Any = None, ax: Any = None, **options: Any) -> Any:
        """Draw the band: `mgsim.plot.band`."""
        from mgsim import plot

        return plot.band(self, names, ax, **options)

    def as_dict(self, *, draws: bool = False) -> dict[str, Any]:
        """Return what was drawn and what came of it as plain data; with `draws` every value of every run."""
        about: dict[str, Any] = {
            "runs": self.runs,
            "used": len(self),
            "seed": self.seed,
            "outcome": self.outcome,
            "lost": {kind: {"runs": count, "first": message} for kind, (count, message) in self.lost.items()},
            "varied": {one.path: one.as_dict() for one in self.varied},
            "assumed_spreads": self.assumed,
            "not_varied": list(self.fixed),
            "measures": {name: interval.as_dict() for name, interval in self.intervals.items()},
            "rank_correlations": {name: self.drivers(name) for name in self.values},
        }
        if draws:
            about["draws"] = self.used.tolist()
            about["values"] = {
                name: [value if math.isfinite(value) else None for value in column.tolist()]
                for name, column in {**self.parameters, **self.values}.items()
            }
        return about

    def __repr__(self) -> str:
        model = self.reference.provenance.get("model", "a model")
        return f"<Band: {self.reference.protocol.name} of {model}, {len(self)} runs, {len(self.varied)} numbers drawn>"

    def _values(self, measure: str) -> Trace:
        if measure not in self.values:
            raise unknown("measure of this band", measure, self.values)
        return self.values[measure]
