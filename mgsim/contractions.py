"""Stimuli seen as contractions: which of them belong to one train, and which trains to one bout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mgsim.times import plain_time

APART = 0.3  # s between two stimuli after which the second begins a contraction of its own
_TIMES_LONGER = 4.0  # or as soon as the pause is so many times as long as the usual interval
_STEADY = 1.5  # contractions whose pauses and numbers of stimuli differ by less belong to one bout


@dataclass(frozen=True)
class Contraction:
    """Stimuli that make one contraction.

    Attributes
    ----------
    start, last : float
        When its first and its last stimulus begin, s.
    stimuli : int
        How many there are.
    """

    start: float
    last: float
    stimuli: int


def contractions(onsets: Sequence[float]) -> tuple[Contraction, ...]:
    """Sort stimuli into contractions: a new one begins after a pause.

    A pause is 0.3 s, or four times the usual interval where that is shorter.

    Examples
    --------
    >>> [one.stimuli for one in contractions([0.01, 0.02, 0.03, 1.01, 1.02, 1.03])]
    [3, 3]
    """
    if not onsets:
        return ()
    gaps = [after - before for before, after in zip(onsets, onsets[1:], strict=False)]
    usual = sorted(gaps)[(len(gaps) - 1) // 2] if gaps else 0.0
    pause = min(APART, _TIMES_LONGER * usual)
    edges = [0, *(i + 1 for i, gap in enumerate(gaps) if gap > pause), len(onsets)]
    return tuple(
        Contraction(onsets[first], onsets[end - 1], end - first)
        for first, end in zip(edges, edges[1:], strict=False)
    )


def bout(found: Sequence[Contraction]) -> int:
    """Count the contractions alike that follow each other at one pace from the first on; later ones are tests."""
    if len(found) < 2:
        return len(found)
    pace, like = found[1].start - found[0].start, found[0].stimuli
    for k, (one, after) in enumerate(zip(found, found[1:], strict=False)):
        alike = like / _STEADY <= after.stimuli <= like * _STEADY
        if after.start - one.start > _STEADY * pace or not alike:
            return k + 1
    return len(found)


def in_words(onsets: Sequence[float], rate: float | None) -> str:
    """Say how many stimuli there are, in what trains, at which rate and when.

    Examples
    --------
    >>> in_words([0.01, 0.03, 0.05], 50.0)
    '3 stimuli at 50 Hz from 10 ms'
    """
    if not onsets:
        return "no stimulus"
    if len(onsets) == 1:
        return f"one stimulus at {plain_time(onsets[0])}"
    pace = f" at {rate:g} Hz" if rate is not None else ""
    found = contractions(onsets)
    first, pulled = found[0], bout(found)
    if len(found) == len(onsets) or len(found) == 1 or any(one.stimuli != first.stimuli for one in found):
        return f"{len(onsets)} stimuli{pace} from {plain_time(onsets[0])}"
    every = f", one every {plain_time(found[1].start - first.start)}" if pulled > 1 else ""
    said = f"{pulled} train{'s' * (pulled > 1)} of {first.stimuli} stimuli{pace}{every} from {plain_time(onsets[0])}"
    tests = len(found) - pulled
    return said + (f", then {tests} more from {plain_time(found[pulled].start)}" if tests else "")
