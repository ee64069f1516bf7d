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
    uses: dict[Expr, int] = {}
    stack = list(roots)
    while stack:
        node = stack.pop()
        uses[node] = uses.get(node, 0) + 1
        if uses[node] == 1:
            stack += node.args
    memo: dict[Expr, Gradient] = {s: {column: ONE} for s, column in variables.items()}
    return [_gradient(root, uses, memo) for root in roots]


def _gradient(node: Expr, uses: Mapping[Expr, int], memo: dict[Expr, Gradient]) -> Gradient:
    """Differentiate a node by the chain rule, from what it shares with others up.

    Inside, down to what is used elsewhere too, derivatives are taken backwards: each factor on the way is
    multiplied once, however many variables lie beyond.
    """
    found = memo.get(node)
    if found is None:
        found = {}
        for shared, slope in _slopes(node, uses).items():
            for column, inner in _gradient(shared, uses, memo).items():
                term = mul(slope, inner)
                before = found.get(column)
                found[column] = term if before is None else add(before, term)
        found = {column: slope for column, slope in found.items() if slope is not ZERO}
        memo[node] = found
    return found


def _slopes(node: Expr, uses: Mapping[Expr, int]) -> dict[Expr, Expr]:
    """Differentiate a node to the nearest expressions inside that are symbols or used more than once."""
    found: dict[Expr, Expr] = {}
    stack = [(node, ONE)] if node.args else []
    while stack:
        inner, outer = stack.pop()
        for argument, partial in zip(inner.args, _partials(inner), strict=True):
            slope = mul(outer, partial)
            if isinstance(argument, Symbol) or (argument.args and uses[argument] > 1):
                before = found.get(argument)
                found[argument] = slope if before is None else add(before, slope)
            elif argument.args:
                stack.append((argument, slope))
    return found


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
