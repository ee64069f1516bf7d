"""One page that holds everything: fibres as JavaScript, sliders, charts and a tour, without server or network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from importlib.resources import files
from typing import Any

import numpy as np

import mgsim.fibre
from mgsim.export.javascript import script
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.resting_state import NoRest, resolve
from mgsim.version import __version__

# What a student reads for each fibre, the rate of a first train (Hz), and how long is recorded after a stimulus (s).
_FIBRES: Mapping[str, tuple[str, int, float]] = {
    "mouse_edl": ("Mouse, fast", 30, 0.28),
    "mouse_soleus": ("Mouse, slow", 15, 0.48),
    "human_fast": ("Human, fast", 15, 0.48),
    "human_slow": ("Human, slow", 10, 0.68),
}
FIBRES = tuple(_FIBRES)
"""The preparations of the page."""

_LEAST, _MOST = 0.2, 6.0  # magnesium, relative to normal
_STEP = 0.04  # from one level to the next, in natural logarithms
_COLDER = 12  # °C below normal
_SCRIPTS = ("experiment.js", "measure.js", "charts.js", "sliders.js", "tour.js", "page.js")


def page(on_progress: Callable[[float], None] | None = None) -> str:
    """Write the page.

    Parameters
    ----------
    on_progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    str
        HTML without a reference to anything outside itself.
    """
    models: list[Model] = [getattr(mgsim.fibre, name)() for name in _FIBRES]
    told = on_progress or (lambda share: None)
    settings = []
    for k, model in enumerate(models):
        settings.append(_settings(model))
        told(0.6 * (k + 1) / len(models))
    worker = script(models) + _asset("worker.js")
    told(0.95)
    parts = {
        "/*{style}*/": _asset("page.css").replace("/*{uplot}*/", _asset("uplot/uPlot.min.css")),
        "/*{settings}*/": json.dumps({"fibres": settings}, ensure_ascii=False),
        "/*{worker}*/": worker,
        "/*{uplot}*/": _asset("uplot/uPlot.iife.min.js"),
        "/*{page}*/": "\n".join(_asset(name) for name in _SCRIPTS),
        "<!--{version}-->": __version__,
        "<!--{licences}-->": escape("uPlot (the charts)\n" + _asset("uplot/LICENSE")),
    }
    for mark, text in parts.items():
        if mark.startswith("/*") and ("</script" in text.lower() or "<!--" in text):
            raise ValueError(f"what goes to {mark} would end its own script")
    return _filled(_asset("page.html"), parts)


def _filled(template: str, parts: Mapping[str, str]) -> str:
    """Put each part in the place of its mark, at once, so that no mark is looked for in what is put in."""
    lost = [mark for mark in parts if template.count(mark) != 1]
    if lost:
        raise ValueError(f"the template has to hold {lost[0]} once")
    marks = re.compile("|".join(map(re.escape, parts)))
    return marks.sub(lambda found: parts[found[0]], template)


def _settings(model: Model) -> dict[str, Any]:
    """Say what the sliders of a fibre reach: as far as it has a stable rest, cold and warm."""
    normal, warmth = model.value("Mg"), round(model.value("T") - 273.15)
    coldest, warmest = warmth - _COLDER, 37 if warmth < 37 else 40
    label, rate, after = _FIBRES[model.name]
    return {
        "name": model.name,
        "label": label,
        "normal": normal,
        "levels": _levels(model, (coldest, warmth, warmest)),
        "temperature": warmth,
        "coldest": coldest,
        "warmest": warmest,
        "oxidation": model.value("Mitochondria.V_ox"),
        "rate": rate,
        "after": after,
    }


def _levels(model: Model, temperatures: tuple[int, ...]) -> list[float]:
    """Give the levels of free Mg2+ (mM) around the normal one, down and up to where the fibre still rests."""
    normal = model.value("Mg")
    below: list[float] = []
    above: list[float] = []
    for found, direction, last in ((below, -1, np.log(_LEAST)), (above, 1, np.log(_MOST))):
        steps = np.arange(1, int(abs(last) / _STEP) + 1) * _STEP * direction
        for level in (normal * float(np.exp(step)) for step in steps):
            rounded = float(f"{level:.3g}")
            if (len(found) + 1) % 5 == 0 and not _rests(model, rounded, temperatures):
                break
            found.append(rounded)
        while found and not _rests(model, found[-1], temperatures):
            found.pop()
    if not below or not above:
        raise InputError(f"{model.name} has no rest around its normal magnesium, {normal:g} mM: nothing to slide")
    return [*reversed(below), normal, *above]


def _rests(model: Model, level: float, temperatures: tuple[int, ...]) -> bool:
    try:
        for warmth in temperatures:
            resolve(model.at(warmth).with_(Mg=level))
    except NoRest:
        return False
    return True


def _asset(name: str) -> str:
    return files("mgsim.export").joinpath("page", *name.split("/")).read_text("utf-8")
