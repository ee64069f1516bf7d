"""Pictures of work and of what it costs: force and metabolites through fatigue, and the ledger of ATP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.language.errors import InputError
from mgsim.ledger import EnergyLedger
from mgsim.plot import look
from mgsim.plot.figure import panels_for, root_figure
from mgsim.plot.naming import ManyResults, named
from mgsim.result import Result, Trace
from mgsim.tiring import ATP, tetani, work_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = 16.0
_BAND = "#EEEEEE"
_SEVERAL = 3  # contractions from which on each is a point of a curve
_IN_MINUTES = 150.0  # s
_SETTLED = 1.5  # s after the beginning of a test contraction
# What each panel shows: its headline, the traces that are added up, and how many of the unit are in one of theirs.
_PANELS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("Force", ("force",), 1.0),
    ("Free Ca²⁺", ("Ca",), 1.0),
    ("ATP", ATP, 1e-3),
    ("Phosphocreatine", ("PCr_total_bulk",), 1e-3),
    ("Phosphate", ("Pi_total_bulk",), 1e-3),
    ("pH", ("pH",), 1.0),
    ("Free Mg²⁺", ("Mg",), 1e-3),
)
_PEAKS = 2  # so many of the first panels show the peak of each contraction
_FILLS = ("#D55E00", "#0072B2", "#E69F00", "#888888", "#CC79A7")
_SOURCE_FILLS = ("#56B4E9", "#CC79A7", "#F0E442", "#009E73", "#BBBBBB", "#444444")
LOST = "loss of ATP"


def fatigue(
    results: ManyResults,
    ax: Any = None,
    labels: Sequence[str] | None = None,
    *,
    heading: str = "",
    caption: str = "",
) -> np.ndarray[Any, Any]:
    """Draw work and recovery: peaks of force and free Ca²⁺, then ATP, PCr, phosphate, pH and free Mg²⁺.

    Parameters
    ----------
    results : Result, sequence of Result, or mapping of label to Result
        Recordings of `mgsim.fatigue`, `mgsim.hold` or `mgsim.recovery`; several are drawn over each other.
    ax : array of eight Axes, optional
        Where to draw, the last for the labels; without it a figure of the size of a slide is made.
    labels, heading, caption
        As for `traces`.

    Returns
    -------
    ndarray of Axes, shape (2, 4)
    """
    many, called = named(results, labels)
    for result in many:
        missing = [name for _, names, _ in _PANELS for name in names if name not in result]
        if missing:
            raise InputError(f"this picture needs a fibre with its energy metabolism; there is no {missing[0]}")
    panels = panels_for(ax, 2, 4)
    if ax is None:
        root_figure(panels[0, 0]).set_size_inches(18.0, 10.1)
    longest = max(float(result.time[-1]) for result in many)
    unit, per_second = ("min", 1 / 60) if longest > _IN_MINUTES else look.time_unit(many)
    worked = max(work_of(result)[1] for result in many) * per_second
    ends = longest * per_second
    each = max(tetani(result).work for result in many)
    tested = each >= _SEVERAL and any(tetani(result).work < len(tetani(result)) for result in many)
    for k, (panel, (title, names, factor)) in enumerate(zip(panels.flat, _PANELS, strict=False)):
        look.tidy(panel, size=_SIZE)
        for i, result in enumerate(many):
            _curve(panel, i, result, names, factor, per_second, peaks=k < _PEAKS)
        shown = {1.0: many[0].units[names[0]], 1e-3: "mM"}[factor]
        what = "peak of each, " if k < _PEAKS and each >= _SEVERAL else ""
        look.headline(panel, f"{title} ({what}{shown})" if shown != "1" else title, size=_SIZE)
        panel.set_xlim(0, ends)
        if title != "pH":
            panel.set_ylim(0, 1.03 * panel.get_ylim()[1])
        if worked < ends:
            panel.axvspan(0, worked, color=_BAND, zorder=0, linewidth=0)
        if k >= 4:
            panel.set_xlabel(f"Time ({unit})", fontsize=_SIZE)
    notes = ["Grey: work. White: rest."] if worked < ends else []
    notes += ["Symbols: test contractions."] if tested else []
    notes += ["Metabolites: just before", "each contraction."] if each >= _SEVERAL else []
    _labels(panels[1, 3], called, heading, notes, tested)
    look.caption(panels[0, 0], caption, size=_SIZE)
    return panels


def _curve(
    panel: Axes,
    i: int,
    result: Result,
    names: tuple[str, ...],
    factor: float,
    per_second: float,
    *,
    peaks: bool,
) -> None:
    style = look.line_style(i)
    values: Trace = factor * np.sum([result[name] for name in names], axis=0)
    each = tetani(result, names[0])
    if each.work < _SEVERAL:
        if peaks:
            style |= {"linewidth": 1.0, "linestyle": "-"}
        panel.plot(result.time * per_second, values, **style)
    elif peaks:
        time, peak = each.start * per_second, float(values[0]) + factor * each.peak
        panel.plot(time[: each.work], peak[: each.work], **style)
        if len(each) > each.work:
            marker = look.MARKERS[i % len(look.MARKERS)]
            panel.plot(time[each.work :], peak[each.work :], marker, color=style["color"], markersize=8,
                       zorder=3, clip_on=False)  # fmt: skip
    else:
        quiet = _quiet(result)
        panel.plot(result.time[quiet] * per_second, values[quiet], **style)


def _quiet(result: Result) -> np.ndarray[Any, Any]:
    """Number the samples just before each contraction of the work, and those of the rest but for its tests."""
    each, (_, end) = tetani(result), work_of(result)
    before = np.maximum(np.searchsorted(result.time, each.start, side="right") - 1, 0)
    resting = result.time > end
    for start in each.start[each.work :]:
        resting &= (result.time < start) | (result.time > start + _SETTLED)
    return np.concatenate([before[: each.work], np.flatnonzero(resting)])


def _labels(panel: Axes, called: list[str], heading: str, notes: list[str], tested: bool) -> None:
    """Write what the curves are in the place of the eighth panel."""
    panel.set_axis_off()
    height = 0.86
    if heading:
        panel.text(0.0, height, heading, transform=panel.transAxes, fontsize=_SIZE * 1.1, color=look.GREY)
        height -= 0.14
    for i, label in enumerate(called):
        style = {**look.line_style(i), "linewidth": look.LINE}
        panel.plot([0.0, 0.22], [height + 0.02] * 2, transform=panel.transAxes, clip_on=False, **style)
        if tested:
            panel.plot([0.11], [height + 0.02], look.MARKERS[i % len(look.MARKERS)], transform=panel.transAxes,
                       color=style["color"], markersize=8)  # fmt: skip
        panel.text(0.28, height, label, transform=panel.transAxes, color=look.text_colour(i),
                   fontsize=_SIZE * 1.1, fontweight="bold")  # fmt: skip
        height -= 0.14
    panel.text(0.0, height - 0.04, "\n".join(notes), transform=panel.transAxes, va="top",
               fontsize=_SIZE * 0.9, color=look.GREY)  # fmt: skip


def ledger(
    ledgers: Mapping[str, EnergyLedger],
    ax: Axes | None = None,
    *,
    heading: str = "",
    caption: str = "",
) -> Axes:
    """Draw where ATP went and where it came from, two stacked bars for each ledger.

    Parameters
    ----------
    ledgers : mapping of str to EnergyLedger
        From `mgsim.measure.energy_ledger`, by what they are called.
    ax : Axes, optional
        Where to draw; without it a figure is made.
    heading, caption : str, optional
        What stands before each name, and what is seen.
    """
    if not ledgers:
        raise InputError("give at least one ledger to draw, by its name")
    panel: Axes = panels_for(ax, 1, 1)[0, 0]
    if ax is None:
        root_figure(panel).set_size_inches(16.0, 3.4 + 1.7 * len(ledgers))
    look.tidy(panel)
    used: dict[str, str] = {}
    made: dict[str, str] = {}
    for k, one in enumerate(ledgers.values()):
        sources = {**one.made, LOST: max(-one.change, 0.0)}
        uses = {**one.used, "gain of ATP": max(one.change, 0.0)} if one.change > 0 else dict(one.used)
        _stack(panel, 3 * k, uses, _FILLS, used)
        _stack(panel, 3 * k + 1, sources, _SOURCE_FILLS, made)
    rows = [row for k in range(len(ledgers)) for row in (3 * k, 3 * k + 1)]
    panel.set_yticks(rows, ["used", "made"] * len(ledgers), fontsize=look.SIZE * 0.9)
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    panel.set_ylim(3 * len(ledgers) - 1.3, -1.2)
    for k, name in enumerate(ledgers):
        panel.annotate(f"{heading} {name}".strip(), (0, 3 * k - 0.62), xytext=(2, 0), textcoords="offset points",
                       fontsize=look.SIZE, fontweight="bold")  # fmt: skip
    panel.axvline(0, color="black", linewidth=1.4)
    panel.set_xlabel("ATP (mmol per litre of cell water)", fontsize=look.SIZE)
    _key(panel, {"used by": used, "made by": made})
    look.caption(panel, caption)
    return panel


def _stack(
    panel: Axes, row: float, amounts: Mapping[str, float], fills: Sequence[str], seen: dict[str, str]
) -> None:
    """Draw amounts one after the other, what is below zero to the left."""
    right = left = 0.0
    for fill, (name, amount) in zip(fills, amounts.items(), strict=False):
        seen.setdefault(name, fill)
        length = amount / 1000
        panel.barh(row, length, left=right if length >= 0 else left, height=0.82, color=fill,
                   edgecolor="white", linewidth=1.0)  # fmt: skip
        right, left = right + max(length, 0.0), left + min(length, 0.0)


def _key(panel: Axes, groups: Mapping[str, Mapping[str, str]]) -> None:
    """Write beside the panel which colour is what, group by group."""
    from matplotlib.patches import Patch

    handles = []
    for title, fills in groups.items():
        handles += [Patch(alpha=0.0, label=title)]
        handles += [Patch(color=fill, label=name) for name, fill in fills.items()]
    key = panel.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, borderaxespad=0.0,
        fontsize=look.SIZE * 0.85, handlelength=1.4, labelspacing=0.35,
    )  # fmt: skip
    for words in key.get_texts():
        if words.get_text() in groups:
            words.set_color(look.GREY)
            words.set_fontweight("bold")
