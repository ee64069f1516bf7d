"""The times of an experiment: how they are read, kept and written."""

from __future__ import annotations

from mgsim.language.errors import InputError
from mgsim.language.units import quantity


def seconds(value: str | float, name: str, *, zero: bool = False) -> float:
    """Read a time such as "10 ms" or 0.01 and return it in s; `zero` says whether it may be zero."""
    time = quantity(value, like="s", name=name)
    if time < 0 or (time == 0 and not zero):
        raise InputError(f"{name} must be {'zero or more' if zero else 'more than zero'}; got {value!r}")
    return time


def rounded(time: float) -> float:
    """Round a sum of times to a picosecond, so that 10 ms + 3/50 s is 0.07 s."""
    return round(time, 12)


def plain_time(time: float) -> str:
    """Write a time in the unit that people would use: 10 ms, 2 s, 10 min, 3 h.

    Examples
    --------
    >>> plain_time(0.0213)
    '21.3 ms'
    """
    if time >= 7200:
        return f"{time / 3600:.6g} h"
    if time >= 300:
        return f"{time / 60:.6g} min"
    return f"{time:.6g} s" if time >= 1 or time == 0 else f"{time * 1000:.6g} ms"
