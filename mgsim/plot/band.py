"""Curves with their bands: how far the uncertain numbers of a model carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.language.errors import InputError, unknown
from mgsim.plot import look
from mgsim.plot.figure import panels_for
from mgsim.plot.naming import label_of, title_of
from mgsim.tiring import tetani, work_of
from mgsim.uncertainty.bands import Band
from mgsim.uncertainty.reading import PEAKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ManyBands = Band | Sequence[Band] | Mapping[str, Band]
_WIDE, _NARROW = 0.18, 0.38  # opacity of the bands of 90 and 50 % of the runs
_LARGE = 500.0  # µM from which on a concentration is shown in mM
_WORK = "#F2F2F2"
_WORKING = "Grey: work. White: rest, with test contractions."
_GUESSED = "Spreads without a measurement are assumed."
_IN_WORDS = "Line: median of the runs. Dark: half of them. Light: 9 of 10."
_REFERENCE: dict[str, Any] = {"linewidth": 1.8, "linestyle": (0, (1.2, 1.6))}


def band(
    bands: ManyBands,
    names: str | Sequence[str] | None = None,
    ax: Any = None,
    labels: Sequence[str] | None = None,
    *,
    heading: str = "",
    caption: str = "",
) -> np.ndarray[Any, Any]:
    """Draw traces with their bands, one panel a trace: the median, the middle half and nine tenths of the runs.

    Parameters
    ----------
    bands : Band, sequence of Band, or mapping of label to Band
        What `mgsim.uncertainty.band` gave; several are drawn over each other, such as two levels of magnesium. A
        single one also shows the run with the model's own numbers, dotted.
    names : str or sequence of str, optional
        Names of the traces; all that the bands have without it.
    ax : Axes or sequence of Axes, optional
        Where to draw, one for each name; without it a figure is made.
    labels, heading, caption
        As for `traces`.

    Returns
    -------
    ndarray of Axes, shape (number of names,)
    """
    many, called = _named(bands, labels)
    wanted = [names] if isinstance(names, str) else list(many[0].quantiles if names is None else names)
    for name in wanted:
        for one in many:
            if name not in one.quantiles:
                raise unknown("trace with a band", name, one.quantiles)
    if not wanted:
        raise InputError("name at least one trace to draw, e.g. 'force'")
    panels = panels_for(ax, len(wanted), 1)[:, 0]
    unit, per_second = look.time_unit([one.reference for one in many])
    for name, panel in zip(wanted, panels, strict=True):
        _draw(panel, many, name, per_second)
    for panel in panels[:-1]:
        panel.tick_params(labelbottom=False)
    panels[-1].set_xlabel(f"Time ({unit})", fontsize=look.SIZE)
    protocol = many[0].reference.protocol
    if many[0].each_contraction:
        work = max(work_of(one.reference)[1] for one in many) * per_second
        for panel in panels:
            panel.axvspan(0, work, color=_WORK, zorder=0, linewidth=0)
        caption = f"{caption} {_WORKING}".lstrip()
    elif all(one.reference.protocol == protocol for one in many):
        look.mark_stimuli(panels[-1], protocol, per_second)
    if len(many) > 1:
        look.label_curves(panels[0], called, [one.quantiles[wanted[0]][2] for one in many], heading=heading)
    if any(one.assumed for one in many) and "assumed" not in caption:
        caption = f"{caption} {_GUESSED}".lstrip()
    if len(many) == 1 or len(wanted) > 1:
        _key(panels[0] if len(many) == 1 else panels[-1], alone=len(many) == 1)
    else:  # the labels of the curves take the room beside the only panel
        caption = f"{caption} {_IN_WORDS}".lstrip()
    look.caption(panels[0], caption)
    return panels


def _draw(panel: Axes, many: Sequence[Band], name: str, per_second: float) -> None:
    look.tidy(panel)
    title = title_of(name, many[0].reference)
    large = title.endswith(" (µM)") and max(float(one.quantiles[name].max()) for one in many) >= _LARGE
    factor, title = (1e-3, title.replace("µM", "mM")) if large else (1.0, title)
    peaks = many[0].each_contraction and name in PEAKS
    look.headline(panel, f"{title}, peak of each contraction" if peaks else title)
    swings = look.swings_of([one.quantiles[name][2] for one in many])
    for i, one in enumerate(many):
        colour = _colour(i, len(many))
        for piece, style in _pieces(one, {**look.line_style(i, swings), "color": colour}):
            time = one.time[piece] * per_second
            p5, p25, median, p75, p95 = factor * one.quantiles[name][:, piece]
            panel.fill_between(time, p5, p95, color=colour, alpha=_WIDE, linewidth=0, zorder=1 - i / 100)
            panel.fill_between(time, p25, p75, color=colour, alpha=_NARROW, linewidth=0, zorder=1.5 - i / 100)
            panel.plot(time, median, **style)
            if len(many) == 1:
                panel.plot(time, factor * one.middle[name][piece], color="black", zorder=4, **_REFERENCE)
    low, high = panel.get_ylim()
    if 0 < low < high / 2:
        panel.set_ylim(bottom=-0.03 * high)
    panel.set_xlim(0, max(float(one.reference.time[-1]) for one in many) * per_second)


def _pieces(one: Band, style: dict[str, Any]) -> list[tuple[slice, dict[str, Any]]]:
    """Give the parts of a curve that hang together, and how to draw each: work, and the tests of a recovery."""
    if not one.each_contraction:
        return [(slice(None), style)]
    worked = tetani(one.reference).work
    return [(slice(worked), style), (slice(worked, None), {**style, "marker": "o", "markersize": 9, "clip_on": False})]


def _colour(i: int, count: int) -> str:
    """A single band is blue, so that the dotted run in black stands out; several have the colours of all pictures."""
    return look.COLOURS[1 if count == 1 else i]


def _key(panel: Axes, *, alone: bool) -> None:
    """Say beside a panel what lines and bands are, each after a piece of it."""
    from matplotlib.patches import Rectangle

    colour = _colour(0, 1) if alone else look.GREY
    style: dict[str, Any] = {"transform": panel.transAxes, "clip_on": False}
    rows = [("median of the runs", 0.0), ("half of the runs", _WIDE + _NARROW), ("9 of 10 runs", _WIDE)]
    for k, (words, opacity) in enumerate([("the model's own", -1.0), *rows] if alone else rows):
        y = 0.92 - 0.13 * k
        if opacity > 0.0:
            panel.add_patch(Rectangle((1.02, y - 0.04), 0.055, 0.08, color=colour, alpha=opacity, linewidth=0, **style))
        elif opacity == 0.0:
            panel.plot([1.02, 1.075], [y, y], color=colour, linewidth=look.LINE, **style)
        else:
            panel.plot([1.02, 1.075], [y, y], color="black", **_REFERENCE, **style)
        panel.text(1.09, y, words, transform=panel.transAxes, va="center", fontsize=look.SIZE * 0.8)


def _named(bands: ManyBands, labels: Sequence[str] | None) -> tuple[list[Band], list[str]]:
    """Return bands as a list, and what each is called: by its key, its label, or what was changed in its model."""
    if isinstance(bands, Mapping):
        many, called = list(bands.values()), list(bands)
    else:
        many = [bands] if isinstance(bands, Band) else list(bands)
        called = [label_of(one.reference) for one in many if isinstance(one, Band)]
    if not many or not all(isinstance(one, Band) for one in many):
        raise InputError("this picture needs one or more bands, such as mgsim.uncertainty.band(fibre, protocol)")
    called = list(labels) if labels is not None else called
    if len(called) != len(many):
        raise InputError(f"{len(many)} bands need as many labels; got {len(called)}")
    return many, called
