"""Work that tires a fibre: trains repeated for minutes, a contraction that is held, and the rest after it."""

from __future__ import annotations

import math
from dataclasses import replace

from mgsim.contractions import contractions
from mgsim.language.errors import InputError, unknown
from mgsim.language.units import quantity
from mgsim.onsets import MOST_PULSES
from mgsim.protocol import Protocol, train
from mgsim.times import plain_time, rounded, seconds

_AFTER_TEST = 1.0  # s recorded after the last stimulus of the last test

# rate, length of a train, from one train to the next, how long
PRESETS = {
    "westerblad": ("70 Hz", "350 ms", "3 s", "5 min"),
    "burke": ("40 Hz", "330 ms", "1 s", "2 min"),
}


def fatigue(
    preset: str = "westerblad",
    *,
    rate: str | float | None = None,
    train: str | float | None = None,
    every: str | float | None = None,
    duration: str | float | None = None,
    recovery: str | float = "5 min",
    tests: str | float | None = "1 min",
) -> Protocol:
    """Return trains repeated for minutes, and then rest with a train now and then that shows how far it is.

    Parameters
    ----------
    preset : {"westerblad", "burke"}
        Whose work it is like: tetani of 350 ms at 70 Hz every 3 s, as Westerblad's on single mouse fibres, or
        330 ms at 40 Hz every second for 2 min, as Burke's on motor units. What is given beside it goes before it.
    rate, train, every, duration : str or float, optional
        Stimuli per second in a train, its length, the time from one train to the next, and how long this goes on.
    recovery : str or float
        How long is recorded after it; "0 s" for not at all.
    tests : str or float, optional
        From one train to the next while it rests; None for none.

    Raises
    ------
    InputError
        Where trains would overlap, or more than 100,000 stimuli would be needed.

    Examples
    --------
    >>> fatigue("burke", recovery="0 s").describe()
    '120 trains of 14 stimuli at 40 Hz, one every 1 s from 10 ms, recorded for 120 s.'
    """
    if preset not in PRESETS:
        raise unknown("preset of fatigue", str(preset), PRESETS)
    given = (rate, train, every, duration)
    hertz, length, pace, whole = (
        ours if theirs is None else theirs for ours, theirs in zip(PRESETS[preset], given, strict=True)
    )
    work = _trains(hertz, length, pace, whole, "every")
    after = seconds(recovery, "recovery", zero=True)
    return replace(_rest_of(work, after, tests), name="fatigue")


def recovery(
    work: Protocol | None = None, duration: str | float = "10 min", *, tests: str | float | None = "1 min"
) -> Protocol:
    """Return work followed by rest in which test contractions show how much of it has come back.

    Parameters
    ----------
    work : Protocol, optional
        What tires the fibre, such as ``fatigue(recovery="0 s")`` (the default) or ``hold("40 Hz", "1 min")``.
    duration : str or float
        How long it rests.
    tests : str or float, optional
        From one test to the next; None leaves it alone, as in a measurement of phosphocreatine. A test is like
        the first contraction of the work, but no longer than half a second.
    """
    tiring = fatigue(recovery=0.0) if work is None else work
    if not isinstance(tiring, Protocol):
        raise InputError(f"recovery follows a protocol, such as fatigue(recovery='0 s'); got {work!r}")
    return replace(_rest_of(tiring, seconds(duration, "duration"), tests), name="recovery")


def hold(
    rate: str | float = "30 Hz",
    duration: str | float = "1 min",
    *,
    falls_to: str | float = 1.0,
    over: str | float = "40 s",
    after: str | float = "1 s",
    onset: str | float = "10 ms",
) -> Protocol:
    """Return a contraction that is held; its rate may fall, as that of motor units in a long maximal effort.

    Parameters
    ----------
    rate, duration : str or float
        Stimuli per second at the beginning, and how long it is held.
    falls_to : str or float
        Share of the first rate towards which it falls: 0.5 or "50 %"; 1 for a steady rate.
    over : str or float
        Time constant of the fall.
    after, onset : str or float
        How long is recorded after it, and when it begins.

    Examples
    --------
    >>> steady, falling = hold("30 Hz", "4 min"), hold("30 Hz", "4 min", falls_to=0.5)
    >>> len(steady.onsets), len(falling.onsets)
    (7200, 4199)
    """
    share = quantity(falls_to, like="1", name="falls_to")
    if not 0.0 < share <= 1.0:
        raise InputError(f"falls_to is a share between 0 and 1, such as 0.5; got {falls_to!r}")
    if share == 1.0:
        return replace(train(rate, duration, onset=onset, after=after), name="hold")
    hertz = quantity(rate, like="Hz", name="rate")
    length, first = seconds(duration, "duration"), seconds(onset, "onset", zero=True)
    fall = seconds(over, "over")
    if hertz <= 0:
        raise InputError(f"rate must be more than zero; got {rate!r}")

    def given(t: float) -> float:
        """Stimuli given until t: the integral of the rate."""
        return hertz * (share * t - (1.0 - share) * fall * math.expm1(-t / fall))

    count = math.ceil(_refuse_many(given(length)) - 1e-9)
    onsets, t = [], 0.0
    for k in range(count):
        for _ in range(50):  # Newton; the integral rises and bends one way only, so it cannot go astray
            step = (k - given(t)) / (hertz * (share + (1.0 - share) * math.exp(-t / fall)))
            t += step
            if abs(step) < 1e-13 * max(1.0, t):
                break
        onsets.append(rounded(first + t))
    total = rounded(first + length + seconds(after, "the time after the contraction", zero=True))
    return Protocol("hold", total, tuple(onsets))


def _trains(
    rate: str | float, length: str | float, pace: str | float, whole: str | float, name: str
) -> Protocol:
    """Make trains of one kind, one every `pace`, for the time `whole`."""
    apart, lasting = seconds(pace, name), seconds(whole, "duration")
    one = train(rate, length, after=0.0)
    if seconds(length, "train") >= apart:
        raise InputError(
            f"trains of {plain_time(seconds(length, 'train'))} that come every {plain_time(apart)} leave no pause; "
            "give a longer time from one to the next, or use hold"
        )
    if one.duration > lasting:
        raise InputError(f"the first train ends after {plain_time(lasting)}, the whole duration; give a longer one")
    _refuse_many(lasting / apart * len(one.onsets))
    starts = [k * apart for k in range(int(lasting / apart) + 1) if k * apart + one.duration <= lasting + 1e-9]
    onsets = tuple(rounded(start + onset) for start in starts for onset in one.onsets)
    return Protocol("fatigue", lasting, onsets, rate=one.rate)


def _rest_of(work: Protocol, duration: float, tests: str | float | None) -> Protocol:
    """Let rest follow work, with tests like its first contraction."""
    whole = rounded(work.duration + duration)
    extra: list[float] = []
    if tests is not None and duration > 0.0 and work.onsets:
        apart = seconds(tests, "the time between tests")
        first = contractions(work.onsets)[0]
        test = [onset - first.start for onset in work.onsets if onset < min(first.start + 0.5, first.last + 1e-9)]
        if apart < test[-1] + 2 * _AFTER_TEST:
            raise InputError(f"tests every {plain_time(apart)} come too close; give a longer time between them")
        _refuse_many(len(work.onsets) + duration / apart * len(test))
        times = [work.duration + k * apart for k in range(1, int(duration / apart + 1e-9) + 1)]
        latest = whole - _AFTER_TEST - test[-1]  # the last test must be over when the recording is
        times = [min(time, latest) for time in times if latest > work.duration]
        extra = [rounded(time + shift) for time in times for shift in test]
    return Protocol(work.name, whole, (*work.onsets, *extra), work.holds, work.rate)


def _refuse_many(count: float) -> float:
    if not count <= MOST_PULSES:
        raise InputError(f"this is {count:.3g} stimuli; at most {MOST_PULSES:,} are run: lower rate or duration")
    return count

