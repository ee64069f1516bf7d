"""When stimuli begin, and how often."""

from __future__ import annotations

from collections.abc import Iterable

from mgsim.language.errors import InputError
from mgsim.language.units import quantity
from mgsim.times import seconds

MOST_PULSES = 100_000


def hertz(value: str | float) -> float:
    """Read a rate such as "50 Hz" or 50 and return it in Hz."""
    rate = quantity(value, like="Hz", name="rate")
    if rate <= 0:
        raise InputError(f"rate must be more than zero; got {value!r} (for no stimulus use rest)")
    return rate


def onsets_in_order(times: Iterable[float], duration: float) -> tuple[float, ...]:
    """Return the onsets ascending; refuse too many, two at one time, and any outside the recording."""
    onsets = tuple(sorted(seconds(time, "a pulse time", zero=True) for time in times))
    if len(onsets) > MOST_PULSES:
        raise InputError(f"more than {MOST_PULSES:,} pulses; that is more than is run: give fewer")
    if onsets and onsets[-1] >= duration:
        raise InputError(f"the pulse at {onsets[-1]:g} s lies outside the recording of {duration:g} s")
    for one, next_one in zip(onsets, onsets[1:], strict=False):
        if one == next_one:
            raise InputError(f"two pulses begin at {one:g} s; give each time once")
    return onsets
