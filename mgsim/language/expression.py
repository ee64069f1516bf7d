"""The expression graph: what the arithmetic in a mechanism's class body builds.

Nodes are immutable and hash-consed: the same operation on the same operands is the same object, so common
subexpressions are shared by construction and comparing two expressions is comparing two pointers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Union

Number = int | float
Operand = Union["Expr", int, float]


class Expr:
    """A node of the graph: an operation, its operands, and a payload (a constant or an exponent)."""

    __slots__ = ("op", "args", "value")

    op: str
    args: tuple[Expr, ...]
    value: float

    def __init__(self, op: str, args: tuple[Expr, ...] = (), value: float = 0.0):
        self.op = op
        self.args = args
        self.value = value

    def __add__(self, other: Operand) -> Expr:
        return add(self, as_expr(other))

    def __radd__(self, other: Operand) -> Expr:
        return add(as_expr(other), self)

    def __sub__(self, other: Operand) -> Expr:
        return sub(self, as_expr(other))

    def __rsub__(self, other: Operand) -> Expr:
        return sub(as_expr(other), self)

    def __mul__(self, other: Operand) -> Expr:
        return mul(self, as_expr(other))

    def __rmul__(self, other: Operand) -> Expr:
        return mul(as_expr(other), self)

    def __truediv__(self, other: Operand) -> Expr:
        return div(self, as_expr(other))

    def __rtruediv__(self, other: Operand) -> Expr:
        return div(as_expr(other), self)

    def __neg__(self) -> Expr:
        return neg(self)

    def __pow__(self, exponent: Operand) -> Expr:
        return power(self, as_expr(exponent))

    def __rpow__(self, other: Operand) -> Expr:
        return power(as_expr(other), self)

    def __bool__(self) -> bool:
        raise TypeError(
            "a mechanism has no if: the equations must be smooth; write a gate or a softplus instead"
        )

    def __repr__(self) -> str:
        return text(self)


class Symbol(Expr):
    """A leaf with a name: what a parameter, a state or an input is inside an expression."""

    __slots__ = ("name",)

    def __init__(self, name: str = ""):
        super().__init__("symbol")
        self.name = name


_interned: dict[tuple[object, ...], Expr] = {}


def _node(op: str, args: tuple[Expr, ...] = (), value: float = 0.0) -> Expr:
    key = (op, args, value)
    found = _interned.get(key)
    if found is None:
        found = _interned[key] = Expr(op, args, value)
    return found


def constant(value: Number) -> Expr:
    """Make a number a node."""
    return _node("const", (), float(value))


ZERO = constant(0.0)
ONE = constant(1.0)
MINUS_ONE = constant(-1.0)


def as_expr(value: Operand) -> Expr:
    """Take a number or an expression as an expression.

    Raises
    ------
    TypeError
        If the value is neither.
    """
    if isinstance(value, Expr):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return constant(value)
    raise TypeError(f"{value!r} cannot stand in an equation; numbers, parameters, states and definitions can")


def add(a: Expr, b: Expr) -> Expr:
    if a is ZERO:
        return b
    if b is ZERO:
        return a
    if a.op == "const" and b.op == "const":
        return constant(a.value + b.value)
    if b.op == "neg":
        return sub(a, b.args[0])
    return _node("add", (a, b))


def sub(a: Expr, b: Expr) -> Expr:
    if b is ZERO:
        return a
    if a is ZERO:
        return neg(b)
    if a is b:
        return ZERO
    if a.op == "const" and b.op == "const":
        return constant(a.value - b.value)
    if b.op == "neg":
        return add(a, b.args[0])
    return _node("sub", (a, b))


def mul(a: Expr, b: Expr) -> Expr:
    if a is ZERO or b is ZERO:
        return ZERO
    if a is ONE:
        return b
    if b is ONE:
        return a
    if a is MINUS_ONE:
        return neg(b)
    if b is MINUS_ONE:
        return neg(a)
    if a.op == "const" and b.op == "const":
        return constant(a.value * b.value)
    if a.op == "neg":
        return neg(mul(a.args[0], b))
    if b.op == "neg":
        return neg(mul(a, b.args[0]))
    return _node("mul", (a, b))


def div(a: Expr, b: Expr) -> Expr:
    if a is ZERO:
        return ZERO
    if b is ONE:
        return a
    if a.op == "const" and b.op == "const" and b.value != 0.0:
        return constant(a.value / b.value)
    if a.op == "neg":
        return neg(div(a.args[0], b))
    return _node("div", (a, b))


def neg(a: Expr) -> Expr:
    if a.op == "const":
        return constant(-a.value)
    if a.op == "neg":
        return a.args[0]
    return _node("neg", (a,))


def power(a: Expr, exponent: Expr) -> Expr:
    """Raise to a power; whole exponents become products, so that a base of zero is harmless."""
    if exponent.op == "const":
        n = exponent.value
        if n == 0.5:
            return sqrt(a)
        if n == int(n) and abs(n) <= 16:
            return _whole_power(a, int(n))
    return _node("pow", (a, exponent))


def _whole_power(a: Expr, n: int) -> Expr:
    if n < 0:
        return div(ONE, _whole_power(a, -n))
    if n == 0:
        return ONE
    half = _whole_power(a, n // 2)
    square = mul(half, half)
    return mul(square, a) if n % 2 else square


def _function(op: str, a: Operand, fold: Callable[[float], float]) -> Expr:
    node = as_expr(a)
    return constant(fold(node.value)) if node.op == "const" else _node(op, (node,))


def exp(a: Operand) -> Expr:
    """Exponential of a dimensionless expression."""
    import math

    return _function("exp", a, math.exp)


def exp10(a: Operand) -> Expr:
    """Ten to the power of a dimensionless expression, as for pH and pK."""
    return exp(2.302585092994046 * as_expr(a))


def log(a: Operand) -> Expr:
    """Natural logarithm of a dimensionless expression."""
    import math

    return _function("log", a, math.log)


def sqrt(a: Operand) -> Expr:
    """Square root."""
    import math

    return _function("sqrt", a, math.sqrt)


def logistic(a: Operand) -> Expr:
    """1 / (1 + exp(-x)), the open share of a two-state gate."""
    import math

    return _function("logistic", a, lambda x: 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else math.exp(x))


def linoid(a: Operand) -> Expr:
    """x / (1 - exp(-x)), the constant-field and rate function, with its limit 1 at x = 0."""
    return _node("linoid", (as_expr(a),))


def dlinoid(a: Operand) -> Expr:
    """Derivative of :func:`linoid`, with its limit 1/2 at x = 0."""
    return _node("dlinoid", (as_expr(a),))


def substitute(root: Expr, replace: Callable[[Symbol], Expr], memo: dict[Expr, Expr]) -> Expr:
    """Rebuild an expression with its symbols replaced; `memo` is shared between calls of one assembly."""
    done = memo.get(root)
    if done is not None:
        return done
    if isinstance(root, Symbol):
        new = replace(root)
    elif not root.args:
        new = root
    else:
        args = tuple(substitute(a, replace, memo) for a in root.args)
        new = root if args == root.args else rebuild(root, args)
    memo[root] = new
    return new


_REBUILD: Mapping[str, Callable[..., Expr]] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "div": div,
    "neg": neg,
    "pow": power,
    "exp": exp,
    "log": log,
    "sqrt": sqrt,
    "logistic": logistic,
    "linoid": linoid,
    "dlinoid": dlinoid,
}


def rebuild(node: Expr, args: tuple[Expr, ...]) -> Expr:
    """Make the same operation on other operands."""
    return _REBUILD[node.op](*args)


def symbols_of(roots: Iterable[Expr]) -> set[Symbol]:
    """Collect the symbols that stand in some expressions."""
    seen: set[Expr] = set()
    found: set[Symbol] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, Symbol):
            found.add(node)
        stack.extend(node.args)
    return found


_INFIX = {"add": (" + ", 1), "sub": (" - ", 1), "mul": ("*", 2), "div": ("/", 2)}


def text(node: Expr, outer: int = 0) -> str:
    """Write an expression as a person would."""
    if isinstance(node, Symbol):
        return node.name or "?"
    if node.op == "const":
        return f"{node.value:g}"
    if node.op in _INFIX:
        sign, level = _INFIX[node.op]
        left, right = text(node.args[0], level), text(node.args[1], level + (node.op in ("sub", "div")))
        return f"({left}{sign}{right})" if level < outer else left + sign + right
    if node.op == "neg":
        return "-" + text(node.args[0], 3)
    if node.op == "pow":
        return f"{text(node.args[0], 3)}**{text(node.args[1], 3)}"
    return f"{node.op}({', '.join(text(a) for a in node.args)})"
