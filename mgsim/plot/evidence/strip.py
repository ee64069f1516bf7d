"""The distance of every row from its measurement, as dots on one strip for each topic."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mgsim.evidence.scoreboard import Row, Scoreboard
from mgsim.plot.evidence.inline import BAND, FAINT, INK, LINES, PAPER, QUIET, SIZE, page_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROLES = {"calibrate": ("o", LINES[0]), "predict": ("D", LINES[1])}
_TICKS = (1, 2, 5, 10, 20, 50)
_LANE, _HEAD = 13.0, 19.0  # points: height of a lane of dots, and of the line with the topic's name


def draw(board: Scoreboard, inches: float) -> Figure:
    """Draw the strips of all topics, `inches` wide."""
    from matplotlib.figure import Figure

    reach = max([squeezed(abs(row.z)) for row in board.rows if row.z is not None] + [2.6]) + 0.25
    width = 72.0 * inches * 0.96
    lanes = {topic: _lanes(rows, 2 * reach / width) for topic, rows in board.topics().items()}
    height = sum(_HEAD + _LANE * max(1, len(found)) for found in lanes.values())
    with page_style():
        figure = Figure(figsize=(inches, (height + 62.0) / 72.0), layout="constrained")
        ax = figure.add_subplot()
        ax.set_xlim(-reach, reach)
        ax.set_ylim(height, 0.0)
        for edge in (2.0, 1.0):
            ax.axvspan(-edge, edge, color=BAND, alpha=0.55, linewidth=0)
        ax.axvline(0.0, color=QUIET, linewidth=1.0)
        level = 0.0
        for topic, rows in board.topics().items():
            ax.axhline(level, color=FAINT, linewidth=0.8)
            ax.text(-reach, level + _HEAD * 0.55, _heading(topic, rows), va="center", fontweight="bold")
            level += _HEAD
            for lane in lanes[topic]:
                for row in lane:
                    _dot(ax, row, level + _LANE / 2)
                level += _LANE
            if not lanes[topic]:
                level += _LANE
        ticks = _apart(reach, 2 * reach / width)
        ax.set_xticks([squeezed(t) for t in ticks], [f"{t:+d}".replace("-", "−") if t else "0" for t in ticks])
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_xlabel("z = (model − measured) / spread")
    return figure


def _apart(reach: float, unit: float) -> list[int]:
    """Return ticks, from the middle outwards, with room for their numbers; `unit` is a point on the axis."""
    found = [0]
    for tick in (t for t in _TICKS if t > 0 and squeezed(t) <= reach):
        if squeezed(tick) - squeezed(found[-1]) >= 24.0 * unit:
            found.append(tick)
    return [-t for t in found[:0:-1]] + found


def squeezed(z: float) -> float:
    """Return where a distance stands on the axis: even up to 2 spreads, and each doubling beyond alike.

    Examples
    --------
    >>> [squeezed(z) for z in (-1.0, 2.0, 4.0, 8.0)]
    [-1.0, 2.0, 2.8, 3.6]
    """
    return z if abs(z) <= 2.0 else math.copysign(2.0 + 0.8 * math.log2(abs(z) / 2.0), z)


def _heading(topic: str, rows: list[Row]) -> str:
    signs = [row for row in rows if row.measurement.kind == "sign" and row.measurement.decides]
    return f"{topic}: {sum(row.favourable for row in signs)} of {len(signs)} signs met" if signs else topic


def _is_named(row: Row) -> bool:
    return not row.favourable


def _lanes(rows: list[Row], unit: float) -> list[list[Row]]:
    """Lay dots and the names of misses in as few lanes as hold them apart; `unit` is a point on the axis."""
    lanes: list[list[Row]] = []
    ends: list[float] = []
    for row in sorted((r for r in rows if r.z is not None), key=lambda r: r.z or 0.0):
        low, high = _extent(row, unit)
        for k, end in enumerate(ends):
            if low >= end:
                lanes[k].append(row)
                ends[k] = high
                break
        else:
            lanes.append([row])
            ends.append(high)
    return lanes


def _extent(row: Row, unit: float) -> tuple[float, float]:
    at, name = squeezed(row.z or 0.0), _is_named(row) * (4.0 + 0.54 * SIZE * len(row.measurement.id))
    left, right = (name, 0.0) if at > 0 else (0.0, name)
    return at - (5.0 + left) * unit, at + (5.0 + right) * unit


def _dot(ax: Axes, row: Row, level: float) -> None:
    """Draw one row; rows that only inform are hollow, misses carry their name on the side of the middle."""
    marker, colour = ROLES[row.measurement.role]
    at = squeezed(row.z or 0.0)
    inside = colour if row.measurement.decides else PAPER
    size = 6.5 if marker == "o" else 5.8
    ax.plot(at, level, marker, color=colour, markerfacecolor=inside, markersize=size, zorder=3)
    if _is_named(row):
        side = -1 if at > 0 else 1
        ax.annotate(
            row.measurement.id, (at, level), xytext=(6 * side, 0), textcoords="offset points", va="center",
            ha="right" if side < 0 else "left", fontsize=SIZE * 0.85, color=INK,
        )  # fmt: skip
