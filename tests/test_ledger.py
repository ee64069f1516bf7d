"""The ledger of ATP closes to rounding, whatever is done, and however roughly it is computed and sampled."""

import numpy as np
import pytest

import mgsim
from mgsim.language.errors import InputError
from mgsim.measure import energy_ledger


def EDL() -> mgsim.Model:
    return mgsim.fibre.mouse_edl().counting("ATP")


WORK = mgsim.fatigue(rate="70 Hz", train="200 ms", every="1 s", duration="8 s", recovery="4 s", tests=None)


@pytest.mark.parametrize("every", [None, "73 ms"])
@pytest.mark.parametrize("rtol", [1e-3, 1e-5])
def test_it_sums_to_zero(rtol: float, every: str | None) -> None:
    ledger = energy_ledger(mgsim.simulate(EDL(), WORK, rtol=rtol, every=every))
    assert abs(ledger.error) < 1e-9
    assert ledger.spent > 1000.0
    assert min(ledger.used.values()) > 0.0
    assert ledger.gained - ledger.spent == pytest.approx(ledger.change, abs=1e-6)


@pytest.mark.parametrize(
    "model",
    [
        EDL().with_(Mg="0.4 mM"),
        EDL().acute(Mg="0.4 mM"),
        EDL().blind("SERCA", "Mg").with_(Mg="0.5 mM"),
        EDL().at("20 °C"),
    ],
    ids=["steady", "acute", "blind", "cold"],
)
def test_it_sums_to_zero_in_every_kind_of_experiment(model: mgsim.Model) -> None:
    result = mgsim.simulate(model, mgsim.train("50 Hz", "0.2 s"))
    ledger = energy_ledger(result)
    assert ledger.spent > 0
    assert abs(ledger.error) < 1e-9
    assert all(result[name][0] == 0.0 for name in result if name.startswith("ATP from "))


def test_what_a_clamp_gives_is_in_it() -> None:
    held = mgsim.twitch().held("MgATP", "7 mM", "20 ms", "100 ms")
    ledger = energy_ledger(mgsim.simulate(EDL(), held))
    assert abs(ledger.made["bath or clamp"]) > 1.0
    assert abs(ledger.error) < 1e-9
    bath = energy_ledger(mgsim.simulate(EDL().skinned(MgATP="8 mM"), mgsim.twitch()))
    assert abs(bath.error) < 1e-9


def test_windows_add_up() -> None:
    result = mgsim.simulate(EDL(), WORK)
    middle = float(result.time[len(result.time) // 2])
    whole, *parts = (energy_ledger(result, *span) for span in ((0, None), (0, middle), (middle, None)))
    for name, amount in whole.used.items():
        assert sum(part.used[name] for part in parts) == pytest.approx(amount, rel=1e-9, abs=1e-9)
    assert sum(part.change for part in parts) == pytest.approx(whole.change, abs=1e-9)


def test_counts_are_the_integrals_of_the_fluxes() -> None:
    """The other way to the same: the flux as an output, by trapezoids over a fine recording."""
    result = mgsim.simulate(EDL(), mgsim.train("50 Hz", "0.2 s"), every="20 µs", rtol=1e-6)
    ledger = energy_ledger(result)
    milliseconds = 1000 * result.time
    bulk = 1.0 - result.provenance["parameters"]["Geometry.f_J"]["value"]
    assert ledger.used["SERCA"] == pytest.approx(np.trapezoid(result["J_ATP_SERCA"], milliseconds), rel=1e-4)
    bridges = bulk * np.trapezoid(result["J_ATP_XB"], milliseconds)
    assert ledger.used["cross-bridges"] == pytest.approx(bridges, rel=1e-4)
    assert ledger.made["mitochondria"] == pytest.approx(bulk * np.trapezoid(result["J_ox"], milliseconds), rel=1e-4)
    assert ledger.made["creatine kinase"] == pytest.approx(bulk * np.trapezoid(result["J_CK"], milliseconds), rel=1e-3)


def test_counting_changes_nothing_else() -> None:
    counted, plain = (mgsim.simulate(model, mgsim.twitch()) for model in (EDL(), EDL().counting()))
    assert not [name for name in plain if name.startswith("ATP from ")]
    assert np.allclose(counted["force"], plain["force"], rtol=1e-6, atol=1e-6)


def test_any_pool_can_be_counted() -> None:
    result = mgsim.simulate(EDL().counting("Mg"), mgsim.train("50 Hz", "0.2 s"))
    counted = sum(result[name] for name in result if name.startswith("Mg from "))
    assert np.allclose(counted, result["Mg"] - result["Mg"][0], rtol=0, atol=1e-6)
    assert np.ptp(result["Mg"]) > 1.0


def test_work_is_counted_without_being_asked_for() -> None:
    plain = mgsim.fibre.mouse_edl().counting()
    assert energy_ledger(mgsim.simulate(plain, WORK)).spent > 1000.0
    held = mgsim.simulate(plain, WORK.held("Mg", "0.6 mM", "1 s", "2 s"))
    assert abs(energy_ledger(held).error) < 1e-9
    asked, unasked = (mgsim.simulate(model, WORK) for model in (EDL(), plain))
    assert np.allclose(asked["force"], unasked["force"], rtol=1e-5, atol=1e-5)


def test_what_is_missing_is_said() -> None:
    with pytest.raises(InputError, match=r'simulate model.counting\("ATP"\)'):
        energy_ledger(mgsim.simulate(EDL().counting(), mgsim.twitch()))
    with pytest.raises(InputError, match="unknown pool of mouse_edl 'ATPP'; did you mean ATP?"):
        EDL().counting("ATPP")


def test_it_is_written_as_a_table_and_as_numbers() -> None:
    ledger = energy_ledger(mgsim.simulate(EDL(), WORK))
    lines = str(ledger).splitlines()
    assert lines[0] == "ATP from 0 s to 12 s, per litre of cell water"
    assert lines[-1].split() == ["sum", "0.00", "mM"]
    assert ledger.as_dict()["used"] == ledger.used
