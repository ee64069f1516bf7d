"""What pint knows about a unit: asked for rare units, and to write the table of the usual ones.

``python -m mgsim.language.pint_units > mgsim/language/unit_table.py`` writes that table again.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

BASE_DIMENSIONS = ("[length]", "[mass]", "[time]", "[current]", "[temperature]", "[substance]")

# The usual units: each name, and the prefixes that are in use with it.
_USUAL = {
    "m": ("", "n", "µ", "u", "m", "c", "d", "k"),
    "g": ("", "p", "n", "µ", "u", "m", "k"),
    "s": ("", "n", "µ", "u", "m"),
    "A": ("", "p", "n", "µ", "u", "m"),
    "K": ("",),
    "mol": ("", "f", "p", "n", "µ", "u", "m", "k"),
    "M": ("", "p", "n", "µ", "u", "m"),
    "L": ("", "f", "p", "n", "µ", "u", "m", "d"),
    "l": ("", "f", "p", "n", "µ", "u", "m", "d"),
    "V": ("", "µ", "u", "m", "k"),
    "Hz": ("", "m", "k"),
    "N": ("", "p", "n", "µ", "u", "m", "k"),
    "Pa": ("", "m", "h", "k", "M"),
    "J": ("", "f", "p", "n", "µ", "u", "m", "k"),
    "W": ("", "n", "µ", "u", "m", "k"),
    "C": ("", "p", "n", "µ", "u", "m"),
    "F": ("", "p", "n", "µ", "u", "m"),
    "S": ("", "p", "n", "µ", "u", "m"),
    "Ω": ("", "m", "k", "M", "G"),
    "ohm": ("", "m", "k", "M", "G"),
    "min": ("",),
    "h": ("",),
    "d": ("",),
    "mmHg": ("",),
    "kcal": ("",),
    "%": ("",),
}
_WRITTEN_OUT = (
    *("second", "seconds", "minute", "minutes", "hour", "hours"),
    *("day", "days", "week", "weeks", "year", "years"),
)


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)


def ask_pint(name: str) -> tuple[Fraction, tuple[Fraction, ...]] | None:
    """Return one unit's exact SI factor and its six exponents, or None where pint does not know it.

    Units with an offset (degree Celsius) and units of light and information count as unknown.
    """
    import pint

    registry = _registry()
    try:
        parsed = registry.parse_units("percent" if name == "%" else name)
        factor, _ = registry.get_base_units(parsed)
        dims = dict(registry.get_dimensionality(parsed))
        multiplicative = registry.Quantity(1, parsed)._is_multiplicative
    except (pint.PintError, ValueError, AssertionError, TypeError, ZeroDivisionError):
        return None
    if not multiplicative or set(dims) - set(BASE_DIMENSIONS):
        return None
    return Fraction(factor), tuple(Fraction(dims.get(base, 0)) for base in BASE_DIMENSIONS)


def usual_names() -> list[str]:
    """Return each name that the table holds, prefixes written out."""
    return [prefix + name for name, prefixes in _USUAL.items() for prefix in prefixes] + list(_WRITTEN_OUT)


def table_source() -> str:
    """Return the Python source of ``unit_table.py``, made from what pint says."""
    lines = [
        '"""Exact SI factors and exponents of the usual units, as pint has them.',
        "",
        "Written by ``python -m mgsim.language.pint_units``; do not edit. A test compares it with pint.",
        "Each line: name: (SI factor as a fraction, (length, mass, time, current, temperature, substance)).",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "USUAL_UNITS: dict[str, tuple[str, tuple[int, int, int, int, int, int]]] = {",
    ]
    for name in usual_names():
        known = ask_pint(name)
        if known is None:
            raise LookupError(f"pint does not know {name!r}")
        factor, dims = known
        exponents = ", ".join(str(exponent) for exponent in dims)
        lines.append(f'    "{name}": ("{factor}", ({exponents})),')
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(table_source().encode())
