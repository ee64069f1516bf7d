"""When a run is sampled: evenly, or, where it is long, closely around its contractions and sparsely between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mgsim.language.errors import InputError
from mgsim.protocol import Protocol
from mgsim.times import seconds

Vector = NDArray[np.float64]

MOST_EVEN = 20_000  # samples of a recording in even steps
MOST_CLOSE = 40_000  # samples after the stimuli of a long recording
MOST_SPARSE = 6_000  # and in all of it
FINEST = 1e-4  # s
RELAXING = 0.4  # s after the last stimulus of a contraction that are sampled closely
_MOST_ASKED = 5_000_000
_FEWEST, _MOST = 5, 40  # samples after a stimulus
_SOONEST = 1e-3  # s after a stimulus; calcium rises but little sooner
_SAME = 1e-6  # s; times nearer than this are one
_SPIKE = 0.02  # s; from here on, or from the usual next stimulus on, samples are this far apart:
_RELAXATION_STEP = 5e-3  # s


def sample_times(protocol: Protocol, every: str | float | None = None) -> Vector:
    """Give the times of the samples, in s, ascending from zero.

    Parameters
    ----------
    protocol : Protocol
        What is recorded.
    every : str or float, optional
        Time between two samples. Without it, it is 0.1 ms; in a recording too long for that a few thousand
        samples are spread over it, and many more over the 0.4 s after each stimulus, so that peaks and relaxation
        are seen.

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
    onsets = np.array(protocol.onsets)
    close = _close(onsets, length)
    sparse = _even(length, length / MOST_SPARSE)
    latest = np.searchsorted(onsets, sparse, side="right") - 1
    between = (latest < 0) | (sparse > onsets[latest] + RELAXING)
    together = np.unique(np.concatenate([sparse[between], close, [0.0]]))
    apart = together[np.diff(together, append=np.inf) > _SAME]  # rounding must not make two samples of one
    return np.append(apart[apart < length - _SAME], length)


def _close(onsets: Vector, length: float) -> Vector:
    """Give times after each stimulus: the same ones after all of them, ever further apart, until the next comes.

    A calcium spike lasts a few milliseconds. Samples in even steps would meet each at another height.
    """
    each = MOST_CLOSE // len(onsets)
    if each < _FEWEST:
        return np.linspace(onsets[0], min(onsets[-1] + RELAXING, length), MOST_CLOSE)
    gaps = np.diff(onsets, append=min(onsets[-1] + RELAXING, length))
    spike = min(float(np.median(gaps)), _SPIKE)
    within = np.concatenate([[0.0], np.geomspace(min(_SOONEST, spike / 2), spike, min(each, _MOST) - 1)])[:-1]
    relaxing = float(np.clip(gaps - spike, 0.0, RELAXING).sum())
    after = np.concatenate([within, np.arange(spike, RELAXING, max(_RELAXATION_STEP, relaxing / MOST_CLOSE))])
    times = [onset + after[after < gap] for onset, gap in zip(onsets.tolist(), gaps.tolist(), strict=True)]
    together: Vector = np.concatenate(times)
    return together[together < length]


def _even(length: float, step: float) -> Vector:
    count = int(round(length / step, 9))
    times: Vector = np.arange(count + 1, dtype=np.float64) * step
    times[-1] = min(times[-1], length)
    return times
