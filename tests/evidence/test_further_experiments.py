"""Dye, store, halothane, potassium, exercise and deficiency: identities and signs that hold whatever the numbers."""

import numpy as np
import pytest

from mgsim.evidence.experiments import (
    deficiency,
    excitation_failure,
    exercise,
    fura,
    motor_unit,
    potassium,
    ryanodine_receptor,
    saturated,
    spontaneous,
    store,
    uptake,
)
from mgsim.evidence.experiments.recording import NoValue
from mgsim.fibre import human_triceps_surae, mouse_edl, mouse_soleus

EDL, SOLEUS, CALF = mouse_edl(), mouse_soleus(), human_triceps_surae()


# ------------------------------------------------------------------------------------------------ the dye
def test_fura_in_steady_calcium_is_at_equilibrium():
    time = np.linspace(0.0, 50.0, 51)
    share = fura.occupied(time, np.full(51, 0.2), 16.0)
    assert share == pytest.approx(0.2 / (0.2 + fura.K_OFF / fura.K_ON))


def test_fura_lets_go_with_its_own_rate():
    time = np.linspace(0.0, 60.0, 601)
    calcium = np.where(time < 1e-9, 5.0, 0.0)
    share = fura.occupied(time, calcium, 16.0)
    assert np.log(share[100] / share[600]) / 50.0 == pytest.approx(fura.K_OFF)
    warm = fura.occupied(time, calcium, 26.0)
    assert np.log(warm[100] / warm[600]) / 50.0 == pytest.approx(fura.K_OFF * fura.Q10)


def test_force_lags_further_behind_fura_in_slow_fibres():
    assert fura.relaxation_over_decay(SOLEUS) > fura.relaxation_over_decay(EDL) > 0.0


# -------------------------------------------------------------------------------------------- by themselves
@pytest.mark.parametrize(
    ("force", "peaks"),
    [
        ([0.0, 0.01, 0.0], 0),
        ([0.0, 0.5, 0.49, 0.5], 1),
        ([0.0, 0.5, 0.1, 0.4, 0.0], 2),
        ([0.5, 0.4, 0.0, 0.3, 0.28, 0.6, 0.1, 0.7], 2),
    ],
)
def test_contractions_are_counted(force, peaks):
    assert spontaneous.count(np.array(force)) == peaks


def test_no_contraction_at_normal_magnesium():
    assert spontaneous.strongest(EDL, 1.0, 5.0) < 0.1
    assert spontaneous.contractions(EDL, 1.0, 5.0) == 0.0
    with pytest.raises(NoValue, match="does not contract at 1 mM"):
        spontaneous.left_of_contraction(EDL, 1.0, 5.0)
    assert spontaneous.strongest(EDL, 0.02, 5.0) > spontaneous.strongest(EDL, 0.2, 5.0)


def test_susceptible_fibres_answer_to_halothane_at_more_magnesium():
    low, high = (spontaneous.threshold_in_halothane(EDL, normal) for normal in (0.3, 0.5))
    assert low > 0.3 and high > 0.5 and high > low


# ------------------------------------------------------------------------------------------------- the store
def test_same_bath_loads_the_same_and_ADP_never_loads_more():
    assert store.loading_against(EDL, 0.01, 2.0) == 1.0
    assert store.loading_against(EDL, 1.04, 60.0) < 1.0
    assert store.loaded_with_ADP(EDL, 0.01, 2.0) > store.loaded_with_ADP(EDL, 0.01, 0.5) > 0.0


def test_leak_costs_a_share_and_a_tetanus_empties_a_part():
    assert 0.0 < store.share_of_leak(CALF) < 1.0
    more = CALF.with_({"Release.epsilon": 1.2 * CALF.value("Release.epsilon")})
    assert store.share_of_leak(more) > store.share_of_leak(CALF)
    assert 0.0 < store.released_by_tetanus(EDL, length=0.1) < 1.0
    assert store.content(EDL) > 0.0


def test_half_inhibition_is_that_of_the_two_sites():
    K = {name: EDL.value(f"Release.{name}") for name in ("phi", "K_AMg", "K_IMg", "K_ICa")}
    half = 1000.0 * ryanodine_receptor.half_inhibition(EDL)
    from mgsim.resting_state import resolve

    found = resolve(EDL)
    Ca = found.rest[found.program.system.index["Ca_junction"]]
    empty = 1.0 + Ca / K["K_ICa"]
    product = (1.0 + half / (K["phi"] * K["K_AMg"])) * (empty + half / K["K_IMg"])
    assert product == pytest.approx(2.0 * empty, rel=2e-3)


# --------------------------------------------------------------------------------------- potassium and sodium
def test_the_usual_bath_changes_nothing():
    assert potassium.force_left(EDL, 4.0, soaking=1.0) == 1.0
    assert potassium.calcium_left(EDL, 4.0, soaking=1.0) == 1.0
    assert potassium.depolarisation_by_pump_loss(SOLEUS, lost=0.0) == 0.0


def test_potassium_takes_the_place_of_sodium():
    bath = potassium.bathed(EDL, 11.0, salbutamol=True).sudden
    assert bath["Milieu.K_b"] + bath["Milieu.Na_b"] == EDL.value("Milieu.K_b") + EDL.value("Milieu.Na_b")
    assert bath["SodiumPump.k_beta"] > 0.0 == EDL.value("SodiumPump.k_beta")
    few, many = (potassium.force_left(EDL, K, soaking=120.0) for K in (9.0, 13.0))
    assert many < few < 1.0


def test_fewer_pumps_depolarise_and_stimulation_drives_them():
    assert potassium.depolarisation_by_pump_loss(SOLEUS, lost=0.5) > potassium.depolarisation_by_pump_loss(SOLEUS)
    assert potassium.pump_reserve(SOLEUS, length=2.0) > 1.0


def test_work_takes_potassium_out_of_the_cell():
    short = exercise.exhausted(CALF, 10.0, 1)
    assert short["K_cell"][-1] < short["K_cell"][0] and short["Na_cell"][-1] > short["Na_cell"][0]
    assert short["K_interstitium"].max() > short["K_interstitium"][0]
    two = exercise.exhausted(CALF, 5.0, 2, 5.0)
    assert two.protocol.onsets[-1] == pytest.approx(14.6, abs=0.05)
    assert len(two.protocol.onsets) == len(short.protocol.onsets)


def test_pulses_of_the_same_length_regain_nothing_beyond_the_next_tetanus():
    first, last, same = excitation_failure.forces(EDL, 1, 2)
    assert same == pytest.approx(last, rel=0.05)
    assert excitation_failure.forces(EDL, 10, 2)[:2] == pytest.approx((first, last), rel=1e-3)


def test_fatigue_index_is_a_share():
    assert 0.0 < motor_unit.fatigue_index(SOLEUS) <= 1.05


# ------------------------------------------------------------------------------------------------- deficiency
def test_less_magnesium_is_less_of_all_of_it():
    low = deficiency.with_less(CALF, 0.25)
    assert deficiency.total_magnesium(low) == pytest.approx(0.75 * deficiency.total_magnesium(CALF), rel=1e-3)
    assert low.value("Mg") < 0.75 * CALF.value("Mg")  # what is free falls more than what is bound
    with pytest.raises(NoValue, match="99%"):
        deficiency.with_less(CALF, 0.99)


def test_greatest_force_against_itself_is_one():
    assert saturated.force_against(EDL, "1 mM", "1 mM") == 1.0
    assert saturated.specific_force_against(SOLEUS, "mouse_soleus") == 1.0


# ---------------------------------------------------------------------------------------------- the pump alone
def test_with_the_channel_shut_nothing_leaks_out_again_at_low_magnesium():
    assert uptake.loaded(EDL, 0.05, blocked=True) > 2.0 * uptake.loaded(EDL, 0.05)
    assert uptake.loaded(EDL, 10.0, blocked=True) == pytest.approx(uptake.loaded(EDL, 10.0), rel=0.15)
    assert uptake.best_magnesium(EDL, blocked=True) < uptake.best_magnesium(EDL)
