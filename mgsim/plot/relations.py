"""Pictures in which one measured thing stands against another."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.language.errors import InputError
from mgsim.measure import Measure, amplitude
from mgsim.plot import look
from mgsim.plot.figure import panels_for
from mgsim.plot.naming import ManyResults, named, title_of
from mgsim.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def force_frequency(
    trains: Mapping[str, Sequence[Result]] | Sequence[Result],
    ax: Axes | None = None,
    *,
    heading: str = "",
    relative: bool = False,
) -> Axes:
    """Draw the highest active force of trains against their rate.

    Parameters
    ----------
    trains : sequence of Result, or mapping of label to sequence of Result
        Recordings of trains, each at its rate; several curves by their labels.
    ax : Axes, optional
        Where to draw; without it a figure is made.
    heading : str, optional
        What the labels have in common, such as "free Mg²⁺".
    relative : bool
        Whether each curve is shown in % of its own highest force.
    """
    curves = dict(trains) if isinstance(trains, Mapping) else {"": list(trains)}
    points = [_rates_and_forces(results) for results in curves.values()]
    if relative:
        points = [(rates, 100 * forces / forces.max()) for rates, forces in points]
    panel: Axes = panels_for(ax, 1, 1)[0, 0]
    look.tidy(panel)
    for i, (rates, forces) in enumerate(points):
        panel.plot(
            rates, forces, marker=look.MARKERS[i % len(look.MARKERS)], markersize=9, **look.line_style(i)
        )
    panel.set_xlim(left=0)
    panel.set_ylim(bottom=0)
    panel.set_xlabel("Stimuli per second (Hz)", fontsize=look.SIZE)
    first = next(iter(curves.values()))[0]
    look.headline(
        panel, "Peak force (% of the highest)" if relative else f"Peak force ({first.units['force']})"
    )
    if len(curves) > 1:
        look.label_curves(panel, list(curves), [forces[-1:] for _, forces in points], heading=heading)
    return panel


def loop(
    results: ManyResults,
    x: str = "Ca",
    y: str = "force",
    ax: Axes | None = None,
    labels: Sequence[str] | None = None,
    *,
    heading: str = "",
) -> Axes:
    """Draw one trace against another: how force follows free Ca²⁺ up, and lags behind it coming down."""
    many, called = named(results, labels)
    panel: Axes = panels_for(ax, 1, 1)[0, 0]
    look.tidy(panel)
    for i, result in enumerate(many):
        panel.plot(result[x], result[y], **look.line_style(i))
        _arrow(panel, result[x], result[y], look.COLOURS[i % len(look.COLOURS)])
    panel.set_xlabel(title_of(x, many[0]), fontsize=look.SIZE)
    look.headline(panel, title_of(y, many[0]))
    if len(many) > 1:
        look.label_curves(panel, called, [result[y] for result in many], heading=heading)
    return panel


def compare(
    results: Mapping[str, Result],
    read: Callable[..., Measure] = amplitude,
    ax: Axes | None = None,
    *,
    references: int = 1,
    title: str = "",
) -> Axes:
    """Draw one measure of many results as dots in rows, with lines at the results they are compared with.

    Parameters
    ----------
    results : mapping of str to Result
        Results by the words that stand beside their dots, from top to bottom.
    read : function
        The measure, such as ``mgsim.measure.half_relaxation``.
    ax : Axes, optional
        Where to draw; without it a figure is made.
    references : int
        How many of the first results are drawn as lines through all rows; each row begins at the last of them.
    title : str, optional
        What stands above; without it, the measure and its unit.
    """
    measured = {name: read(result) for name, result in results.items()}
    rows = list(measured)[references:]
    if not rows:
        raise InputError(
            f"there is nothing to compare: {len(results)} results, {references} of them references"
        )
    panel: Axes = panels_for(ax, 1, 1)[0, 0]
    look.tidy(panel)
    references_at = [float(measured[name]) for name in list(measured)[:references]]
    base = references_at[-1] if references else 0.0
    for i, (name, at) in enumerate(zip(measured, references_at, strict=False)):
        style = look.line_style(i)
        panel.axvline(at, **style)
        # The names of two lines grow away from each other, so that they never meet.
        side = "center" if references == 1 else "right" if at <= min(references_at) else "left"
        panel.annotate(name, (at, 1), xycoords=panel.get_xaxis_transform(), xytext=(0, 8),
                       textcoords="offset points", ha=side, color=style["color"],
                       fontsize=look.SIZE * 0.85, fontweight="bold")  # fmt: skip
    for k, name in enumerate(rows):
        value = float(measured[name])
        if math.isnan(value):
            panel.text(base, k, "  not defined", va="center", fontsize=look.SIZE * 0.8, color=look.GREY)
            continue
        panel.plot([base, value], [k, k], color="#BBBBBB", linewidth=look.LINE, zorder=1)
        panel.plot(value, k, "o", color=look.COLOURS[3], markersize=13, zorder=4)
        panel.annotate(f"{value:.3g}", (value, k), xytext=(0, 12), textcoords="offset points", ha="center",
                       fontsize=look.SIZE * 0.8, zorder=6,
                       bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
    panel.set_yticks(range(len(rows)), rows, fontsize=look.SIZE)
    panel.set_ylim(len(rows) - 0.5, -0.7)
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    one = next(iter(measured.values()))
    words = title or one.title[0].upper() + one.title[1:] + (f" ({one.unit})" if one.unit != "1" else "")
    panel.set_xlabel(words, fontsize=look.SIZE)
    return panel


def _rates_and_forces(results: Sequence[Result]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    pairs = []
    for result in results:
        if result.protocol.rate is None:
            raise InputError(
                f"a force-frequency curve is made of trains; {result.protocol.name!r} has no rate"
            )
        pairs.append((result.protocol.rate, float(amplitude(result))))
    if not pairs:
        raise InputError("a force-frequency curve needs at least one train")
    rates, forces = np.array(sorted(pairs)).T
    return rates, forces


def _arrow(panel: Axes, x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], colour: str) -> None:
    """Put an arrow head on a loop where it turns, so that its sense is seen."""
    at = int(np.argmax(y))
    if 0 < at < len(y) - 1:
        panel.annotate("", (x[at + 1], y[at + 1]), (x[at - 1], y[at - 1]),
                       arrowprops={"arrowstyle": "-|>", "color": colour, "mutation_scale": 30})  # fmt: skip
