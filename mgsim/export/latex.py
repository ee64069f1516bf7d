"""Equations as LaTeX: what a mechanism says, set as in a paper.

Fractions stay where the mechanism has them, a product of equal factors is a power, and an amount of a species
stands in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mgsim.export.latex_names import amount, symbol
from mgsim.language.declaration import Declaration, Define, Rate, Reaction
from mgsim.language.expression import Expr, Symbol
from mgsim.language.mechanism import Mechanism

_ARROWS = {"⇌": r"\rightleftharpoons", "→": r"\rightarrow"}
_LN_10 = 2.302585092994046
_DECADES = (1e-3, 1e5)  # numbers outside are written with a power of ten


@dataclass(frozen=True)
class Equation:
    """One line of a mechanism.

    Attributes
    ----------
    name : str
        Its name in the mechanism.
    kind : {"definition", "output", "rate of change", "reaction"}
        What it says.
    latex : str
        The equation, without dollar signs.
    chemistry : str
        For a reaction, what becomes of what; else empty.
    unit, meaning : str
        Of the left side; empty where the mechanism gives none.
    """

    name: str
    kind: str
    latex: str
    chemistry: str = ""
    unit: str = ""
    meaning: str = ""


def equations(mechanism: type[Mechanism]) -> list[Equation]:
    r"""Write the lines of a mechanism, in its own order.

    Examples
    --------
    >>> from mgsim.fibre.parvalbumin import Parvalbumin
    >>> [line.chemistry for line in equations(Parvalbumin) if line.kind == "reaction"][0]
    '\\mathrm{Ca}^{2+} \\rightleftharpoons \\mathrm{CaP}'
    """
    found = []
    for d in mechanism.declarations.values():
        if isinstance(d, Define):
            kind = "output" if d.is_output else "definition"
            line = f"{symbol(d)} = {expression(d.definition)}"
            found.append(Equation(d.name, kind, line, unit=d.unit, meaning=d.meaning))
        elif isinstance(d, Rate):
            line = rf"\frac{{d {expression(d.state)}}}{{d t}} = {expression(d.law)}"
            found.append(Equation(d.name, "rate of change", line))
        elif isinstance(d, Reaction):
            line = f"{symbol(d)} = {expression(d.law)}"
            found.append(Equation(d.name, "reaction", line, chemistry(d), d.unit, d.meaning))
    return found


def chemistry(reaction: Reaction) -> str:
    """Write what becomes of what in a reaction."""
    assert reaction.owner is not None
    known: dict[str, Declaration] = getattr(reaction.owner, "declarations", {})
    written = []
    for part in re.split(r"\s*(⇌|→|\+)\s*", reaction.equation):
        many, _, name = part.rpartition(" ")
        if part in _ARROWS or part == "+":
            written.append(_ARROWS.get(part, part))
        elif part:
            species = amount(known[name], brackets=False)
            written.append(rf"{many}\,{species}" if many else species)
    return " ".join(written)


def expression(node: Expr) -> str:
    r"""Write an expression.

    Examples
    --------
    >>> from mgsim.fibre.serca import SERCA
    >>> expression(SERCA.loaded.definition)
    '\\left(\\frac{[\\mathrm{Ca}^{2+}]}{K_{\\mathrm{c}}}\\right)^{2}'
    """
    text = ""
    for negative, term in _terms(node):
        written = _product(term)
        if written.startswith("-"):
            negative, written = not negative, written[1:].lstrip()
        if text:
            text += " - " if negative else " + "
        elif negative:
            text = "-"
        text += written
    return text


def _terms(node: Expr, negative: bool = False) -> Iterator[tuple[bool, Expr]]:
    """Take a sum apart into terms with their signs."""
    if node.op in ("add", "sub"):
        yield from _terms(node.args[0], negative)
        yield from _terms(node.args[1], negative != (node.op == "sub"))
    elif node.op == "neg":
        yield from _terms(node.args[0], not negative)
    else:
        yield negative, node


def _factors(node: Expr, below: bool = False) -> Iterator[tuple[bool, Expr, int]]:
    """Take a product apart into powers, each above or below the line, in the order they were written."""
    power = 1
    while node.op == "mul" and node.args[0] is node.args[1]:
        node, power = node.args[0], 2 * power
    if power == 1 and node.op in ("mul", "div"):
        yield from _factors(node.args[0], below)
        yield from _factors(node.args[1], below != (node.op == "div"))
    else:
        yield below, node, power


def _product(node: Expr) -> str:
    """Write a term: fractions beside each other, as they were written."""
    groups: list[tuple[list[tuple[Expr, int]], list[tuple[Expr, int]]]] = [([], [])]
    for below, factor, power in _factors(node):
        if not below and groups[-1][1]:
            groups.append(([], []))
        groups[-1][below].append((factor, power))
    written = []
    for above, under in groups:
        if under:
            written.append(rf"\frac{{{_row(above, alone=True)}}}{{{_row(under, alone=True)}}}")
        else:
            written.append(_row(above, alone=len(groups) == 1))
    return r" \, ".join(written)


def _row(factors: list[tuple[Expr, int]], alone: bool) -> str:
    """Write factors in a row, numbers first and equal ones as a power."""
    powers: dict[Expr, int] = {}
    for factor, power in sorted(factors, key=lambda pair: pair[0].op != "const"):
        powers[factor] = powers.get(factor, 0) + power
    if not powers:
        return "1"
    ((first, power), *others) = powers.items()
    if alone and not others and power == 1 and first.op in ("add", "sub", "neg"):
        return expression(first)
    return r" \, ".join(_one(factor, str(power) if power > 1 else "") for factor, power in powers.items())


def _one(node: Expr, power: str = "") -> str:
    """Write one factor, in parentheses where it needs them, and perhaps raised to a power."""
    raised = f"^{{{power}}}" if power else ""
    if isinstance(node, Symbol):
        return f"{{{symbol(node)}}}{raised}" if raised else symbol(node)
    if node.op == "const":
        return _number(node.value) + raised
    if node.op in _FUNCTIONS:
        written = _FUNCTIONS[node.op](node.args[0])
        return rf"\left({written}\right){raised}" if raised else written
    if node.op == "pow":
        written = _one(node.args[0], expression(node.args[1]))
        return rf"\left({written}\right){raised}" if raised else written
    return rf"\left({expression(node)}\right){raised}"


def _exp(x: Expr) -> str:
    inside = x.args[0] if x.op == "neg" else x
    if inside.op == "mul" and inside.args[0].op == "const" and inside.args[0].value == _LN_10:
        exponent = inside.args[1]
        return f"10^{{{expression(exponent) if inside is x else _minus(exponent)}}}"
    return rf"\exp\left({expression(x)}\right)"


def _minus(x: Expr) -> str:
    return expression(Expr("neg", (x,)))


_FUNCTIONS: dict[str, Callable[[Expr], str]] = {
    "exp": _exp,
    "log": lambda x: rf"\ln\left({expression(x)}\right)",
    "sqrt": lambda x: rf"\sqrt{{{expression(x)}}}",
    "logistic": lambda x: rf"\frac{{1}}{{1 + \exp\left({_minus(x)}\right)}}",
    "linoid": lambda x: rf"\frac{{{expression(x)}}}{{1 - \exp\left({_minus(x)}\right)}}",
}


def _number(value: float) -> str:
    """Write a number, with a power of ten where it is very small or large."""
    if value == 0.0 or _DECADES[0] <= abs(value) < _DECADES[1]:
        return f"{value:g}"
    digits, _, exponent = f"{value:.6e}".partition("e")
    digits = digits.rstrip("0").rstrip(".")
    power = f"10^{{{int(exponent)}}}"
    return power if digits == "1" else rf"{digits} \times {power}"
