"""Conservation laws are found: whole numbers, exact, as many as there are, and none besides."""

from __future__ import annotations

from math import gcd

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mgsim
from mgsim.conservation import laws_of
from mgsim.language.laws import conservation_laws
from tests.identities.cases import each_fibre, fibre_of


@st.composite
def reactions(draw: st.DrawFn) -> tuple[int, list[dict[int, int]]]:
    size = draw(st.integers(1, 9))
    column = st.dictionaries(st.integers(0, size - 1), st.integers(-3, 3).filter(bool), min_size=1, max_size=4)
    return size, draw(st.lists(column, max_size=10))


def matrix(size: int, columns: list[dict[int, int]]) -> np.ndarray:
    found = np.zeros((size, len(columns)))
    for r, column in enumerate(columns):
        for species, change in column.items():
            found[species, r] = change
    return found


@settings(deadline=None, max_examples=200)
@given(reactions())
def test_the_laws_are_a_basis_of_what_no_reaction_changes(network):
    size, columns = network
    laws = conservation_laws(columns, size)
    for law in laws:
        assert all(isinstance(k, int) and k for k in law.values())
        assert gcd(*law.values()) == 1
        for column in columns:
            assert sum(law.get(i, 0) * change for i, change in column.items()) == 0
    rank = np.linalg.matrix_rank(matrix(size, columns)) if columns else 0
    assert len(laws) == size - rank
    if laws:
        rows = np.zeros((len(laws), size))
        for r, law in enumerate(laws):
            for i, k in law.items():
                rows[r, i] = k
        assert np.linalg.matrix_rank(rows) == len(laws)


@settings(deadline=None, max_examples=100)
@given(reactions(), st.data())
def test_each_carrier_that_can_names_a_law_of_its_own(network, data):
    size, columns = network
    last = data.draw(st.lists(st.integers(0, size - 1), unique=True, max_size=3))
    laws = conservation_laws(columns, size, last)
    assert len(laws) == len(conservation_laws(columns, size))
    named = [i for i in last if any(i in law for law in laws)]
    holders = [[law for law in laws if i in law] for i in named]
    # A carrier stands in its own law alone unless it has to share it with one named before it.
    assert sum(len(h) == 1 for h in holders) >= min(len(named), len(laws)) - sum(len(h) > 1 for h in holders)
    order = [min((last.index(i) for i in law if i in last), default=size) for law in laws]
    assert order == sorted(order)


def test_large_coefficients_stay_exact():
    columns = [{i: 7, i + 1: -(2**40 + 1)} for i in range(6)]
    (law,) = conservation_laws(columns, 7)
    for column in columns:
        assert sum(law[i] * k for i, k in column.items()) == 0


# ------------------------------------------------------------------ of the fibres
CORE = {"total Mg", "total ATP", "total Pi"}
ALIVE = {"total Mg", "total ATP", "phosphate", "creatine"}
WALLS = {"charge of the cell", "charge of the lumen", "charge of the interstitium"}


def names_of(model: mgsim.Model) -> set[str]:
    return {law.name for law in laws_of(model)}


@each_fibre
def test_a_fibre_has_the_laws_it_should(fibre):
    wanted = CORE if fibre == "calcium_core" else ALIVE | WALLS
    assert wanted <= names_of(fibre_of(fibre))


@pytest.mark.parametrize("preparation", ["no_parvalbumin", "blind_release", "blind_pump", "blind_several", "low_Mg"])
@each_fibre
def test_variants_keep_the_laws(fibre, preparation):
    assert names_of(fibre_of(fibre, preparation)) == names_of(fibre_of(fibre))


@each_fibre
def test_what_is_clamped_has_no_law(fibre):
    assert names_of(fibre_of(fibre).clamp(Mg="0.5 mM")) == names_of(fibre_of(fibre)) - {"total Mg"}


@each_fibre
def test_a_clamp_in_time_keeps_the_law_with_its_ledger(fibre):
    model = fibre_of(fibre).hold(["Mg_bulk", "Mg_junction"])
    assert names_of(model) == names_of(fibre_of(fibre))
    (law,) = (law for law in laws_of(model) if law.name == "total Mg")
    ledgers = {model.system.states[i].name for i in law.coefficients} & set(model.system.ledgers)
    assert len(ledgers) == 2


def test_calcium_of_a_sealed_cell_would_be_conserved():
    from dataclasses import replace

    from mgsim.fibre.calcium_entry import CalciumEntry

    model = mgsim.fibre.calcium_core()
    kept = tuple(p for p in model.mechanisms if p.mechanism is not CalciumEntry)
    sealed = replace(model, name="sealed", mechanisms=kept)
    assert names_of(sealed) == names_of(model) | {"total Ca"}
    (law,) = (law for law in laws_of(sealed) if law.name == "total Ca")
    assert set(law.coefficients.values()) == {1}
    assert {sealed.system.states[i].name for i in law.coefficients} == {
        "Ca_junction", "CaATP_junction", "Ca_bulk", "CaATP_bulk", "TroponinC.CaT", "Parvalbumin.CaP",
        "CaSR_terminal", "CaSR_longitudinal", "Reticulum.CaQ",
    }  # fmt: skip
