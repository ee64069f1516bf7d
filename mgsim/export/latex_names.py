"""Names in LaTeX: subscripts, Greek letters, chemical formulae, and square brackets for amounts."""

from __future__ import annotations

import re

from mgsim.language.declaration import Declaration, Reaction, Shared, State
from mgsim.language.expression import Symbol
from mgsim.language.units import unit

_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega".split()
)
_CHARGES = {"Ca": "2+", "Mg": "2+", "Na": "+", "K": "+", "Cl": "-"}


def symbol(s: Symbol) -> str:
    r"""Write a name: a subscript after the first underscore, chemical names upright, amounts in brackets.

    Examples
    --------
    >>> from mgsim.fibre.serca import SERCA
    >>> symbol(SERCA.k_minus_1), symbol(SERCA.CaSR_L)
    ('k_{-1}', '[\\mathrm{Ca}^{2+}]_{\\mathrm{SR,L}}')
    """
    if isinstance(s, Reaction) and not s.name.startswith("J_"):
        return rf"v_{{{_word(s.name.replace('_', ' '))}}}"
    base, _, rest = s.name.partition("_")
    if isinstance(s, (Shared, State)) and unit(s.unit).dims == unit("µM").dims and not _is_constant(s, base):
        return amount(s)
    return _word(base) + _subscript(rest)


def _is_constant(d: Declaration, base: str) -> bool:
    """Tell an equilibrium constant that mechanisms share, such as K_CK, from an amount of K⁺."""
    return base == "K" and isinstance(d, Shared) and d.species != "K"


def amount(d: Declaration, brackets: bool = True) -> str:
    """Write an amount of a species: what it is in brackets, where it is below them."""
    base, _, where = d.name.partition("_")
    if base == "q":
        return base + _subscript(where)
    if base == "HT":  # protons that are counted wherever they are bound
        base, where = "H", "T"
    if base.endswith("SR"):
        base, where = base.removesuffix("SR"), ",".join(filter(None, ("SR", where)))
    formula = re.sub(r"(\d+)", r"_{\1}", re.sub(r"Pi$", "P_{i}", base))
    charge = f"^{{{_CHARGES[base]}}}" if base in _CHARGES else ""
    name = rf"\mathrm{{{formula}}}{charge}"
    return (f"[{name}]" if brackets else name) + _subscript(where)


def _word(text: str) -> str:
    """Write a part of a name: Greek, a letter in italics, or a word upright."""
    if text in _GREEK:
        return rf"\{text}"
    if len(text) == 1 and text.isalpha():
        return text
    if text.isdigit():
        return text
    return rf"\mathrm{{{text.replace(' ', chr(92) + ' ')}}}"


def _subscript(rest: str) -> str:
    if not rest:
        return ""
    if rest == "minus":
        return "_{-}"
    minus, rest = rest.startswith("minus_"), rest.removeprefix("minus_")
    written = _word(rest) if rest in _GREEK or rest.isdigit() else rf"\mathrm{{{rest.replace('_', ',')}}}"
    return f"_{{{'-' * minus}{written}}}"
