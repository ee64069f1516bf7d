"""A picture as data: curves of the model, and where rows of the table lie on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mgsim.curve import Curve
from mgsim.evidence.measurements import measurements
from mgsim.language.errors import InputError, unknown
from mgsim.language.model import Model
from mgsim.result import Result, Trace

_MOST_SAMPLES = 500


@dataclass(frozen=True, eq=False)
class Line:
    """One curve.

    Attributes
    ----------
    label : str
        What is written beside it.
    x, y : ndarray
        The curve, in the units of the axes; NaN where the model gives nothing.
    dots : bool
        Whether each value is an experiment of its own, to be drawn as a dot.
    published : bool
        Whether it is a published law, not the model.
    """

    label: str
    x: Trace
    y: Trace
    dots: bool = False
    published: bool = False


@dataclass(frozen=True)
class Mark:
    """Where a row of the table lies in a picture: its published value and the model's, by the same rule.

    Attributes
    ----------
    row : str
        Id of the row.
    at : float
        Place on the other axis.
    along : {"x", "y"}
        The axis on which the value of the row is read.
    start, scale : float
        A value v of the row lies at start + scale * v on that axis.
    line : int or None
        The curve on which the model's value lies; None where it is read off in another way.
    """

    row: str
    at: float
    along: str = "y"
    start: float = 0.0
    scale: float = 1.0
    line: int | None = 0

    def place(self, value: float) -> tuple[float, float]:
        """Return x and y of a value of the row."""
        read = self.start + self.scale * value
        return (read, self.at) if self.along == "x" else (self.at, read)


@dataclass(frozen=True, eq=False)
class Points:
    """Published numbers that are no rows of the table."""

    label: str
    x: Sequence[float]
    y: Sequence[float]


@dataclass(frozen=True, eq=False)
class Picture:
    """Curves beside published points.

    Attributes
    ----------
    title : str
        What is seen, in a few words.
    x, y : str
        What the axes show, with units.
    lines, marks, points
        What is drawn.
    says : str
        What has to be known to read it.
    log : str
        The axes that are logarithmic: "", "x", "y" or "xy".
    from_zero : bool
        Whether the y axis begins at zero.
    reverse : bool
        Whether the x axis runs from high to low, as pCa does.
    """

    title: str
    x: str
    y: str
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    points: tuple[Points, ...] = ()
    says: str = ""
    log: str = ""
    from_zero: bool = True
    reverse: bool = False


class Fibres(dict[str, Model]):
    """The preparations by name, each made when it is first asked for, so that experiments share their runs."""

    def __missing__(self, name: str) -> Model:
        from mgsim import fibre

        if name not in fibre.__all__:
            raise unknown("fibre", name, fibre.__all__)
        made: Model = getattr(fibre, name)()
        self[name] = made
        return made


def published(row: str) -> float:
    """Return the published value of a row, for a law that is drawn as a curve.

    Raises
    ------
    InputError
        For a row that the table does not have.
    """
    for measurement in measurements():
        if measurement.id == row:
            return measurement.value
    raise InputError(f"a picture names the row {row!r}, which the table does not have")


def above_rest(
    label: str, result: Result, trace: str, *, until: float, scale: float = 1.0, unit: float = 1000.0
) -> Line:
    """Return a trace above its rest against the time since the first stimulus.

    Parameters
    ----------
    label : str
        What is written beside it.
    result, trace
        What is shown.
    until : float
        How long after the stimulus, s.
    scale : float
        Factor on the trace.
    unit : float
        Units of time in a second: 1000 for ms.
    """
    curve = Curve(result, trace)
    return since(label, curve.time - curve.first, scale * curve.active, until=until, unit=unit)


def since(label: str, time: Trace, values: Trace, *, until: float, unit: float = 1000.0) -> Line:
    """Return values against time (s), from a little before zero `until` a time, with no more samples than are seen."""
    inside = np.flatnonzero((time >= -0.05 * until) & (time <= until))
    kept = inside[:: max(1, len(inside) // _MOST_SAMPLES)]
    # The highest and the lowest sample are read off, so they stay.
    both = {int(inside[values[inside].argmax()]), int(inside[values[inside].argmin()])}
    kept = np.array(sorted({*map(int, kept), *both}))
    return Line(label, unit * time[kept], values[kept])


def dots(label: str, x: Iterable[float], y: Iterable[float]) -> Line:
    """Return values of which each is an experiment of its own."""
    return Line(label, np.array(list(x), float), np.array(list(y), float), dots=True)


def law(label: str, x: Iterable[float], y: Iterable[float]) -> Line:
    """Return a published law as a curve."""
    return Line(label, np.array(list(x), float), np.array(list(y), float), published=True)


def approach(rate: float, times: Sequence[float] | Trace, values: Sequence[float] | Trace, at: Trace) -> Trace:
    """Return the exponential approach with this rate that lies nearest to the values, at the times `at`."""
    t, v = np.asarray(times, float), np.asarray(values, float)
    basis = np.column_stack([np.ones_like(t), np.exp(-rate * (t - t.min()))])
    level, reach = np.linalg.lstsq(basis, v, rcond=None)[0]
    course: Trace = level + reach * np.exp(-rate * (at - t.min()))
    return course
