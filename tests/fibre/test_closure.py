"""The frozen numbers that close a rest do close it, and the search that found them finds them again."""

from __future__ import annotations

import pytest

import mgsim
from mgsim.evidence.closure import close_energy
from mgsim.resting_state import resolve

# Phosphocreatine, creatine, phosphate (mM); potential (mV); cell Na+ and K+ (mM).
RESTS = {
    "mouse_edl": ((32.0, 5.9, 2.0), -86.0, (10.0, 150.0)),
    "mouse_soleus": ((16.0, 7.0, 6.0), -83.0, (11.0, 148.0)),
    "human_fast": ((33.0, 6.4, 4.0), -89.0, (13.0, 161.0)),
    "human_slow": ((33.0, 6.4, 4.0), -89.0, (13.0, 161.0)),
    "human_triceps_surae": ((33.0, 6.4, 4.0), -89.0, (13.0, 161.0)),
}


@pytest.mark.parametrize("name", RESTS)
def test_a_fibre_rests_where_it_was_closed(name: str) -> None:
    (PCr, Cr, Pi), volts, (Na, K) = RESTS[name]
    start = resolve(getattr(mgsim.fibre, name)())
    y = dict(zip((q.name for q in start.program.system.states), start.rest, strict=True))
    assert y["PCr_bulk"] + y["MgPCr_bulk"] == pytest.approx(PCr * 1e3, rel=1e-5)
    assert y["Cr_bulk"] == pytest.approx(Cr * 1e3, rel=1e-4)
    assert y["Pi_bulk"] + y["MgPi_bulk"] == pytest.approx(Pi * 1e3, rel=1e-4)
    outputs = [q.name for q in start.program.system.outputs]
    V = start.program.outputs(start.rest[None], start.c)[0][outputs.index("V_tubule")]
    # The membrane was closed by itself; its MgATP and the calcium that crosses it move it by a tenth of a millimolar.
    assert pytest.approx(volts, abs=0.15) == V
    assert y["Na_cell"] == pytest.approx(Na * 1e3, abs=100.0)
    assert y["K_cell"] == pytest.approx(K * 1e3, abs=500.0)


@pytest.mark.parametrize("name", ["mouse_edl", "human_triceps_surae"])
def test_the_search_finds_the_committed_numbers_again(name: str) -> None:
    fibre = getattr(mgsim.fibre, name)()
    (PCr, Cr, Pi), _, _ = RESTS[name]
    found = close_energy(fibre, PCr=PCr, Cr=Cr, Pi=Pi)
    for path, value in found.parameters.items():
        assert fibre.value(path) == pytest.approx(value, rel=1e-4), path
    for anchor in fibre.anchors:
        if anchor.name in found.totals:
            assert anchor.value == pytest.approx(float(found.totals[anchor.name]), rel=1e-6)
