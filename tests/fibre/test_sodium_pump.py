"""Pumps that excitation and catecholamines stimulate, and a stimulus that is conducted less by a depolarised fibre."""

from __future__ import annotations

import pytest

import mgsim
from mgsim.evidence.experiments.potassium import SALBUTAMOL, bathed
from mgsim.evidence.experiments.recording import record
from mgsim.protocol import rest, train, twitch

SOLEUS = mgsim.fibre.mouse_soleus()
STATES = [f"SodiumPump.stimulated[{wall}]" for wall in ("sarcolemma", "tubule")]


def rate(stimulated: float, Na: float) -> float:
    """Return the rate of a pump at this Na+ inside (mM) over that of an unstimulated one."""
    usual, raised = ((1.0 + SOLEUS.value(f"SodiumPump.{K}") / Na) ** -3 for K in ("K_Na", "K_Na_s"))
    return 1.0 + stimulated * (raised / usual - 1.0)


def test_at_rest_no_pump_is_stimulated():
    result = record(SOLEUS, rest(1.0))
    assert all(0.0 < result[s][0] < 1e-4 for s in STATES)


@pytest.mark.parametrize(("pulses", "measured"), [(60, 1.22), (600, 1.86)])
def test_action_potentials_raise_uptake_as_in_rat_soleus(pulses, measured):
    # Buchanan 2002: uptake of Rb+ in the 10 s after a train at 60 Hz, Na+ inside as at rest.
    result = record(SOLEUS.at("30 °C"), train(60.0, pulses / 60.0, after="10 s"), "20 ms")
    after = result.time > pulses / 60.0
    for state in STATES:
        assert rate(float(result[state][after].mean()), 10.0) == pytest.approx(measured, abs=0.1)


def test_a_stimulated_pump_rests_at_a_third_less_sodium_and_works_no_faster():
    # Nielsen and Clausen 1997: Na+ inside falls to 30 % below that at rest, and stays.
    usual, salbutamol = (
        record(m, rest(1.0)) for m in (SOLEUS, SOLEUS.with_({"SodiumPump.k_beta": SALBUTAMOL}))
    )
    assert salbutamol["Na_cell"][0] / usual["Na_cell"][0] == pytest.approx(0.7, abs=0.08)
    spent = [sum(r[f"J_ATP_NaK[{wall}]"][0] for wall in ("sarcolemma", "tubule")) for r in (salbutamol, usual)]
    assert spent[0] == pytest.approx(spent[1], rel=0.05)


def test_a_fibre_depolarised_for_long_is_not_excited_any_more():
    fresh = record(SOLEUS, twitch(duration="20 ms"))["V_tubule"].max()
    soaked = SOLEUS.with_({k: v for k, v in bathed(SOLEUS, 15.0).sudden.items() if k.startswith("Milieu")})
    shocked = record(soaked, twitch(duration="20 ms"))["V_tubule"].max()
    assert shocked < -20.0 < 20.0 < fresh
