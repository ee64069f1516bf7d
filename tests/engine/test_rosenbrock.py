"""The methods themselves: order conditions, measured order, damping."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from mgsim.engine import rosenbrock
from mgsim.engine.rosenbrock import Method
from tests.engine import problems

Tree = tuple["Tree", ...]
METHODS = pytest.mark.parametrize("method", rosenbrock.METHODS.values(), ids=rosenbrock.METHODS)


def trees(order: int) -> list[Tree]:
    """All rooted trees with `order` vertices; a tree is the sorted tuple of its branches."""

    def forests(vertices: int, largest: Tree | None) -> Iterator[Tree]:
        if vertices == 0:
            yield ()
        for size in range(1, vertices + 1):
            for first in trees(size):
                if largest is None or (size, first) <= (vertices_of(largest), largest):
                    for rest in forests(vertices - size, first):
                        yield (first, *rest)

    return list(forests(order - 1, None))


def vertices_of(tree: Tree) -> int:
    return 1 + sum(vertices_of(branch) for branch in tree)


def density(tree: Tree) -> int:
    return vertices_of(tree) * int(np.prod([density(branch) for branch in tree], dtype=int))


def classical(method: Method) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """alpha, Gamma and the inverse of Gamma, from the form without matrix products."""
    s = method.stages
    a, C = np.zeros((s, s)), np.zeros((s, s))
    for i in range(s):
        a[i, : len(method.a[i])] = method.a[i]
        C[i, : len(method.C[i])] = method.C[i]
    inverse = np.eye(s) / method.gamma - C
    Gamma = np.linalg.inv(inverse)
    return a @ Gamma, Gamma, inverse


def elementary_weight(tree: Tree, alpha: np.ndarray, Gamma: np.ndarray) -> np.ndarray:
    """Per stage (Hairer & Wanner II, IV.7): a lone branch carries alpha + Gamma, several carry alpha."""
    if not tree:
        return np.ones(len(alpha))
    if len(tree) == 1:
        return (alpha + Gamma) @ elementary_weight(tree[0], alpha, Gamma)
    return np.prod([alpha @ elementary_weight(branch, alpha, Gamma) for branch in tree], axis=0)


def residuals(weights: np.ndarray, method: Method, order: int, theta: float = 1.0) -> np.ndarray:
    """What is missing in each order condition, for weights of the U_s."""
    alpha, Gamma, _ = classical(method)
    b = weights @ Gamma
    return np.array(
        [
            b @ elementary_weight(t, alpha, Gamma) - theta**p / density(t)
            for p in range(1, order + 1)
            for t in trees(p)
        ]
    )


def test_there_are_as_many_trees_as_known():
    assert [len(trees(order)) for order in range(1, 7)] == [1, 1, 2, 4, 9, 20]


@METHODS
def test_order_conditions_hold(method):
    last = np.array([*method.a[-1], 1.0])
    assert np.abs(residuals(last, method, method.order)).max() < 1e-9
    assert np.abs(residuals(last, method, method.order + 1)).max() > 1e-6  # and not by chance one more


@METHODS
def test_embedded_solution_has_one_order_less(method):
    embedded = np.array([*method.a[-1], 0.0])
    assert np.abs(residuals(embedded, method, method.order - 1)).max() < 1e-9
    assert np.abs(residuals(embedded, method, method.order)).max() > 1e-6


@METHODS
@pytest.mark.parametrize("theta", [0.1, 0.35, 0.8])
def test_dense_output_has_one_order_less(method, theta):
    d = np.zeros((3, method.stages))
    for i, row in enumerate(method.H):
        d[i, : len(row)] = row
    weights = theta * (np.array([*method.a[-1], 1.0]) + (1 - theta) * (d[0] + theta * (d[1] + theta * d[2])))
    assert np.abs(residuals(weights, method, method.order - 1, theta)).max() < 1e-8


@METHODS
def test_stiff_part_is_damped_at_once(method):
    """R(infinity) = 0: a step much longer than the time constant leaves nothing of it."""
    alpha, Gamma, _ = classical(method)
    b = np.array([*method.a[-1], 1.0]) @ Gamma
    z = -1e10
    R = 1.0 + z * b @ np.linalg.solve(np.eye(method.stages) - z * (alpha + Gamma), np.ones(method.stages))
    assert abs(R) < 1e-6


def fixed_steps(method: Method, steps: int, theta: float) -> tuple[np.ndarray, np.ndarray]:
    """Integrate the Brusselator to 1 with equal steps; also the dense output in the last of them."""
    problem = problems.BRUSSELATOR
    kernels = problem.kernels(method=method)
    n, h = problem.n, 1.0 / steps
    y, u, c = problem.start(), np.ones(1), np.array([3.0])
    f, z, new, J, W = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n * n), np.zeros(n * n)
    U, d = np.zeros(method.stages * n), np.zeros(3 * n)
    for _ in range(steps):
        before = y.copy()
        kernels.rhs(y, u, c, f)
        kernels.jacobian(y, u, c, np.zeros_like(y), J)
        kernels.factor(J, h * method.gamma, W)
        kernels.stages(y, u, c, f, W, h, z, new, U)
        y[:] = new
    kernels.dense(U, d)
    d = d.reshape(3, n)
    inside = (1 - theta) * before + theta * (new + (1 - theta) * (d[0] + theta * (d[1] + theta * d[2])))
    return new.copy(), inside


@METHODS
def test_measured_order(method):
    from scipy.integrate import solve_ivp

    def rhs(t, y):
        return [1.0 + y[0] ** 2 * y[1] - 4.0 * y[0], 3.0 * y[0] - y[0] ** 2 * y[1]]

    theta, steps = 0.4, np.array([40, 57, 80, 113, 160])
    true = solve_ivp(rhs, (0, 1), problems.BRUSSELATOR.y0, "DOP853", rtol=1e-13, atol=1e-14, dense_output=True)
    ends, insides = [], []
    for count in steps:
        end, inside = fixed_steps(method, int(count), theta)
        ends.append(np.abs(end - true.y[:, -1]).max())
        insides.append(np.abs(inside - true.sol(1 - (1 - theta) / count)).max())
    slope = -np.polyfit(np.log(steps), np.log(ends), 1)[0]
    assert slope == pytest.approx(method.order, abs=0.15)
    # An interpolant of one order less makes a local error of the size that the steps add up to.
    inner = -np.polyfit(np.log(steps), np.log(insides), 1)[0]
    assert inner == pytest.approx(method.order, abs=0.15)
