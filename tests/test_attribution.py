"""Attribution: what is blind sees nothing, shares are what they say, and every wrong question gets one line."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

import mgsim
from mgsim.attribution.attribution import Attribution
from mgsim.attribution.null_model import buffers_only
from mgsim.attribution.readings import READINGS, Reading, read_off
from mgsim.attribution.sentence import main_effects, what_does_it
from mgsim.attribution.shares import Effect
from mgsim.attribution.sight import PARTS, REST, blinded, parts_of
from mgsim.language.errors import InputError
from mgsim.measured import Measure
from mgsim.resting_state import NoRest, resolve

EDL = mgsim.fibre.mouse_edl
TWITCH = mgsim.twitch(duration="0.2 s")


# ------------------------------------------------------------------ who sees magnesium
def test_every_mechanism_that_reads_magnesium_belongs_to_one_part() -> None:
    named = [mechanism for part in PARTS for mechanism in part.mechanisms]
    assert len(named) == len(set(named))
    for fibre in mgsim.fibre.__all__:
        model = getattr(mgsim.fibre, fibre)()
        reads = {
            p.mechanism.__name__
            for p in model.mechanisms
            for d in p.mechanism.declarations.values()
            if getattr(d, "species", "") == "Mg"
        }
        assert reads - {"JunctionalExchange"} <= set(named)


@pytest.mark.parametrize("fibre", ["mouse_edl", "calcium_core"])
def test_where_every_part_is_blind_magnesium_does_nothing(fibre: str) -> None:
    normal = getattr(mgsim.fibre, fibre)()
    low = normal.with_(Mg="0.4 mM")
    forces = [
        mgsim.simulate(blinded(model, "Mg", parts_of(model, "Mg")), TWITCH)["force"] for model in (normal, low)
    ]
    np.testing.assert_allclose(forces[1], forces[0], rtol=1e-9)


# ------------------------------------------------------------------ the null model
def test_the_null_model_rests_at_normal_magnesium_as_the_fibre_does() -> None:
    fibre, null = resolve(EDL()), resolve(buffers_only(EDL()))
    for q, y in zip(fibre.program.system.states, fibre.rest, strict=True):
        assert null.rest[null.program.system.index[q.name]] == pytest.approx(y, rel=1e-6, abs=1e-12), q.name


def test_in_the_null_model_no_gate_sees_magnesium_and_every_buffer_does() -> None:
    low = EDL().with_(Mg="0.3 mM")
    null, full, normal = (mgsim.simulate(model, TWITCH) for model in (buffers_only(low), low, EDL()))
    assert null["MgATP_bulk"][0] == pytest.approx(full["MgATP_bulk"][0], rel=0.02)
    assert null["Parvalbumin.MgP"][0] < 0.8 * normal["Parvalbumin.MgP"][0]
    # RyR1 that does not see magnesium leaks no more than at the normal rest.
    assert null["P_open"][0] < 1.3 * normal["P_open"][0] < full["P_open"][0]


def test_what_is_normal_can_be_another_level_of_magnesium() -> None:
    normal = EDL().with_(Mg="0.6 mM")
    null = buffers_only(normal.with_(Mg="0.3 mM"), normal)
    assert null.reference.value("Mg") == 0.6
    assert null.value("Mg") == 0.3
    assert buffers_only(normal, normal).value("Mg") == 0.6
    seen = mgsim.simulate(buffers_only(normal, normal), TWITCH)
    assert seen["P_open"][0] == pytest.approx(mgsim.simulate(normal, TWITCH)["P_open"][0], rel=1e-6)


@pytest.mark.parametrize(
    "normal",
    [
        lambda: mgsim.fibre.mouse_soleus(),
        lambda: EDL().at("16 °C"),
        lambda: EDL().acute(Mg="0.4 mM"),
        lambda: EDL().blind("SERCA", "Mg"),
        lambda: EDL().without("Parvalbumin"),
    ],
    ids=["other fibre", "other temperature", "disturbed", "blind", "knocked out"],
)
def test_only_the_same_preparation_at_rest_is_its_normal(normal) -> None:
    with pytest.raises(InputError, match="normal fibre|no change of"):
        buffers_only(EDL().with_(Mg="0.2 mM"), normal())


# ------------------------------------------------------------------ shares
QUICK = ("contraction_duration", "twitch_force", "resting_Ca")


@pytest.fixture(scope="module")
def low() -> Attribution:
    """Magnesium at 0.4 mM in the core, which is quick to compile."""
    return mgsim.explain(mgsim.fibre.calcium_core(), Mg="0.4 mM", read=QUICK)


def test_lost_and_alone_are_what_their_names_say(low: Attribution) -> None:
    """RyR1, by hand."""
    core = mgsim.fibre.calcium_core()
    changed = core.with_(Mg="0.4 mM")
    others = [part for part in parts_of(core, "Mg") if part.name != "RyR1"]

    def force(model: mgsim.Model) -> float:
        return float(mgsim.measure.amplitude(mgsim.simulate(model, mgsim.twitch(duration="1 s"))))

    reference = force(blinded(core, "Mg", parts_of(core, "Mg")))
    effect = low["twitch_force"]
    assert effect.normal.value == pytest.approx(force(core), rel=1e-6)
    assert effect.reference.value == pytest.approx(reference, rel=1e-6)
    assert effect.lost["RyR1"].value == pytest.approx(force(changed) - force(changed.blind("Release", "Mg")), rel=1e-6)
    assert effect.alone["RyR1"].value == pytest.approx(force(blinded(changed, "Mg", others)) - reference, rel=1e-6)
    assert effect.share(effect.lost["RyR1"]).value == pytest.approx(
        100 * effect.lost["RyR1"].value / effect.total.value
    )


def test_the_interaction_is_what_is_left_over(low: Attribution) -> None:
    for effect in low.effects:
        over = sum(amount.value for amount in effect.lost.values()) - effect.total.value
        lacking = effect.total.value - sum(amount.value for amount in effect.alone.values())
        assert effect.interaction["lost"].value == pytest.approx(over)
        assert effect.interaction["alone"].value == pytest.approx(lacking)


def test_low_magnesium_does_not_starve_the_cross_bridges(low: Attribution) -> None:
    for effect in low.effects:
        assert abs(effect.share(effect.lost["cross-bridge"]).value) < 2.0
        assert abs(effect.share(effect.alone["cross-bridge"]).value) < 2.0


def test_the_leak_of_calcium_at_rest_is_of_the_ryanodine_receptor(low: Attribution) -> None:
    effect = low["resting_Ca"]
    assert effect.total.value > 0
    assert effect.share(effect.lost["RyR1"]).value > 80
    assert effect.share(effect.alone["RyR1"]).value > 80


def test_what_has_nothing_to_see_has_no_share() -> None:
    empty = mgsim.fibre.calcium_core().with_(PV_tot="0 µM")
    effect = mgsim.explain(empty, Mg="0.4 mM", read=["twitch_force"])["twitch_force"]
    for amounts in (effect.lost, effect.alone):
        assert abs(effect.share(amounts["parvalbumin"]).value) < 1e-6
    assert effect.share(effect.lost["RyR1"]).value > 10


def test_a_fibre_without_parvalbumin_has_no_row_of_it() -> None:
    assert "parvalbumin" not in [part.name for part in parts_of(mgsim.fibre.human_fast(), "Mg")]


@pytest.mark.slow
def test_a_sudden_change_is_another_thing_than_a_settled_one(low: Attribution) -> None:
    core = mgsim.fibre.calcium_core()
    acute = mgsim.explain(core, Mg="0.4 mM", acute=True, read=["resting_Ca"])
    assert acute["resting_Ca"].reference.value == pytest.approx(low["resting_Ca"].reference.value, rel=1e-9)
    assert acute["resting_Ca"].changed.value != pytest.approx(low["resting_Ca"].changed.value, rel=1e-2)
    assert acute.levels == low.levels == (0.9, 0.4, "mM")


def test_attribution_begins_at_the_magnesium_of_the_given_fibre() -> None:
    normal = mgsim.fibre.calcium_core().with_(Mg="0.6 mM")
    found = mgsim.explain(normal, Mg="0.4 mM", read=["resting_Ca"])
    assert found.levels == (0.6, 0.4, "mM")
    direct = mgsim.simulate(normal, mgsim.twitch())
    assert found["resting_Ca"].normal.value == pytest.approx(direct["Ca"][0], rel=1e-6)
    assert found["resting_Ca"].reference.value == pytest.approx(direct["Ca"][0], rel=1e-6)


@pytest.mark.slow
def test_of_atp_what_holds_it_is_the_rest() -> None:
    found = mgsim.explain(EDL(), ATP="5 mM", read=["twitch_force"])
    effect = found["twitch_force"]
    assert set(effect.lost) == {"RyR1", "SERCA", "cross-bridge", "Na/K pump", REST}
    assert effect.lost[REST].reason
    assert math.isfinite(effect.alone[REST].value)
    assert effect.interaction["lost"].reason
    assert math.isfinite(effect.interaction["alone"].value)


def test_what_is_blind_to_atp_sees_all_its_forms_at_rest_and_still_burns_it() -> None:
    blind = EDL().blind("SERCA", "ATP")
    constants = set(blind.system.constants)
    assert constants == {"SERCA sees ATP_bulk", "SERCA sees MgATP_bulk"}
    i = blind.system.index["MgATP_bulk"]
    pumping = {i: -1, blind.system.index["Ca_bulk"]: -2}
    assert any(pumping.items() <= column.items() for column in blind.system.columns)
    with pytest.raises(InputError, match="one form of ATP into another"):
        EDL().blind("ATPBinding", "ATP")


# ------------------------------------------------------------------ no value
def test_a_blind_fibre_without_rest_leaves_its_row_without_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    from mgsim.attribution import explain as module

    def restless(model: mgsim.Model, readings: tuple[Reading, ...]) -> dict[str, Measure]:
        if set(model.blinded) == {("ThinFilament", "Mg"), ("TroponinC", "Mg")}:
            raise NoRest(f"{model}: no resting state")
        return read_off(model, readings)

    monkeypatch.setattr(module, "read_off", restless)
    found = mgsim.explain(mgsim.fibre.calcium_core(), Mg="0.4 mM", read=["twitch_force"])
    effect = found["twitch_force"]
    assert effect.lost["thin filament"].reason == "no resting state"
    assert effect.interaction["lost"].reason == "no value for thin filament: no resting state"
    assert math.isfinite(effect.alone["thin filament"].value)
    assert "thin filament, lost: no resting state" in found.table()
    told = found.as_dict()["effects"]["twitch_force"]["lost"]["thin filament"]
    assert told == {"value": None, "unit": "kN/m²", "reason": "no resting state", "percent": None}


def test_a_changed_fibre_without_rest_is_an_error() -> None:
    with pytest.raises(NoRest, match="no resting state|not stable"):
        mgsim.explain(EDL(), Mg="0.0001 mM", read=["twitch_force"])


def a_measure(value: float, reason: str = "") -> Measure:
    return Measure("twitch_force", value, "kN/m²", reason)


def an_effect(reference: float, changed: float, lost: dict[str, float], reason: str = "") -> Effect:
    amounts = {part: a_measure(value) for part, value in lost.items()}
    after = a_measure(changed, reason)
    return Effect(READINGS["twitch_force"], a_measure(reference), a_measure(reference), after, amounts, amounts)


def test_a_slight_change_is_not_shared_out() -> None:
    slight = an_effect(100.0, 104.0, {"RyR1": 40.0, "thin filament": -36.0})
    assert slight.slight
    assert math.isnan(slight.share(slight.lost["RyR1"]).value)
    assert "less than 5 %" in slight.share(slight.lost["RyR1"]).reason
    plain = an_effect(100.0, 110.0, {"RyR1": 12.0, "thin filament": -3.0})
    assert [share.value for share in plain.shares()["RyR1"]] == pytest.approx([120.0, 120.0])
    assert [share.value for share in plain.shares()["interaction"]] == pytest.approx([-10.0, 10.0])


def test_an_undefined_measure_keeps_its_reason() -> None:
    undefined = an_effect(100.0, math.nan, {"RyR1": 12.0}, "force did not fall to half")
    assert undefined.undivided == "force did not fall to half"
    assert undefined.as_dict()["total"] == {"value": None, "unit": "kN/m²", "reason": "force did not fall to half"}
    assert main_effects([undefined]) == []


# ------------------------------------------------------------------ shown
def test_table_and_json_tell_the_same_numbers(low: Attribution) -> None:
    told = low.as_dict()
    json.dumps(told, allow_nan=False)
    assert told["changed"] == {"Mg": {"from": 0.9, "to": 0.4, "unit": "mM"}}
    effects = told["effects"]
    lines = low.table().splitlines()
    for part in low.parts:
        (line,) = [line for line in lines if line.startswith(f"{part.name}  ")]
        shares = [
            f"{effects[name][how][part.name]['percent']:.0f}" for name in QUICK for how in ("lost", "alone")
        ]
        assert line.removeprefix(part.name).replace(" /", "").split() == ["0" if s == "-0" else s for s in shares]
    (line,) = [line for line in lines if line.startswith("changed")]
    assert line.split()[1:] == [f"{effects[name]['changed']['value']:.3g}" for name in QUICK]


def test_amounts_are_in_the_unit_of_the_measure(low: Attribution) -> None:
    (line,) = [line for line in low.table(amounts=True).splitlines() if line.startswith("RyR1 ")]
    assert float(line.split()[1]) == pytest.approx(low["contraction_duration"].lost["RyR1"].value, abs=0.1)


def test_the_sentence_names_the_part_without_which_most_is_lost(low: Attribution) -> None:
    effect = low["contraction_duration"]
    leader = max(effect.lost, key=lambda part: effect.lost[part].value)
    said = what_does_it(low)
    assert said.startswith("Free Mg²⁺ falls from 0.9 to 0.4 mM: the twitch lasts ")
    assert f"{leader} does most: {effect.share(effect.lost[leader]).value:.0f} %" in said


def test_the_picture_has_a_panel_for_each_measure_and_two_bars_for_each_part(low: Attribution) -> None:
    panels = low.plot()
    assert panels.shape == (1, 3)
    for panel in panels.flat:
        assert len(panel.patches) == 2 * (len(low.parts) + 1)
    widths = [bar.get_width() for bar in panels[0, 0].patches[:2]]
    assert widths == pytest.approx([share.value for share in low["contraction_duration"].shares()["RyR1"]])
    assert what_does_it(low) in " ".join(panels[0, 0].figure.get_suptitle().split())


def test_nothing_to_share_out_is_nothing_to_draw(low: Attribution) -> None:
    slight = replace(low, effects=(an_effect(100.0, 101.0, {"RyR1": 1.0}),))
    assert what_does_it(slight).endswith("none of what was measured changes by 5 % or more.")
    with pytest.raises(InputError, match="nothing to draw"):
        slight.plot()


# ------------------------------------------------------------------ errors
@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: mgsim.explain(EDL()), "one amount that changes"),
        (lambda: mgsim.explain(EDL(), Mg="0.2 mM", ATP="4 mM"), "one amount that changes"),
        (lambda: mgsim.explain(EDL(), Mgg="0.2 mM"), "did you mean Mg"),
        (lambda: mgsim.explain(EDL(), Mg="0.9 mM"), "0.9 mM already"),
        (lambda: mgsim.explain(EDL(), Mg="900 µM"), "0.9 mM already"),
        (lambda: mgsim.explain(EDL(), Mg="0.2 ms"), "ms"),
        (lambda: mgsim.explain(EDL(), k_CP="0.1 /µM/ms"), "a parameter of Parvalbumin"),
        (lambda: mgsim.explain(EDL(), temperature="30 °C"), "a parameter of the whole fibre"),
        (lambda: mgsim.explain(EDL(), creatine="30 mM"), "a total that no mechanism sees"),
        (lambda: mgsim.explain(EDL(), Ca="1 µM"), "is a state"),
        (lambda: mgsim.explain(EDL(), ATP="4 mM", acute=True), "leave out acute"),
        (lambda: mgsim.explain(EDL(), Mg="0.2 mM", read=["twitch_fors"]), "did you mean twitch_force"),
        (lambda: mgsim.explain(EDL(), Mg="0.2 mM", jobs=0), "jobs = 0"),
        (lambda: mgsim.explain(EDL().acute(Mg="0.4 mM"), Mg="0.2 mM"), "has to be a resting one"),
        (lambda: mgsim.explain("mouse_edl", Mg="0.2 mM"), "model has to be a Model"),
        (lambda: mgsim.plot.mechanisms(EDL()), "what is drawn has to be"),
    ],
)
def test_what_cannot_be_explained_is_said_in_one_line(ask, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        ask()
    assert "\n" not in str(caught.value)
