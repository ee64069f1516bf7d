"""When runs are sampled."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mgsim
from mgsim.protocol import Protocol, pulses, rest, train, twitch
from mgsim.sampling import MOST_CLOSE, MOST_SPARSE, RELAXING, sample_times


@pytest.mark.parametrize("protocol", [twitch(), train("100 Hz", "1 s"), rest("2 s")])
def test_short_runs_are_sampled_every_tenth_of_a_millisecond(protocol: Protocol) -> None:
    assert np.allclose(np.diff(sample_times(protocol)), 1e-4)


def test_what_is_asked_for_is_done() -> None:
    assert np.allclose(np.diff(sample_times(mgsim.fatigue(), "50 ms")), 0.05)


@pytest.mark.parametrize(
    "protocol",
    [
        mgsim.fatigue(),
        mgsim.fatigue("burke", recovery="30 min"),
        mgsim.hold("50 Hz", "4 min", falls_to=0.5),
        mgsim.fatigue(duration="10 min", recovery=0),
        pulses([0.01], duration="10 h"),
        mgsim.fatigue(rate="100 Hz", train="500 ms", every="1 s", duration="2000 s", recovery=0),
        rest("10 h"),
    ],
    ids=lambda protocol: protocol.describe(),
)
def test_long_runs_are_sampled_from_beginning_to_end_and_fit_into_memory(protocol: Protocol) -> None:
    times = sample_times(protocol)
    assert (times[0], times[-1]) == (0.0, protocol.duration)
    assert np.diff(times).min() > 1e-6
    assert np.diff(times).max() <= 1.01 * max(protocol.duration / MOST_SPARSE, 0.01)
    assert len(times) < 2 * (MOST_CLOSE + MOST_SPARSE)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 60_000), min_size=1, max_size=60, unique=True))
def test_every_stimulus_is_followed_closely(milliseconds: list[int]) -> None:
    protocol = pulses([ms / 1000 for ms in milliseconds], duration="61 s")
    times = sample_times(protocol)
    for onset in protocol.onsets:
        later = times[(times > onset) & (times < onset + RELAXING)]
        assert np.diff(later).max() < 0.011
        assert later[0] < onset + 2e-3


def test_peaks_of_a_long_run_are_those_of_a_finely_sampled_one() -> None:
    fibre, work = mgsim.fibre.mouse_edl(), mgsim.fatigue(duration="9 s", recovery=0)
    assert len(sample_times(work)) < 35_000
    coarse = mgsim.measure.tetani(mgsim.simulate(fibre, work))
    fine = mgsim.measure.tetani(mgsim.simulate(fibre, work, every="0.1 ms"))
    assert np.allclose(coarse.peak, fine.peak, rtol=1e-3)
    assert np.allclose(coarse.half_relaxation, fine.half_relaxation, rtol=0.01)
