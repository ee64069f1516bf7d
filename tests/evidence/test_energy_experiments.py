"""Experiments on energy and fatigue: known answers from made-up recordings, and identities of the model."""

import threading
import time

import numpy as np
import pytest

from mgsim.evidence.experiments import bath, cost, effort, failing, fatigue, phosphate, solution, sudden
from mgsim.evidence.experiments.recording import NoValue, once, record
from mgsim.fibre import calcium_core, mouse_edl
from mgsim.protocol import rest, train
from mgsim.result import Outcome, Result

EDL = mouse_edl()


# ---------------------------------------------------------------------------------------- chemistry of magnesium
def golding(K, dz2, dH, celsius, salt):
    """A constant at a temperature and ionic strength, written anew from the two laws."""
    T = celsius + 273.15
    t = T / 100.0
    A = 3 * (-16.39023 + 261.3371 / T + 3.3689633 * np.log(T) - 1.437167 * t + 0.111995 * t * t)
    warm = -dH * 1000 / 8.314462618 * (1 / T - 1 / 298.15)
    return K * np.exp(warm + dz2 * A * np.sqrt(salt) / (1 + 1.6 * np.sqrt(salt)))


@pytest.mark.parametrize(("celsius", "salt", "pH"), [(37.0, 0.18, 7.0), (20.0, 0.1, 6.2), (10.0, 0.25, 7.6)])
def test_dissociation_of_magnesium_is_that_of_the_constants(celsius, salt, pH):
    h = 10.0**-pH
    a = h / golding(2.512e-8, 8, -6.3, celsius, salt)
    bound = golding(1.514e6, -16, 22.9, celsius, salt) + golding(4.266e3, -12, 16.9, celsius, salt) * a
    found = solution.apparent_dissociation(EDL, "ATP", f"{celsius} °C", pH, salt)
    assert found == pytest.approx(1000.0 * (1 + a) / bound, rel=1e-4)


@pytest.mark.parametrize(("Mg", "pH"), [(0.1, 7.0), (1.0, 6.5)])
def test_ratio_of_creatine_kinase_is_that_of_the_constants(Mg, pH):
    h, m = 10.0**-pH, Mg / 1000.0

    def K(*which):
        return golding(*which, 37.0, 0.18)

    ATP = 1 + h / K(2.512e-8, 8, -6.3) + m * (K(1.514e6, -16, 22.9) + K(4.266e3, -12, 16.9) * h / K(2.512e-8, 8, -6.3))
    ADP = 1 + h / K(6.607e-8, 6, -5.6) + m * (K(4.466e4, -12, 19.0) + K(316.3, -8, 12.5) * h / K(6.607e-8, 6, -5.6))
    PCr = 1 + h / K(8.854e-6, 4, 2.66) + m * K(232.0, -8, 8.19)
    expected = K(2.580e8, 2, -17.55) * h * ATP / (ADP * PCr)
    assert solution.creatine_kinase_ratio(EDL, Mg, pH) == pytest.approx(expected, rel=1e-4)


def test_work_that_changes_nothing_leaves_free_magnesium(monkeypatch):
    monkeypatch.setattr(solution, "WORKED", {k: v for k, v in solution.RESTING.items() if k != "ATP"})
    found = solution.free_magnesium_after_work(EDL, 0.5, solution.RESTING["ATP"] - solution.TRACE, pH=7.05)
    assert found == pytest.approx(0.5, rel=1e-5)


def test_chemistry_does_not_ask_for_the_rest_of_the_cell():
    with_less = EDL.with_({"SERCA.E_tot": 1.0, "Chemistry.Kb_MgATP": 2.0e6})
    tight = solution.apparent_dissociation(with_less, "ATP")
    assert tight < solution.apparent_dissociation(EDL, "ATP")
    with pytest.raises(NoValue, match="no chemistry"):
        solution.apparent_dissociation(calcium_core(), "ATP")


# ------------------------------------------------------------------------------------------------ made-up runs
def recording(protocol, every=0.05, **traces):
    time = np.arange(0.0, protocol.duration + 1e-9, every)
    values = {name: trace(time) for name, trace in traces.items()}
    return Result(time, values, dict.fromkeys(values, "1"), protocol, Outcome("done"))


def starts_of(protocol):
    onsets = np.array(protocol.onsets)
    return onsets[np.r_[True, np.diff(onsets) > 0.3]]


def test_gated_recovery_gives_the_time_constant_of_a_first_order_recovery(monkeypatch):
    tau, fall = 40.0, 3000.0

    def made(model, protocol, every):
        begins = starts_of(protocol)

        def PCr(time):
            ended = time[:, None] - begins - 2.0
            return 30000.0 - fall * np.where(ended >= 0, np.exp(-np.maximum(ended, 0) / tau), 0).sum(axis=1)

        return recording(protocol, PCr_total_bulk=PCr)

    monkeypatch.setattr(effort, "record", made)
    assert effort.gated_recovery(EDL) == pytest.approx(tau, rel=0.01)
    assert effort.cost_of_contraction(EDL) == pytest.approx(fall / 1000 / 2.0, rel=0.01)


def test_recovery_is_fitted_from_the_end_of_the_last_contraction(monkeypatch):
    def made(model, protocol, every):
        end = protocol.duration - 400.0
        return recording(protocol, PCr_total_bulk=lambda t: 30.0 - 12.0 * np.exp(-np.maximum(t - end, 0) / 36.0))

    monkeypatch.setattr(effort, "record", made)
    assert effort.recovery_after(EDL) == pytest.approx(36.0, rel=0.01)


def test_acidification_is_read_where_pH_comes_below_that_of_rest(monkeypatch):
    def made(model, protocol, every):
        whole = protocol.duration
        return recording(
            protocol,
            every=0.5,
            PCr_total_bulk=lambda t: 30.0 * (1 - t / whole),
            pH=lambda t: 7.0 + 0.2 * (t / whole) * (0.6 - t / whole),
        )

    monkeypatch.setattr(effort, "record", made)
    assert effort.acidification_onset(EDL) == pytest.approx(0.6, abs=0.02)


def test_no_acidification_is_said_so(monkeypatch):
    def made(model, protocol, every):
        return recording(protocol, PCr_total_bulk=lambda t: 30.0 - 0.1 * t, pH=lambda t: 7.0 + 0.001 * t)

    monkeypatch.setattr(effort, "record", made)
    with pytest.raises(NoValue, match="not more acid"):
        effort.acidification_onset(EDL)


def test_rate_of_a_held_contraction_falls_to_half():
    onsets = np.array(effort.falling(240.0).onsets)
    assert 1 / (onsets[1] - onsets[0]) == pytest.approx(40.0, rel=0.01)
    assert 1 / (onsets[-1] - onsets[-2]) == pytest.approx(20.0, rel=0.01)
    assert 1 / np.diff(onsets)[np.searchsorted(onsets, 40.0)] == pytest.approx(20 * (1 + np.exp(-1)), rel=0.01)


def test_fatigue_is_read_tetanus_by_tetanus():
    tired = fatigue.Fatigue(np.arange(4.0), np.array([10.0, 9.0, 5.0, 2.0]), np.array([2.0, 2.1, 1.5, 1.0]), None)
    assert [tired.reaching(share) for share in (1.0, 0.9, 0.5, 0.3)] == [0, 1, 2, 3]
    with pytest.raises(NoValue, match="20% of the first"):
        tired.reaching(0.1)


def test_long_runs_are_made_once_for_all_who_ask():
    made = []

    @once
    def run(x, y=0):
        made.append((x, y))
        time.sleep(0.05)
        return x + y

    asking = [threading.Thread(target=run, args=(1,)) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert run(1) == 1 and run(1, y=2) == 3
    assert made == [(1, 0), (1, 2)]


# ------------------------------------------------------------------------------------------------- identities
def test_tetani_are_those_of_the_protocol_and_the_first_is_the_fresh_one():
    tired = fatigue.tire(EDL, count=3)
    assert len(tired.result.protocol.onsets) == 3 * 25
    assert tired.before("Mg")[0] == pytest.approx(900.0, rel=1e-3)
    alone = record(EDL, train(70.0, "0.35 s", onset=0.1), "10 ms")["force"]
    assert tired.force[0] == pytest.approx(alone.max() - alone[0], rel=1e-3)
    # Phosphate on light chains makes up for the first loss of force; without its effect force falls from the start.
    deaf = fatigue.tire(EDL.with_({"ThinFilament.gain": 0.0}), count=2)
    assert deaf.force[1] < deaf.force[0]


def test_without_cross_bridges_all_ATP_goes_to_ions():
    assert cost.share_of_ions(EDL.with_({"CrossBridge.f": 1e-9})) == pytest.approx(1.0, abs=1e-5)
    assert 0.1 < cost.share_of_ions(EDL) < 0.9


def test_a_change_of_nothing_is_the_plain_recording():
    protocol = train(50.0, "50 ms")
    plain = record(EDL, protocol, 0.01)
    changed = sudden.record_after(EDL, {}, protocol, 0.01)
    assert changed.time == pytest.approx(plain.time)
    assert changed["force"] == pytest.approx(plain["force"], rel=1e-9)


def test_poison_spends_phosphocreatine_before_ATP_and_keeps_magnesium():
    result = sudden.record_after(EDL, failing.POISON, rest(3600.0), 10.0)
    ATP, PCr = (result["MgATP"] + result["ATP_free"]), result["PCr_total_bulk"]
    assert ATP[PCr > 0.5 * PCr[0]].min() > 0.95 * ATP[0]
    assert ATP[-1] < 0.1 * ATP[0]
    assert result["J_ox"].max() == 0.0 and result["J_gly"].max() == 0.0
    assert failing.magnesium_without_ATP(EDL) > 2 * result["Mg"][0] / 1000.0


def test_bath_holds_what_a_skinned_fibre_would_use_up():
    held = bath.skinned(EDL, {"Ca": "10 µM", "Mg": "1 mM"})
    assert set(bath.HELD) <= set(held.clamped)
    result = record(held, rest(20.0), 1.0)
    MgATP = result["MgATP"]
    assert MgATP[-1] > 0.97 * MgATP[0]
    assert "PCr_bulk" not in bath.skinned(calcium_core(), {"Mg": "1 mM"}).clamped


def test_phosphate_that_is_not_there_takes_nothing():
    assert phosphate.force_with(EDL, 1e-3, "10 °C") == 1.0
    at_rest = bath.skinned(EDL, {}).clamped["Pi_bulk"] / 1000.0
    assert phosphate.release_lost(EDL, at_rest) == pytest.approx(0.0, abs=1e-9)
    with pytest.raises(NoValue, match="less than 2 %"):
        phosphate.recovery_half_time(EDL.with_({"PhosphatePrecipitation.k_Pi": 0.0}))


def test_precipitation_comes_back():
    quick = EDL.with_({"PhosphatePrecipitation.k_Pi": 0.107, "PhosphatePrecipitation.k_p": 0.47})
    lost = [phosphate.release_lost(quick, 50.0, wash=wash) for wash in (0.5, 20.0, 200.0)]
    assert lost[0] > lost[1] > 0.01
    assert lost[2] == pytest.approx(0.0, abs=1e-3)


def test_without_oxygen_phosphocreatine_falls_as_fast_as_ATP_is_split():
    """In the sixth minute glycolysis is still at rest, so that nothing else makes ATP."""
    fall = effort.resting_fall_of_PCr(EDL, 240.0, 300.0)
    result = sudden.record_after(EDL, {"Mitochondria.supply": 0.0}, rest(301.0), 1.0)
    inside = (result.time >= 240.0) & (result.time <= 300.0)
    bulk = {"J_ATP_XB", "J_ATP_base"}
    spent = sum(result[n][inside].mean() / (1.0 if n in bulk else 0.95) for n in result if n.startswith("J_ATP_"))
    assert fall == pytest.approx(spent - result["J_gly"][inside].mean(), rel=0.05)
