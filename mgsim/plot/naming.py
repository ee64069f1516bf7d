"""What curves and panels are called in a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mgsim.language.errors import InputError, unknown
from mgsim.result import Result

ManyResults = Result | Sequence[Result] | Mapping[str, Result]

_TITLES = {
    "force": "Force",
    "Ca": "Free Ca²⁺",
    "Mg": "Free Mg²⁺",
    "V": "Membrane voltage",
    "PCr_total_bulk": "Phosphocreatine",
    "Pi_total_bulk": "Phosphate",
}
_IONS = {"Ca": "Ca²⁺", "Mg": "Mg²⁺", "K": "K⁺", "Na": "Na⁺", "Cl": "Cl⁻"}


def title_of(name: str, result: Result) -> str:
    """Return what to write at an axis: what is shown, and its unit."""
    if name not in result:
        raise unknown("trace", name, result)
    meaning = result.meanings.get(name, "")
    text = _TITLES.get(name) or (meaning if 0 < len(meaning) <= 40 else name)
    unit = result.units[name]
    return text[0].upper() + text[1:] + (f" ({unit})" if unit != "1" else "")


def named(results: ManyResults, labels: Sequence[str] | None = None) -> tuple[list[Result], list[str]]:
    """Return results as a list, and what each is called: by its key, its label, or what was changed in it.

    Raises
    ------
    InputError
        Where there is nothing to draw, or not one label for each result.
    """
    if isinstance(results, Mapping):
        many, called = list(results.values()), list(results)
    else:
        many = [results] if isinstance(results, Result) or not isinstance(results, Iterable) else list(results)
        called = []
    if not many or not all(isinstance(result, Result) and result.time.size for result in many):
        raise InputError("a picture needs one or more results that are not empty")
    called = list(labels) if labels is not None else called or _labels(many)
    if len(called) != len(many):
        raise InputError(f"{len(many)} results need as many labels; got {len(called)}")
    return many, called


def _labels(many: Sequence[Result]) -> list[str]:
    """Call each result by what was changed in it, and by its temperature where these differ."""
    warmth = [result.provenance.get("temperature", {}).get("value") for result in many]
    if len(set(warmth)) == 1:
        return [label_of(result) for result in many]
    return [f"{label_of(result)}, {number:g} °C" for result, number in zip(many, warmth, strict=True)]


def label_of(result: Result) -> str:
    """Return in a few words what was changed in the model of a result; "normal" where nothing was."""
    about = result.provenance
    words = [f"{_ion(name)} {_amount(value)}" for name, value in about.get("changed", {}).items()]
    levels = about.get("levels", {})
    words += _held(levels, about.get("experiment", ""))
    words += _held({n: v for n, v in about.get("clamped", {}).items() if n not in levels}, "clamped")
    words += about.get("edits", [])
    words += [f"{mechanism} blind to {_ion(species)}" for mechanism, species in about.get("blind", [])]
    return ", ".join(dict.fromkeys(words)) or "normal"


def _held(levels: Mapping[str, Any], how: str) -> list[str]:
    """Say what was held; a species has one level in every part of the cell, unless they were given apart."""
    words = []
    for name, level in levels.items():
        species = name.partition("_")[0]
        alike = [other for n, other in levels.items() if n.partition("_")[0] == species]
        called = species if all(other == level for other in alike) else name
        words.append(f"{_ion(called)} {_amount(level)} {how}")
    return words


def _ion(name: str) -> str:
    return _IONS.get(name, name.rpartition(".")[2])


def _amount(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    number, unit = value["value"], value["unit"]
    if unit == "µM" and abs(number) >= 100:
        number, unit = number / 1000, "mM"
    return f"{number:g}" + (f" {unit}" if unit != "1" else "")
