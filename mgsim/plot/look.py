"""How pictures look: large type, thick lines, and colours that everyone can tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.plot.figure import root_figure
from mgsim.protocol import Protocol
from mgsim.result import Result, Trace

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours, ordered so that the first five stay apart with any kind of colour vision (blue
# beside green would not). Each has dashes of its own, so that a grey print reads as well.
COLOURS = ("#000000", "#0072B2", "#56B4E9", "#D55E00", "#E69F00", "#009E73", "#CC79A7")
DASHES: tuple[tuple[float, ...] | None, ...] = (
    None,
    (5, 1.2),
    (2.6, 1),
    (1.1, 0.8),
    (5, 1, 1, 1),
    (8, 2.5),
    None,
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GREY = "#555555"
SIZE = 19.0  # points, for a picture 10 to 16 inches wide
LINE = 3.4
_MOST_MARKS = 80


def time_unit(results: Sequence[Result]) -> tuple[str, float]:
    """Return the unit in which to show time, and how many there are in a second."""
    longest = max((float(result.time[-1]) for result in results if result.time.size), default=0.0)
    return ("ms", 1000.0) if longest <= 1.5 else ("s", 1.0) if longest <= 600 else ("min", 1 / 60)


def line_style(i: int, swings: float = 1.0) -> dict[str, Any]:
    """Return how to draw the i-th curve; the first lies on top.

    Where the curves of a panel go up and down many times (`swings`), dashes would only confuse: lines are
    then whole, and thinner.
    """
    style: dict[str, Any] = {"color": COLOURS[i % len(COLOURS)], "linewidth": LINE, "zorder": 3 - i / 100}
    dashes = DASHES[i % len(DASHES)]
    if swings > 1.5:
        style["linewidth"] = LINE * (0.85 if swings < 6 else 0.6 if swings < 40 else 0.35)
    elif dashes is not None:
        style["linestyle"] = (0, dashes)
    return style


def text_colour(i: int) -> tuple[float, float, float]:
    """Return the i-th colour, darkened where thin letters in it would be pale on white."""
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(COLOURS[i % len(COLOURS)])
    brightness = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    share = min(1.0, (0.28 / max(brightness, 1e-9)) ** (1 / 2.2))
    return red * share, green * share, blue * share


def swings_of(many: Sequence[Trace]) -> float:
    """Return how many times curves go up and down their whole height: 1 for a twitch."""
    most = 0.0
    for values in many:
        height = float(np.ptp(values))
        if height > 1e-6 * float(np.abs(values).max()):  # else it is rounding that swings
            most = max(most, float(np.abs(np.diff(values)).sum()) / height / 2)
    return most


def tidy(ax: Axes, *, size: float = SIZE) -> None:
    """Leave of the frame only what is read: two axes, few ticks, large numbers."""
    from matplotlib.ticker import MaxNLocator

    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_linewidth(1.4)
    ax.tick_params(labelsize=size * 0.9, width=1.4, length=6)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))


def headline(ax: Axes, text: str, *, size: float = SIZE) -> None:
    """Write above a panel what its y axis shows, where it is read before the curve is."""
    ax.set_title(text, loc="left", fontsize=size * 1.05, pad=10)


def column_title(ax: Axes, text: str, *, size: float = SIZE) -> None:
    """Write above a column of panels which experiment it is."""
    ax.annotate(
        text, (0, 1), xycoords="axes fraction", xytext=(0, 2.6 * size), textcoords="offset points",
        fontsize=size * 1.15, fontweight="bold",
    )  # fmt: skip


def spread(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move heights apart to at least `gap`, in their order, as little as a simple pass can, within limits."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = [0.0] * len(heights)
    level = low
    for i in order:
        placed[i] = level = max(heights[i], level)
        level += gap
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed


def label_curves(
    ax: Axes,
    labels: Sequence[str],
    curves: Sequence[Trace],
    *,
    heading: str = "",
    swings: float | None = None,
    size: float = SIZE,
) -> None:
    """Write each curve's name beside the panel, about as high as its own peak, after a piece of its line."""
    low, high = ax.get_ylim()
    shares = [(float(np.nanmax(curve)) - low) / (high - low) for curve in curves]
    swings = swings_of(curves) if swings is None else swings
    inches = ax.get_position().height * root_figure(ax).get_figheight()
    gap = 1.45 * size / 72 / max(inches, 0.5)
    places = spread(shares, gap, 0.0, 1.0 - (gap if heading else 0.0))
    for i, (label, place) in enumerate(zip(labels, places, strict=True)):
        ax.plot([1.02, 1.075], [place, place], transform=ax.transAxes, clip_on=False, **line_style(i, swings))
        ax.text(1.09, place, label, transform=ax.transAxes, va="center", color=text_colour(i),
                fontsize=size, fontweight="bold")  # fmt: skip
    if heading:
        ax.text(
            1.02, max(places) + gap, heading, transform=ax.transAxes, va="center", fontsize=size, color=GREY
        )


def mark_stimuli(ax: Axes, protocol: Protocol, per_second: float, *, size: float = SIZE) -> None:
    """Mark under the traces when stimuli came and what was held, one row each, with their rate or value."""
    rows: list[tuple[str, list[tuple[float, float]]]] = []
    onsets = protocol.onsets
    if onsets:
        many = f"{protocol.rate:.3g} Hz" if protocol.rate else "stimuli"
        spans = [(onset, onset) for onset in onsets]
        rows.append((many, spans if len(onsets) <= _MOST_MARKS else [(onsets[0], onsets[-1])]))
        if len(onsets) == 1:
            rows[0] = ("stimulus", spans)
    rows += [(f"{hold.name} {hold.value}", [(hold.start, hold.stop)]) for hold in protocol.holds]
    low, high = ax.get_ylim()
    step = 0.085
    ax.set_ylim(low - step * len(rows) * (high - low), high)
    where: dict[str, Any] = {"transform": ax.get_xaxis_transform(), "color": GREY, "clip_on": False}
    for k, (words, spans) in enumerate(reversed(rows)):
        level = 0.04 + k * step
        ticks = [start * per_second for start, stop in spans if start == stop]
        ax.vlines(ticks, level - 0.025, level + 0.025, linewidth=2.2 if len(ticks) <= 40 else 1.2, **where)
        for start, stop in spans:
            if stop > start:
                ax.hlines(level, start * per_second, stop * per_second, linewidth=6, **where)
        _row_words(ax, words, spans[-1][1] * per_second, level, size)


def _row_words(ax: Axes, words: str, end: float, level: float, size: float) -> None:
    """Write what a row of marks is: after its end, or over it where there is no room after it."""
    left, right = ax.get_xlim()
    style: dict[str, Any] = {
        "xycoords": ax.get_xaxis_transform(),
        "textcoords": "offset points",
        "va": "center",
    }
    style |= {"fontsize": size * 0.8, "color": GREY}
    if end < left + 0.75 * (right - left):
        ax.annotate(words, (end, level), xytext=(8, 0), **style)
    else:
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        ax.annotate(words, ((left + right) / 2, level), xytext=(0, 0), ha="center", bbox=box, **style)


def caption(ax: Axes, text: str, *, size: float = SIZE) -> None:
    """Write under the whole figure, in plain words, what is seen in it."""
    from textwrap import fill

    if text:
        figure = root_figure(ax)
        letters = int(figure.get_figwidth() * 72 / (0.56 * size))
        figure.supxlabel(fill(text, letters), x=0.01, ha="left", fontsize=size)
