"""Equations in LaTeX say what the mechanisms compute: they are read again, and both are evaluated."""

import math
import random
import re

import pytest

from mgsim import fibre
from mgsim.export import latex
from mgsim.language.declaration import Declaration, Define, Rate, Reaction
from mgsim.language.expression import symbols_of

FIBRES = [getattr(fibre, name)() for name in fibre.__all__]
MECHANISMS = {p.mechanism.__name__: p.mechanism for model in FIBRES for p in model.mechanisms}
COMMAND = r"\\left\(|\\right\)|\\frac|\\sqrt|\\exp|\\ln|\\times|\\,"


def read(text, values):
    """Compute what an expression in LaTeX says, given the value of each symbol in it."""
    names = "".join("|" + re.escape(name) for name in sorted(values, key=len, reverse=True))
    tokens = re.findall(rf"{COMMAND}{names}|\d+(?:\.\d+)?|\S", text)
    position = 0

    def take(expected=None):
        nonlocal position
        token = tokens[position]
        assert expected is None or token == expected, (token, expected, text)
        position += 1
        return token

    def peek():
        return tokens[position] if position < len(tokens) else ""

    def total():
        sign = -1.0 if peek() == "-" and take() else 1.0
        found = sign * product()
        while peek() in ("+", "-"):
            found += product() if take() == "+" else -product()
        return found

    def product():
        found = factor()
        while peek() in (r"\,", r"\times"):
            take()
            found *= factor()
        return found

    def braced(closing="}"):
        take({"}": "{", r"\right)": r"\left("}[closing])
        found = total()
        take(closing)
        return found

    def factor():
        found = atom()
        if peek() == "^":
            take()
            found **= braced()
        return found

    def atom():
        token = take()
        if token == r"\frac":
            return braced() / braced()
        if token in (r"\exp", r"\ln"):
            return (math.exp if token == r"\exp" else math.log)(braced(r"\right)"))
        if token == r"\sqrt":
            return math.sqrt(braced())
        if token in ("{", r"\left("):
            found = total()
            take("}" if token == "{" else r"\right)")
            return found
        return values[token] if token in values else float(token)

    found = total()
    assert position == len(tokens), (tokens[position:], text)
    return found


FUNCTIONS = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "logistic": lambda x: 1.0 / (1.0 + math.exp(-x)),
    "linoid": lambda x: x / (1.0 - math.exp(-x)),
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b,
    "neg": lambda a: -a,
}


def computed(node, values):
    """Evaluate the graph of an expression."""
    if isinstance(node, Declaration):
        return values[node]
    return node.value if node.op == "const" else FUNCTIONS[node.op](*(computed(a, values) for a in node.args))


@pytest.mark.parametrize("name", sorted(MECHANISMS))
def test_read_again_an_equation_gives_the_same_number(name):
    draw = random.Random(name)
    for d in MECHANISMS[name].declarations.values():
        if not isinstance(d, (Define, Rate, Reaction)):
            continue
        law = d.definition if isinstance(d, Define) else d.law
        values = {s: draw.uniform(0.5, 1.5) for s in symbols_of([law])}
        written = {latex.symbol(s): value for s, value in values.items()}
        assert len(written) == len(values), f"{name}.{d.name}: two symbols are written alike"
        try:
            expected = computed(law, values)
        except (ValueError, OverflowError):  # a draw at which the law has no value
            continue
        if isinstance(expected, complex):
            continue
        got = read(latex.expression(law), written)
        assert got == pytest.approx(expected, rel=1e-5), f"{name}.{d.name}: {latex.expression(law)}"


def test_each_line_of_a_mechanism_is_written():
    for mechanism in MECHANISMS.values():
        lines = [n for n, d in mechanism.declarations.items() if isinstance(d, (Define, Rate, Reaction))]
        assert [line.name for line in latex.equations(mechanism)] == lines


def test_chemistry_reads_as_in_a_paper():
    (pump,) = (e for e in latex.equations(MECHANISMS["SERCA"]) if e.kind == "reaction")
    assert pump.chemistry.startswith(r"2\,\mathrm{Ca}^{2+} + \mathrm{MgATP} \rightleftharpoons 2\,\mathrm{Ca}^{2+}_{")
