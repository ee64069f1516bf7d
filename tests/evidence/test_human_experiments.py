"""Experiments on human muscle: identities and signs that hold whatever the fibre's numbers."""

import numpy as np
import pytest

from mgsim import measure
from mgsim.evidence.experiments import human
from mgsim.evidence.experiments.recording import NoValue
from mgsim.fibre import human_fast, human_slow, human_triceps_surae
from mgsim.protocol import train, twitch
from mgsim.simulation import simulate

CALF = human_triceps_surae()


def test_contraction_time_leaves_out_the_latent_period():
    result = simulate(CALF, twitch(duration="1 s"))
    late = measure.time_to_peak(result).value - measure.latent_period(result).value
    assert human.contraction_time(CALF) == pytest.approx(late, abs=0.3)


def test_a_doublet_lasts_longer_than_a_twitch():
    assert human.contraction_time(CALF, gap=0.01) > human.contraction_time(CALF)


def test_slow_fibres_are_slower_and_fuse_at_a_lower_rate():
    fast, slow = human_fast(), human_slow()
    assert human.contraction_time(slow) > human.contraction_time(fast)
    assert human.half_relaxation(slow) > human.half_relaxation(fast)
    assert human.fusion_rate(slow) < human.fusion_rate(fast)
    assert human.force_ratio(slow) > human.force_ratio(fast)


def test_force_swings_by_the_ripple_at_the_rate_of_fusion():
    rate = human.fusion_rate(CALF, ripple=3.0)
    result = simulate(CALF, train(rate, "1 s", after="0.2 s"))
    assert measure.ripple(result).value == pytest.approx(3.0, rel=0.1)
    with pytest.raises(NoValue, match="smooth at 5 Hz"):
        human.fusion_rate(CALF, ripple=1e6)


def test_a_single_pulse_instead_of_a_tetanus_changes_little():
    # What one twitch leaves on light chains is put aside; it is a per cent or two of the next.
    deaf = CALF.with_({"ThinFilament.gain": 0.0})
    assert abs(human.potentiation(deaf, length=0.02, wait=30.0)) < 1.0
    assert np.isfinite(human.potentiation(CALF))
