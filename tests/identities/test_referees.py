"""Other ways to the same answer: another solver, other tolerances, plain Python."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

import mgsim
from mgsim.engine.compiled import Compiled
from mgsim.resting_state import Resolved, resolve
from mgsim.segments import segments_of
from mgsim.starting_state import initial_state
from tests.identities.cases import CASES, MS, each_fibre, fibre_of, protocol_of, states_at

RADAU, LADDER = CASES["radau"], CASES["ladder"]
Floats = NDArray[np.float64]


@lru_cache
def radau(fibre: str, protocol: str, rtol: float) -> tuple[Floats, Floats]:
    """Integrate with SciPy's Radau, restarted at every edge; times (ms) and states at its own steps."""
    from scipy.integrate import solve_ivp

    start = resolve(fibre_of(fibre))
    program, c, done = start.program, start.c, protocol_of(protocol)
    times, rows = [np.zeros(1)], [start.rest[None]]
    for segment in segments_of(start, done, [], 0.0, done.duration * MS):
        solved = solve_ivp(
            lambda t, y, u=segment.u: program.rates(y, u, c),
            (segment.start, segment.stop),
            rows[-1][-1],
            "Radau",
            jac=lambda t, y, u=segment.u: program.jacobian(y, u, c),
            rtol=rtol,
            atol=rtol * start.scales,
        )
        assert solved.success
        times.append(solved.t[1:])
        rows.append(solved.y.T[1:])
    return np.concatenate(times), np.concatenate(rows)


def error(rows: Floats, truth: Floats, start: Resolved) -> Floats:
    """Give the largest error of each state, over its scale and size."""
    return (np.abs(rows - truth) / (start.scales + np.abs(truth))).max(axis=0)


@pytest.mark.parametrize("protocol", RADAU["protocols"])
@each_fibre
def test_radau_agrees_in_every_state(fibre, protocol):
    start = resolve(fibre_of(fibre))
    times, truth = radau(fibre, protocol, 1e-9)
    names = np.array([q.name for q in start.program.system.states])
    for rtol in RADAU["rtol"]:
        away = error(states_at(start, protocol_of(protocol), times, rtol), truth, start)
        assert names[away > RADAU["factor"] * rtol].tolist() == []


@pytest.mark.parametrize("protocol", LADDER["protocols"])
@each_fibre
def test_a_tighter_tolerance_is_nearer_to_the_truth(fibre, protocol):
    start, done = resolve(fibre_of(fibre)), protocol_of(protocol)
    times = np.arange(0.0, done.duration * MS, 0.1)
    truth = states_at(start, done, times, LADDER["reference"])
    rungs = LADDER["rtol"]
    errors = np.array([error(states_at(start, done, times, r), truth, start).max() for r in rungs])
    assert np.all(np.diff(errors) < 0.0), errors
    slope = np.polyfit(np.log10(rungs), np.log10(errors), 1)[0]
    assert LADDER["slope"][0] < slope < LADDER["slope"][1]
    assert np.all(errors < RADAU["factor"] * np.array(rungs))


@pytest.mark.parametrize("protocol", LADDER["protocols"])
@each_fibre
def test_the_default_tolerance_gives_force_to_five_digits(fibre, protocol):
    normal, sharp = (mgsim.simulate(fibre_of(fibre), protocol_of(protocol), **o) for o in ({}, {"rtol": 1e-10}))
    away = np.abs(normal["force"] - sharp["force"]).max()
    assert away < LADDER["force_at_default"] * sharp["force"].max()


@each_fibre
def test_plain_python_gives_what_native_code_gives(fibre):
    start, done = resolve(fibre_of(fibre)), mgsim.twitch(onset="1 ms", duration="8 ms")
    plain = Compiled(start.program.system, "python")
    times = np.arange(0.0, 8.0, 0.1)
    native = states_at(start, done, times, 1e-6)
    python = states_at(start, done, times, 1e-6, plain.kernels)
    # The same operations in the same order: only the library functions differ, by a rounding error.
    assert error(python, native, start).max() < 1e-10


@each_fibre
def test_the_whole_run_in_plain_python(fibre):
    done = mgsim.twitch(onset="1 ms", duration="4 ms")
    native, plain = (mgsim.simulate(fibre_of(fibre), done, backend=b) for b in ("native", "python"))
    assert plain.provenance["backend"] == "python" != native.provenance["backend"]
    for name in native:
        size = np.abs(native[name]).max()
        np.testing.assert_allclose(plain[name], native[name], rtol=1e-9, atol=1e-10 * size, err_msg=name)


@each_fibre
def test_the_minute_before_an_acute_run_is_as_accurate_as_the_run(fibre):
    model = fibre_of(fibre, "acute")
    normal, sharp = (initial_state(model, rtol=r) for r in (1e-5, 1e-10))
    assert error(normal.rest[None], sharp.rest[None], sharp).max() < RADAU["factor"] * 1e-6
