"""Supplies of oxygen, and other changes that come suddenly."""

import numpy as np
import pytest

import mgsim
from mgsim.fibre.oxygen import oxygen
from mgsim.resting_state import resolve

CALF = mgsim.fibre.human_triceps_surae()


def test_a_sudden_change_starts_from_the_rest_before() -> None:
    run = mgsim.simulate(CALF.suddenly(oxygen("ischaemic")), mgsim.rest("10 min"))
    rested = resolve(CALF)
    assert run["PCr_bulk"][0] == pytest.approx(rested.rest[rested.program.system.index["PCr_bulk"]], rel=1e-12)
    assert run["O2"][-1] < 0.01 < run["O2"][0]
    assert run["PCr_total_bulk"][-1] < 0.9 * run["PCr_total_bulk"][0]
    assert run.provenance["sudden"] == {"Mitochondria.supply": {"value": 0.0, "unit": "1"}}


@pytest.mark.parametrize("supply", ["normal", "congested", "hyperaemic"])
def test_what_changes_the_reserve_leaves_the_rest(supply: str) -> None:
    run = mgsim.simulate(CALF.suddenly(oxygen(supply)), mgsim.rest("60 s"))
    assert np.ptp(run["PCr_total_bulk"]) < 0.02 * run["PCr_total_bulk"][0]


def test_creatine_kinase_can_be_stopped() -> None:
    """ATP itself falls where phosphocreatine cannot help, and nothing breaks."""
    stopped, working = (
        mgsim.simulate(f, mgsim.train("30 Hz", "10 s")) for f in (CALF.suddenly(k_CK=0.0), CALF)
    )
    assert stopped.outcome.ok and stopped["ADP_total_bulk"].max() > 3.0 * working["ADP_total_bulk"].max()


def test_amounts_at_rest_are_no_sudden_change() -> None:
    with pytest.raises(mgsim.InputError, match="acute"):
        CALF.suddenly(Mg="0.2 mM")
