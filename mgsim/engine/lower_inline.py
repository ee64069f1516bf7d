"""Write small functions such as ``x / (1 - exp(-x))`` with its series near zero without a jump.

In straight-line code both sides of a choice are computed and one is selected: a jump would cost more
and would keep the exponentials from being computed side by side.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mgsim.engine.lower_writer import Value
from mgsim.engine.program import INTRINSICS, Function

if TYPE_CHECKING:
    from mgsim.engine.lower_expressions import Expressions


def is_harmless(node: ast.AST) -> bool:
    """Tell whether an expression may be computed though its value is not wanted."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and not (isinstance(part.func, ast.Name) and part.func.id in INTRINSICS):
            return False
        if isinstance(part, ast.Subscript) and not isinstance(part.slice, ast.Constant):
            return False  # it may lie outside the array
    return True


def is_choice(function: Function) -> bool:
    """Tell whether a function of numbers only assigns and then returns one of several expressions."""
    numbers = all(kind in ("real", "integer") for _, kind in function.parameters)
    return numbers and function.returns is not None and _chooses(function.body)


def write_inline(body: Expressions, function: Function, arguments: list[Value]) -> Value:
    """Write the value of a function for which `is_choice` is true."""
    outside = body.values
    body.values = {name: value for (name, _), value in zip(function.parameters, arguments, strict=True)}
    value = _returned(body, function.body)
    body.values = outside
    return body.convert(value, function.returns, function.body[-1], "the returned value")


def _chooses(statements: list[ast.stmt]) -> bool:
    *first, last = statements
    return (
        isinstance(last, ast.Return)
        and last.value is not None
        and is_harmless(last.value)
        and all(
            (isinstance(s, ast.Assign) and isinstance(s.targets[0], ast.Name) and is_harmless(s.value))
            or (isinstance(s, ast.If) and not s.orelse and is_harmless(s.test) and _chooses(s.body))
            for s in first
        )
    )


def _returned(body: Expressions, statements: list[ast.stmt]) -> Value:
    for place, statement in enumerate(statements):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            body.values[statement.targets[0].id] = body.expression(statement.value)
        elif isinstance(statement, ast.If):
            test = body.condition(statement.test)
            names = dict(body.values)
            chosen = _returned(body, statement.body)
            body.values = names
            return body.select(test, chosen, _returned(body, statements[place + 1 :]), statement)
        elif isinstance(statement, ast.Return) and statement.value is not None:
            return body.expression(statement.value)
    raise AssertionError("a choice ends with a return")
