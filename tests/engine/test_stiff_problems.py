"""The published stiff problems, to five digits and more."""

from __future__ import annotations

import numpy as np
import pytest

from mgsim.engine import rosenbrock
from mgsim.engine.integrate import Segment, integrate
from tests.engine import problems

PUBLISHED = {
    "ROBER": problems.ROBER,
    "HIRES": problems.HIRES,
    "OREGO": problems.OREGO,
    "VDPOL": problems.VDPOL,
}


def solve(problem: problems.Problem, rtol: float, method: rosenbrock.Method, backend: str = "native"):
    segments = [Segment(0.0, problem.stop, np.zeros(0))]
    kernels = problem.kernels(backend, method)
    times = np.array([problem.stop])
    return integrate(kernels, problem.start(), segments, times, np.zeros(1), problem.scales(), rtol)


@pytest.mark.parametrize("method", rosenbrock.METHODS.values(), ids=rosenbrock.METHODS)
@pytest.mark.parametrize("problem", PUBLISHED.values(), ids=PUBLISHED)
def test_end_point_has_five_digits(problem, method):
    run = solve(problem, 1e-8, method)
    assert run.status == "done"
    np.testing.assert_allclose(run.Y[-1], problem.end, rtol=1e-5)


@pytest.mark.parametrize("name", ["ROBER", "OREGO"])
def test_plain_python_takes_the_same_steps(name):
    problem = PUBLISHED[name]
    native = solve(problem, 1e-6, rosenbrock.RODAS5P)
    plain = solve(problem, 1e-6, rosenbrock.RODAS5P, "python")
    assert abs(native.stats["accepted"] - plain.stats["accepted"]) <= 2
    np.testing.assert_allclose(native.Y, plain.Y, rtol=1e-6)


@pytest.mark.parametrize("problem", PUBLISHED.values(), ids=PUBLISHED)
def test_error_follows_the_tolerance(problem):
    """A hundredth of the tolerance gives less than a tenth of the error, in under ten times the steps."""
    coarse, fine = (solve(problem, rtol, rosenbrock.RODAS5P) for rtol in (1e-4, 1e-6))

    def error(run):
        return np.max(np.abs(run.Y[-1] - problem.end) / (problem.scales() + np.abs(problem.end)))

    assert error(fine) < 0.1 * error(coarse) or error(fine) < 1e-7
    assert fine.stats["accepted"] < 10 * coarse.stats["accepted"]
