"""A simulation ends with an outcome and keeps its traces; what cannot be run is refused before it starts."""

from __future__ import annotations

import math

import numpy as np
import pytest

import mgsim
from mgsim import InputError
from mgsim.language.declaration import output, parameter
from mgsim.language.mechanism import Mechanism
from mgsim.resting_state import resolve
from mgsim.starting_state import initial_state

EDL = mgsim.fibre.mouse_edl
LONG = mgsim.train("50 Hz", "1 s")


@pytest.fixture(scope="module")
def whole():
    return mgsim.simulate(EDL(), LONG, every="1 ms")


def is_a_beginning_of(part, whole):
    """Whether a result that ended early has the traces of the whole one up to where it came."""
    reached = len(part.time)
    assert 0 < reached < len(whole.time)
    assert part.time[-1] <= part.outcome.time < whole.time[-1]
    assert part.outcome.time < whole.time[reached]
    for name in whole:
        np.testing.assert_array_equal(part[name], whole[name][:reached], err_msg=name)
    return True


# ------------------------------------------------------------------ outcomes
def test_a_run_that_ends_is_done(whole):
    assert whole.outcome.ok and whole.outcome.kind == "done" and whole.outcome.message == ""
    assert whole.outcome.time == whole.time[-1] == LONG.duration


def test_the_step_budget_ends_a_run_and_keeps_the_trace(whole):
    result = mgsim.simulate(EDL(), LONG, every="1 ms", step_budget=700)
    assert result.outcome.kind == "step budget"
    assert "700 steps" in result.outcome.message
    assert result.provenance["solver"]["accepted"] + result.provenance["solver"]["rejected"] == 700
    assert is_a_beginning_of(result, whole)


def test_the_step_budget_counts_over_all_clamps():
    protocol = mgsim.twitch().held("Mg", "0.5 mM", "5 ms", "20 ms").held("Ca", "0.1 µM", "50 ms", "60 ms")
    needed = sum(mgsim.simulate(EDL(), protocol).provenance["solver"][k] for k in ("accepted", "rejected"))
    enough, short = (mgsim.simulate(EDL(), protocol, step_budget=n) for n in (needed, needed - 5))
    assert enough.outcome.ok
    assert short.outcome.kind == "step budget"


def test_the_time_budget_ends_a_run_and_keeps_the_trace(whole):
    result = mgsim.simulate(EDL(), LONG, every="1 ms", time_budget=1e-4)
    assert result.outcome.kind == "time budget"
    assert "time budget" in result.outcome.message
    assert is_a_beginning_of(result, whole)


def test_control_c_ends_a_run_and_keeps_the_trace(whole):
    def stop_in_the_middle(share: float) -> None:
        if share > 0.4:
            raise KeyboardInterrupt

    result = mgsim.simulate(EDL(), LONG, every="1 ms", on_progress=stop_in_the_middle)
    assert result.outcome.kind == "interrupted"
    assert 0.4 * LONG.duration < result.outcome.time < LONG.duration
    assert "interrupted at" in result.outcome.message
    assert is_a_beginning_of(result, whole)


def test_another_error_of_the_progress_callback_is_not_swallowed():
    def broken(share: float) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        mgsim.simulate(EDL(), mgsim.twitch(), on_progress=broken)


def test_progress_goes_from_nothing_to_everything():
    seen: list[float] = []
    protocol = LONG.held("Mg", "0.5 mM", "0.2 s", "0.3 s")
    with_progress = mgsim.simulate(EDL(), protocol, on_progress=seen.append, every="1 ms")
    assert len(seen) > 3
    assert seen == sorted(seen) and 0.0 < seen[0] and seen[-1] == 1.0
    silent = mgsim.simulate(EDL(), protocol, every="1 ms")
    np.testing.assert_array_equal(with_progress["force"], silent["force"])


def test_a_trace_that_is_no_number_is_no_success():
    class Odd(Mechanism):
        """A trace that divides nothing by nothing."""

        nothing = parameter(0.0, "1", "nothing", source="Textbook", evidence="D")
        odd = output(nothing / nothing, "1", "no number")

    result = mgsim.simulate(mgsim.fibre.calcium_core().plus(Odd), mgsim.twitch())
    assert result.outcome.kind == "failed"
    assert "not a number" in result.outcome.message


def test_nothing_is_printed_or_warned(capsys, recwarn):
    mgsim.simulate(EDL().with_(Mg="0.3 mM"), LONG, every="1 ms", step_budget=500)
    assert capsys.readouterr() == ("", "")
    assert not recwarn.list


# ------------------------------------------------------------------ what cannot be run
@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ({"rtol": 0.0}, "rtol = 0 is out of range"),
        ({"rtol": 0.5}, "rtol"),
        ({"rtol": math.nan}, "rtol"),
        ({"every": 0.0}, "every must be more than zero"),
        ({"every": "-1 ms"}, "every must be more than zero"),
        ({"every": "1 mV"}, "every is a time"),
        ({"every": "1 ns"}, "five million samples"),
        ({"step_budget": 0}, "step_budget must be"),
        ({"step_budget": -1}, "step_budget must be"),
        ({"time_budget": 0.0}, "time_budget must be"),
        ({"time_budget": -1.0}, "time_budget must be"),
        ({"time_budget": math.nan}, "time_budget must be"),
        ({"backend": "fortran"}, "unknown backend 'fortran'"),
    ],
)
def test_impossible_options_are_refused(options, answer):
    with pytest.raises(InputError, match=answer) as caught:
        mgsim.simulate(EDL(), mgsim.twitch(), **options)
    assert "\n" not in str(caught.value)


def test_overlapping_pulses_are_refused_at_the_width_of_the_fibre():
    near = mgsim.pulses(["10 ms", "10.2 ms"], duration="50 ms")
    with pytest.raises(InputError, match=r"pulses 0\.2 ms apart overlap: each lasts 0\.3 ms; space them further"):
        mgsim.simulate(EDL(), near)
    apart = mgsim.pulses(["10 ms", "10.5 ms"], duration="50 ms")
    assert mgsim.simulate(EDL(), apart).outcome.ok
    # In the cold the stand-in's pulse lasts longer than at 25 °C.
    core = mgsim.fibre.calcium_core()
    close = mgsim.pulses(["10 ms", "11.2 ms"], duration="50 ms")
    assert mgsim.simulate(core, close).outcome.ok
    with pytest.raises(InputError, match="overlap"):
        mgsim.simulate(core.at("15 °C"), close)


@pytest.mark.parametrize(
    ("protocol", "answer"),
    [
        (lambda: mgsim.twitch().held("Mgg", "1 mM"), "unknown state of mouse_edl 'Mgg'; did you mean Mg"),
        (lambda: mgsim.twitch().held("Mg", "1 mV"), "Mg is a concentration"),
        (lambda: mgsim.voltage_clamp("1 mM", "10 ms"), "V is a voltage"),
        (lambda: mgsim.twitch().held("Mg", "-1 mM"), "cannot be held below zero"),
        (lambda: mgsim.twitch().held("Mg", "nan mM"), "finite"),
        (lambda: mgsim.train("0 Hz", "1 s"), "rate must be more than zero"),
        (lambda: mgsim.train("1e9 Hz", "1 s"), "at most 100,000"),
        (lambda: mgsim.train(math.nan, "1 s"), "finite"),
        (lambda: mgsim.twitch(duration="-1 s"), "more than zero"),
        (lambda: mgsim.pulses(["1 s"], duration="0.5 s"), "outside the recording"),
    ],
)
def test_impossible_protocols_are_refused(protocol, answer):
    with pytest.raises(InputError, match=answer) as caught:
        mgsim.simulate(EDL(), protocol())
    assert "\n" not in str(caught.value)


def test_what_is_clamped_in_the_model_cannot_be_held_by_the_protocol():
    with pytest.raises(InputError, match="Mg_.* is clamped in the model for the whole run"):
        mgsim.simulate(EDL().clamp(Mg="1 mM"), mgsim.twitch().held("Mg", "0.5 mM"))


def test_a_rest_of_nowhere_is_refused_before_the_run():
    with pytest.raises(InputError, match="rest"):
        mgsim.simulate(EDL().with_(V_PM=0.0, V_NX=0.0), mgsim.twitch())


# ------------------------------------------------------------------ clamps and kinds
def test_a_voltage_clamp_holds_both_walls():
    result = mgsim.simulate(EDL(), mgsim.voltage_clamp("-20 mV", "50 ms", onset="10 ms", after="50 ms"))
    held = (result.time >= 0.010) & (result.time < 0.060)
    for wall in ("V_sarcolemma", "V_tubule"):
        np.testing.assert_allclose(result[wall][held], -20.0, atol=1e-9)
        assert abs(result[wall][0] + 86.0) < 1.0
    assert result["force"].max() > 2.0 * result["force"][0]


def test_a_species_clamp_holds_it_and_lets_it_go():
    result = mgsim.simulate(EDL(), mgsim.rest("0.1 s").held("Mg", "0.2 mM", "20 ms", "50 ms"))
    held = (result.time >= 0.020) & (result.time < 0.050)
    np.testing.assert_allclose(result["Mg"][held], 200.0, rtol=1e-12)
    np.testing.assert_allclose(result["Mg"][result.time < 0.020], 900.0, rtol=1e-9)
    assert result["Mg"][-1] > 202.0  # what buffers held comes off again


def test_acute_starts_at_the_level_with_the_calcium_of_the_normal_rest():
    def calcium(start):
        """Calcium of the cell: what counts twice in its charge."""
        (law,) = (law for law in start.laws if law.name == "charge of the cell")
        volumes = start.program.volumes(start.c)
        return sum(volumes[i] * start.rest[i] for i, k in law.coefficients.items() if k == 2)

    normal, steady = resolve(EDL()), resolve(EDL().with_(Mg="0.2 mM"))
    acute = initial_state(EDL().acute(Mg="0.2 mM"))
    assert calcium(acute) == pytest.approx(calcium(normal), rel=0.01)
    assert abs(calcium(steady) / calcium(normal) - 1.0) > 0.05
    result = mgsim.simulate(EDL().acute(Mg="0.2 mM"), mgsim.twitch())
    assert result["Mg"][0] == pytest.approx(200.0, rel=1e-6)
    assert result.provenance["experiment"] == "acute"


def test_skinned_holds_the_bath_and_moves_no_calcium_over_the_membrane():
    result = mgsim.simulate(EDL().skinned(Mg="0.2 mM"), mgsim.twitch())
    assert np.all(result["Mg"] == 200.0)
    assert np.all(result["J_sl"] == 0.0)
    assert result.provenance["experiment"] == "skinned"
    start = resolve(EDL())
    store = start.program.system.index["CaSR_terminal"]
    assert result["CaSR_terminal"][0] == pytest.approx(start.rest[store], rel=1e-12)


def test_provenance_says_what_was_done():
    model = EDL().with_(Mg="0.4 mM", PV_tot=500.0).at("20 °C").blind("SERCA", "Mg")
    seen = mgsim.simulate(model, mgsim.twitch(), rtol=1e-6).provenance
    assert seen["model"] == "mouse_edl" and seen["mgsim"] == mgsim.__version__
    assert seen["experiment"] == "steady" and seen["rtol"] == 1e-6
    assert seen["temperature"]["value"] == pytest.approx(20.0)
    assert seen["changed"] == {
        "Mg": {"value": 0.4, "unit": "mM"},
        "Parvalbumin.PV_tot": {"value": 500.0, "unit": "µM"},
    }
    assert seen["blind"] == [["SERCA", "Mg"]]
    assert seen["parameters"]["Parvalbumin.PV_tot"] == {"value": 500.0, "unit": "µM"}
