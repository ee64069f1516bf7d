"""Run kernel functions as plain Python, with the arithmetic of IEEE 754.

A bad trial step must give NaN or infinity, as native code does, and not an exception: divisions by
something that may be zero are guarded, and exp, log and sqrt answer outside their range.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

from mgsim.engine.program import LINOID, SERIES_BELOW, Constant, Program


def compile_functions(program: Program) -> dict[str, Callable[..., Any]]:
    """Make Python functions on memoryviews of a program.

    Parameters
    ----------
    program : Program
        Its statements are rewritten in place.

    Returns
    -------
    dict of str to callable
        They take memoryviews of float64 and int64 where the native functions take arrays.
    """
    guard = _Guard(program.constants)
    definitions: list[ast.stmt] = []
    for function in program.functions.values():
        arguments = ast.arguments([], [ast.arg(name) for name, _ in function.parameters], None, [], [], None, [])
        body = [guard.visit(statement) for statement in function.body]
        definitions.append(ast.FunctionDef(function.name, arguments, body, [], None, None, lineno=1, col_offset=0))
    module = ast.fix_missing_locations(ast.Module(definitions, []))
    space: dict[str, Any] = {"exp": _exp, "log": _log, "sqrt": _sqrt, "tail": _tail, "_divide": _divide}
    space |= {"linoid": _linoid, "logistic": _logistic}
    space.update(program.constants)
    exec(compile(module, "<kernel>", "exec"), space)
    return {name: space[name] for name in program.functions}


def wrap(function: Callable[..., Any], kinds: tuple[str, ...]) -> Callable[..., Any]:
    """Make a function on memoryviews take numpy arrays, without copying."""

    def call(*arguments: Any) -> Any:
        views = (memoryview(a) if k in ("array", "ints") else a for a, k in zip(arguments, kinds, strict=True))
        return function(*views)

    call.__name__ = function.__name__
    return call


class _Guard(ast.NodeTransformer):
    """Write constants as numbers, and `a / b` as `a / b if b else _divide(a, b)`."""

    def __init__(self, constants: dict[str, Constant]) -> None:
        self.constants = constants
        self.depth = 0

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self.constants.get(node.id)
        if isinstance(value, int | float) and isinstance(node.ctx, ast.Load) and math.isfinite(value):
            return ast.copy_location(ast.Constant(value), node)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        if not isinstance(node.op, ast.Div):
            return self.generic_visit(node)  # type: ignore[return-value]
        before = ast.parse(ast.unparse(node.target), mode="eval").body
        value = self.visit(ast.BinOp(before, ast.Div(), node.value))
        return ast.copy_location(ast.Assign([self.visit(node.target)], value), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        if not isinstance(node.op, ast.Div):
            return self.generic_visit(node)  # type: ignore[return-value]
        right = self.visit(node.right)
        if isinstance(right, ast.Constant) and right.value:
            node.left, node.right = self.visit(node.left), right
            return node
        if isinstance(right, ast.Name):
            name, test = right.id, right
        else:  # evaluate it once; the depth keeps nested divisions apart
            name = f"_divisor{self.depth}"
            test = ast.NamedExpr(ast.Name(name, ast.Store()), right)  # type: ignore[assignment]
        self.depth += 1
        left = self.visit(node.left)
        self.depth -= 1
        divisor = ast.Name(name, ast.Load())
        safe = ast.BinOp(left, ast.Div(), divisor)
        guarded = ast.Call(ast.Name("_divide", ast.Load()), [left, divisor], [])
        return ast.copy_location(ast.IfExp(test, safe, guarded), node)


def _divide(a: float, b: float) -> float:
    """Divide by a zero, as IEEE 754 does."""
    if a == 0.0 or a != a:
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + _exp(-x))


def _linoid(x: float) -> float:
    if abs(x) < SERIES_BELOW:
        square = x * x
        return 1.0 + 0.5 * x + square * (LINOID[0] + square * (LINOID[1] + square * LINOID[2]))
    return x / (1.0 - _exp(-x))


def _log(x: float) -> float:
    if x > 0.0:
        return math.log(x)
    return -math.inf if x == 0.0 else math.nan


def _sqrt(x: float) -> float:
    return math.nan if x < 0.0 else math.sqrt(x)


def _tail(array: memoryview, start: int) -> memoryview:
    return array[start:]
