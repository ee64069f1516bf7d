"""Direct evaluation of an expression graph with numpy, real or complex: a check on what is written from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mgsim.language.expression import Expr, Symbol


def linoid(x: Any) -> Any:
    """x / (1 - exp(-x)) for real or complex numbers."""
    x = np.asarray(x)
    small = np.abs(x) < 0.05
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        plain = x / -np.expm1(-x)
    series = 1 + x / 2 + x**2 / 12 - x**4 / 720 + x**6 / 30240 - x**8 / 1209600 + x**10 / 47900160
    return np.where(small, series, plain)


def dlinoid(x: Any) -> Any:
    """Give the derivative of `linoid` for real numbers, by a complex step."""
    return linoid(np.asarray(x) + 1e-30j).imag / 1e-30


OPERATIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": lambda a, b: np.exp(b * np.log(a)),
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "linoid": linoid,
    "logistic": lambda a: 1.0 / (1.0 + np.exp(-a)),
    "dlinoid": dlinoid,
}


def evaluate(roots: Sequence[Expr], given: Mapping[Symbol, Any]) -> list[Any]:
    """Compute expressions from the values of their symbols, which may be arrays."""
    known: dict[Expr, Any] = dict(given)

    def value(node: Expr) -> Any:
        if node not in known:
            known[node] = node.value if node.op == "const" else OPERATIONS[node.op](*map(value, node.args))
        return known[node]

    return [value(root) for root in roots]
