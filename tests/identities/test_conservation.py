"""Each conservation law holds in every experiment: nothing is made and nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest

from mgsim.language.units import unit
from tests.identities.cases import CASES, FIBRES, each_fibre, fibre_of, protocol_of, run, states_of

TABLE = CASES["conservation"]


@pytest.mark.parametrize(("preparation", "protocol"), TABLE["cases"], ids=map("-".join, TABLE["cases"]))
@each_fibre
def test_each_law_holds(fibre, preparation, protocol):
    result, start = run(fibre_of(fibre, preparation), protocol_of(protocol))
    assert result.outcome.ok
    states = states_of(result, start)
    rows = start.law_rows()
    assert len(rows) > 0
    # A law counts what is on its way too: the largest terms of the run are the measure, not those of its start.
    change = np.abs(states @ rows.T - rows @ states[0]).max(axis=0)
    size = (np.abs(states) @ np.abs(rows).T).max(axis=0)
    assert dict(zip([law.name for law in start.laws], change / size, strict=True)) == pytest.approx(
        {law.name: 0.0 for law in start.laws}, abs=TABLE["tolerance"]
    )


@pytest.mark.parametrize("protocol", ["Mg_hold", "two_holds", "voltage_clamp"])
@each_fibre
def test_the_ledger_of_a_clamp_takes_what_the_clamp_takes(fibre, protocol):
    result, start = run(fibre_of(fibre), protocol_of(protocol))
    for law, row in zip(start.laws, start.law_rows(), strict=True):
        held = [i for i in law.coefficients if start.program.system.states[i].name in start.program.system.held]
        if not held:
            continue
        without = row.copy()
        for i, q in enumerate(start.program.system.states):
            if q.name in start.program.system.ledgers:
                without[i] = 0.0
        sums = states_of(result, start) @ without
        # The law is broken without the ledger: the test above is not met by nothing having happened.
        assert np.ptp(sums) > 1e-9 * np.abs(without) @ np.abs(start.rest)


@each_fibre
def test_each_law_is_a_whole_number_combination_that_no_reaction_changes(fibre):
    _, start = run(fibre_of(fibre), protocol_of("rest"))
    columns = start.program.system.columns
    for law in start.laws:
        assert all(isinstance(k, int) and k for k in law.coefficients.values())
        for column in columns:
            assert sum(law.coefficients.get(i, 0) * change for i, change in column.items()) == 0


@each_fibre
def test_the_named_totals_count_every_form_of_what_they_name(fibre):
    _, start = run(fibre_of(fibre), protocol_of("rest"))
    states = start.program.system.states
    laws = {law.name: {states[i].name: k for i, k in law.coefficients.items()} for law in start.laws}
    assert {"total Mg", "total ATP"} <= set(laws)
    assert {"total Pi", "phosphate"} & set(laws)
    magnesium = {q.name for q in states if "Mg" in q.name.partition(".")[2] or q.species.startswith("Mg")}
    # A head that has lost its MgADP (rigor) is one magnesium less in the store that heads are.
    assert laws["total Mg"] == {**dict.fromkeys(magnesium, 1), "CrossBridge.R": -1}
    nucleotides = {q.name for q in states if q.species in ("ATP", "CaATP", "ADP", "AMP", "IMP")}
    nucleotides |= {f"Mg{name}" for name in nucleotides if not name.startswith("Ca")} & {q.name for q in states}
    assert laws["total ATP"] == {**dict.fromkeys(nucleotides, 1), "CrossBridge.R": -1}


@each_fibre
def test_anchors_are_met_at_rest(fibre):
    model = fibre_of(fibre)
    _, start = run(model, protocol_of("rest"))
    states, volumes = start.program.system.states, start.program.volumes(start.c)
    mean = {}
    for species in ("Mg", "ATP", "MgATP", "CaATP"):
        at = [i for i, q in enumerate(states) if q.species == species and q.place in model.cytosol]
        mean[species] = start.rest[at] @ volumes[at] / volumes[at].sum()
    scale = unit("mM").factor
    assert mean["Mg"] == pytest.approx(model.value("Mg") * scale, rel=1e-12)
    assert mean["ATP"] + mean["MgATP"] + mean["CaATP"] == pytest.approx(model.value("ATP") * scale, rel=1e-12)


def test_the_fibres_of_the_table_are_all_there_are():
    import mgsim

    human = {"human_fast", "human_slow", "human_triceps_surae"}  # tests/fibre/test_human.py
    assert set(FIBRES) | human == set(mgsim.fibre.__all__)
