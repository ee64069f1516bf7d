"""What is done to a fibre, and what is refused."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgsim.holds import Hold
from mgsim.language.errors import InputError
from mgsim.protocol import (
    MOST_PULSES,
    Protocol,
    pulses,
    rest,
    species_clamp,
    train,
    twitch,
    voltage_clamp,
)


def test_a_twitch_is_one_stimulus() -> None:
    assert twitch() == Protocol("twitch", 0.4, (0.01,))
    assert twitch(onset="5 ms", duration="1 s").onsets == (0.005,)
    assert twitch().describe() == "One stimulus at 10 ms, recorded for 400 ms."


def test_a_train_has_its_rate() -> None:
    fifty = train("50 Hz", "0.5 s")
    assert len(fifty.onsets) == 25
    assert fifty.onsets[:3] == (0.01, 0.03, 0.05)
    assert fifty.duration == 0.91
    assert fifty.rate == 50.0
    assert fifty.describe() == "25 stimuli at 50 Hz from 10 ms, recorded for 910 ms."
    assert train(50, 0.5) == fifty


def test_a_train_shorter_than_its_interval_is_one_stimulus() -> None:
    assert train("1 Hz", "0.1 s").onsets == (0.01,)


@given(st.integers(1, 400), st.integers(1, 2000))
def test_a_train_ends_before_its_duration(hertz: int, ms: int) -> None:
    made = train(hertz, ms / 1000, onset=0)
    assert len(made.onsets) == -(-hertz * ms // 1000)  # the ceiling of rate times duration, in exact integers
    assert np.allclose(np.diff(made.onsets), 1 / hertz, rtol=0, atol=3e-12)


def test_pulses_are_sorted_and_none_is_rest() -> None:
    assert pulses([0.05, "10 ms"], duration="0.3 s").onsets == (0.01, 0.05)
    assert pulses(np.array([0.1, 0.2]), duration=1).onsets == (0.1, 0.2)
    assert pulses([], duration="2 s") == rest("2 s")
    assert rest("2 s").describe() == "No stimulus, recorded for 2 s."


def test_clamps() -> None:
    step = voltage_clamp("-20 mV", "200 ms")
    assert step.holds == (Hold("V", "-20 mV", 0.01, 0.21),)
    assert step.duration == 0.61
    assert step.holds[0].level == -20.0
    calcium = species_clamp("Ca", "10 µM", "1 s")
    assert calcium.describe() == "No stimulus, recorded for 1 s; Ca held at 10 µM throughout."
    assert (
        twitch().held("Mg", "0.2 mM", "0.1 s").describe().endswith("Mg held at 0.2 mM from 100 ms to 400 ms.")
    )
    assert twitch().held("Mg", "0.2 mM").holds[0].level == 200.0


def test_one_protocol_after_another() -> None:
    both = train("100 Hz", "0.1 s").then(twitch().held("Mg", "0.2 mM"))
    assert both.duration == 0.91
    assert both.onsets[-1] == 0.52
    assert both.holds == (Hold("Mg", "0.2 mM", 0.51, 0.91),)
    assert both.rate is None
    assert both.name == "train, then twitch"
    assert train(50, 1).then(train(50, 1)).rate == 50.0


@given(st.lists(st.integers(0, 9_000), max_size=30, unique=True), st.booleans())
def test_a_protocol_survives_json(milliseconds: list[int], clamped: bool) -> None:
    made = pulses([ms / 1000 for ms in milliseconds], duration=10)
    if clamped:
        made = made.held("Mg", "0.2 mM", 1, 2).held("V", "-60 mV", "3 s", "4 s").held("Mg", "1 mM", 2)
    assert Protocol.from_dict(json.loads(json.dumps(made.as_dict()))) == made
    assert "\n" not in made.describe()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: train("0 Hz", "1 s"), "rate must be more than zero; got '0 Hz'"),
        (lambda: train("-5 Hz", "1 s"), "rate must be more than zero"),
        (lambda: train("nan Hz", "1 s"), "rate must be a finite number"),
        (lambda: train("5 s", "1 s"), "rate is a rate; '5 s' is a time; write e.g. '5 Hz'"),
        (lambda: train("1 MHz", "1 s"), "1e+06 stimuli; at most 100,000 are run"),
        (lambda: train("1e300 Hz", "1e300 s"), "at most 100,000"),
        (lambda: train("50 Hz", 0), "duration must be more than zero; got 0"),
        (lambda: train("50 Hz", "1 s", after="-1 s"), "the time after the train must be zero or more"),
        (lambda: twitch(duration="5 ms"), "the pulse at 0.01 s lies outside the recording of 0.005 s"),
        (lambda: twitch(onset="-1 ms"), "onset must be zero or more; got '-1 ms'"),
        (lambda: rest(float("nan")), "duration must be a finite number"),
        (lambda: rest("3 mM"), "duration is a time; '3 mM' is a concentration"),
        (lambda: pulses([0.1, "100 ms"], duration=1), "two pulses begin at 0.1 s"),
        (lambda: pulses([2], duration=1), "outside the recording"),
        (lambda: pulses("10 ms", duration=1), "a list of times"),
        (lambda: pulses(3, duration=1), "a list of times"),  # type: ignore[arg-type]
        (lambda: pulses(iter(range(10**9)), duration=1), "more than 100,000 pulses"),
        (lambda: voltage_clamp("3 mM", 1), "V is a voltage; '3 mM' is a concentration"),
        (lambda: species_clamp("Mg", "-1 mM", 1), "Mg cannot be held below zero"),
        (lambda: species_clamp("Mg", 0.2, 1), "a value with a unit"),  # type: ignore[arg-type]
        (lambda: species_clamp("M g", "1 mM", 1), "named like"),
        (lambda: twitch().held("Mg", "1 mM", 0.2, 0.1), "must end after it begins"),
        (lambda: twitch().held("Mg", "1 mM", 0, 5), "after the recording"),
        (lambda: twitch().held("Mg", "1 mM").held("Mg", "2 mM", 0.1), "two clamps of Mg overlap at 0.1 s"),
        (lambda: Protocol.from_dict({"name": "x"}), "needs duration"),
        (lambda: Protocol.from_dict({"name": "x", "durations": 1}), "did you mean duration?"),
        (
            lambda: Protocol.from_dict({"name": "x", "duration": 1, "holds": [{}]}),
            "a clamp needs name, value",
        ),
        (lambda: Protocol.from_dict([]), "named fields"),  # type: ignore[arg-type]
    ],
)
def test_nonsense_is_refused_in_one_line(make: object, says: str) -> None:
    with pytest.raises(InputError) as caught:
        make()  # type: ignore[operator]
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_the_most_pulses_are_run() -> None:
    assert len(train(MOST_PULSES, 1).onsets) == MOST_PULSES
