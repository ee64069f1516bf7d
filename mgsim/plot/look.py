"""How pictures look: large type, thick lines, and colours that everyone can tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from mgsim.protocol import Protocol
from mgsim.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours, told apart with any kind of colour vision, from cool to warm; each with a line style of
# its own, so that a grey print reads as well.
COLOURS = ("#000000", "#0072B2", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#E69F00")
DASHES: tuple[tuple[float, ...] | None, ...] = (
    None,
    (6, 1.6),
    (3, 1.2),
    (1.2, 1.0),
    (6, 1.2, 1.2, 1.2),
    (9, 3),
    None,
)
GREY = "#555555"
SIZE = 17.0  # points, for a picture 10 to 16 inches wide
LINE = 3.0
_MOST_MARKS = 80

_TITLES = {
    "force": "Force",
    "Ca": "Free Ca²⁺",
    "Mg": "Free Mg²⁺",
    "V": "Membrane voltage",
    "CaTC": "Free Ca²⁺ in the store",
}


def title_of(name: str, result: Result) -> str:
    """Return what to write above a panel: what is shown, and its unit."""
    meaning = result.meanings.get(name, "")
    text = _TITLES.get(name) or (meaning if 0 < len(meaning) <= 40 else name)
    unit = result.units[name]
    return text[0].upper() + text[1:] + (f" ({unit})" if unit != "1" else "")


def time_unit(results: Sequence[Result]) -> tuple[str, float]:
    """Return the unit in which to show time, and how many there are in a second."""
    longest = max((float(result.time[-1]) for result in results if result.time.size), default=0.0)
    return ("ms", 1000.0) if longest <= 1.5 else ("s", 1.0) if longest <= 600 else ("min", 1 / 60)


def line_style(i: int) -> dict[str, object]:
    """Return colour, dashes and width of the i-th curve."""
    dashes = DASHES[i % len(DASHES)]
    return {
        "color": COLOURS[i % len(COLOURS)],
        "linestyle": "-" if dashes is None else (0, dashes),
        "linewidth": LINE,
        "solid_capstyle": "round",
    }


def tidy(ax: Axes, *, size: float = SIZE) -> None:
    """Leave of the frame only what is read: two axes, few ticks, large numbers."""
    from matplotlib.ticker import MaxNLocator

    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_linewidth(1.4)
    ax.tick_params(labelsize=size * 0.9, width=1.4, length=6)
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.yaxis.set_major_locator(MaxNLocator(4))


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
    ax: Axes, labels: Sequence[str], heights: Sequence[float], *, heading: str = "", size: float = SIZE
) -> None:
    """Write each curve's name beside the panel, about as high as the curve's own peak, after a piece of its line."""
    low, high = ax.get_ylim()
    shares = [(height - low) / (high - low) for height in heights]
    figure = ax.get_figure(root=True)
    inches = ax.get_position().height * (figure.get_figheight() if figure is not None else 6.0)
    gap = 1.45 * size / 72 / max(inches, 0.5)
    places = spread(shares, gap, 0.0, 1.0 - (gap if heading else 0.0))
    for i, (label, place) in enumerate(zip(labels, places, strict=True)):
        ax.plot([1.02, 1.075], [place, place], transform=ax.transAxes, clip_on=False, **line_style(i))  # type: ignore[arg-type]
        ax.text(1.09, place, label, transform=ax.transAxes, va="center", color=COLOURS[i % len(COLOURS)],
                fontsize=size, fontweight="bold")  # fmt: skip
    if heading:
        ax.text(
            1.02, max(places) + gap, heading, transform=ax.transAxes, va="center", fontsize=size, color=GREY
        )


def mark_stimuli(ax: Axes, protocol: Protocol, per_second: float, *, size: float = SIZE) -> None:
    """Mark under the traces when the stimuli came, with their rate."""
    onsets = [onset * per_second for onset in protocol.onsets]
    low, high = ax.get_ylim()
    ax.set_ylim(low - 0.1 * (high - low), high)
    where = {"transform": ax.get_xaxis_transform(), "color": GREY, "clip_on": False}
    if onsets and len(onsets) <= _MOST_MARKS:
        ax.vlines(onsets, 0.012, 0.06, linewidth=2.2 if len(onsets) <= 40 else 1.2, **where)  # type: ignore[arg-type]
    elif onsets:
        ax.hlines(0.035, onsets[0], onsets[-1], linewidth=6, **where)  # type: ignore[arg-type]
    for hold in protocol.holds:
        ax.hlines(0.035, hold.start * per_second, hold.stop * per_second, linewidth=6, **where)  # type: ignore[arg-type]
    words = [f"{hold.name} {hold.value}" for hold in protocol.holds]
    if len(onsets) > 1:
        steady = all(abs((b - a) - (onsets[1] - onsets[0])) < 1e-6 * b for a, b in pairwise(onsets))
        words.insert(0, f"{protocol.rate:.3g} Hz" if protocol.rate and steady else "stimuli")
    elif onsets:
        words.insert(0, "stimulus")
    ends = [*onsets[-1:], *(hold.stop * per_second for hold in protocol.holds)]
    if words:
        ax.annotate(", ".join(words), (max(ends), 0.035), xycoords=ax.get_xaxis_transform(), xytext=(8, 0),
                    textcoords="offset points", va="center", fontsize=size * 0.8, color=GREY)  # fmt: skip
