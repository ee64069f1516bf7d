"""How units and quantities are read: the one place where text with a unit becomes a plain number.

Inside, everything is in one coherent system without conversion factors: length dm, time ms, amount µmol,
current µA, voltage mV, temperature K; hence concentration µM, charge nC, capacitance µF and mass 1e-16 kg.
Factors stay exact fractions until the end, so "0.2 mM" is 200 µM to the last bit.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from numbers import Real

from mgsim.language.dimension_names import Exponents, dimension_name
from mgsim.language.unit_grammar import CELSIUS, UnitError, read_unit

__all__ = ["Exponents", "Unit", "UnitError", "dimension_name", "quantity", "temperature", "unit"]

# One internal unit of length, mass, time, current, temperature and substance, in SI.
_INTERNAL = (
    Fraction(1, 10),
    Fraction(1, 10**16),
    Fraction(1, 10**3),
    Fraction(1, 10**6),
    Fraction(1),
    Fraction(1, 10**6),
)
_NUMBER = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*(.*)", re.DOTALL)
_ICE_POINT = 273.15
_LONGEST = 100


@dataclass(frozen=True)
class Unit:
    """A unit as it was written, and what it means in the internal system.

    Attributes
    ----------
    text : str
        The unit as written, such as "µM⁻¹ ms⁻¹".
    factor : float
        A value in this unit times `factor` is the value in the internal system.
    dims : tuple of int or Fraction
        Exponents of length, mass, time, current, temperature and amount of substance.
    """

    text: str
    factor: float
    dims: Exponents
    _exact: Fraction | float = field(repr=False, compare=False)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=2048)
def unit(text: str) -> Unit:
    """Read a unit such as "µM⁻¹ ms⁻¹", "µM/ms", "cm²", "kN/m²", "%" or "1".

    Parameters
    ----------
    text : str
        Names with prefixes; powers as superscripts or after ``^`` or ``**``; products by a space, ``·`` or
        ``*``; quotients by ``/``, left to right as pint reads them. The usual names are in a table, any other
        is looked up in pint.

    Raises
    ------
    UnitError
        Where the text cannot be read or names an unknown unit.

    Examples
    --------
    >>> unit("mM").factor
    1000.0
    >>> unit("µM/ms").dims == unit("M s⁻¹").dims
    True
    """
    if not isinstance(text, str):
        raise UnitError(f"a unit is text such as 'µM'; got {text!r}")
    exact, dims = read_unit(text)
    for internal, exponent in zip(_INTERNAL, dims, strict=True):
        exact = exact / internal**exponent
    return Unit(text, float(exact), dims, exact)


def quantity(value: str | float, like: str, name: str = "value") -> float:
    """Read a quantity such as "0.2 mM" and return its value in the unit `like`.

    Parameters
    ----------
    value : str or float
        A number with a unit, or a bare number, which is taken to be in `like` already. Text without a unit is
        accepted only where `like` is a plain number.
    like : str
        The unit of the answer; the quantity must have its dimension.
    name : str
        What the quantity is called in an error.

    Raises
    ------
    UnitError
        Where the text cannot be read, has another dimension, or is not a finite number.

    Examples
    --------
    >>> quantity("0.2 mM", like="µM")
    200.0
    >>> quantity("50 Hz", like="s⁻¹")
    50.0
    """
    if not isinstance(value, str):
        return _finite(value, name, value, like)
    wanted = unit(like)
    number, unit_text = _split(value, like, name)
    plain = wanted.dims == unit("1").dims
    if not unit_text and not plain:
        raise UnitError(f"{name} needs a unit: write e.g. '{number} {like}' instead of {value!r}")
    given = unit("1" + unit_text if unit_text.startswith("/") else unit_text or "1")
    if given.dims != wanted.dims:
        example = number if like == "1" else f"{number} {like}"
        raise UnitError(
            f"{name} is a {dimension_name(wanted.dims)}; {value!r} is a {dimension_name(given.dims)}; "
            f"write e.g. '{example}'"
        )
    plain_value = _finite(float(number), name, value, like)
    if plain_value == 0.0:
        return plain_value
    try:
        return float(Fraction(number) * given._exact / wanted._exact)
    except OverflowError:
        raise UnitError(f"{name} must be a finite number; got {value!r}") from None


def temperature(value: str | float) -> float:
    """Read a temperature such as "25 °C", "25 degC" or "298.15 K" and return it in kelvin.

    A bare number is in degrees Celsius.

    Raises
    ------
    UnitError
        Where the text cannot be read, or the temperature is not one a living cell could have.

    Examples
    --------
    >>> temperature("25 °C")
    298.15
    """
    if isinstance(value, str):
        number, unit_text = _split(value, "°C", "temperature")
        celsius = _finite(float(number), "temperature", value, "°C")
        if unit_text.replace(" ", "") in ("K", "kelvin"):
            celsius -= _ICE_POINT
        elif unit_text.replace(" ", "") not in ("", "C", *CELSIUS):
            raise UnitError(f"a temperature is in °C or K; {value!r} is neither; write e.g. '25 °C'")
    else:
        celsius = _finite(value, "temperature", value, "°C")
    if not -10.0 <= celsius <= 60.0:
        hint = f"; did you mean '{value} K'?" if 263.15 <= celsius <= 333.15 and "K" not in str(value) else ""
        raise UnitError(f"temperature must lie between -10 and 60 °C; got {value!r}{hint}")
    return round(celsius + _ICE_POINT, 9)


def _split(value: str, like: str, name: str) -> tuple[str, str]:
    """Split "0.2 mM" into its number and its unit."""
    text = value.replace("\u2212", "-").strip()
    example = "write a number and a unit, e.g. " + ("'0.5'" if like == "1" else f"'25 {like}'")
    if len(text) > _LONGEST:
        raise UnitError(f"cannot read {name} from {text[:20]!r}...; {example}")
    match = _NUMBER.fullmatch(text)
    if match is None:
        if re.match(r"[+-]?(nan|inf)", text, re.IGNORECASE):
            raise UnitError(f"{name} must be a finite number; got {value!r}")
        raise UnitError(f"cannot read {name} from {value!r}; {example}")
    if re.match(r",\s*[0-9]", match[2]):
        raise UnitError(f"cannot read {name} from {value!r}; write decimals with a point, e.g. '0.2'")
    return match[1], match[2].strip()


def _finite(number: object, name: str, given: object, like: str) -> float:
    if isinstance(number, bool) or not isinstance(number, Real):
        raise UnitError(f"{name} must be a number in {like} or text such as '25 {like}'; got {given!r}")
    try:
        plain = float(number)
    except OverflowError:
        plain = math.inf
    if not math.isfinite(plain):
        raise UnitError(f"{name} must be a finite number; got {given!r}")
    return plain
