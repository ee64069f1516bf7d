"""The planned sparse factorisation solves what numpy solves, for any pattern and for the fibres."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mgsim.engine import emit
from mgsim.engine.kernel import compile_python
from mgsim.engine.sparse import Factorisation, plan
from mgsim.resting_state import resolve
from tests.identities.cases import each_fibre, fibre_of


def solved(order: Factorisation, pattern: list[tuple[int, int]], J: np.ndarray, hg: float, b: np.ndarray) -> np.ndarray:
    """Factorise I/hg - J by the written source, and solve for b."""
    source = emit.factor_source(order, {p: k for k, p in enumerate(pattern)}) + "\n" + emit.solve_source(order)
    kernels = compile_python(source, {}, ["factor", "solve"])
    W, x = np.zeros(len(order.entries)), b.copy()
    kernels.factor(np.array([J[i, j] for i, j in pattern] or [0.0]), hg, W)
    kernels.solve(W, x)
    return x


@st.composite
def patterns(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    size = draw(st.integers(1, 12))
    places = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    return size, sorted(draw(st.sets(places, max_size=size * size)))


@settings(deadline=None, max_examples=80)
@given(patterns(), st.integers(0, 1000))
def test_a_random_pattern_is_solved(shape, seed):
    size, pattern = shape
    chance = np.random.default_rng(seed)
    J = np.zeros((size, size))
    for i, j in pattern:
        J[i, j] = chance.normal()
    hg = 0.5 / max(1.0, np.abs(J).sum(axis=1).max())  # a step short enough for elimination without pivots
    b = chance.normal(size=size)
    expected = np.linalg.solve(np.eye(size) / hg - J, b)
    np.testing.assert_allclose(solved(plan(size, pattern), pattern, J, hg, b), expected, rtol=1e-10, atol=1e-12)


@settings(deadline=None, max_examples=80)
@given(patterns())
def test_a_plan_covers_the_pattern_and_its_fill(shape):
    size, pattern = shape
    made = plan(size, pattern)
    assert sorted(made.order) == list(range(size))
    entries = made.entries
    assert len(entries) == len(set(entries))
    assert {*pattern, *((i, i) for i in range(size))} <= set(entries)
    stage = {k: n for n, k in enumerate(made.order)}
    for k, below, right in zip(made.order, made.lower, made.upper, strict=True):
        for i in below:
            assert stage[i] > stage[k]
            assert {(i, j) for j in right} <= set(entries)  # every product has a place to go to


def test_an_arrow_is_eliminated_without_fill():
    size = 20
    pattern = [(0, j) for j in range(size)] + [(j, 0) for j in range(1, size)]
    assert len(plan(size, pattern).entries) == 3 * size - 2


@pytest.mark.parametrize("h", [1e-4, 0.1, 10.0])
@each_fibre
def test_the_matrix_of_a_fibre_is_solved(fibre, h):
    start = resolve(fibre_of(fibre))
    program = start.program
    u = np.zeros(len(program.system.inputs))
    J = program.jacobian(start.rest, u, start.c)
    pattern = program.program.pattern
    chance = np.random.default_rng(3)
    b = chance.normal(size=len(J)) * start.scales
    x = solved(program.program.plan, pattern, J, h, b)
    expected = start.scales * np.linalg.solve(
        (np.eye(len(J)) / h - J) * start.scales / start.scales[:, None], b / start.scales
    )
    assert (np.abs(x - expected) / start.scales).max() < 1e-10 * (np.abs(expected) / start.scales).max()
    assert len(program.program.plan.entries) < 2.0 * len({*pattern, *((i, i) for i in range(len(J)))})


@each_fibre
def test_the_pattern_holds_every_entry_of_the_jacobian(fibre):
    start = resolve(fibre_of(fibre))
    rows, columns = start.program.program.pattern_arrays
    assert sorted(zip(rows.tolist(), columns.tolist(), strict=True)) == sorted(start.program.program.pattern)
    assert len(set(start.program.program.pattern)) == len(rows)
