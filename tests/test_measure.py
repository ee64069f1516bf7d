"""Measures, on curves whose peaks and times are known."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgsim import measure
from mgsim.language.errors import InputError
from mgsim.measure import Measure
from mgsim.protocol import Protocol, pulses, rest, species_clamp, train, twitch, voltage_clamp
from mgsim.result import Outcome, Result

RISE, FALL, REST = 0.008, 0.025, 0.7  # s, s, kN/m²
PEAK_AT = math.log(FALL / RISE) / (1 / RISE - 1 / FALL)


def response(t: np.ndarray) -> np.ndarray:
    """A twitch as a difference of exponentials that begins at zero."""
    after = np.maximum(t, 0.0)
    return 100 * (np.exp(-after / FALL) - np.exp(-after / RISE))


def recorded(protocol: Protocol, force: Callable[[np.ndarray], np.ndarray], step: float = 0.0005) -> Result:
    time = np.arange(round(protocol.duration / step) + 1) * step
    return Result(time, {"force": force(time)}, {"force": "kN/m²"}, protocol, Outcome("done"))


def summed(protocol: Protocol) -> Result:
    """Twitches that simply add up."""
    return recorded(
        protocol, lambda t: REST + sum((response(t - on) for on in protocol.onsets), np.zeros_like(t))
    )


def time_at(level: float, low: float, high: float) -> float:
    """Bisection, independent of the code under test: where the response crosses a level."""
    sign = np.sign(response(np.array([low]))[0] - level)
    for _ in range(80):
        middle = (low + high) / 2
        if np.sign(response(np.array([middle]))[0] - level) == sign:
            low = middle
        else:
            high = middle
    return low


TOP = float(response(np.array([PEAK_AT]))[0])
HALF_UP, HALF_DOWN = time_at(TOP / 2, 0, PEAK_AT), time_at(TOP / 2, PEAK_AT, 0.2)


def test_a_twitch_of_two_exponentials() -> None:
    result = summed(twitch())
    assert float(measure.rest_value(result)) == pytest.approx(REST, abs=1e-12)
    assert float(measure.peak(result)) == pytest.approx(REST + TOP, rel=1e-5)
    assert float(measure.amplitude(result)) == pytest.approx(TOP, rel=1e-5)
    assert float(measure.time_to_peak(result)) == pytest.approx(1000 * PEAK_AT, abs=0.01)
    assert float(measure.rise_time(result)) == pytest.approx(1000 * HALF_UP, abs=0.01)
    assert float(measure.half_relaxation(result)) == pytest.approx(1000 * (HALF_DOWN - PEAK_AT), abs=0.01)
    assert float(measure.half_duration(result, "force")) == pytest.approx(
        1000 * (HALF_DOWN - HALF_UP), abs=0.01
    )
    assert float(measure.latent_period(result)) == pytest.approx(
        1000 * time_at(0.02 * TOP, 0, PEAK_AT), abs=0.05
    )
    assert float(measure.latent_period(result, fraction=0.5)) == pytest.approx(1000 * HALF_UP, abs=0.01)


def test_area_and_rate_of_relaxation_are_the_integral_and_the_derivative() -> None:
    result = summed(twitch(duration="1 s"))
    assert float(measure.tension_time_integral(result)) == pytest.approx(100 * (FALL - RISE), rel=2e-3)
    steepest = 2 * PEAK_AT  # where the second derivative of this response is zero
    slope = 100 * (math.exp(-steepest / RISE) / RISE - math.exp(-steepest / FALL) / FALL)
    assert float(measure.relaxation_rate(result)) == pytest.approx(-slope / TOP, rel=1e-3)


@given(step=st.floats(0.0002, 0.0015), onset=st.floats(0, 0.05))
def test_sampling_and_shifting_hardly_matter(step: float, onset: float) -> None:
    result = recorded(twitch(onset=onset), lambda t: REST + response(t - onset), step)
    assert float(measure.time_to_peak(result)) == pytest.approx(1000 * PEAK_AT, abs=0.1)
    assert float(measure.half_relaxation(result)) == pytest.approx(1000 * (HALF_DOWN - PEAK_AT), abs=0.1)
    assert float(measure.peak(result)) == pytest.approx(REST + TOP, rel=1e-3)


@given(st.floats(1e-6, 1e6), st.floats(-100, 100))
def test_times_do_not_depend_on_unit_or_offset(gain: float, offset: float) -> None:
    plain = summed(twitch())
    other = Result(
        plain.time,
        {"force": gain * plain["force"] + gain * offset},
        plain.units,
        plain.protocol,
        plain.outcome,
    )
    for read in (
        measure.time_to_peak,
        measure.half_relaxation,
        measure.latent_period,
        measure.relaxation_rate,
    ):
        assert float(read(other)) == pytest.approx(float(read(plain)), rel=1e-6)
    assert float(measure.amplitude(other)) == pytest.approx(gain * float(measure.amplitude(plain)), rel=1e-6)


def test_a_parabola_has_its_exact_top_on_an_uneven_grid() -> None:
    time = np.array([0, 0.01, 0.05, 0.07, 0.12, 0.2, 0.4])
    result = Result(time, {"force": 3 - (time - 0.09) ** 2}, {"force": "N"}, twitch(onset=0), Outcome("done"))
    assert float(measure.peak(result)) == pytest.approx(3, abs=1e-14)
    assert float(measure.time_to_peak(result)) == pytest.approx(90, abs=1e-10)


def test_a_sine_ripple() -> None:
    protocol = train("50 Hz", "0.5 s")
    result = recorded(protocol, lambda t: (t > 0.0101) * (100 + 7 * np.sin(2 * np.pi * 50 * t)))
    assert float(measure.ripple(result)) == pytest.approx(14, rel=1e-3)
    assert float(measure.fusion_index(result)) == pytest.approx(93 / 107, rel=1e-3)


def test_a_slope_is_no_ripple() -> None:
    result = recorded(train("50 Hz", "0.5 s"), lambda t: 1 + 200 * t)
    assert float(measure.ripple(result)) == pytest.approx(0, abs=1e-9)
    assert float(measure.fusion_index(result)) == pytest.approx(1)


def test_separate_and_fused_trains() -> None:
    slow, fast = summed(train("2 Hz", "2 s")), summed(train("500 Hz", "0.5 s"))
    assert float(measure.fusion_index(slow)) == pytest.approx(0, abs=1e-3)
    assert float(measure.ripple(slow)) > 1000
    assert float(measure.fusion_index(fast)) > 0.95
    assert float(measure.half_relaxation(slow)) == pytest.approx(1000 * (HALF_DOWN - PEAK_AT), abs=0.02)
    assert float(measure.half_duration(slow, "force")) == pytest.approx(
        1000 * (HALF_DOWN - HALF_UP), abs=0.02
    )


def test_relaxation_of_a_tetanus_counts_from_the_maximum_or_the_last_stimulus() -> None:
    protocol = train("100 Hz", "0.4 s")
    last, tau = protocol.onsets[-1], 0.03

    def force(t: np.ndarray) -> np.ndarray:
        rising, falling = (t - 0.01) / 0.04, np.exp(-(t - last - 0.01) / tau)
        return np.where(t < 0.01, 0, np.where(t < 0.05, rising, np.where(t < last + 0.01, 1.0, falling)))

    result = recorded(protocol, force)
    assert float(measure.half_relaxation(result, since="last stimulus")) == pytest.approx(
        1000 * (0.01 + tau * math.log(2)), abs=0.05
    )
    assert float(measure.end_to_peak(result)) == pytest.approx(1, abs=0.01)
    fading = recorded(protocol, lambda t: (t > 0.01) * (1 - np.exp(-100 * (t - 0.01))) * np.exp(0.01 - t))
    assert math.isnan(float(measure.half_relaxation(fading)))
    assert float(measure.end_to_peak(fading)) == pytest.approx(
        math.exp(-0.4) / (100 / 101 * 101**-0.01), rel=1e-3
    )


def test_a_voltage_step_counts_as_the_stimulus() -> None:
    protocol = voltage_clamp("-20 mV", "5 ms")
    result = recorded(protocol, lambda t: REST + response(t - 0.01))
    assert float(measure.time_to_peak(result)) == pytest.approx(1000 * PEAK_AT, abs=0.01)
    assert set(measure.all_measures(result)) >= {"time_to_peak", "half_relaxation"}


@pytest.mark.parametrize(
    ("read", "protocol", "force", "reason"),
    [
        (measure.half_relaxation, twitch(), lambda t: (t > 0.01) * (1 - 0.4 * (t > 0.05)), "never fell"),
        (measure.time_to_peak, twitch(), lambda t: t, "still rising at the end of the recording"),
        (measure.half_relaxation, twitch(), lambda t: t, "still rising at the end"),
        (measure.time_to_peak, twitch(), lambda t: 3 - t, "did not rise above rest"),
        (measure.latent_period, twitch(), lambda t: 0 * t + 5, "did not rise above rest"),
        (measure.relaxation_rate, rest(0.4), lambda t: 0 * t, "no stimulus"),
        (measure.ripple, twitch(), lambda t: t, "at least two stimuli"),
        (measure.end_to_peak, train(50, 0.5, after=0), lambda t: t, None),
        (measure.half_duration, pulses([0.01, 0.02], duration=1), lambda t: t, "when the next stimulus came"),
        (measure.peak, twitch(), lambda t: np.where(t > 0.2, np.nan, t), "not numbers"),
        (measure.ripple, train(50, 0.1), lambda t: 0 * t, "not above rest"),
    ],
)  # fmt: skip
def test_what_is_undefined_says_why(
    read: Callable[..., Measure],
    protocol: Protocol,
    force: Callable[[np.ndarray], np.ndarray],
    reason: str | None,
) -> None:
    measured = read(recorded(protocol, force), "force")
    if reason is None:
        assert math.isfinite(float(measured))
        return
    assert math.isnan(float(measured))
    assert reason in measured.reason
    assert measured.as_dict() == {"value": None, "unit": measured.unit, "reason": measured.reason}
    assert str(measured) == f"{measured.title} undefined: {measured.reason}"


def test_a_recording_cut_short() -> None:
    whole = summed(train("50 Hz", "0.5 s"))
    assert "ends before the last stimulus" in measure.half_relaxation(whole.window(0, 0.2)).reason
    assert "begins after the first stimulus" in measure.peak(whole.window(0.2)).reason


def test_an_unknown_trace_is_an_error_and_not_a_nan() -> None:
    with pytest.raises(InputError, match="did you mean force"):
        measure.peak(summed(twitch()), "forces")
    with pytest.raises(InputError, match="known: last stimulus, maximum|did you mean"):
        measure.half_relaxation(summed(twitch()), since="peak")


def test_measures_fit_what_was_done() -> None:
    one, many, none = summed(twitch()), summed(train("50 Hz", "0.5 s")), summed(rest("0.1 s"))
    assert set(measure.all_measures(none)) == {"rest_value", "peak"}
    assert "ripple" not in measure.all_measures(one)
    assert {"ripple", "fusion_index", "end_to_peak", "half_relaxation"} <= set(measure.all_measures(many))
    for name, measured in {**measure.all_measures(one), **measure.all_measures(many)}.items():
        assert measured.name == name
        assert math.isfinite(float(measured)), measured
    held = recorded(species_clamp("Ca", "10 µM", "1 s"), lambda t: 0 * t + 3)
    assert set(measure.all_measures(held)) == {"rest_value", "peak"}


def test_calcium_is_measured_too() -> None:
    force = summed(twitch())
    both = Result(
        force.time, {"force": force["force"], "Ca": 0.05 + response(force.time - 0.01) / 5},
        {"force": "kN/m²", "Ca": "µM"}, twitch(), Outcome("done"),
    )  # fmt: skip
    found = measure.all_measures(both)
    assert float(found["Ca_peak"]) == pytest.approx(0.05 + TOP / 5, rel=1e-4)
    assert found["Ca_peak"].unit == "µM"
    assert found["Ca_half_duration"].unit == "ms"
    assert str(found["Ca_half_duration"]).startswith("Ca half-duration 3")


def test_measures_read_well() -> None:
    assert str(Measure("half_relaxation", 21.34, "ms")) == "half-relaxation 21.3 ms"
    assert str(Measure("fusion_index", 0.5, "1")) == "fusion index 0.5"
    assert str(Measure("peak", 12345.6, "N")) == "peak 12346 N"
    assert str(Measure("tension_time_integral", 2.0, "kN/m² s")) == "tension-time integral 2 kN/m² s"
    assert Measure("peak", 2.0, "N").as_dict() == {"value": 2.0, "unit": "N"}
