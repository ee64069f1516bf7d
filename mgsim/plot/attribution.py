"""Which mechanism does it, as bars: what is lost without each part of a fibre, and what each makes alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.language.errors import InputError, need
from mgsim.plot import look
from mgsim.plot.figure import panels_for, root_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from mgsim.attribution.shares import Effect

_SIZE = 16.0
_LOST, _ALONE = "#0072B2", "#9BD3F4"
_LOST_OVER, _ALONE_OVER = "#555555", "#BBBBBB"  # of the interaction, which is no part of the fibre
_HEIGHT = 0.38


def mechanisms(found: Any, ax: Any = None) -> np.ndarray[Any, Any]:
    """Draw the shares of the main measures beside each other, with a sentence that says what is seen.

    Parameters
    ----------
    found : Attribution
        From `mgsim.explain`.
    ax : array of Axes, optional
        Where to draw, one for each measure that is shown (at most four); without it a figure is made.

    Returns
    -------
    ndarray of Axes, shape (1, n)

    Raises
    ------
    InputError
        Where no measure changes enough to be shared out.
    """
    from mgsim.attribution.attribution import Attribution
    from mgsim.attribution.sentence import main_effects, what_does_it

    need("what is drawn", found, Attribution, 'mgsim.explain(fibre, Mg="0.2 mM")')
    effects = main_effects(found.effects)
    if not effects:
        raise InputError("there is nothing to draw: no measure changes by 5 % or more")
    panels = panels_for(ax, 1, len(effects))
    names = list(effects[0].amounts())
    figure = root_figure(panels[0, 0])
    if ax is None:
        figure.set_size_inches(4.4 + 3.9 * len(effects), 2.9 + 0.74 * len(names))
    low, high = _reach(effects)
    for k, (panel, effect) in enumerate(zip(panels.flat, effects, strict=True)):
        _bars(panel, effect)
        panel.set_xlim(low, high)
        panel.set_ylim(len(names) - 0.4, -0.6)
        panel.set_yticks(range(len(names)), names if k == 0 else [], fontsize=_SIZE)
    if ax is None:
        _words(panels, what_does_it(found), found.headline)
    return panels


def _bars(panel: Axes, effect: Effect) -> None:
    look.tidy(panel, size=_SIZE)
    shares = effect.shares()
    for row, (name, pair) in enumerate(shares.items()):
        fills = (_LOST_OVER, _ALONE_OVER) if name == "interaction" else (_LOST, _ALONE)
        for share, fill, shift in zip(pair, fills, (-_HEIGHT / 2, _HEIGHT / 2), strict=True):
            value = 0.0 if math.isnan(share.value) else share.value
            panel.barh(row + shift, value, height=_HEIGHT, color=fill, linewidth=0)
            right = round(value) >= 0
            text = "no value" if math.isnan(share.value) else f"{round(share.value) + 0}"
            panel.annotate(text, (value, row + shift), xytext=(4 if right else -4, 0),
                           textcoords="offset points", va="center", ha="left" if right else "right",
                           fontsize=_SIZE * 0.72, color=look.GREY if text == "no value" else "black",
                           bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})  # fmt: skip
    panel.axvline(0, color="black", linewidth=1.2)
    panel.axvline(100, color=look.GREY, linewidth=1.0, linestyle=(0, (2, 2)), zorder=0)
    panel.axhline(len(shares) - 1.5, color=look.GREY, linewidth=0.8)
    panel.spines["left"].set_visible(False)
    panel.tick_params(axis="y", length=0)
    unit = "" if effect.reading.unit == "1" else f" {effect.reading.unit}"
    title = effect.reading.title[0].upper() + effect.reading.title[1:]
    panel.set_title(f"{title}\n{effect.reference.value:.3g} → {effect.changed.value:.3g}{unit}",
                    loc="left", fontsize=_SIZE)  # fmt: skip
    panel.set_xlabel("% of the change", fontsize=_SIZE)


def _reach(effects: list[Effect]) -> tuple[float, float]:
    """Give the limits of all panels, with room for the numbers at the ends of bars."""
    values = [share.value for effect in effects for pair in effect.shares().values() for share in pair]
    known = [value for value in values if not math.isnan(value)]
    low, high = min(0.0, *known), max(100.0, *known)
    room = 0.2 * (high - low)
    return (low - room if low < 0 else 0.0), high + room


def _words(panels: np.ndarray[Any, Any], sentence: str, compared: str) -> None:
    """Write above all panels what is seen, and below them what the bars are."""
    from textwrap import fill

    from matplotlib.patches import Patch

    figure = root_figure(panels[0, 0])
    letters = int(figure.get_figwidth() * 72 / (0.62 * _SIZE * 1.1))
    figure.suptitle(fill(sentence, letters), x=0.01, ha="left", fontsize=_SIZE * 1.1, fontweight="bold")
    bars = [
        Patch(color=_LOST, label="lost: disappears when this part alone is blind"),
        Patch(color=_ALONE, label="alone: appears when this part alone sees it"),
        Patch(color=_LOST_OVER, label="interaction: what the sum of the lost is above 100 %"),
        Patch(color=_ALONE_OVER, label="interaction: what the sum of the alone lacks of 100 %"),
    ]
    figure.legend(handles=bars, loc="outside lower center", ncols=2, frameon=False, fontsize=_SIZE * 0.85,
                  title=compared, title_fontsize=_SIZE * 0.85)  # fmt: skip
