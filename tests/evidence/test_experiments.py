"""The experiments measure what they say: known answers, identities, and published runs of the core."""

import math

import numpy as np
import pytest

from mgsim.evidence.experiments import (
    calcium,
    depolarisation,
    filament,
    release,
    ryanodine_receptor,
    threshold,
    twitch,
)
from mgsim.evidence.experiments.recording import NoValue, amount, approach_rate, crossing
from mgsim.fibre import calcium_core, mouse_edl, mouse_soleus
from mgsim.protocol import pulses
from mgsim.result import Outcome, Result
from tests.referee.described import as_described

CORE = calcium_core()


# -------------------------------------------------------------------------------------- reading off numbers
def test_amount_between_the_samples():
    time = np.arange(0.0, 0.1001, 0.001)
    ramp = Result(
        time=time,
        traces={"J": 2.0 + time},
        units={"J": "µM/ms"},
        protocol=pulses([0.01], duration=0.1),
        outcome=Outcome("done"),
    )
    # from 0.0205 to 0.0505 s, in unit · ms
    assert amount(ramp, "J", 0.0105, 0.03) == pytest.approx(1000 * (2 * 0.03 + (0.0505**2 - 0.0205**2) / 2))
    assert amount(ramp, "J", 0.0105, 0.03, above_rest=True) == pytest.approx(1000 * (0.0505**2 - 0.0205**2) / 2)


def test_rate_of_an_exponential_approach():
    t = np.array([0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0])
    assert approach_rate(t, 0.9 - 0.6 * np.exp(-7.0 * t)) == pytest.approx(7.0, rel=0.005)
    with pytest.raises(NoValue, match="no exponential approach"):
        approach_rate(t, t)


def test_crossing_on_a_ratio_scale():
    assert crossing(lambda x: x < math.pi, 0.1, 100.0) == pytest.approx(math.pi, rel=1e-3)


# ----------------------------------------------------------------------------------------------- identities
@pytest.mark.parametrize("model", [mouse_edl(), mouse_soleus()], ids=lambda m: m.name)
def test_nothing_changed_gives_one(model):
    assert ryanodine_receptor.resting_leak(model, "1 mM") == 1.0
    assert ryanodine_receptor.depolarised_permeability(model, "1 mM") == 1.0
    assert release.relative_skinned_release(model, "1 mM", wait=0.1) == 1.0
    assert filament.pCa50_shift(model) == 0.0
    assert depolarisation.relative_depolarised_force(model, "1 mM") == 1.0


@pytest.mark.parametrize("Mg", [0.8, 0.6, 0.4, 0.3, 0.2])
@pytest.mark.parametrize("model", [mouse_edl(), mouse_soleus()], ids=lambda m: m.name)
def test_drive_of_the_models_own_channel_is_that_of_the_binding_constants(model, Mg):
    K_ACa, K_AMg, K_IMg = (model.value(f"Release.{name}") for name in ("K_ACa", "K_AMg", "K_IMg"))
    Ca, K_ICa = 0.1, model.value("Release.K_ICa")

    def drive(mg):
        return Ca / K_ACa / (1 + Ca / K_ACa + mg / K_AMg) / (1 + Ca / K_ICa + mg / K_IMg)

    got = ryanodine_receptor.resting_leak(model, f"{Mg} mM", Ca="0.1 µM")
    assert got == pytest.approx(drive(1000 * Mg) / drive(1000), rel=1e-12)


def test_threshold_of_channels_rises_with_the_susceptible_share():
    found = [threshold.drive_threshold(mouse_edl(), share) for share in (0.0, 0.5, 1.0)]
    assert found[0] == pytest.approx(0.1, rel=2e-3)
    assert found[0] < found[1] < found[2]


def test_bath_keeps_total_ATP_and_its_equilibrium():
    bath = release.atp_bath(CORE, 1000.0, "1 mM")
    assert sum(bath.values()) == pytest.approx(1000.0)
    K = CORE.value("ATPBuffer.k_minus_MA") / CORE.value("ATPBuffer.k_MA")
    assert bath["MgATP"] / bath["ATP"] == pytest.approx(1000.0 / K)


def test_pCa50_is_half_of_saturated_force():
    half = filament.pCa50(CORE)
    assert filament.steady(CORE, half) == pytest.approx(filament.saturated_force(CORE) / 2, rel=0.02)


def test_no_threshold_is_said_so():
    with pytest.raises(NoValue, match="10 µM"):
        threshold.magnesium_threshold(CORE.with_({"Release.epsilon": 1e-9}))


# ----------------------------------------------- the core as it was worked out gives the numbers found for it
PUBLISHED = [
    (calcium.peak_calcium, {}, 18.342, 0.002),
    (calcium.calcium_half_duration, {}, 4.930, 0.002),
    (calcium.peak_CaATP, {}, 68.7, 0.005),
    (release.peak_release, {}, 210.78, 0.002),
    (release.release_width, {}, 1.452, 0.003),
    (release.released, {}, 314.5, 0.002),
    (release.release_in_train, {"pulse": 2}, 0.249, 0.005),
    (release.release_in_train, {"pulse": 5}, 0.156, 0.005),
    (release.second_release, {"after": 0.1}, 0.53, 0.01),
    (release.second_release, {"after": 2.0}, 0.895, 0.005),
    (ryanodine_receptor.resting_leak, {"Mg": "0.6 mM"}, 2.37, 0.005),
    (ryanodine_receptor.resting_leak, {"Mg": "0.4 mM"}, 4.47, 0.005),
    (ryanodine_receptor.resting_leak, {"Mg": "0.2 mM"}, 11.8, 0.005),
    (ryanodine_receptor.depolarised_permeability, {"Mg": "0.6 mM"}, 1.47, 0.005),
    (ryanodine_receptor.depolarised_permeability, {"Mg": "0.4 mM"}, 1.91, 0.005),
    (ryanodine_receptor.depolarised_permeability, {"Mg": "0.2 mM"}, 2.70, 0.005),
    (release.relative_skinned_release, {"Mg": "3 mM"}, 0.54, 0.06),
    (release.relative_skinned_release, {"ATP": 1.0}, 0.84, 0.01),
    (release.relative_skinned_release, {"ATP": 0.5}, 0.81, 0.01),
    (filament.pCa50, {}, 5.852, 0.0005),
    (filament.pCa50_shift, {"Mg": ("1 mM", "3 mM")}, -0.302, 0.01),
    (filament.pCa50_shift, {"Mg": ("0.05 mM", "1 mM")}, -0.282, 0.01),
    (threshold.magnesium_threshold, {}, 0.12, 0.03),
    (depolarisation.relative_depolarised_force, {"Mg": "3 mM", "duration": "100 ms"}, 0.97, 0.005),
    (depolarisation.relative_depolarised_force, {"Mg": "10 mM", "duration": "100 ms"}, 0.21, 0.02),
    (twitch.contraction_time, {}, 22.63, 0.002),
    (twitch.half_relaxation, {}, 22.97, 0.002),
    (twitch.twitch_to_tetanus, {}, 0.25, 0.01),
    (twitch.half_maximal_frequency, {}, 45.0, 0.03),
    (twitch.fade, {}, 0.757, 0.002),
]


COLD = ("peak_release", "release_width", "released", "release_in_train", "second_release")  # at 16 °C


@pytest.mark.parametrize(("experiment", "given", "published", "within"), PUBLISHED)
def test_core_gives_what_was_found_for_it(experiment, given, published, within):
    cold = experiment.__module__.endswith(".calcium") or experiment.__name__ in COLD
    core = as_described(16.0 if cold else 25.0)
    assert experiment(core, **given) == pytest.approx(published, rel=within)


def test_core_slows_the_decay_of_later_transients():
    assert calcium.decay_times(CORE) == pytest.approx([3.6, 10.1, 9.3, 8.0, 7.1], abs=0.08)
