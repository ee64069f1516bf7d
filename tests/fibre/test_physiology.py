"""What every muscle does, whatever its numbers: order and direction, no golden values."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

import mgsim
from mgsim.resting_state import resolve

FIBRES = ("mouse_edl", "mouse_soleus")
each = pytest.mark.parametrize("fibre", FIBRES)


@lru_cache
def twitch(fibre: str, **_: object) -> mgsim.Result:
    return mgsim.simulate(model(fibre), mgsim.twitch(duration="1 s"))


def model(fibre: str) -> mgsim.Model:
    made: mgsim.Model = getattr(mgsim.fibre, fibre)()
    return made


def active(result: mgsim.Result) -> float:
    return float(result["force"].max() - result["force"][0])


def relaxation(result: mgsim.Result) -> float:
    return float(mgsim.measure.half_relaxation(result))


@each
def test_force_rises_with_the_rate_of_stimulation(fibre):
    rates = (25.0, 50.0, 80.0, 120.0)
    forces = [active(mgsim.simulate(model(fibre), mgsim.train(rate, "0.5 s"))) for rate in rates]
    assert np.all(np.diff([active(twitch(fibre)), *forces]) > 0.0)


@each
def test_a_faster_train_is_smoother(fibre):
    ripples = [
        float(mgsim.measure.ripple(mgsim.simulate(model(fibre), mgsim.train(r, "0.6 s"))))
        for r in (10.0, 20.0, 40.0, 100.0)
    ]
    assert np.all(np.diff(ripples) < 0.0)


def steady_force(fibre: str, Ca: float, Mg: str = "1 mM") -> float:
    result = mgsim.simulate(model(fibre).skinned(Ca=Ca, Mg=Mg), mgsim.rest("3 s"), every="0.1 s")
    return float(result["force"][-1])


@each
def test_force_rises_with_calcium_and_magnesium_shifts_it(fibre):
    calcium = np.geomspace(0.05, 50.0, 13)
    forces = np.array([steady_force(fibre, c) for c in calcium])
    assert np.all(np.diff(forces) > 0.0)
    half = np.interp(0.5 * forces[-1], forces, np.log10(calcium))
    shifted = np.array([steady_force(fibre, c, "4 mM") for c in calcium])
    assert np.interp(0.5 * forces[-1], shifted, np.log10(calcium)) > half + 0.1


def test_without_parvalbumin_calcium_falls_more_slowly():
    left = []
    for total in (1190.0, 600.0, 100.0, 0.0):
        result = mgsim.simulate(model("mouse_edl").with_(PV_tot=total), mgsim.twitch())
        above = result["Ca"] - result["Ca"][0]
        left.append(above[int(above.argmax()) + 300] / above.max())  # 30 ms after the peak
    assert np.all(np.diff(left) > 0.0)


def test_the_slow_fibre_is_slower_and_weaker():
    fast, slow = twitch("mouse_edl"), twitch("mouse_soleus")
    assert relaxation(slow) > 1.5 * relaxation(fast)
    assert float(mgsim.measure.time_to_peak(slow)) > float(mgsim.measure.time_to_peak(fast))
    forces = [active(mgsim.simulate(model(f), mgsim.train("150 Hz", "0.4 s"))) for f in FIBRES]
    assert forces[0] > forces[1]


@each
def test_cold_slows_the_twitch(fibre):
    results = [mgsim.simulate(model(fibre).at(t), mgsim.twitch(duration="1 s")) for t in ("16 °C", "25 °C", "35 °C")]
    assert np.all(np.diff([float(mgsim.measure.time_to_peak(r)) for r in results]) < 0.0)
    assert np.all(np.diff([relaxation(r) for r in results]) < 0.0)


@each
def test_falling_magnesium_makes_twitches_stronger_and_at_last_longer(fibre):
    levels = ("1.5 mM", "0.9 mM", "0.5 mM", "0.3 mM", "0.2 mM")
    results = [mgsim.simulate(model(fibre).with_(Mg=m), mgsim.twitch(duration="1 s")) for m in levels]
    assert np.all(np.diff([active(r) for r in results]) > 0.0)
    assert np.all(np.diff([float(r["P_open"][0]) for r in results]) > 0.0)
    # At high magnesium a twitch is so small that its relaxation says little.
    assert np.all(np.diff([relaxation(r) for r in results[2:]]) > 0.0)
    if fibre == "mouse_edl":
        assert relaxation(results[-1]) > relaxation(results[1])


def test_without_mgatp_heads_stay_in_rigor():
    # In the fibre whose metabolites are held: the others cannot rest without ATP.
    rigor = []
    for level in ("8 mM", "1 mM", "0.05 mM"):
        start = resolve(mgsim.fibre.calcium_core().with_(ATP=level))
        rigor.append(start.rest[start.program.system.index["CrossBridge.R"]])
    assert np.all(np.diff(rigor) > 0.0)


@each
def test_a_stimulus_too_weak_does_nothing(fibre):
    weak, strong = (mgsim.simulate(model(fibre).with_(P_stim=p), mgsim.twitch()) for p in (5e-6, 2.5e-5))
    assert weak["V_sarcolemma"].max() < -40.0 < 0.0 < strong["V_sarcolemma"].max()
    assert active(weak) < 0.01 * active(strong)


@each
def test_two_stimuli_give_more_than_one_and_the_refractory_one_gives_nothing(fibre):
    one, both, refractory = (
        mgsim.simulate(model(fibre), mgsim.pulses(times, duration="0.5 s"))
        for times in (["10 ms"], ["10 ms", "20 ms"], ["10 ms", "11.5 ms"])
    )
    assert active(both) > 1.2 * active(one)
    assert active(refractory) == pytest.approx(active(one), rel=0.1)
