"""Exact derivatives of expressions, as expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mgsim.language.expression import (
    ONE,
    ZERO,
    Expr,
    Symbol,
    add,
    constant,
    div,
    dlinoid,
    log,
    mul,
    neg,
    power,
    sub,
)

Gradient = dict[int, Expr]


def jacobian(roots: Sequence[Expr], variables: Mapping[Symbol, int]) -> list[Gradient]:
    """Differentiate expressions with respect to the variables they contain.

    Parameters
    ----------
    roots : sequence of Expr
        What is differentiated.
    variables : mapping of Symbol to int
        The variables with their column.

    Returns
    -------
    list of dict
        For each root, its derivative by column; a column without an entry is exactly zero.
    """
    memo: dict[Expr, Gradient] = {}
    return [gradient(root, variables, memo) for root in roots]


def gradient(node: Expr, variables: Mapping[Symbol, int], memo: dict[Expr, Gradient]) -> Gradient:
    """Differentiate one node by the chain rule from its operands up."""
    found = memo.get(node)
    if found is not None:
        return found
    if isinstance(node, Symbol):
        result: Gradient = {variables[node]: ONE} if node in variables else {}
    elif not node.args:
        result = {}
    else:
        parts = [gradient(a, variables, memo) for a in node.args]
        if not any(parts):
            result = {}
        else:
            result = {}
            for factor, part in zip(_partials(node), parts, strict=True):
                for column, inner in part.items():
                    term = mul(factor, inner)
                    before = result.get(column)
                    result[column] = term if before is None else add(before, term)
            result = {c: d for c, d in result.items() if d is not ZERO}
    memo[node] = result
    return result


def _partials(node: Expr) -> tuple[Expr, ...]:
    a = node.args[0]
    b = node.args[1] if len(node.args) > 1 else ZERO
    if node.op == "add":
        return ONE, ONE
    if node.op == "sub":
        return ONE, constant(-1.0)
    if node.op == "mul":
        return b, a
    if node.op == "div":
        return (ZERO, neg(mul(node, node))) if a is ONE else (div(ONE, b), neg(div(node, b)))
    if node.op == "neg":
        return (constant(-1.0),)
    if node.op == "exp":
        return (node,)
    if node.op == "logistic":
        return (mul(node, sub(ONE, node)),)
    if node.op == "log":
        return (div(ONE, a),)
    if node.op == "sqrt":
        return (div(constant(0.5), node),)
    if node.op == "linoid":
        return (dlinoid(a),)
    if node.op == "pow":
        return mul(b, power(a, sub(b, ONE))), mul(node, log(a))
    if node.op == "dlinoid":
        # d/dx of (1 - (1 + x) e^-x)/(1 - e^-x)^2 is needed only for second derivatives, which nobody takes.
        raise NotImplementedError("second derivatives of the constant-field function are not available")
    raise NotImplementedError(node.op)
