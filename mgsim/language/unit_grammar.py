"""How the text of a unit is read: names, powers, products and quotients."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from mgsim.language.dimension_names import PLAIN, Exponents
from mgsim.language.errors import InputError, unknown
from mgsim.language.unit_table import USUAL_UNITS

_SAME = str.maketrans({"\u03bc": "µ", "\u2126": "Ω", "\u212b": "Å", "\u2212": "-", "\u207b": "⁻"})
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-zµΩÅ°℃_][A-Za-z0-9µΩÅ°℃_]*|%)|(?P<power>(?:\*\*|\^)\s*\(?\s*[+-]?[0-9.]+(?:/[0-9]+)?\s*\)?"
    r"|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<one>1(?![0-9.]))|(?P<sign>[*/·⋅()]))"
)
CELSIUS = ("°C", "degC", "℃", "celsius")
_LONGEST = 100


class UnitError(InputError):
    """A unit, or a quantity with a unit, that cannot be used."""


def read_unit(text: str) -> tuple[Fraction | float, Exponents]:
    """Return the SI factor (exact where it is rational) and the exponents of a unit written as text."""
    tokens = _tokens(text)
    scale, dims = _product(text, tokens)
    if tokens:
        raise UnitError(f"cannot read the unit {text!r}: unexpected {tokens[-1][1]!r}")
    return scale, dims


def _tokens(text: str) -> list[tuple[str, str]]:
    """Split a unit into (kind, text) pairs, last first."""
    plain = text.translate(_SAME).strip()
    if not plain:
        raise UnitError("the unit is empty; write '1' for a plain number")
    if len(plain) > _LONGEST:
        raise UnitError(f"the unit {plain[:20]!r}... is too long ({len(plain)} characters)")
    found, at = [], 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            rest = plain[at:].strip()
            raise UnitError(f"cannot read the unit {text!r} from {rest!r} on; write it like 'µM/ms'")
        kind = match.lastgroup or ""
        found.append((kind, match.group(kind)))
        at = match.end()
    return found[::-1]


def _product(text: str, tokens: list[tuple[str, str]]) -> tuple[Fraction | float, Exponents]:
    scale, dims = _power(text, tokens)
    while tokens and tokens[-1][1] != ")":
        divide = tokens[-1][1] == "/"
        if tokens[-1][1] in "*/·⋅":
            tokens.pop()
        next_scale, next_dims = _power(text, tokens)
        scale = scale / next_scale if divide else scale * next_scale
        dims = tuple(a - b if divide else a + b for a, b in zip(dims, next_dims, strict=True))
    return scale, dims


def _power(text: str, tokens: list[tuple[str, str]]) -> tuple[Fraction | float, Exponents]:
    kind, word = tokens.pop() if tokens else ("end", "")
    scale: Fraction | float
    if kind == "name":
        scale, dims = _named(text, word)
    elif kind == "one":
        scale, dims = Fraction(1), PLAIN
    elif word == "(":
        scale, dims = _product(text, tokens)
        if not tokens:
            raise UnitError(f"cannot read the unit {text!r}: a bracket is not closed")
        tokens.pop()
    else:
        where = f"before {word!r}" if word else "at its end"
        raise UnitError(f"cannot read the unit {text!r}: a unit is missing {where}")
    if tokens and tokens[-1][0] == "power":
        exponent = _exponent(text, tokens.pop()[1])
        scale = scale**exponent
        dims = tuple(d * exponent for d in dims)
    return scale, tuple(int(d) if d == int(d) else d for d in dims)


def _exponent(text: str, power: str) -> Fraction:
    try:
        exponent = Fraction(power.translate(_SUPERSCRIPTS).strip("*^() "))
    except (ValueError, ZeroDivisionError):
        raise UnitError(f"cannot read the power {power!r} in the unit {text!r}") from None
    if abs(exponent) > 12 or exponent.denominator > 12:
        raise UnitError(f"the power {power!r} in the unit {text!r} is out of reason")
    return exponent


@lru_cache(maxsize=512)
def _named(text: str, name: str) -> tuple[Fraction, Exponents]:
    if name in USUAL_UNITS:
        factor, dims = USUAL_UNITS[name]
        return Fraction(factor), dims
    if name in CELSIUS or name == "°F":
        raise UnitError(f"the unit {text!r} has an offset; write differences in 'K'")
    from mgsim.language.pint_units import ask_pint

    known = ask_pint(name)
    if known is None:
        where = "" if name == text else f" (in {text!r})"
        hint = f"; a power is written as in '{name.rstrip('0123456789')}²'" if name[-1].isdigit() else ""
        raise UnitError(f"{unknown('unit', name, USUAL_UNITS)}{where}{hint}")
    return known
