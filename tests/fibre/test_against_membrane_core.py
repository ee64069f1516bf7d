"""The membrane of the whole fibre against a second implementation of it, written from the description alone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

import mgsim
from mgsim.resting_state import Resolved, resolve
from mgsim.starting_state import initial_state
from tests.identities.cases import CASES, states_at
from tests.referee.membrane_core import NAMES, PRESETS, Membrane, calibrate, rest, run

TABLE = CASES["membrane"]
GATES = {**dict.fromkeys("mhs", "SodiumChannel"), **dict.fromkeys("nk", "DelayedRectifier")}
WALLS = {"s": "sarcolemma", "t": "tubule"}
WATERS = {"i": "cell", "t": "lumen", "e": "interstitium"}
STATES = {f"{g}_{w}": (f"{mechanism}.{g}[{at}]", 1.0) for g, mechanism in GATES.items() for w, at in WALLS.items()}
STATES |= {f"{ion}_{w}": (f"{ion}_{at}", 1e3) for ion in ("Na", "K", "Cl") for w, at in WATERS.items()}
PRESET = {"mouse_edl": "edl", "mouse_soleus": "soleus-like"}
each_membrane = pytest.mark.parametrize("fibre", PRESET)


@lru_cache
def calibrated(fibre: str) -> Membrane:
    return calibrate(PRESETS[PRESET[fibre]])


def referee(fibre: str, celsius: float, MgATP: float) -> tuple[Membrane, np.ndarray]:
    """Make the other membrane at a temperature, and solve its rest with the charges of its 25 °C calibration."""
    cold = calibrated(fibre)
    membrane = replace(cold, celsius=celsius, MgATP=MgATP)
    return membrane, rest(membrane, Q_of=cold)[0]


def voltages(start: Resolved, rows: np.ndarray) -> np.ndarray:
    names = [q.name for q in start.program.system.outputs]
    return start.program.outputs(rows, start.c)[:, [names.index("V_sarcolemma"), names.index("V_tubule")]]


def with_their_state(start: Resolved, theirs: np.ndarray) -> Resolved:
    """Put the other membrane's state into the fibre, charges from its potentials."""
    y, index = start.rest.copy(), start.program.system.index
    for short, (name, factor) in STATES.items():
        y[index[name]] = theirs[NAMES.index(short)] * factor
    for k, charge in enumerate(("q_sarcolemma", "q_tubule")):
        rows = np.vstack([y, y])
        rows[1, index[charge]] += 1.0
        here, there = voltages(start, rows)[:, k]
        y[index[charge]] += (theirs[k] - here) / (there - here)
    return replace(start, rest=y)


@each_membrane
def test_the_numbers_that_close_the_rest_are_those_of_the_calibration(fibre):
    theirs, model = calibrated(fibre), getattr(mgsim.fibre, fibre)()
    assert model.value("I_pmax") == pytest.approx(theirs.I_pmax, rel=1e-5)
    assert model.value("P_Nal") == pytest.approx(theirs.P_Nal, rel=1e-5)
    for path, value in {
        "r": theirs.r_cm * 1e4, "f_i": theirs.f_i, "f_e": theirs.f_e, "rho_t": theirs.rho_t, "zeta": theirs.zeta,
        "sig": theirs.sig, "R_m": theirs.R_m * 1e3, "P_Na": theirs.P_Na, "Vh": theirs.Vh, "V_s": theirs.V_slow,
        "P_Kdr": theirs.P_Kdr, "P_Kir": theirs.P_Kir, "P_Kb": theirs.P_Kb, "P_Cl": theirs.P_Cl,
        "SodiumChannel.eta": theirs.eta[0], "DelayedRectifier.eta": theirs.eta[1], "InwardRectifier.eta": theirs.eta[2],
        "ChlorideChannel.eta": theirs.eta[3], "K_Na": theirs.K_Na, "dens": theirs.dens, "Ca_o": theirs.Ca_o,
        "Mg_o": theirs.Mg_o, "Na_b": theirs.blood[0], "K_b": theirs.blood[1], "Cl_b": theirs.blood[2],
    }.items():  # fmt: skip
        assert model.value(path) == pytest.approx(value, rel=1e-12), path


@pytest.mark.parametrize("celsius", [16.0, 25.0, 37.0])
@each_membrane
def test_from_one_state_both_go_the_same_way(fibre, celsius):
    # Without calcium across the membrane there is nothing that the other implementation leaves out.
    start = initial_state(getattr(mgsim.fibre, fibre)().at(celsius).skinned())
    MgATP = start.rest[start.program.system.index["MgATP_bulk"]] / 1e3
    membrane, theirs = referee(fibre, celsius, MgATP)
    start = with_their_state(start, theirs)
    times, states = run(membrane, theirs, [1.0], 12.0, rtol=1e-8)
    rows = states_at(start, mgsim.twitch(onset="1 ms", duration="12 ms"), times, 1e-8)
    assert np.ptp(states[0]) > 100.0  # there was an action potential
    assert np.abs(voltages(start, rows).T - states[:2]).max() < TABLE["mV"]
    index = start.program.system.index
    for short, (name, factor) in STATES.items():
        other = states[NAMES.index(short)]
        away = np.abs(rows[:, index[name]] / factor - other).max() / np.abs(other).max()
        assert away < TABLE["relative"], name


@pytest.mark.parametrize("celsius", [16.0, 25.0, 37.0])
@each_membrane
def test_from_their_own_rests_they_nearly_agree(fibre, celsius):
    start = resolve(getattr(mgsim.fibre, fibre)().at(celsius))
    index = start.program.system.index
    membrane, theirs = referee(fibre, celsius, start.rest[index["MgATP_bulk"]] / 1e3)
    known = TABLE["with_calcium_entry"][fibre]
    at = TABLE["temperatures"].index(celsius)
    assert np.abs(voltages(start, start.rest[None])[0] - theirs[:2]).max() < known["rest_mV"][at]
    for short, (name, factor) in STATES.items():
        if factor == 1.0:
            continue
        away = abs(start.rest[index[name]] / factor - theirs[NAMES.index(short)])
        assert away < known["ion_mM"][at], name
    times, states = run(membrane, theirs, [1.0], 6.0, rtol=1e-7)
    peaks = voltages(start, states_at(start, mgsim.twitch(onset="1 ms", duration="6 ms"), times, 1e-7)).max(axis=0)
    assert np.abs(peaks - states[:2].max(axis=1)).max() < known["peak_mV"][at]
