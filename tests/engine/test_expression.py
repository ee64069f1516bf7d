"""Expressions, their derivatives and the source written from them, against direct evaluation."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mgsim.engine import emit
from mgsim.engine.canonical import canonical
from mgsim.engine.derive import jacobian
from mgsim.engine.kernel import compile_native, compile_python
from mgsim.language.expression import (
    Expr,
    Symbol,
    constant,
    dlinoid,
    exp,
    linoid,
    log,
    logistic,
    neg,
    sqrt,
    substitute,
    symbols_of,
)
from tests.engine.evaluate import evaluate

X, Y, P = Symbol("x"), Symbol("y"), Symbol("p")
VARIABLES = {X: 0, Y: 1}
NUMBERS = st.sampled_from([0.5, 1.0, 2.0, 3.0, -1.0, -0.25, 7.0])
FUNCTIONS = {
    "neg": lambda a: -a,
    "exp": lambda a: exp(a / (1.0 + a * a)),  # an argument that stays small
    "log": lambda a: log(1.0 + a * a),
    "sqrt": lambda a: sqrt(0.5 + a * a),
    "linoid": linoid,
    "logistic": logistic,
    "gate": lambda a: 1.0 / (1.0 + exp((1.0 - a) / 0.7)),
    "square": lambda a: a**2,
    "inverse cube": lambda a: (2.0 + a * a) ** -3,
    "root": lambda a: (1.0 + a * a) ** 0.3,
    "power": lambda a: (1.5 + a * a) ** (a / (1.0 + a * a)),
}
OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / (1.0 + b * b),
}


def grown(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    alone = st.builds(lambda f, a: FUNCTIONS[f](a), st.sampled_from(sorted(FUNCTIONS)), inner)
    pair = st.builds(lambda f, a, b: OPERATIONS[f](a, b), st.sampled_from(sorted(OPERATIONS)), inner, inner)
    return alone | pair


EXPRESSIONS = st.recursive(st.sampled_from([X, Y, P]) | NUMBERS.map(constant), grown, max_leaves=12)
POINTS = st.lists(st.floats(-3.0, 3.0), min_size=3, max_size=3)


def at(roots: list[Expr], values: list[complex] | list[float]) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.array(evaluate(roots, dict(zip((X, Y, P), values, strict=True))))


@settings(deadline=None, max_examples=150)
@given(EXPRESSIONS, POINTS)
def test_the_derivative_is_that_of_a_complex_step(root, point):
    value = at([root], point)[0]
    assume(np.isfinite(value) and abs(value) < 1e8)
    gradient = jacobian([root], VARIABLES)[0]
    derivatives = dict(zip(gradient, at(list(gradient.values()), point), strict=True)) if gradient else {}
    for symbol, column in VARIABLES.items():
        shifted = [v + (1e-30j if s is symbol else 0.0) for s, v in zip((X, Y, P), point, strict=True)]
        exact = at([root], shifted)[0].imag / 1e-30
        assume(np.isfinite(exact) and abs(exact) < 1e10)
        # Sums may cancel: what they cancel from is bounded by the values that stand in them.
        size = 1.0 + abs(exact) + abs(value)
        assert derivatives.get(column, 0.0) == pytest.approx(exact, rel=1e-10, abs=1e-9 * size)
        if symbol not in symbols_of([root]):
            assert column not in gradient


@settings(deadline=None, max_examples=60)
@given(EXPRESSIONS, POINTS)
def test_the_derivative_is_that_of_a_small_real_step(root, point):
    here = at([root], point)[0]
    derivative = jacobian([root], VARIABLES)[0].get(0, constant(0.0))
    step = 1e-5
    ahead, behind = (at([root], [point[0] + d, *point[1:]])[0] for d in (step, -step))
    far = [at([root], [point[0] + d, *point[1:]])[0] for d in (3 * step, -3 * step)]
    assume(np.all(np.isfinite([here, ahead, behind, *far])) and abs(here) < 1e4)
    near, wide = (ahead - behind) / (2 * step), (far[0] - far[1]) / (6 * step)
    assume(abs(near - wide) < 1e-4 * (1.0 + abs(near)))  # where a difference is a derivative at all
    assert at([derivative], point)[0] == pytest.approx(near, rel=2e-4, abs=2e-4)


@settings(deadline=None, max_examples=100)
@given(st.lists(EXPRESSIONS, min_size=1, max_size=3), POINTS, st.booleans())
def test_written_source_gives_what_direct_evaluation_gives(roots, point, merge):
    direct = at(roots, point)
    assume(np.all(np.isfinite(direct)) and np.abs(direct).max() < 1e8)
    leaves = {X: "y[0]", Y: "y[1]", P: "y[2]"}
    rewritten = canonical(roots, lambda e: symbols_of([e]) <= {P}, merge=merge)
    for form, tolerance in ((roots, 1e-12), (rewritten, 1e-9)):
        source = (
            emit.DLINOID
            + "\n"
            + emit.function("f", "y: array, o: array", leaves, [(f"o[{i}]", e) for i, e in enumerate(form)])
        )
        found = np.zeros(len(roots))
        compile_python(source, {}, ["f"]).f(np.array(point), found)
        np.testing.assert_allclose(found, direct, rtol=tolerance, atol=tolerance * (1.0 + np.abs(direct).max()))


@settings(deadline=None, max_examples=50)
@given(EXPRESSIONS)
def test_rebuilding_with_the_same_symbols_is_the_same_object(root):
    assert substitute(root, lambda s: s, {}) is root
    renamed = substitute(root, lambda s: {X: Y, Y: X}.get(s, s), {})
    assert substitute(renamed, lambda s: {X: Y, Y: X}.get(s, s), {}) is root or symbols_of([root]) <= {P}


def test_equal_expressions_are_one_object_and_trivial_ones_vanish():
    assert X * Y + 1.0 is X * Y + 1.0
    assert X + 0.0 is X and X * 1.0 is X and X / 1.0 is X and X - 0.0 is X
    assert neg(neg(X)) is X
    assert (X - X).op == "const" and (X * 0.0).value == 0.0
    assert constant(2.0) * 3.0 is constant(6.0)
    assert X**2 is X * X and X**-1 is 1.0 / X and X**0.5 is sqrt(X) and (X**0).value == 1.0


# ------------------------------------------------------------------ the constant-field function
FAR = [30.0, 300.0, 699.0, 709.0, 745.0, 1e4]
NEAR = [0.0, 1e-300, 1e-12, 1e-5, 0.0199999, 0.02, 0.0200001, 0.1, 1.0, 5.0]


def exact(x: float) -> tuple[float, float]:
    """x/(1 - exp(-x)) and its derivative with fifty digits."""
    if abs(x) < 1e-20:
        return 1.0 + x / 2.0, 0.5 + x / 6.0
    with localcontext() as context:
        context.prec = 60
        if x < -2000:
            return 0.0, 0.0
        d = Decimal(x)
        e = (-d).exp()
        r = 1 / (1 - e)
        return float(d * r), float((1 - d * r * e) * r)


@pytest.mark.parametrize(
    "compiler", [compile_python, lambda *a: compile_native(*a, cache=False)], ids=["python", "native"]
)
def test_linoid_and_its_derivative_near_zero_and_far_out(compiler):
    stores = [("o[0]", linoid(X)), ("o[1]", dlinoid(X))]
    source = emit.DLINOID + "\n" + emit.function("f", "y: array, o: array", {X: "y[0]"}, stores)
    kernels = compiler(source, {}, ["f"])
    for size in NEAR + FAR:
        for x in (size, -size):
            found = np.zeros(2)
            kernels.f(np.array([x]), found)
            value, slope = exact(x)
            # Far below zero both are smaller than anything counts.
            assert found[0] == pytest.approx(value, rel=1e-14, abs=1e-300), x
            assert found[1] == pytest.approx(slope, rel=2e-12, abs=1e-300), x


def test_a_second_derivative_of_linoid_is_refused():
    with pytest.raises(NotImplementedError, match="second derivatives"):
        jacobian([dlinoid(X)], VARIABLES)
