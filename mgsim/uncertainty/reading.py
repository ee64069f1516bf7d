"""What is read off each run of a band: its curves and its measures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mgsim.language.errors import unknown
from mgsim.measure import all_measures, fatigue_measures, tetani
from mgsim.measured import Measure
from mgsim.result import Result, Trace

_TIRING = ("fatigue", "hold", "recovery")
_SEVERAL = 3  # contractions from which on each is a point of the curve
PEAKS = ("force", "Ca")  # traces of which a contraction shows its peak


def tires(result: Result) -> bool:
    """Tell whether a recording is of work in which each contraction is a point of the curve."""
    return result.protocol.name in _TIRING and len(tetani(result)) >= _SEVERAL


def measures_of(result: Result) -> dict[str, Measure]:
    """Read the measures that belong to what was done."""
    return fatigue_measures(result) if result.protocol.name in _TIRING else all_measures(result)


def names_of(result: Result, asked: Sequence[str] | None, by_contraction: bool) -> tuple[str, ...]:
    """Name the traces that get a band: those asked for, or the usual ones."""
    if asked is None:
        usual = ("force", "Ca", "PCr_total_bulk", "Mg") if by_contraction else ("force", "Ca")
        return tuple(name for name in usual if name in result)
    for name in asked:
        if name not in result:
            raise unknown("trace", name, result)
    return tuple(dict.fromkeys([asked] if isinstance(asked, str) else asked))


def curves_of(result: Result, names: Sequence[str], by_contraction: bool) -> tuple[Trace, dict[str, Trace]]:
    """Give times and traces; of many contractions the peak of each, or what is there just before it."""
    if not by_contraction:
        return result.time, {name: result[name] for name in names}
    each = tetani(result)
    before = np.maximum(np.searchsorted(result.time, each.start, side="right") - 1, 0)
    return each.start, {
        name: result[name][before[0]] + tetani(result, name).peak if name in PEAKS else result[name][before]
        for name in names
    }
