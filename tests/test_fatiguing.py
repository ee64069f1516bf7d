"""Work that tires a fibre: where its stimuli lie, which belong together, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mgsim
from mgsim.contractions import bout, contractions
from mgsim.language.errors import InputError
from mgsim.protocol import MOST_PULSES, Protocol, pulses, rest, train, twitch


def test_tetani_as_westerblads_and_as_burkes() -> None:
    tetani = contractions(mgsim.fatigue().onsets)
    assert len(tetani) == 105
    assert bout(tetani) == 100
    assert {one.stimuli for one in tetani} == {25}
    assert np.allclose(np.diff([one.start for one in tetani[:100]]), 3.0)
    burke = contractions(mgsim.fatigue("burke", recovery=0).onsets)
    assert (len(burke), bout(burke), burke[0].stimuli) == (120, 120, 14)
    assert math.isclose(burke[0].last - burke[0].start, 13 / 40)
    assert mgsim.fatigue("burke", rate="50 Hz", recovery=0).rate == 50.0


def test_one_train_of_a_fatigue_is_the_train_alone() -> None:
    alone = train("70 Hz", "350 ms")
    assert contractions(mgsim.fatigue().onsets)[0] == contractions(alone.onsets)[0]


def test_what_a_fatigue_says_of_itself() -> None:
    assert mgsim.fatigue().describe() == (
        "100 trains of 25 stimuli at 70 Hz, one every 3 s from 10 ms, then 5 more from 6 min, recorded for 10 min."
    )


def test_a_steady_hold_is_a_train_and_a_falling_one_follows_its_rate() -> None:
    assert mgsim.hold("30 Hz", "10 s").onsets == train("30 Hz", "10 s").onsets
    falling = mgsim.hold("30 Hz", "4 min", falls_to="50 %", onset=0).onsets
    given_by = [30 * (0.5 * t + 0.5 * 40 * (1 - math.exp(-t / 40))) for t in falling]
    assert np.allclose(given_by, np.arange(len(falling)), atol=1e-6)  # one stimulus for each whole of the integral
    assert 1 / (falling[1] - falling[0]) == pytest.approx(30, rel=1e-3)
    assert 1 / (falling[-1] - falling[-2]) == pytest.approx(15 * (1 + math.exp(-6)), rel=1e-3)
    assert len(contractions(falling)) == 1


def test_recovery_tests_are_like_the_work_and_short() -> None:
    tired = mgsim.recovery(mgsim.hold("50 Hz", "20 s", after=0), "3 min")
    first, *tests = contractions(tired.onsets)
    assert bout((first, *tests)) == 1
    assert [one.stimuli for one in tests] == [25, 25, 25]
    assert tests[-1].last + 1.0 == pytest.approx(tired.duration)
    assert mgsim.recovery(train("50 Hz", "1 s"), tests=None).onsets == train("50 Hz", "1 s").onsets
    assert mgsim.recovery(twitch(), "30 s").onsets == (0.01,)  # it ends before the first test is due


@given(st.integers(5, 150), st.integers(20, 900), st.integers(1, 20))
def test_trains_are_told_apart_again(hertz: int, ms: int, count: int) -> None:
    """However fast and long the trains are, they are found from the stimuli alone."""
    one = train(hertz, ms / 1000)
    if len(one.onsets) < 2:
        return
    made = mgsim.fatigue(rate=hertz, train=ms / 1000, every="4 s", duration=4.0 * count, recovery=0)
    found = contractions(made.onsets)
    assert len(found) == count
    assert {c.stimuli for c in found} == {len(one.onsets)}
    assert bout(found) == count


def test_twitches_far_apart_are_contractions_of_their_own() -> None:
    assert len(contractions(pulses([0.1, 1.1, 2.1], duration=3).onsets)) == 3
    assert contractions(rest(1).onsets) == ()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: mgsim.fatigue("burk"), "did you mean burke?"),
        (lambda: mgsim.fatigue(every="0.3 s"), "leave no pause; give a longer time"),
        (lambda: mgsim.fatigue(duration="0.1 s"), "the first train ends after 100 ms"),
        (lambda: mgsim.fatigue(rate="0 Hz"), "rate must be more than zero"),
        (lambda: mgsim.fatigue(duration="20 h"), "at most 100,000 are run"),
        (lambda: mgsim.fatigue(recovery="-1 s"), "recovery must be zero or more"),
        (lambda: mgsim.fatigue(tests="1 s"), "come too close"),
        (lambda: mgsim.recovery("hold"), "recovery follows a protocol"),  # type: ignore[arg-type]
        (lambda: mgsim.hold(falls_to=0), "a share between 0 and 1"),
        (lambda: mgsim.hold(falls_to="150 %"), "a share between 0 and 1"),
        (lambda: mgsim.hold("1 kHz", "5 min", falls_to=0.9), "at most 100,000"),
        (lambda: mgsim.hold("-3 Hz", falls_to=0.5), "rate must be more than zero"),
        (lambda: mgsim.hold(over="0 s", falls_to=0.5), "over must be more than zero"),
    ],
)
def test_nonsense_is_refused_in_one_line(make: object, says: str) -> None:
    with pytest.raises(InputError) as caught:
        make()  # type: ignore[operator]
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_as_many_pulses_as_are_run() -> None:
    made = mgsim.fatigue(rate="100 Hz", train="500 ms", every="1 s", duration="2000 s", recovery=0)
    assert len(made.onsets) == MOST_PULSES
    assert Protocol.from_dict(made.as_dict()) == made
