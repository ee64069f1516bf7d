"""A fibre that shortens: what must hold whatever its parameters are."""

import numpy as np
import pytest
from scipy.optimize import brentq

import mgsim
from mgsim.fibre.motion import FixedLength, HeadStrain, ImposedLength
from mgsim.mechanics import fit_hill, force_velocity, length_tension, shortening_speed, tension, work

TETANUS = mgsim.train("100 Hz", "0.3 s", after="20 ms")
SATURATED = {"Ca": "100 µM", "Mg": "1 mM"}


@pytest.fixture(scope="module")
def edl():
    return mgsim.fibre.mouse_edl()


@pytest.fixture(scope="module")
def isometric(edl):
    return mgsim.simulate(edl, TETANUS)


def test_a_motor_that_does_not_move_changes_nothing(edl, isometric):
    still = edl.without(FixedLength).plus(HeadStrain, ImposedLength)
    result = mgsim.simulate(still, TETANUS)
    np.testing.assert_allclose(result["force"], isometric["force"], rtol=1e-6, atol=1e-6)
    assert np.all(result["strain_S"] == 0.0) and np.all(result["sarcomere_length"] == 2.4)


def test_a_load_too_heavy_to_lift_leaves_it_isometric(edl, isometric):
    result = mgsim.simulate(edl, TETANUS.afterloaded("150%"))
    assert result["force"].max() == pytest.approx(isometric["force"].max(), rel=1e-2)
    assert result["sarcomere_length"].min() > 2.4 * (1.0 - 1e-3)


def test_stiff_grips_leave_a_twitch_as_it_is_and_a_tendon_slows_it(edl):
    plain = mgsim.simulate(edl, mgsim.twitch())
    stiff = mgsim.simulate(mgsim.on_tendon(edl, 1e-6), mgsim.twitch())
    soft = mgsim.simulate(mgsim.on_tendon(edl, "3%"), mgsim.twitch())
    np.testing.assert_allclose(stiff["force"], plain["force"], atol=2e-3 * plain["force"].max())
    assert soft["force"].max() < plain["force"].max()
    assert float(mgsim.measure.time_to_peak(soft)) > float(mgsim.measure.time_to_peak(plain))


def test_force_follows_overlap(edl):
    measured = length_tension(edl, TETANUS, (1.2, 1.5, 2.0, 2.4, 3.0, 3.5, 4.2))
    share = measured.active / measured.active[3]
    # The descending limb is straight, from the end of the plateau (2.51 µm) to no overlap (3.94 µm).
    np.testing.assert_allclose(share[4:6], [(3.94 - 3.0) / 1.43, (3.94 - 3.5) / 1.43], atol=0.01)
    assert share[0] < 0.02 and share[-1] < 0.01 and share[1] < share[2] < 1.0
    assert np.all(np.diff(measured.passive[1:]) >= 0.0) and measured.passive[-1] > 50 * measured.passive[2]


def test_lifted_load_is_the_tension_while_it_shortens(edl):
    result = mgsim.simulate(edl, TETANUS.afterloaded("60 kN/m²", start="0.2 s"))
    lifting = (result.time > 0.205) & (result.time < 0.25)
    speed = -np.gradient(result["sarcomere_length"], result.time)[lifting] / 2.4
    friction = 0.3 * speed  # kN/m²
    np.testing.assert_allclose(tension(result)[lifting], 60.0 + friction, rtol=0.01)


def _steady(fibre, shortening, found):
    """Solve the cross-bridge at a steady speed and the activation of a run, without the engine: force and strains."""
    p = {n: fibre.value(f"CrossBridge.{n}") for n in
         "heads f f_minus k_p k_minus_p g g_minus k_ATP force_max x_0 ease reach rebinding x_f k_tear K_hF".split()}
    a, MgATP, ADP, Pi, acidity = found
    acid = (1 + 1 / p["K_hF"]) / (1 + acidity / p["K_hF"])

    def shares(y):
        back = p["k_minus_p"] * Pi * np.exp(y / p["reach"])
        g = p["g"] * (1 + p["ease"]) / (1 + p["ease"] * np.exp(y / p["reach"]))
        tear = p["k_tear"] * (y / p["x_0"]) ** 2 / (1 + np.exp(-8 * y / p["x_0"]))
        again = p["rebinding"] * y**2 / (y**2 + p["x_f"] ** 2)
        r = g / (p["g_minus"] * ADP + p["k_ATP"] * MgATP)
        cycle = p["k_ATP"] * MgATP * r
        w = (back + cycle + tear) / p["k_p"]
        d = (p["f_minus"] * w + (1 - again) * (cycle + tear)) / (p["f"] * acid * a)
        S = 1 / (1 + r + w + d)
        return S, r * S, w * S, g

    def new(y):
        S, R, W, _ = shares(y)
        back = p["k_minus_p"] * Pi * np.exp(y / p["reach"]) * S
        return 1 - back / (p["k_p"] * W + p["f_minus"] * W)  # what comes to the weak state leaves it again

    def strain_R(y):
        S, R, _, g = shares(y)
        return y - shortening * R / (g * S)

    def balance(y):
        S, R, W, _ = shares(y)
        return -shortening - (p["k_p"] * W * new(y) * y + p["g_minus"] * ADP * R * (y - strain_R(y))) / S

    y = brentq(balance, -60.0, 1.0)
    S, R, _, _ = shares(y)
    return p["force_max"] * (S * (1 + y / p["x_0"]) + R * (1 + strain_R(y) / p["x_0"])), y


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_steady_shortening_is_that_of_the_equations_solved_apart(edl, share):
    """Hill's curve at constant activation: the state of a run, put into the steady equations, gives its load."""
    bath = edl.with_({"Sarcomere.crowding": 0.0}).skinned(**SATURATED)  # full overlap down to 1.67 µm
    start = 2.0
    held = mgsim.simulate(bath, mgsim.rest(start))
    load = share * tension(held)[-1]
    result = mgsim.simulate(bath, mgsim.rest(start + 0.5).afterloaded(f"{load} kN/m²", start=start), every="0.1 ms")
    gone = (2.4 - result["sarcomere_length"]) / 2.4
    k = int(np.argmax(gone > 0.27))
    speed = -np.gradient(result["sarcomere_length"], result.time)[k] / 2.4
    found = [result[n][k] for n in ("activation", "MgATP", "ADP_total_bulk", "Pi_total_bulk", "acidity")]
    force, y = _steady(bath, speed * 1.2, found)
    assert result["strain_S"][k] == pytest.approx(y, abs=0.02)
    assert force * result["overlap"][k] == pytest.approx(result["force"][k], rel=0.02)


def test_speed_falls_with_load_and_work_stays_below_the_energy_of_ATP(edl):
    measured = force_velocity(edl, TETANUS, 0.15, (0.1, 0.3, 0.5, 0.7))
    assert np.all(np.diff(measured.speed) < 0.0) and measured.hill.fastest > measured.speed[0]
    for load in (0.1, 0.3, 0.5):
        lifted = TETANUS.afterloaded(f"{load * measured.isometric} kN/m²", start=0.15)
        result = mgsim.simulate(edl, lifted)
        done = float(work(result, 0.15, 0.3))
        part = (result.time >= 0.15) & (result.time <= 0.3)
        split = np.trapezoid(result["J_ATP_XB"][part], result.time[part]) * 0.95 * edl.value("Geometry.f_i")  # mol/m³
        assert 0.0 < done < 0.5 * 60.0 * split  # kJ/m³; no cross-bridge does better than half of 60 kJ/mol


def test_shortening_costs_and_stretch_saves(edl, isometric):
    fast = mgsim.simulate(edl, TETANUS.moved("-8%", "0.2 s", "20 ms"))
    long = mgsim.simulate(edl, TETANUS.moved("4%", "0.2 s", "80 ms"))
    at = isometric.time.searchsorted(0.215)
    assert fast["J_ATP_XB"][at] > isometric["J_ATP_XB"][at] > long["J_ATP_XB"][at]
    assert fast["force"][at] < isometric["force"][at] < long["force"][at]


def test_hill_curve_is_found_again():
    share = np.array([0.05, 0.1, 0.3, 0.5, 0.7, 0.9])
    found = fit_hill(share, 10.0 * 0.25 * (1.0 - share) / (share + 0.25))
    assert found.fastest == pytest.approx(10.0) and found.curvature == pytest.approx(0.25)
    grid = np.linspace(0.0, 1.0, 2001)
    assert found.power == pytest.approx((grid * found.speed(grid)).max() / 10.0, rel=1e-5)


def test_what_hardly_shortens_has_no_speed(edl):
    result = mgsim.simulate(edl, TETANUS.afterloaded("99%", start="0.2 s"))
    measured = shortening_speed(result, 0.2)
    assert np.isnan(measured.value) and "shortened by" in measured.reason
