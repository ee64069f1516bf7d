"""What is read off a recording of fatigue: each contraction against the first, and how near to collapse it came."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mgsim.contractions import Contraction, bout, contractions
from mgsim.curve import Undefined, highest
from mgsim.language.errors import InputError
from mgsim.measured import Measure
from mgsim.result import Result, Trace

ATP = ("MgATP", "CaATP", "ATP_free")
_OF_REST = "% of rest"
_RELAXED = 0.4  # s after the last stimulus


@dataclass(frozen=True, eq=False)
class Tetani:
    """The contractions of a recording, each read by itself.

    Attributes
    ----------
    start : ndarray, shape (n,)
        When each begins, s.
    peak : ndarray, shape (n,)
        Its highest value above the rest at the beginning of the recording, in the unit of the trace.
    relative : ndarray, shape (n,)
        The same against the first one.
    half_relaxation : ndarray, shape (n,)
        From its last stimulus until half of the value at that moment, ms; NaN where that is not reached in time.
    work : int
        How many of them, from the first on, are the work; the others are tests during recovery.
    unit : str
        Unit of the peak.
    """

    start: Trace
    peak: Trace
    relative: Trace
    half_relaxation: Trace
    work: int
    unit: str

    def __len__(self) -> int:
        return len(self.start)


def tetani(result: Result, trace: str = "force") -> Tetani:
    """Return peak and relaxation of each contraction; of a recording that ended early, of those it holds.

    Raises
    ------
    InputError
        Where the recording holds no whole contraction.
    """
    time, values, found = result.time, result[trace], _recorded(result)
    if not found:
        raise InputError("the recording holds no whole contraction")
    rest = values[max(int(np.searchsorted(time, found[0].start, side="right")) - 1, 0)]
    ends = [*(one.start for one in found[1:]), float(time[-1])]
    peaks, relaxations = [], []
    for one, end in zip(found, ends, strict=True):
        inside = slice(np.searchsorted(time, one.start), np.searchsorted(time, end, side="right"))
        t, active = time[inside], values[inside] - rest
        peaks.append(highest(t, active)[1])
        held = float(np.interp(one.last, t, active))
        falling = np.flatnonzero((active[:-1] > held / 2) & (active[1:] <= held / 2) & (t[1:] > one.last))
        if held > 0 and falling.size:
            k = int(falling[0])
            share = (active[k] - held / 2) / (active[k] - active[k + 1])
            relaxations.append(1000 * float(t[k] + share * (t[k + 1] - t[k]) - one.last))
        else:
            relaxations.append(math.nan)
    peak = np.array(peaks)
    relative = peak / peak[0] if peak[0] > 0 else np.full(len(peak), math.nan)
    starts = np.array([one.start for one in found])
    return Tetani(starts, peak, relative, np.array(relaxations), bout(found), result.units[trace])


def work_of(result: Result) -> tuple[float, float]:
    """Return when the work begins and ends, s: from zero until its last contraction has relaxed.

    Raises
    ------
    InputError
        Where the recording holds no whole contraction.
    """
    found = _recorded(result)
    if not found:
        raise InputError("the recording holds no whole contraction")
    pulled = bout(found)
    pause = found[1].start - found[0].last if pulled > 1 else _RELAXED
    return 0.0, min(found[pulled - 1].last + pause, float(result.time[-1]))


def fatigue_index(result: Result, trace: str = "force") -> Measure:
    """Return what is left at the end of the work, as a share of the beginning.

    Of trains it is the last peak over the first; of one long contraction the value at its last stimulus over the
    highest.
    """

    def value() -> float:
        each = tetani(result, trace)
        if each.work > 1:
            return float(each.relative[each.work - 1])
        _several(result)
        time, active, last = _long(result, trace)
        return float(np.interp(last, time, active) / active.max())

    return _read("fatigue_index", "1", value)


def time_to_half_force(result: Result, trace: str = "force") -> Measure:
    """Return when force had fallen to half: the peaks of trains, or the trace of one long contraction."""

    def value() -> float:
        each = tetani(result, trace)
        if each.work > 1:
            time, share = each.start[: each.work], each.relative[: each.work]
        else:
            _several(result)
            time, active, last = _long(result, trace)
            top = int(np.argmax(active))
            time, share = time[top:], active[top:] / active[top]
            time, share = time[time <= last], share[time <= last]
        below = np.flatnonzero(share <= 0.5)
        if not below.size:
            raise Undefined(f"{trace} did not fall to half")
        k = int(below[0])
        if k == 0:
            return float(time[0]) - float(each.start[0])
        between = float(np.interp(0.5, [share[k], share[k - 1]], [time[k], time[k - 1]]))
        return between - float(each.start[0])

    return _read("time_to_half_force", "s", value)


def relaxation_slowing(result: Result, trace: str = "force") -> Measure:
    """Return the longest half-relaxation of the work over that of its first contraction."""

    def value() -> float:
        each = tetani(result, trace)
        if each.work < 2:
            raise Undefined("this needs at least two contractions")
        times = each.half_relaxation[: each.work]
        if math.isnan(times[0]):
            raise Undefined(f"{trace} did not relax after the first contraction")
        return float(np.nanmax(times) / times[0])

    return _read("relaxation_slowing", "1", value)


def recovery_fraction(result: Result, trace: str = "force") -> Measure:
    """Return the last test contraction after the work as a share of the first contraction of all."""

    def value() -> float:
        each = tetani(result, trace)
        if each.work == len(each):
            raise Undefined("no test contraction followed the work")
        return float(each.relative[-1])

    return _read("recovery_fraction", "1", value)


def fatigue_measures(result: Result) -> dict[str, Measure]:
    """Return everything that belongs to fatigue, by name: force, relaxation, and how near the cell came to collapse.

    The lowest ATP and phosphocreatine say that: a cell whose ATP is gone cannot take up its calcium again.
    """
    found = [_read("first_peak", result.units["force"], lambda: float(tetani(result).peak[0]))]
    found += [read(result) for read in (fatigue_index, time_to_half_force, relaxation_slowing, recovery_fraction)]
    found += [
        _read("lowest_PCr", _OF_REST, lambda: 100 * _least(result, ("PCr_total_bulk",))),
        _read("lowest_ATP", _OF_REST, lambda: 100 * _least(result, ATP)),
        _read("highest_phosphate", "mM", lambda: float(_sum(result, ("Pi_total_bulk",)).max()) / 1000),
        _read("lowest_pH", "1", lambda: float(_sum(result, ("pH",)).min())),
        _read("highest_free_Mg", "mM", lambda: float(_sum(result, ("Mg",)).max()) / 1000),
    ]
    return {measure.name: measure for measure in found}


def contracted(result: Result) -> bool:
    """Tell whether the recording holds a whole contraction."""
    return bool(_recorded(result))


def _recorded(result: Result) -> list[Contraction]:
    """The contractions whose stimuli the recording holds, with a little of what follows the last of them."""
    if not result.time.size:
        return []
    first, end = float(result.time[0]), float(result.time[-1])
    return [one for one in contractions(result.protocol.onsets) if first <= one.start and one.last < end]


def _several(result: Result) -> None:
    if max(one.stimuli for one in _recorded(result)) < 2:
        raise Undefined("there was one stimulus; this is read on trains")


def _long(result: Result, trace: str) -> tuple[Trace, Trace, float]:
    """Time and active value of the first contraction, and when its last stimulus begins."""
    one = _recorded(result)[0]
    values = result[trace]
    rest = values[max(int(np.searchsorted(result.time, one.start, side="right")) - 1, 0)]
    inside = result.time >= one.start
    return result.time[inside], values[inside] - rest, one.last


def _sum(result: Result, names: tuple[str, ...]) -> Trace:
    for name in names:
        if name not in result:
            raise Undefined(f"this fibre does not follow {name}")
    total: Trace = np.sum([result[name] for name in names], axis=0)
    return total


def _least(result: Result, names: tuple[str, ...]) -> float:
    values = _sum(result, names)
    return float(values.min() / values[0])


def _read(name: str, unit: str, value: Callable[[], float]) -> Measure:
    try:
        return Measure(name, value(), unit)
    except (Undefined, InputError) as reason:
        return Measure(name, math.nan, unit, str(reason))
