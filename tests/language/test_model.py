"""A model is a value: changing it makes another, and what cannot be meant is answered with what could be."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest

import mgsim
from mgsim.language.declaration import Shared
from mgsim.language.errors import InputError
from mgsim.resting_state import resolve
from tests.identities.cases import each_fibre, fibre_of

EDL = mgsim.fibre.mouse_edl
# Whatever sees magnesium and does something with it that others feel.
SEES_MG = ("Release", "ATPBuffer", "TroponinC", "Parvalbumin", "SERCA", "CrossBridge")


def all_blind(model: mgsim.Model) -> mgsim.Model:
    present = {p.mechanism.__name__ for p in model.mechanisms}
    for mechanism in SEES_MG:
        if mechanism in present:
            model = model.blind(mechanism, "Mg")
    return model


def content(model: mgsim.Model) -> dict[str, object]:
    return {f.name: getattr(model, f.name) for f in fields(model)}


# ------------------------------------------------------------------ values
@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.with_(Mg="0.2 mM"),
        lambda m: m.with_({"Parvalbumin.PV_tot": 0.0}),
        lambda m: m.at("16 °C"),
        lambda m: m.clamp(Mg="0.5 mM"),
        lambda m: m.blind("Release", "Mg"),
        lambda m: m.acute(Mg="0.2 mM"),
        lambda m: m.skinned(Mg="0.2 mM", Ca="1 µM"),
        lambda m: m.hold(["Mg_bulk"]),
    ],
)
def test_a_change_makes_another_model_and_leaves_this_one(change):
    model = EDL()
    before = (dict(model.changes), dict(model.clamped), dict(model.levels), model.blinded, model.held, model.kind)
    changed = change(model)
    assert changed is not model
    assert before == (
        dict(model.changes),
        dict(model.clamped),
        dict(model.levels),
        model.blinded,
        model.held,
        model.kind,
    )
    after = (
        dict(changed.changes),
        dict(changed.clamped),
        dict(changed.levels),
        changed.blinded,
        changed.held,
        changed.kind,
    )
    assert after != before
    assert resolve(model).rest.tolist() == resolve(EDL()).rest.tolist()


def test_a_model_cannot_be_written_to():
    with pytest.raises(FrozenInstanceError):
        EDL().name = "other"


def test_changes_add_up_and_the_last_one_counts():
    model = EDL().with_(Mg="0.2 mM").with_(PV_tot=500.0).with_(Mg=0.4)
    assert model.value("Mg") == 0.4
    assert model.value("PV_tot") == 500.0
    assert EDL().at("16 °C").at(25).value("T") == pytest.approx(298.15)
    assert EDL().with_(temperature="16 °C").value("T") == pytest.approx(289.15)


def test_the_kinds_of_low_magnesium_have_their_names():
    model = EDL()
    assert [m.kind for m in (model.with_(Mg="0.2 mM"), model.acute(Mg="0.2 mM"), model.skinned(Mg="0.2 mM"))] == [
        "steady",
        "acute",
        "skinned",
    ]


# ------------------------------------------------------------------ what cannot be meant
@pytest.mark.parametrize(
    ("attempt", "answer"),
    [
        (
            lambda m: m.with_(Ca_bulk="1 µM"),
            r"'Ca_bulk' is a state.*Set Mg .*with_, or hold it with clamp\(Ca_bulk=\.\.\.\)",
        ),
        (lambda m: m.with_(**{"Release.m": 0.5}), r"'Release\.m' is a state"),
        (lambda m: m.with_(Ca="1 µM"), r"'Ca' is a state"),
        (lambda m: m.with_(Mgg="1 mM"), "unknown parameter of mouse_edl 'Mgg'; did you mean Mg"),
        (lambda m: m.with_(k_CPP=1.0), "did you mean k_CP"),
        (lambda m: m.with_(eta=0.5), "'eta' is in several mechanisms; say which: SodiumChannel.eta"),
        (lambda m: m.with_(Mg="-1 µM"), "is negative"),
        (lambda m: m.with_(PV_tot=-3.0), "is negative"),
        (lambda m: m.with_(Mg=0.0), "cannot be zero; give a small amount"),
        (lambda m: m.with_(Mg="3 s"), "Mg is a concentration; '3 s' is a time"),
        (lambda m: m.with_(k_CP="1 ms"), "k_CP is a rate per concentration; '1 ms' is a time"),
        (lambda m: m.with_(Mg=float("nan")), "finite"),
        (lambda m: m.with_(Mg="inf mM"), "finite"),
        (lambda m: m.with_(Mg=""), "cannot read Mg from ''"),
        (lambda m: m.with_(Mg=True), "Mg must be a number in mM or text"),
        (lambda m: m.with_(n_T=1.5), "n_T is a whole number, not 1.5"),
        (lambda m: m.at("16 mV"), "a temperature is in °C or K"),
        (lambda m: m.at(-300), "between -10 and 60 °C"),
        (lambda m: m.clamp(Caa="1 µM"), "unknown state of mouse_edl 'Caa'; did you mean Ca"),
        (lambda m: m.clamp(Ca="1 ms"), "Ca is a concentration; '1 ms' is a time"),
        (lambda m: m.clamp(Ca="-1 µM"), "negative"),
        (lambda m: m.blind("Parv", "Mg"), "unknown mechanism of mouse_edl 'Parv'; did you mean Parvalbumin"),
        (lambda m: m.blind("Parvalbumin", "Mgx"), "unknown species 'Mgx'; did you mean Mg"),
        (lambda m: m.blind("Parvalbumin", "Na"), "Parvalbumin does not see Na; it sees Ca, Mg"),
        (lambda m: m.blind("Geometry", "Mg"), "Geometry does not see Mg; it sees nothing"),
        (lambda m: m.skinned(Mgg="1 mM"), "unknown state of mouse_edl 'Mgg'"),
        (lambda m: m.acute(Mg="1 s"), "Mg is a concentration"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(attempt, answer):
    with pytest.raises(InputError, match=answer) as caught:
        attempt(EDL())
    assert "\n" not in str(caught.value)


# ------------------------------------------------------------------ structure
def test_a_structural_parameter_makes_another_program():
    model = EDL()
    assert model.value("n_T") == 1
    cubed = model.with_(n_T=3)
    assert cubed.system is not model.system
    assert "ThinFilament.n_T" not in model.system.parameters
    y, normal = resolve(model).rest, resolve(cubed)
    a = normal.program.system.index["ThinFilament.a"]
    assert normal.rest[a] < 0.1 * y[a]  # three of what is a fiftieth full
    assert model.with_(k_on=0.1).system is model.system


def test_a_clamped_species_is_no_state_and_keeps_its_value():
    model = EDL().clamp(Mg="0.5 mM")
    assert {"Mg_bulk", "Mg_junction"} & set(model.system.index) == set()
    assert set(EDL().clamp(Mg_junction="0.5 mM").system.index) ^ set(EDL().system.index) == {"Mg_junction"}
    result = mgsim.simulate(model, mgsim.twitch())
    assert result["Mg"].min() == result["Mg"].max() == 500.0


@each_fibre
def test_clamping_magnesium_where_it_rests_moves_nothing(fibre):
    model = fibre_of(fibre)
    start = resolve(model)
    at = {n: start.rest[start.program.system.index[n]] for n in ("Mg_bulk", "Mg_junction")}
    clamped = resolve(model.clamp(at))
    index = start.program.system.index
    for q, y in zip(clamped.program.system.states, clamped.rest, strict=True):
        assert y == pytest.approx(start.rest[index[q.name]], rel=1e-8, abs=1e-12), q.name


# ------------------------------------------------------------------ blind
def test_blind_at_the_normal_rest_is_at_the_normal_rest():
    core = mgsim.fibre.calcium_core()
    one, other = resolve(core), resolve(all_blind(core))
    index = one.program.system.index
    assert set(index) == set(other.program.system.index)
    for q, y in zip(other.program.system.states, other.rest, strict=True):
        # Blind ATP takes no Mg2+ from the junction to the bulk, so real Mg2+ rests a millionth elsewhere.
        real = q.species in ("Mg", "Pi", "MgPi", "ADP", "MgADP") or q.name.startswith("MagnesiumSites.")
        assert y == pytest.approx(one.rest[index[q.name]], rel=1e-5 if real else 1e-8, abs=1e-12), q.name


@pytest.mark.parametrize("Mg", ["0.1 mM", "0.4 mM", "3 mM"])
def test_where_everything_is_blind_magnesium_does_nothing(Mg):
    # In a living fibre magnesium also moves the equilibria of its energy metabolism; here metabolites are held.
    model = all_blind(mgsim.fibre.calcium_core())
    # The measure is the all-blind run, not the normal one, in which free Mg2+ moves during the contraction.
    one, other = (mgsim.simulate(m, mgsim.train("50 Hz", "0.1 s")) for m in (model, model.with_(Mg=Mg)))
    assert np.abs(other["Mg"] / one["Mg"] - 1.0).max() > 0.1
    for name in ("force", "Ca", "J_rel", "J_up", "MgATP", "troponin_Ca", "CaSR_terminal"):
        np.testing.assert_allclose(other[name], one[name], rtol=1e-4, atol=1e-5 * np.abs(one[name]).max(), err_msg=name)


def test_a_blind_mechanism_neither_takes_nor_gives():
    model = EDL().blind("Parvalbumin", "Mg")
    Mg = model.system.index["Mg_bulk"]
    bound = model.system.index["Parvalbumin.MgP"]
    assert not [c for c in model.system.columns if bound in c and Mg in c]
    laws = resolve(model).laws
    assert not [law for law in laws if bound in law.coefficients]
    assert {law.name for law in laws} == {law.name for law in resolve(EDL()).laws}


def test_what_is_blind_to_magnesium_sees_what_magnesium_makes_of_others_at_rest():
    def waiting(model: mgsim.Model) -> float:
        """Heads that wait for MgATP, for each that bears force with ADP."""
        start = resolve(model)
        index = start.program.system.index
        return float(start.rest[index["CrossBridge.R"]] / start.rest[index["CrossBridge.S"]])

    starved = mgsim.fibre.calcium_core().with_(ATP="0.05 mM")
    normal = mgsim.fibre.calcium_core()
    assert waiting(starved) > 5.0 * waiting(normal)
    assert waiting(starved.blind("CrossBridge", "Mg")) == pytest.approx(waiting(normal), rel=0.05)
    constants = EDL().blind("Release", "Mg").system.constants
    assert {"Release sees Mg_junction", "Release sees MgATP_junction", "Release sees ATP_junction"} <= set(constants)


def test_blinding_order_and_repetition_do_not_matter():
    one = EDL().blind("Release", "Mg").blind("SERCA", "Mg")
    other = EDL().blind("SERCA", "Mg").blind("Release", "Mg").blind("SERCA", "Mg")
    assert one.blinded == other.blinded
    assert one.system is other.system


def test_what_is_blind_to_one_thing_sees_the_others():
    for mechanism in {p.mechanism for p in EDL().mechanisms}:
        reads = {d.species for d in mechanism.declarations.values() if isinstance(d, Shared)}
        if "Ca" in reads and "Mg" in reads:
            model = EDL().blind(mechanism, "Mg")
            assert f"{mechanism.__name__} sees Ca_bulk" not in model.system.constants
            assert any(n.startswith(f"{mechanism.__name__} sees Mg") for n in model.system.constants)
