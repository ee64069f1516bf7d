"""One picture of evidence: the model's curves, published points with their spread, and the model's values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.evidence.curves.picture import Line, Mark, Picture
from mgsim.evidence.scoreboard import Row
from mgsim.plot.evidence.inline import FAINT, INK, LINES, QUIET, SIZE, page_style
from mgsim.plot.evidence.placing import Name, around, box_of, place
from mgsim.plot.figure import root_figure
from mgsim.plot.look import DASHES, spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INCHES = (4.8, 3.3)
_BESIDE = 1.02  # share of the panel's width at which the names of curves begin
_ARROW = 17.0  # points
_MOST_NAMES = 6  # more points than this carry no names


def draw(picture: Picture, rows: Mapping[str, Row]) -> Figure:
    """Draw a picture with those of its points whose rows are given.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    rows : mapping of str to Row
        The rows by their ids; points of other rows are left out.
    """
    from matplotlib.figure import Figure

    with page_style():
        figure = Figure(figsize=_INCHES, layout="constrained")
        ax = figure.add_subplot()
        _axes(ax, picture)
        colours = _colours(picture)
        for k, line in enumerate(picture.lines):
            _curve(ax, line, k, colours[k])
        for points in picture.points:
            ax.plot(points.x, points.y, "o", color=INK, markersize=6, label=points.label)
        shown = [mark for mark in picture.marks if mark.row in rows]
        for mark in shown:
            colour = colours[mark.line] if mark.line is not None else LINES[0]
            _point(ax, mark, rows[mark.row], colour, reverse=picture.reverse)
        if picture.from_zero and "y" not in picture.log and ax.get_ylim()[0] > 0:
            ax.set_ylim(bottom=0)
        if picture.reverse:
            ax.invert_xaxis()
        beside = _name_curves(ax, picture, colours)
        figure.draw_without_rendering()  # now the axes have their room
        if len(shown) <= _MOST_NAMES:
            _name_points(ax, picture, [(mark, rows[mark.row]) for mark in shown], beside)
    return figure


def _axes(ax: Axes, picture: Picture) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

    ax.set_xlabel(picture.x)
    ax.set_title(picture.y if picture.y.startswith("pH") else picture.y[0].upper() + picture.y[1:], pad=8)
    ax.margins(y=0.12)  # room for the arrows
    counted = all(len(line.x) < 10 and np.all(line.x == np.round(line.x)) for line in picture.lines)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10], integer=counted))
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    plain = FuncFormatter(lambda value, _: f"{value:g}")
    if "x" in picture.log:
        ax.set_xscale("log")
        ax.xaxis.set_major_formatter(plain)
        ax.xaxis.set_minor_formatter(NullFormatter())
    if "y" in picture.log:
        ax.set_yscale("log")
        ax.yaxis.set_major_formatter(plain)
        ax.yaxis.set_minor_formatter(NullFormatter())
    ax.grid(True, color=FAINT, linewidth=0.6)
    ax.set_axisbelow(True)


def _colours(picture: Picture) -> list[str]:
    """Return the colour of each line: published laws in ink, the model's curves in colours."""
    found, k = [], 0
    for line in picture.lines:
        found.append(INK if line.published else LINES[k % len(LINES)])
        k += not line.published
    return found


def _curve(ax: Axes, line: Line, k: int, colour: str) -> None:
    style: dict[str, Any] = {"color": colour, "linewidth": 1.5 if line.published else 2.2, "zorder": 3 - k / 100}
    dashes = (4, 2.5) if line.published else DASHES[k % len(DASHES)]
    if dashes is not None:
        style["linestyle"] = (0, dashes)
    if line.dots:
        style |= {"marker": "o", "markersize": 4, "linewidth": 1.3}
    ax.plot(line.x, line.y, **style)


def _point(ax: Axes, mark: Mark, row: Row, colour: str, *, reverse: bool) -> None:
    """Draw the published value as a ring with its spread, the model's as a diamond, and a thin line that ties them."""
    own = row.measurement
    x, y = mark.place(own.value)
    if not math.isnan(row.model):
        mx, my = mark.place(row.model)
        ax.plot([x, mx], [y, my], color=QUIET, linewidth=0.9, zorder=4)
        ax.plot(mx, my, "D", color=colour, markersize=6.5, markeredgecolor="none", zorder=5, gid=f"model.{own.id}")
    if own.kind == "sign":
        _limit(ax, mark, row, x, y, reverse=reverse)
        return
    half = abs(mark.scale) * own.allowed
    sideways = mark.along == "x"
    drawn = ax.errorbar(
        x, y, xerr=half if sideways else None, yerr=None if sideways else half, fmt="o", color=INK,
        markersize=10, markerfacecolor="none", markeredgewidth=1.7, elinewidth=1.5, zorder=6,
        capsize=0 if own.spread is None else 3.5,
    )  # fmt: skip
    drawn.lines[0].set_gid(f"published.{own.id}")


def _limit(ax: Axes, mark: Mark, row: Row, x: float, y: float, *, reverse: bool) -> None:
    """Draw the limit of a sign, with an arrow to the side on which the model should lie."""
    sideways = mark.along == "x"
    more = row.measurement.relation.startswith(">") == (mark.scale > 0)
    if sideways and reverse:
        more = not more
    marker = "|" if sideways else "_"
    ax.plot(
        x, y, marker, color=INK, markersize=15, markeredgewidth=2, zorder=5, gid=f"published.{row.measurement.id}"
    )
    far = _ARROW if more else -_ARROW
    ax.annotate(
        "", (x, y), xytext=(far, 0) if sideways else (0, far), textcoords="offset points", zorder=5,
        arrowprops={"arrowstyle": "<-", "color": INK, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip


def _name_curves(ax: Axes, picture: Picture, colours: list[str]) -> list[tuple[str, float]]:
    """Write beside the panel what each curve is, as high as its end; as high as its peak where all end together.

    The names are returned with their heights, as shares of the panel.
    """
    named = [(line.label, colour, line.y) for line, colour in zip(picture.lines, colours, strict=True)]
    named += [(points.label, INK, np.asarray(points.y, float)) for points in picture.points]
    named = [(label, colour, y[np.isfinite(y)]) for label, colour, y in named if np.isfinite(y).any()]
    if not named:
        return []
    gap = 1.25 * SIZE / 72 / (_INCHES[1] * 0.72)
    at_end = _heights(ax, [float(y[-1]) for _, _, y in named])
    if len(named) > 1 and max(at_end) - min(at_end) < gap:
        at_end = _heights(ax, [float(y.max()) for _, _, y in named])
    places = spread(at_end, gap, 0.0, 1.0)
    for (label, colour, _), height in zip(named, places, strict=True):
        ax.text(_BESIDE, height, label, transform=ax.transAxes, va="center", color=colour, fontsize=SIZE * 0.95)
    return [(label, height) for (label, _, _), height in zip(named, places, strict=True)]


def _heights(ax: Axes, values: list[float]) -> list[float]:
    to_share = ax.transData + ax.transAxes.inverted()
    left = ax.get_xlim()[0]
    return [float(to_share.transform((left, value))[1]) for value in values]


def _name_points(
    ax: Axes, picture: Picture, shown: Sequence[tuple[Mark, Row]], beside: Sequence[tuple[str, float]]
) -> None:
    """Write the ids of rows beside their published points."""
    per_pixel = 72.0 / root_figure(ax).dpi
    panel = ax.get_window_extent()
    inside = (panel.x0 * per_pixel, panel.y0 * per_pixel, 72.0 * _INCHES[0] - 4.0, panel.y1 * per_pixel + 2.0)

    def at(x: float, y: float) -> tuple[float, float]:
        place = ax.transData.transform((x, y)) * per_pixel
        return float(place[0]), float(place[1])

    taken = []
    for line in picture.lines:
        path = np.column_stack([line.x, line.y])
        taken += [around(*at(*p), 1.5) for p in path[:: max(1, len(path) // 150)] if np.isfinite(p).all()]
    for label, share in beside:
        left = (panel.x0 + _BESIDE * panel.width) * per_pixel
        taken.append(box_of(label, left, (panel.y0 + share * panel.height) * per_pixel, SIZE * 0.95))
    names = []
    for mark, row in shown:
        own = row.measurement
        x, y = at(*mark.place(own.value))
        taken.append(around(x, y, _ARROW if own.kind == "sign" else 6.0))
        if own.kind == "number":
            ends = [at(*mark.place(own.value + part * own.allowed)) for part in (-1.0, -0.5, 0.5, 1.0)]
            taken += [around(*end, 4.0) for end in ends]
        if not math.isnan(row.model):
            taken.append(around(*at(*mark.place(row.model)), 5.0))
        names.append(Name(own.id, x, y))
    for name, (left, middle) in zip(names, place(names, taken, inside, SIZE * 0.8), strict=True):
        ax.annotate(
            name.text, (left / 72 / _INCHES[0], middle / 72 / _INCHES[1]), xycoords="figure fraction", va="center",
            color=QUIET, fontsize=SIZE * 0.8, zorder=7, annotation_clip=False,
        ).set_in_layout(False)  # fmt: skip
