"""What is read off fatigue, on curves made by hand and on the fibre."""

import math

import numpy as np
import pytest

import mgsim
from mgsim.contractions import contractions
from mgsim.language.errors import InputError
from mgsim.measure import (
    fatigue_index,
    fatigue_measures,
    recovery_fraction,
    relaxation_slowing,
    tetani,
    time_to_half_force,
)
from mgsim.result import Outcome, Result
from mgsim.tiring import work_of

PEAKS = [100.0, 80.0, 60.0, 40.0, 30.0]
TESTS = [50.0, 70.0]


def drawn(until: float | None = None) -> Result:
    """Arches of force, each relaxing by half in 2 ms longer than the last, from 20 ms on; then two tests."""
    protocol = mgsim.fatigue(rate="50 Hz", train="200 ms", every="1 s", duration="5 s", recovery="41 s", tests="20 s")
    time = np.arange(0.0, protocol.duration, 1e-3)
    force = np.full(time.size, 5.0)
    for k, (one, height) in enumerate(zip(contractions(protocol.onsets), PEAKS + TESTS, strict=True)):
        during, after = (time > one.start) & (time <= one.last), time > one.last
        middle, half = (one.start + one.last) / 2, (one.last - one.start) / 2
        force[during] += height * (1.0 - 0.5 * ((time[during] - middle) / half) ** 2)
        force[after] += height / 2 * 0.5 ** ((time[after] - one.last) / (0.02 + 0.002 * k))
    if until is not None:
        time, force = time[time <= until], force[time <= until]
    return Result(time, {"force": force}, {"force": "kN/m²"}, protocol, Outcome("done"))


def test_each_contraction_is_read() -> None:
    each = tetani(drawn())
    assert (len(each), each.work) == (7, 5)
    assert np.allclose(each.peak, PEAKS + TESTS, rtol=1e-6)
    assert np.allclose(each.relative[:5], [1.0, 0.8, 0.6, 0.4, 0.3], rtol=1e-6)
    assert np.allclose(each.half_relaxation, [20 + 2 * k for k in range(7)], atol=0.1)
    assert work_of(drawn()) == (0.0, pytest.approx(5.01))


def test_the_measures_of_it() -> None:
    result = drawn()
    assert float(fatigue_index(result)) == pytest.approx(0.3)
    assert float(recovery_fraction(result)) == pytest.approx(0.7)
    assert float(relaxation_slowing(result)) == pytest.approx(1.4, rel=0.01)
    assert float(time_to_half_force(result)) == pytest.approx(2.5)  # between the third, at 2 s, and the fourth


def test_an_early_end_keeps_the_contractions_that_were_done() -> None:
    each = tetani(drawn(until=2.9))
    assert (len(each), each.work) == (3, 3)
    assert math.isnan(float(recovery_fraction(drawn(until=2.9))))
    with pytest.raises(InputError, match="no whole contraction"):
        tetani(drawn(until=0.1))
    assert "no whole contraction" in fatigue_index(drawn(until=0.1)).reason


def test_a_held_contraction_is_read_on_its_trace() -> None:
    protocol = mgsim.hold("50 Hz", "10 s")
    time = np.arange(0.0, protocol.duration, 1e-3)
    force = np.where(time > 0.01, 100.0 * np.exp(-(time - 0.01) / 5.0), 0.0)
    result = Result(time, {"force": force}, {"force": "kN/m²"}, protocol, Outcome("done"))
    assert float(time_to_half_force(result)) == pytest.approx(5 * math.log(2), abs=0.002)
    assert float(fatigue_index(result)) == pytest.approx(math.exp(-(protocol.onsets[-1] - 0.01) / 5), rel=1e-3)


def test_fatigue_of_the_fibre_says_how_near_collapse_it_came() -> None:
    # Phosphate on light chains would make a rested tetanus stronger than the first: its effect is put aside.
    fibre = mgsim.fibre.mouse_edl().with_({"ThinFilament.gain": 0.0})
    result = mgsim.simulate(fibre, mgsim.fatigue(duration="30 s", recovery="30 s", tests="20 s"))
    found = fatigue_measures(result)
    assert not [measure for measure in found.values() if measure.reason and measure.name != "time_to_half_force"]
    assert 0 < found["fatigue_index"].value < found["recovery_fraction"].value < 1.05
    assert 0 < found["lowest_PCr"].value < 90 < found["lowest_ATP"].value <= 100
    assert found["highest_free_Mg"].value > 0.9


def test_a_fibre_whose_metabolites_are_held_says_so() -> None:
    result = mgsim.simulate(mgsim.fibre.calcium_core(), mgsim.train("50 Hz", "0.2 s"))
    assert fatigue_measures(result)["lowest_PCr"].reason == "this fibre does not follow PCr_total_bulk"


def test_what_is_computed_before_an_interruption_is_kept() -> None:
    def press_ctrl_c(share: float) -> None:
        if share > 0.4:
            raise KeyboardInterrupt

    result = mgsim.simulate(
        mgsim.fibre.mouse_edl(), mgsim.fatigue(duration="30 s", recovery=0), on_progress=press_ctrl_c
    )
    assert result.outcome.kind == "interrupted"
    assert 4 <= len(tetani(result)) < 10
    assert abs(mgsim.measure.energy_ledger(result).error) < 1e-9
