"""The human fibres at body temperature: they rest, keep what they have, and contract as human muscle does."""

from __future__ import annotations

import numpy as np
import pytest

import mgsim
from mgsim.resting_state import resolve
from mgsim.starting_state import initial_state

HUMAN = ("human_fast", "human_slow", "human_triceps_surae")
each = pytest.mark.parametrize("name", HUMAN)


@each
def test_rest_is_rest(name):
    fibre = getattr(mgsim.fibre, name)()
    start = resolve(fibre)
    result = mgsim.simulate(fibre, mgsim.rest("600 s"), every="100 s")
    for q, scale in zip(start.program.system.states, start.scales, strict=True):
        away = np.abs(result[q.name] - result[q.name][0]).max() * q.factor
        assert away < 600.0 * 1e-9 * max(scale, 1e-300) + 1e-12 * abs(result[q.name][0]) * q.factor, q.name


@each
def test_totals_are_kept_in_a_tetanus(name):
    fibre = getattr(mgsim.fibre, name)()
    start = initial_state(fibre)
    result = mgsim.simulate(fibre, mgsim.train("30 Hz", "0.5 s"), every="10 ms")
    system = start.program.system
    states = np.array([result[q.name] * q.factor for q in system.states]).T
    for law, row in zip(start.laws, start.law_rows(), strict=True):
        change = np.abs(states @ row - start.rest @ row).max()
        assert change < 1e-12 * (np.abs(states) @ np.abs(row)).max(), law.name


def test_the_slow_fibre_is_slower_than_the_calf_and_that_than_the_fast_one():
    times = [
        float(mgsim.measure.time_to_peak(mgsim.simulate(getattr(mgsim.fibre, n)(), mgsim.twitch(duration="0.8 s"))))
        for n in ("human_fast", "human_triceps_surae", "human_slow")
    ]
    assert times == sorted(times)


@each
def test_low_magnesium_lengthens_no_more_than_a_little_without_parvalbumin(name):
    """Free Mg2+ of 0.4 mM: rodent fast muscle is a third longer, human muscle hardly."""
    fibre = getattr(mgsim.fibre, name)()
    normal, low = (mgsim.simulate(f, mgsim.twitch(duration="0.8 s")) for f in (fibre, fibre.with_(Mg="0.4 mM")))
    width = [float(mgsim.measure.half_duration(r, "force")) for r in (normal, low)]
    assert 1.0 < width[1] / width[0] < 1.2


@each
def test_the_resting_balance_closes_at_what_was_measured(name):
    start = resolve(getattr(mgsim.fibre, name)())
    rest = dict(zip((q.name for q in start.program.system.states), start.rest, strict=True))
    assert rest["PCr_bulk"] + rest["MgPCr_bulk"] == pytest.approx(33000.0, rel=1e-4)
    assert rest["ProtonBalance.pH"] == pytest.approx(7.05, abs=1e-6)
    assert rest["Mg_bulk"] == pytest.approx(557.0, rel=1e-6)
