"""Pictures of recordings: what force, calcium and the rest did in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mgsim.language.errors import InputError
from mgsim.plot import look
from mgsim.plot.figure import panels_for
from mgsim.plot.naming import ManyResults, named, title_of
from mgsim.result import Result

Panels = np.ndarray[Any, Any]


def traces(
    results: ManyResults,
    names: str | Sequence[str] = ("force", "Ca"),
    ax: Any = None,
    labels: Sequence[str] | None = None,
    *,
    heading: str = "",
    caption: str = "",
) -> Panels:
    """Draw traces of one or more results, one panel a trace, one above the other.

    Parameters
    ----------
    results : Result, sequence of Result, or mapping of label to Result
        What to draw; several are drawn over each other.
    names : str or sequence of str
        Names of the traces.
    ax : Axes or sequence of Axes, optional
        Where to draw, one for each name; without it a figure is made.
    labels : sequence of str, optional
        What to call each result; without it, what was changed in its model.
    heading : str, optional
        What the labels have in common, such as "free Mg²⁺".
    caption : str, optional
        What is seen, in a plain sentence under the figure.

    Returns
    -------
    ndarray of Axes, shape (number of names,)
    """
    many, called = named(results, labels)
    wanted = _wanted(names)
    panels: Panels = panels_for(ax, len(wanted), 1)[:, 0]
    _draw(panels, many, wanted)
    if len(many) > 1:
        look.label_curves(panels[0], called, [result[wanted[0]] for result in many], heading=heading)
    look.caption(panels[0], caption)
    return panels


def side_by_side(
    columns: Mapping[str, ManyResults],
    names: str | Sequence[str] = ("force", "Ca"),
    ax: Any = None,
    *,
    heading: str = "",
    caption: str = "",
) -> Panels:
    """Draw several experiments beside each other, on the same scales.

    Parameters
    ----------
    columns : mapping of str to results
        The title of each column, and what `traces` would take to draw it. Each column shows the same
        conditions in the same order.
    names : str or sequence of str
        Names of the traces, one row each.
    ax : array of Axes, shape (rows, columns), optional
        Where to draw; without it a figure of the size of a slide is made.
    heading : str, optional
        What the labels have in common, such as "free Mg²⁺".
    caption : str, optional
        What is seen, in a plain sentence under the figure.

    Returns
    -------
    ndarray of Axes, shape (rows, columns)
    """
    if not columns:
        raise InputError("give at least one experiment to draw, by its title")
    wanted = _wanted(names)
    panels = panels_for(ax, len(wanted), len(columns))
    calmest = float("inf")
    for column, (title, results) in zip(panels.T, columns.items(), strict=True):
        many, called = named(results)
        _draw(column, many, wanted)
        calmest = min(calmest, look.swings_of([result[wanted[0]] for result in many]))
        look.column_title(column[0], title)
    for row in panels:
        low, high = min(panel.get_ylim()[0] for panel in row), max(panel.get_ylim()[1] for panel in row)
        for panel in row:
            panel.set_ylim(low, high)
        for panel in row[1:]:
            panel.set_title("", loc="left")
            panel.tick_params(labelleft=False)
    if len(many) > 1:
        look.label_curves(
            panels[0, -1], called, [result[wanted[0]] for result in many], heading=heading, swings=calmest
        )
    look.caption(panels[0, 0], caption)
    return panels


def _draw(panels: Panels, many: list[Result], names: list[str]) -> None:
    """Draw each trace of all results in its panel, the stimuli under the lowest one."""
    unit, per_second = look.time_unit(many)
    for name, panel in zip(names, panels, strict=True):
        look.tidy(panel)
        look.headline(panel, title_of(name, many[0]))
        swings = look.swings_of([result[name] for result in many])
        for i, result in enumerate(many):
            panel.plot(result.time * per_second, result[name], **look.line_style(i, swings))
        low, high = panel.get_ylim()
        if 0 < low < high / 2:  # an axis that comes near zero begins there: heights can be compared
            panel.set_ylim(bottom=-0.03 * high)
        panel.set_xlim(0, max(float(result.time[-1]) for result in many) * per_second)
    for panel in panels[:-1]:
        panel.tick_params(labelbottom=False)
    panels[-1].set_xlabel(f"Time ({unit})", fontsize=look.SIZE)
    if all(result.protocol == many[0].protocol for result in many):
        look.mark_stimuli(panels[-1], many[0].protocol, per_second)


def _wanted(names: str | Sequence[str]) -> list[str]:
    wanted = [names] if isinstance(names, str) else list(names)
    if not wanted:
        raise InputError("name at least one trace to draw, e.g. 'force'")
    return wanted
