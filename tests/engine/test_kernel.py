"""The kernel language: the same source as native code and as plain Python."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mgsim.engine import kernel
from mgsim.engine.kernel import compile_native, compile_python
from mgsim.engine.program import KernelError
from tests.engine.problems import BACKENDS

inf, nan = math.inf, math.nan


def build(source: str, backend: str, constants=None, exports=None):
    exports = exports or [line.split("(")[0][4:] for line in source.splitlines() if line.startswith("def ")]
    if backend == "native":
        return compile_native(source, constants or {}, exports, cache=False)
    return compile_python(source, constants or {}, exports)


def value(expression: str, backend: str, x: float = 0.0, y: float = 0.0) -> float:
    source = f"def value(x: real, y: real) -> real:\n    return {expression}\n"
    return build(source, backend).value(x, y)


both = pytest.mark.parametrize("backend", BACKENDS)


@both
@pytest.mark.parametrize(
    ("expression", "x", "y", "expected"),
    [
        ("x / y", 1.0, 0.0, inf),
        ("x / y", -1.0, 0.0, -inf),
        ("x / y", 1.0, -0.0, -inf),
        ("x / y", 0.0, 0.0, nan),
        ("x / y", nan, 0.0, nan),
        ("x / y", inf, 0.0, inf),
        ("1.0 / (x / (y - 1.0)) / (2.0 / y)", 3.0, 4.0, 2.0),
        ("(x / y) / (y / x)", 3.0, 0.0, inf),
        ("exp(x)", 1000.0, 0.0, inf),
        ("exp(x)", -1000.0, 0.0, 0.0),
        ("exp(x)", nan, 0.0, nan),
        ("exp(x)", -inf, 0.0, 0.0),
        ("log(x)", 0.0, 0.0, -inf),
        ("log(x)", -1.0, 0.0, nan),
        ("log(x)", nan, 0.0, nan),
        ("log(x)", inf, 0.0, inf),
        ("sqrt(x)", -1.0, 0.0, nan),
        ("sqrt(x)", nan, 0.0, nan),
        ("sqrt(x)", 2.25, 0.0, 1.5),
        ("abs(x) - abs(y)", -3.0, -2.0, 1.0),
        ("-x + -2 * +y", 1.0, 2.0, -5.0),
        ("max(x, y)", 1.0, 2.0, 2.0),
        ("max(x, y)", nan, 2.0, nan),
        ("max(x, y)", 2.0, nan, 2.0),
        ("min(x, y, -1)", 1.0, 2.0, -1.0),
        ("1 if x < y else 2", 1.0, nan, 2.0),
        ("1 if x == y else 2", nan, nan, 2.0),
        ("1 if x != y else 2", nan, nan, 1.0),
        ("1 if not x > y else 2.5", 1.0, nan, 1.0),
        ("y if x > 0 and y > 0 and y < 9 else x", 1.0, 5.0, 5.0),
        ("y if x > 0 or y > 0 else 7", 0.0, 5.0, 5.0),
        ("y if x > 0 or y > 6 else 7", 0.0, 5.0, 7.0),
        ("float(int(x)) + 2 / 4", -2.7, 0.0, -1.5),
    ],
)
def test_arithmetic_is_that_of_ieee_and_python(backend, expression, x, y, expected):
    np.testing.assert_equal(value(expression, backend, x, y), expected)


CONTROL = """
TABLE = (1.0, 2.5, -3.0)


def weighted(y: array, n: integer) -> real:
    "Sum with early exits."
    s = 0
    for i in range(n):
        if y[i] < 0.0:
            continue
        elif y[i] > 50.0:
            break
        else:
            s += y[i] * TABLE[i] * TABLE[1]
    return s


def backwards(y: array, out: array, n: integer) -> integer:
    count = 0
    for i in range(n - 1, -1, -2):
        out[i] = y[i]
        count += 1
        i = 100
    return count * 10 + LIMIT


def collatz(n: integer) -> integer:
    steps = 0
    half = 0
    while n != 1:
        half = 0
        while half + half < n:
            half += 1
        if half + half == n:
            n = half
        else:
            n = 3 * n + 1
        steps += 1
    return steps


def shifted(y: array, k: ints) -> None:
    part = tail(y, 1)
    part[0] = y[1] + k[0]
    y[1] += part[0]
    k[1] = k[0] * 2


def through(y: array, k: ints) -> real:
    shifted(tail(y, 1), k)
    if y[2] > 0.0:
        return weighted(tail(y, 1), 2)
    else:
        return -1.0


def last(n: integer) -> integer:
    for i in range(n):
        pass
    return i


def leading(y: array, n: integer) -> integer:
    i: integer = 0
    while i < n and y[i] > 0.0:
        i += 1
    if i == n or y[i] == 0.0 or not (y[i] < -1.0 and i > 0):
        return i
    return -i


def early(y: array) -> integer:
    while True:
        y[0] = y[0] * 2.0
        if y[0] > 100.0:
            return 1 if y[0] > 150.0 else 0
    return 2
"""


@both
def test_control_flow(backend):
    k = build(CONTROL, backend, {"LIMIT": 7})
    assert k.weighted(np.array([1.0, -2.0, 3.0]), 3) == (1.0 - 9.0) * 2.5
    assert k.weighted(np.array([1.0, 60.0, 3.0]), 3) == 2.5
    assert k.weighted(np.array([1.0]), 0) == 0.0
    out = np.zeros(5)
    assert k.backwards(np.arange(5.0), out, 5) == 37
    assert out.tolist() == [0.0, 0.0, 2.0, 0.0, 4.0]
    assert k.collatz(27) == 111
    assert k.last(4) == 3
    assert [k.leading(np.array(y), 2) for y in ([1.0, 1.0], [1.0, 0.0], [1.0, -2.0], [-2.0, 1.0])] == [2, 1, -1, 0]
    assert k.early(np.array([3.0])) == 1


@both
def test_parts_of_arrays_are_views(backend):
    k = build(CONTROL, backend, {"LIMIT": 7})
    y, n = np.array([0.0, 5.0, 1.0, 9.0]), np.array([3, 0])
    assert k.through(y, n) == (5.0 + 8.0 * 2.5) * 2.5
    assert y.tolist() == [0.0, 5.0, 8.0, 9.0]
    assert n.tolist() == [3, 6]


@both
def test_division_in_place_by_zero_gives_infinity(backend):
    source = "def f(y: array, i: integer) -> None:\n    y[i] /= y[i + 1]\n    y[i + 1] /= 4\n"
    y = np.array([3.0, 0.0])
    build(source, backend).f(y, 0)
    assert y.tolist() == [inf, 0.0]


STRAIGHT = """
def forward(y: array, f: array, i: integer) -> real:
    a = y[0]
    y[0] = a + 1.0
    b = y[0]
    y[i] = 7.0
    d = y[0]
    e = y[2] if a > 0.0 else 0.0
    g = y[2] + f[i]
    twice(y, f)
    return a + 10.0 * b + 100.0 * d + 1000.0 * e + 10000.0 * g + 1e5 * y[0] + 1e6 * f[0]


def twice(y: array, f: array) -> None:
    y[0] = 2.0 * y[0]
    f[0] = 3.0
"""


@both
@pytest.mark.parametrize("i", [0, 1])
def test_stores_are_seen_by_later_loads(backend, i):
    k = build(STRAIGHT, backend)
    y = np.array([1.0, 0.0, 4.0])
    first = 7.0 if i == 0 else 2.0
    expected = 1.0 + 20.0 + 100 * first + 4000.0 + 10000 * (4.0 + 0.5) + 1e5 * 2 * first + 3e6
    assert k.forward(y, np.array([0.5, 0.5]), i) == expected


def random_straight_line(seed: int, statements: int = 400) -> str:
    rng = np.random.default_rng(seed)
    names = [f"y[{i}]" for i in range(10)]
    lines = ["def rhs(y: array, f: array) -> None:"]
    for k in range(statements):
        a, b, c = rng.choice(names[-25:] + names[:10], 3)
        form = rng.choice(
            [
                "{a} * {b} - {c}",
                "{a} / (1.5 + {b} * {b})",
                "exp(-{a} * {a}) + {c}",
                "({a} if {b} > {c} else -{b})",
                "sqrt(abs({a})) - log(1.0 + abs({b}))",
                "0.3 * ({a} + {b})",
            ]
        )
        lines.append(f"    x{k} = " + form.format(a=a, b=b, c=c))
        names.append(f"x{k}")
    lines += [f"    f[{i}] = {names[-1 - i]}" for i in range(10)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(5))
def test_long_straight_line_code_agrees_with_python(seed):
    source = random_straight_line(seed)
    y = np.random.default_rng(seed).normal(size=10)
    native, plain, direct = np.zeros(10), np.zeros(10), np.zeros(10)
    build(source, "native").rhs(y, native)
    build(source, "python").rhs(y, plain)
    space = {"exp": math.exp, "sqrt": math.sqrt, "log": math.log, "array": None}
    exec(source, space)
    space["rhs"](y.tolist(), direct)
    np.testing.assert_array_equal(plain, direct)
    np.testing.assert_allclose(native, plain, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("q = z + 1.0", "'z' has no value here"),
        ("y[0] = cosh(x)", "no function 'cosh'"),
        ("y[0] = x ** 2", "not Pow"),
        ("y[x] = 1.0", "index must be an integer"),
        ("y[0] = y", "should be real, not array"),
        ("y[0], y[1] = x, x", "Tuple is not part"),
        ("a = b = x", "one assignment a line"),
        ("y[0] = 1.0 if x else 2.0", "must be a comparison"),
        ("y[0] = 1.0 if 0 < x < 1 else 2.0", "chained comparison"),
        ("for i in y: pass", "range"),
        ("x", "does nothing"),
        ("return x", "declared to return None"),
        ("N = 3", "is a constant"),
        ("y[0] = P[2]", "has 2 items"),
        ("y[0] = x[0]", "'x' is not an array"),
        ("y[0] = ~x", "operator is not part"),
        ("y[0] = 1.0 if x is y else 2.0", "comparison is not part"),
        ("y[0] = 2 // 3", "not FloorDiv"),
        ("y[0] = lambda: x", "Lambda is not part"),
        ("y[0] = 1.0 if x > 0.0 else y", "the other array"),
        ("y.a(x)", "call a function by its name"),
        ("y[0] = tail(x, 1)", "tail takes an array"),
        ("z: real", "needs a value"),
        ("for i in range(0, 9, N - 2): pass", "step of range"),
        ("for i in range(x): pass", "limits of range"),
        ("P[0] = x", "cannot be changed"),
        ("y[0] = max(x)", "2 arguments"),
        ("f(y)", "takes 2 arguments"),
        ("f(x, x)", "should be array"),
        ("y[0] = f(y, x)", "returns nothing"),
        ("with y: pass", "not part of the subset"),
        ("y[0] = [1][0]", "only a named array"),
        ("y[0] = 'a'", "only numbers"),
        ("return\n    x = 1.0", "can never run"),
    ],
)
def test_outside_the_subset_is_one_clear_line(line, complaint):
    source = f"P = (1.0, 2.0)\ndef f(y: array, x: real) -> None:\n    {line}\n"
    with pytest.raises(KernelError, match=complaint) as caught:
        build(source, "native", {"N": 2}, ["f"])
    assert "f, line 3" in str(caught.value) or "f, line 4" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("def f(y) -> None:\n    pass\n", "parameter 'y' needs an annotation"),
        ("def f(y: array):\n    return 1.0\n", "needs an annotation|declared to return"),
        ("def f(y: array) -> array:\n    return y\n", "returns real, integer or None"),
        ("def f(y: array, *k) -> None:\n    pass\n", "plain names"),
        ("class A: pass\n", "only functions and constants"),
        ("A = 'b'\n", "a number or a tuple"),
        ("def f(x: real) -> real:\n    if x > 0.0:\n        return x\n", "not every path"),
    ],
)
def test_bad_declarations_are_refused(source, complaint):
    with pytest.raises(KernelError, match=complaint):
        build(source, "native", exports=[])


def test_exports_must_exist():
    with pytest.raises(KernelError, match="no function 'g'"):
        build("def f(x: real) -> real:\n    return x\n", "native", exports=["g"])
    kernels = build("def f(x: real) -> real:\n    return x\n", "python")
    with pytest.raises(AttributeError, match="no function 'g'; they have f"):
        _ = kernels.g


def test_arrays_of_the_wrong_kind_are_refused():
    k = build("def f(y: array) -> real:\n    return y[0]\n", "native")
    for bad in (np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.float32), np.zeros(6)[::2]):
        with pytest.raises(TypeError, match="float64"):
            k.f(bad)
    with pytest.raises(TypeError, match="takes 1 argument"):
        k.f(np.zeros(1), 2.0)


def test_models_live_side_by_side():
    one, two = (build(f"def f(x: real) -> real:\n    return x + {n}\n", "native") for n in (1, 2))
    assert (one.f(1.0), two.f(1.0)) == (2.0, 3.0)


def test_without_llvmlite_python_runs_and_says_so(monkeypatch):
    monkeypatch.setattr(kernel, "find_spec", lambda name: None)
    with pytest.warns(RuntimeWarning, match="llvmlite is not installed"):
        k = kernel.load("def f(x: real) -> real:\n    return x\n", {}, ["f"])
    assert k.backend == "python"
    assert k.f(2.0) == 2.0


SEVERAL = """
def several(x: array, e: array, n: integer) -> None:
    a = exp(x[0])
    b = exp(x[1])
    c = exp(x[2])
    d = exp(x[3])
    g = exp(x[4])
    h = exp(0.5 * log(a))
    e[0] = a
    e[1] = b
    e[2] = c
    e[3] = d
    e[4] = g
    e[5] = h
"""


def test_exponentials_side_by_side_are_right_to_the_last_place():
    k = build(SEVERAL, "native")
    rng = np.random.default_rng(5)
    ordinary = np.concatenate([rng.uniform(-708, 709.7, 3000), rng.normal(size=3000), rng.normal(size=1000) * 1e-8])
    x, e = np.zeros(5), np.zeros(6)
    for start in range(0, len(ordinary), 5):
        x[:] = ordinary[start : start + 5]
        k.several(x, e, 0)
        exact = np.array([math.exp(v) for v in x])
        assert (np.abs(e[:5] - exact) <= np.spacing(exact)).all()
        assert e[5] == pytest.approx(math.exp(0.5 * x[0]), rel=1e-12)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (0.0, 1.0), (-0.0, 1.0), (inf, inf), (-inf, 0.0), (nan, nan), (709.79, inf), (1e300, inf), (-1e300, 0.0),
        (-745.2, 0.0), (709.78, math.exp(709.78)), (-744.0, 0.0), (-708.4, 0.0), (-708.3, math.exp(-708.3)),
    ],
)  # fmt: skip
def test_exponentials_side_by_side_at_the_limits(x, expected):
    e = np.zeros(6)
    build(SEVERAL, "native").several(np.full(5, x), e, 0)
    # What is too small for a normal number may be zero.
    np.testing.assert_allclose(e[:5], expected, rtol=1e-15, atol=2.3e-308)


GATED = """
def ratio(x: real) -> real:
    if abs(x) < 0.01:
        half = 0.5 * x
        return 1.0 + half
    if x < -50.0:
        return 0.0
    e = exp(-x)
    return x / (1.0 - e)


def rhs(y: array, f: array) -> None:
    a = ratio(y[0]) + ratio(y[1])
    b = exp(a) if a < 100.0 and not y[2] > 5.0 else -1
    c = exp(y[3]) if y[3] < 0.0 or b > 0.0 else a
    f[0] = a
    f[1] = b
    f[2] = c
    f[3] = ratio(c)
    f[4] = ratio(ratio(b))
"""


@pytest.mark.parametrize("seed", range(20))
def test_choices_without_jumps_agree_with_python(seed):
    y = np.random.default_rng(seed).normal(size=4) * 10.0 ** np.arange(-2, 2) * (seed % 3)
    native, plain = np.zeros(5), np.zeros(5)
    build(GATED, "native").rhs(y, native)
    build(GATED, "python").rhs(y, plain)
    np.testing.assert_allclose(native, plain, rtol=1e-13)


def test_exponentials_stay_in_order_where_an_array_is_read_and_written():
    source = "def f(y: array) -> None:\n" + "".join(f"    y[{i + 1}] = exp(y[{i}])\n" for i in range(4))
    for backend in BACKENDS:
        y = np.array([-1.0, 0.0, 0.0, 0.0, 0.0])
        build(source, backend).f(y)
        assert y[4] == pytest.approx(math.exp(math.exp(math.exp(math.exp(-1.0)))), rel=1e-14)


def test_tail_of_an_array_in_straight_code_sees_every_store():
    source = "def f(y: array) -> real:\n    y[1] = 2.0\n    z = tail(y, 1)\n    z[0] = 5.0\n    return y[1]\n"
    for backend in BACKENDS:
        assert build(source, backend).f(np.zeros(2)) == 5.0


GATES = """
def gates(x: array, e: array) -> None:
    a = logistic(x[0])
    b = logistic(x[1])
    c = linoid(x[0])
    d = linoid(x[1])
    e[0] = a
    e[1] = b
    e[2] = c
    e[3] = d


def one(x: real) -> real:
    return logistic(x) + linoid(x) if x < 1e9 else 0.0
"""


@both
def test_gates_and_constant_field_functions(backend):
    k = build(GATES, backend)
    rng = np.random.default_rng(6)
    x, e = np.zeros(2), np.zeros(4)
    for start in np.concatenate([rng.uniform(-700, 700, 500), rng.normal(size=500), 10.0 ** rng.uniform(-12, 0, 300)]):
        x[:] = start, -start
        k.gates(x, e)
        for i, v in enumerate(x):
            assert e[i] == pytest.approx(1.0 / (1.0 + math.exp(-v)), rel=4e-16)
            assert e[2 + i] == pytest.approx(v / -math.expm1(-v), rel=1e-14)
        assert k.one(start) == pytest.approx(e[0] + e[2], rel=1e-15)


@both
@pytest.mark.parametrize(
    ("x", "gate", "field"), [(0.0, 0.5, 1.0), (800.0, 1.0, 800.0), (-800.0, 0.0, 0.0), (nan, nan, nan)]
)
def test_gates_at_the_limits(backend, x, gate, field):
    e = np.zeros(4)
    build(GATES, backend).gates(np.full(2, x), e)
    np.testing.assert_array_equal(e, [gate, gate, field, field])


LOGS = "def logs(x: array, e: array) -> None:\n" + "".join(f"    a{i} = log(x[{i}])\n" for i in range(5))
LOGS += "".join(f"    e[{i}] = a{i}\n" for i in range(5))


def test_logarithms_side_by_side_are_right_to_the_last_place():
    k = build(LOGS, "native")
    rng = np.random.default_rng(7)
    near_one = [rng.uniform(0.4, 2.1, 3000), 1.0 + rng.normal(size=1000) * 1e-9]
    ordinary = np.concatenate([10.0 ** rng.uniform(-307, 308, 3000), *near_one])
    x, e = np.zeros(5), np.zeros(5)
    for start in range(0, len(ordinary), 5):
        x[:] = ordinary[start : start + 5]
        k.logs(x, e)
        exact = np.array([math.log(v) for v in x])
        assert (np.abs(e - exact) <= np.spacing(np.abs(exact))).all()


@pytest.mark.parametrize(
    ("x", "expected"), [(0.0, -inf), (-0.0, -inf), (-1.0, nan), (-inf, nan), (inf, inf), (nan, nan), (1.0, 0.0)]
)
def test_logarithms_side_by_side_at_the_limits(x, expected):
    e = np.zeros(5)
    build(LOGS, "native").logs(np.full(5, x), e)
    np.testing.assert_array_equal(e, np.full(5, expected))
