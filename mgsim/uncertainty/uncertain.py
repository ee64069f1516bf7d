"""Which numbers of a model are uncertain, by how much, and how one is drawn."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np

from mgsim.conservation import laws_of
from mgsim.language.declaration import Parameter
from mgsim.language.errors import InputError
from mgsim.language.model import Anchor, Model
from mgsim.language.units import quantity, unit
from mgsim.milieu import Milieu, Physics
from mgsim.result import Trace

ASSUMED = "assumed"
# How many times the assumed spread a number of each grade has. What is a choice (D) has none.
WIDER = {"R": 1.0, "K": 1.0, "C": 1.0, "F": 1.0, "M+": 1.5, "M": 2.0, "M-": 3.0}
# Constants of nature have no spread to assume, and what is in the bath is decided by whoever mixes it.
_CERTAIN = (Physics.__name__, Milieu.__name__)
_CURVES = ("ClarkeGlew1980",)  # coefficients of one curve are not known apart from each other
_THERMAL = 25.0  # mV, kT/e: a voltage acts through its ratio to this
_EDGE = 1e-9  # a draw keeps away from the edges of its share, where a normal one would be infinite


@dataclass(frozen=True)
class Uncertain:
    """A parameter or an anchor of the rest that is drawn.

    Attributes
    ----------
    path : str
        Its name, such as "Release.K_AMg".
    value, unit, meaning
        What the model has.
    spread : float
        In `unit`: a standard deviation, or half of a range.
    spread_is : str
        "SD", "SEM", "range", empty where the source does not say, or "assumed".
    source, evidence
        Of the number; an assumed spread has no source.
    """

    path: str
    value: float
    unit: str
    meaning: str
    spread: float
    spread_is: str
    source: str
    evidence: str

    @property
    def is_logarithm(self) -> bool:
        """Whether it is the logarithm of a quantity, as a pK is."""
        return self.path.rpartition(".")[2].startswith(("pK", "pH"))

    def quantile(self, shares: Trace) -> Trace:
        """Return the values below which these shares (0 to 1) of its distribution lie, in its unit.

        A range is even. A pK, or what is zero, is normal. All else keeps its sign: its size is log-normal, with the
        value as its mean and the spread as its standard deviation.
        """
        if self.spread_is == "range":
            return self.value + self.spread * (2.0 * shares - 1.0)
        normal = np.array([NormalDist().inv_cdf(share) for share in shares.tolist()])
        if self.is_logarithm or self.value == 0.0:
            return self.value + self.spread * normal
        variance = math.log1p((self.spread / self.value) ** 2)
        return self.value * np.exp(math.sqrt(variance) * normal - variance / 2.0)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "value": self.value,
            "spread": self.spread,
            "unit": self.unit,
            "spread_is": self.spread_is or "not said",
            "source": self.source,
            "evidence": self.evidence,
        }


def uncertain(model: Model, assume: str | float | None = None) -> tuple[Uncertain, ...]:
    """Find the numbers of a model that are uncertain.

    Parameters
    ----------
    model : Model
        What was set in it by ``with_`` or ``at`` is taken as known. So is, unless a spread is assumed, a value that a
        preparation has of its own: the published spread belongs to another number.
    assume : str or float, optional
        A share such as "15 %" to assume where no spread is published: as it is for grades R, K, C and F, 1.5 times
        that for M+, twice for M, 3 times for M-. Design choices (D), constants of nature, what surrounds the cell,
        temperatures, coefficients of one curve and whole numbers keep their values. A voltage varies by the share of
        itself or of 25 mV, whichever is less; a pK as the constant behind it.

    Returns
    -------
    tuple of Uncertain
        In the order of the model's parameters, then of its anchors.

    Raises
    ------
    InputError
        For a share that is not more than 0 and at most 50 %.
    """
    share = None if assume is None else quantity(assume, like="1", name="the assumed spread")
    if share is not None and not 0.0 < share <= 0.5:
        raise InputError(f"the assumed spread is {assume}; give a share above 0 and up to 50 %, such as '15 %'")
    found = [_parameter(model, path, d, share) for path, d in model.declared.items() if path not in model.changes]
    fixing = _fixing(model)
    found += [_anchor(a, share) for a in model.anchors if a.name not in model.changes and a.name in fixing]
    return tuple(one for one in found if one is not None)


def without_spread(model: Model, varied: Iterable[Uncertain]) -> list[str]:
    """Name the measured, fitted or recalled numbers of a model that are not among those that vary."""
    names = {one.path for one in varied}
    numbers = {p: d for p, d in model.declared.items() if p != "T" and d.evidence != "D" and not _certain(p, d)}
    return [path for path in (*numbers, *(a.name for a in model.anchors if a.of)) if path not in names]


def latin_hypercube(names: Iterable[str], runs: int, seed: int) -> dict[str, Trace]:
    """Draw shares between 0 and 1 for each name, one in each of `runs` equal parts, in random order.

    The draws of a name depend on it and on the seed only: two models that are varied with one seed have the same
    draws in what they share, so that their runs can be compared one by one.
    """
    drawn = {}
    for name in names:
        chance = np.random.default_rng([seed, zlib.crc32(name.encode())])
        drawn[name] = (chance.permutation(runs) + chance.uniform(_EDGE, 1.0 - _EDGE, runs)) / runs
    return drawn


def _parameter(model: Model, path: str, d: Parameter, share: float | None) -> Uncertain | None:
    value = model.value(path)
    if d.spread is not None and value == d.number and not d.structural:
        return Uncertain(path, value, d.unit, d.meaning, d.spread, d.spread_is, d.source, d.evidence)
    if share is None or value == 0.0 or d.evidence not in WIDER or _certain(path, d):
        return None
    one = Uncertain(path, value, d.unit, d.meaning, 1.0, ASSUMED, d.source, d.evidence)
    relative = share * WIDER[d.evidence]
    if one.is_logarithm:
        return replace(one, spread=math.log10(1.0 + relative))
    size = abs(value)
    if unit(d.unit).dims == unit("mV").dims:
        size = min(size, _THERMAL / unit(d.unit).factor * unit("mV").factor)
    return replace(one, spread=relative * size)


def _anchor(a: Anchor, share: float | None) -> Uncertain | None:
    if a.spread is not None:
        return Uncertain(a.name, a.value, a.unit, a.meaning, a.spread, a.spread_is, a.source, a.evidence)
    if share is None or not a.of or a.evidence not in WIDER:
        return None  # a total that was computed from the rest belongs to that rest
    spread = share * WIDER[a.evidence] * a.value
    return Uncertain(a.name, a.value, a.unit, a.meaning, spread, ASSUMED, a.source, a.evidence)


def _certain(path: str, d: Parameter) -> bool:
    """Tell whether a parameter has no spread to assume, whatever its grade."""
    return (
        d.structural
        or path.partition(".")[0] in _CERTAIN
        or d.source in _CURVES
        or unit(d.unit).dims == unit("K").dims
    )


def _fixing(model: Model) -> set[str]:
    """Name the anchors that fix something at the rest from which an experiment on the model starts."""
    clamped = {name: value for name, value in model.clamped.items() if name not in model.levels}
    before = replace(model, kind="steady", levels={}, sudden={}, clamped=clamped)
    return {law.anchor.name for law in laws_of(before) if law.anchor is not None}
