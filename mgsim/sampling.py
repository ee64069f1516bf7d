"""When a run is sampled: evenly, or, where it is long, closely around its contractions and sparsely between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mgsim.language.errors import InputError
from mgsim.protocol import Protocol
from mgsim.times import seconds

Vector = NDArray[np.float64]

MOST_EVEN = 20_000  # samples of a recording in even steps
MOST_CLOSE = 24_000  # samples in and after contractions of a long recording
MOST_SPARSE = 6_000  # and in all of it
FINEST = 1e-4  # s
RELAXING = 0.4  # s after the last stimulus of a contraction that are sampled closely
_MOST_ASKED = 5_000_000


def sample_times(protocol: Protocol, every: str | float | None = None) -> Vector:
    """Give the times of the samples, in s, ascending from zero.

    Parameters
    ----------
    protocol : Protocol
        What is recorded.
    every : str or float, optional
        Time between two samples. Without it, it is 0.1 ms; in a recording too long for that a few thousand
        samples are spread over it, and many more over contractions and the 0.4 s after each, so that peaks and
        relaxation are seen.

    Raises
    ------
    InputError
        Where `every` makes more than five million samples.
    """
    length = protocol.duration
    if every is not None:
        step = seconds(every, "every")
        if length / step > _MOST_ASKED:
            raise InputError(f"every = {every} makes more than five million samples; give a longer one")
        return _even(length, step)
    if length / FINEST <= MOST_EVEN or not protocol.onsets:
        return _even(length, max(FINEST, length / MOST_EVEN))
    windows = _windows(protocol)
    share = sum(stop - start for start, stop in windows)
    step = max(FINEST, share / MOST_CLOSE)
    pieces = [start + step * np.arange(int((stop - start) / step) + 1) for start, stop in windows]
    sparse = _even(length, length / MOST_SPARSE)
    starts, stops = np.array(windows).T
    window = np.searchsorted(starts, sparse, side="right") - 1
    between = (window < 0) | (sparse > stops[window])
    return np.unique(np.concatenate([sparse[between], *pieces, [0.0, length]]))


def _windows(protocol: Protocol) -> list[tuple[float, float]]:
    """Join stretches of stimuli, each with its relaxation, from just before its first stimulus."""
    onsets = np.array(protocol.onsets)
    breaks = np.flatnonzero(np.diff(onsets) > RELAXING) + 1
    firsts, lasts = onsets[np.r_[0, breaks]], onsets[np.r_[breaks - 1, -1]]
    ends = np.minimum(lasts + RELAXING, protocol.duration)
    return list(zip(firsts.tolist(), ends.tolist(), strict=True))


def _even(length: float, step: float) -> Vector:
    count = int(round(length / step, 9))
    times: Vector = np.arange(count + 1, dtype=np.float64) * step
    times[-1] = min(times[-1], length)
    return times
