"""Rest is rest: from the resting state nothing moves, whatever the path that led to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mgsim.engine.integrate import Segment, integrate
from mgsim.language.declaration import parameter, rate, state
from mgsim.language.errors import InputError
from mgsim.language.mechanism import Mechanism, Placed
from mgsim.language.model import Model
from mgsim.resting_state import NoRest, Resolved, resolve
from tests.identities.cases import CASES, MS, each_fibre, fibre_of

TABLE = CASES["rest"]
each_temperature = pytest.mark.parametrize("temperature", TABLE["temperatures"])
each_Mg = pytest.mark.parametrize("Mg", TABLE["Mg"])


def drift(start: Resolved, seconds: float, h_max: float) -> np.ndarray:
    """Give the largest change of each state per second, as a share of its scale, left alone for some time."""
    u = np.zeros(len(start.program.system.inputs))
    end = seconds * MS
    ran = integrate(
        start.program.kernels,
        start.rest,
        [Segment(0.0, end, u)],
        np.linspace(0.0, end, 601),
        start.c,
        start.scales,
        1e-9,
        h_max=h_max,
    )
    assert ran.status == "done"
    return np.abs(ran.Y - start.rest).max(axis=0) / start.scales / seconds


def rate_at_rest(start: Resolved) -> np.ndarray:
    """Give the rate of change of each state at rest per second, as a share of its scale."""
    u = np.zeros(len(start.program.system.inputs))
    return np.abs(start.program.rates(start.rest, u, start.c)) / start.scales * MS


@each_Mg
@each_temperature
@each_fibre
def test_rest_stays_where_it_is(fibre, temperature, Mg):
    model = fibre_of(fibre).with_(Mg=Mg).at(temperature)
    if [fibre, temperature, Mg] in TABLE["without"]:
        with pytest.raises(NoRest, match="cost more ATP there than the fibre can make"):
            resolve(model)
        return
    start = resolve(model)
    names = [q.name for q in start.program.system.states]
    moving = dict(zip(names, rate_at_rest(start), strict=True))
    assert {n: r for n, r in moving.items() if r >= TABLE["drift_per_s"]} == {}
    # One step of 600 s would hide a slow drift; steps of at most a second do not.
    assert drift(start, TABLE["seconds"], 1000.0).max() < TABLE["drift_per_s"]


@each_fibre
def test_a_state_that_is_no_rest_is_seen_to_drift(fibre):
    start = resolve(fibre_of(fibre))
    moved = start.rest.copy()
    moved[start.program.system.index["Mg_bulk"]] *= 1.0 + 1e-6
    assert drift(replace(start, rest=moved), 1.0, 1000.0).max() > TABLE["drift_per_s"]


@each_fibre
def test_rest_does_not_depend_on_the_path(fibre):
    model = fibre_of(fibre)
    there = resolve(model.with_(Mg="0.3 mM").at("20 °C"))
    # Found from the other side: the search begins at the rest of another magnesium and temperature.
    far = resolve(model.with_(Mg="1.8 mM").at("32 °C"))
    names = [q.name for q in far.program.system.states]
    elsewhere = replace(model, name="elsewhere", guess=dict(zip(names, far.rest, strict=True)))
    back = resolve(elsewhere.with_(Mg="0.3 mM").at("20 °C"))
    np.testing.assert_allclose(back.rest, there.rest, rtol=1e-9, atol=1e-9 * float(there.scales.min()))


@pytest.mark.parametrize("seed", range(5))
@each_fibre
def test_rest_does_not_depend_on_where_the_search_begins(fibre, seed):
    model = fibre_of(fibre)
    chance = np.random.default_rng(seed)
    guess = {n: v * float(np.exp(chance.normal(0.0, 0.1))) for n, v in model.guess.items()}
    one, other = resolve(model), resolve(replace(model, name=f"begun elsewhere {seed}", guess=guess))
    assert other.rest is not one.rest
    np.testing.assert_allclose(other.rest, one.rest, rtol=1e-9, atol=1e-12)


@each_fibre
def test_with_the_present_value_changes_nothing(fibre):
    model = fibre_of(fibre)
    one, other = resolve(model), resolve(model.with_(Mg=model.value("Mg"), temperature="25 °C"))
    np.testing.assert_allclose(other.rest, one.rest, rtol=1e-10)


@each_fibre
def test_a_fibre_without_a_rest_says_so_in_one_line(fibre):
    model = fibre_of(fibre).with_(V_PM=0.0, V_NX=0.0)  # calcium comes in and nothing takes it out
    with pytest.raises(NoRest) as caught:
        resolve(model)
    message = str(caught.value)
    assert isinstance(caught.value, InputError)
    assert model.name in message and "rest" in message
    assert "\n" not in message


class Switch(Mechanism):
    """A state that rests at zero and at one of its sides, of which zero does not hold."""

    k = parameter(1.0, "ms⁻¹", "speed", source="Textbook", evidence="D")
    lean = parameter(0.0, "1", "push to one side", source="Textbook", evidence="D")
    x = state("1", "the switch", initial=1e-3)
    dx = rate(x, k * (x - x**3 + lean))


def test_a_rest_that_does_not_hold_is_refused():
    switch = Model("switch", "bistable", (Placed(Switch),), (), (), guess={})
    with pytest.raises(NoRest, match="not stable .*e-fold in 0.001 s"):
        resolve(switch)
    one = resolve(replace(switch, name="thrown", guess={"Switch.x": 0.9}))
    assert one.rest[0] == pytest.approx(1.0, rel=1e-12)
    assert one.slowest == pytest.approx(0.5e-3, rel=1e-9)


# Without its channel chloride stays where it is; with a trace of it, it finds its equilibrium in the end.
UNDECIDED = {"P_Cl": ("Cl_cell",)}


@pytest.mark.parametrize("conductance", ["P_Cl", "P_Kdr", "P_Nal", "P_m", "V_SO", "PV_tot", "X_tot", "f"])
@pytest.mark.parametrize("fibre", ["mouse_edl", "mouse_soleus"])
def test_what_is_taken_away_leaves_a_rest(fibre, conductance):
    model = fibre_of(fibre)
    if conductance == "PV_tot" and "Parvalbumin.PV_tot" not in model.declared:
        pytest.skip("a fibre without parvalbumin")
    start = resolve(model.with_({conductance: 0.0}))
    assert rate_at_rest(start).max() < TABLE["drift_per_s"]
    # Nearly nothing is nearly the same as nothing, where nothing is left undecided.
    near = resolve(model.with_({conductance: 1e-9 * model.value(conductance)}))
    away = np.abs(near.rest - start.rest) / (start.scales + np.abs(start.rest))
    moved = [q.name for q, a in zip(start.program.system.states, away, strict=True) if a > 1e-3]
    assert set(moved) <= set(UNDECIDED.get(conductance, ()))


@pytest.mark.parametrize(
    ("change", "place"),
    [({"f_J": 1.0}, "bulk"), ({"f_J": 2.0}, "bulk"), ({"v_TC": 0.0}, "terminal"), ({"f_J": 0.0}, "junction")],
)
@each_fibre
def test_a_place_without_volume_is_refused(fibre, change, place, recwarn):
    with pytest.raises(InputError, match=f"the volume of the {place} is .* more than zero"):
        resolve(fibre_of(fibre).with_(change))
    assert not recwarn.list
