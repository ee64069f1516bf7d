"""Limits that can be written down: binding by hand, equilibria by a quadratic, a pump that stands still."""

from __future__ import annotations

import numpy as np
import pytest

import mgsim
from mgsim.engine.compiled import Compiled
from mgsim.engine.integrate import Segment, integrate
from mgsim.evidence.experiments.bath import skinned
from mgsim.language.assembly import assemble
from mgsim.language.declaration import parameter, reaction, shared
from mgsim.language.mechanism import Mechanism, Placed
from mgsim.language.system import Structure
from mgsim.resting_state import resolve
from tests.engine.evaluate import evaluate
from tests.identities.cases import each_fibre, fibre_of


class Binding(Mechanism):
    """One ligand, one site."""

    on = parameter(0.1, "µM⁻¹ ms⁻¹", "binding", source="Textbook", evidence="D")
    off = parameter(0.3, "ms⁻¹", "unbinding", source="Textbook", evidence="D")
    A = shared("µM", "ligand")
    B = shared("µM", "site")
    AB = shared("µM", "complex")
    bind = reaction("A + B ⇌ AB", on * A * B - off * AB)


def test_a_ligand_binds_as_its_formula_says():
    program = Compiled(assemble(Structure((Placed(Binding),), ())), "python")
    c = program.constants(np.array([298.15, 0.1, 0.3]))
    index = program.system.index
    y = np.zeros(3)
    y[index["A"]], y[index["B"]] = 5.0, 2.0
    times = np.linspace(0.0, 8.0, 41)
    ran = integrate(program.kernels, y, [Segment(0.0, 8.0, np.zeros(0))], times, c, np.ones(3), 1e-11)
    # x' = on (x - high)(x - low), of which low is the equilibrium.
    middle = 0.5 * (5.0 + 2.0 + 0.3 / 0.1)
    spread = np.sqrt(middle**2 - 5.0 * 2.0)
    high, low = middle + spread, middle - spread
    e = np.exp(-0.1 * (high - low) * times)
    np.testing.assert_allclose(ran.Y[:, index["AB"]], high * low * (1 - e) / (high - low * e), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("Mg", [50.0, 900.0, 5000.0])
def test_resting_buffers_are_in_equilibrium_with_free_magnesium(Mg):
    model = mgsim.fibre.calcium_core().with_(Mg=Mg / 1000.0)
    start = resolve(model)
    y = {q.name: v for q, v in zip(start.program.system.states, start.rest, strict=True)}
    mg = y["Mg_bulk"]
    K_MgATP = model.value("k_minus_MA") / model.value("k_MA")
    assert y["MgATP_bulk"] == pytest.approx(mg * y["ATP_bulk"] / K_MgATP, rel=2e-4)  # heads use and remake a little
    assert y["MagnesiumSites.MgX"] == pytest.approx(model.value("X_tot") / (1.0 + model.value("K_X") / mg), rel=1e-9)
    calcium = y["Ca_bulk"] * model.value("k_CT") / model.value("k_minus_CT") * factor(model)
    magnesium = mg / model.value("K_MT")
    share = y["TroponinC.CaT"] / model.value("T_tot")
    assert share == pytest.approx(calcium / (1.0 + calcium + magnesium), rel=1e-9)


def factor(model: mgsim.Model) -> float:
    """How temperature changes calcium's affinity for troponin: the ratio of two Q10 from 16 °C on."""
    on, off = (model.declared[model.find(k)] for k in ("k_CT", "k_minus_CT"))
    return float((on.q10 / off.q10) ** ((model.value("T") - 289.15) / 10.0))


@pytest.mark.parametrize("Ca", [0.1, 0.5, 1.0, 2.0, 30.0])
def test_activation_at_fixed_calcium_is_the_root_of_its_cubic(Ca):
    model = mgsim.fibre.calcium_core().clamp(Ca=Ca, Mg=1000.0)
    start = resolve(model)
    index = start.program.system.index
    a = start.rest[index["ThinFilament.a"]]
    y = start.rest[index["TroponinC.CaT"]] / model.value("T_tot")
    calcium = Ca * model.value("k_CT") / model.value("k_minus_CT") * factor(model)
    assert y == pytest.approx(calcium / (1.0 + calcium + 1000.0 / model.value("K_MT")), rel=1e-9)
    on = model.value("k_on") * y ** int(model.value("n_T"))
    assert on * (1.0 + model.value("c") * a) ** 2 * (1.0 - a) == pytest.approx(model.value("k_off") * a, rel=1e-9)


@pytest.mark.parametrize("Ca", [0.2, 1.0, 3.0, 30.0])
def test_the_filament_of_a_fast_fibre_at_fixed_calcium(Ca):
    model = mgsim.fibre.mouse_edl()
    hours = mgsim.simulate(skinned(model, {"Ca": Ca, "Mg": 1000.0}), mgsim.rest("20 hour"), every="1 hour", rtol=1e-8)
    y = {name: float(hours[name][-1]) for name in hours}
    value = model.value
    warm = (value("T") - 289.15) / 10.0
    first = Ca * value("FastTroponinC.k_1") / value("FastTroponinC.k_minus_1")
    second = Ca * value("FastTroponinC.k_2") / value("FastTroponinC.k_minus_2") * (1.5 / 2.5) ** warm
    full = first * second / (1.0 + first + first * second)
    assert y["FastTroponinC.Ca2T"] / value("FastTroponinC.T_tot") == pytest.approx(full, rel=1e-6)
    calmodulin = value("k_CaM") * (Ca / (Ca + value("K_CaM"))) ** 2
    kinase = calmodulin / (calmodulin + value("k_idle"))
    off = value("k_pho") * 2.6 ** ((value("T") - 293.15) / 10.0)
    phosphate = value("k_kin") * kinase / (value("k_kin") * kinase + off)
    assert y["LightChain.L"] == pytest.approx(phosphate, rel=1e-6)
    a, bound, rigor = (y[n] for n in ("ThinFilament.a", "CrossBridge.S", "CrossBridge.R"))
    on = value("k_on") * (1.0 + value("gain") * phosphate) / (1.0 + 1000.0 / value("K_Mg")) * full
    on *= (1.0 + value("c") * a + value("c_b") * bound / value("heads")) ** 2
    on += value("k_rigor") * rigor / value("heads")
    assert on * (1.0 - a) == pytest.approx(value("ThinFilament.k_off") * a, rel=1e-6)


@each_fibre
def test_the_calcium_pump_stands_still_at_its_equilibrium(fibre):
    start = resolve(fibre_of(fibre))
    system = start.program.system
    chance = np.random.default_rng(4)
    names = [q.name for q in system.outputs]
    wanted = [system.output_laws[names.index(n)] for n in ("J_up", "K_hydrolysis", "ADP_total_bulk", "Pi_total_bulk")]
    parameters = dict(zip(start.program.program.parameters, start.parameters, strict=True))
    for _ in range(20):
        y = start.rest * np.exp(chance.normal(0.0, 0.8, len(start.rest)))
        given = parameters | {q.symbol: y[i] for i, q in enumerate(system.states)}
        flux, K, ADP, Pi = evaluate(wanted, given)
        ratio = np.sqrt(K * y[system.index["MgATP_bulk"]] / (ADP * Pi))
        lumen = system.states[system.index["CaSR_longitudinal"]].symbol
        given[lumen] = ratio * y[system.index["Ca_bulk"]]
        still = evaluate(wanted[:1], given)[0]
        given[lumen] *= 1.01
        back = evaluate(wanted[:1], given)[0]
        assert back < 0.0
        assert abs(still) < 1e-9 * abs(back) * 100.0
