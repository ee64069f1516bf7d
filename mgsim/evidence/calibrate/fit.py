"""What a fit is: the parameters that may move, within bounds that have a reason, and what they are moved for."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mgsim.evidence.calibrate.target import Target
from mgsim.language.errors import InputError
from mgsim.language.model import Model

Tie = Callable[[Model, Model], float]


@dataclass(frozen=True)
class Free:
    """A parameter that a fit may move.

    It moves on the scale of its logarithm, or evenly where its lower bound is not above zero (a voltage).

    Parameters
    ----------
    path : str
        Such as "Release.P_m".
    low, high : float
        Bounds, in the declared unit.
    prior : float, optional
        Where it is pulled to, weakly, as far as the targets leave it open.
    spread : float, optional
        How far from there one standard deviation is: in units of its natural logarithm, or in the declared unit
        where it moves evenly.
    reason : str
        Where the bounds and the prior come from.
    """

    path: str
    low: float
    high: float
    prior: float | None = None
    spread: float | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise InputError(f"{self.path}: its bounds are {self.low:g} and {self.high:g}; the lower has to come first")
        if not self.reason:
            raise InputError(f"{self.path}: say in reason= where its bounds come from")
        if (self.prior is None) != (self.spread is None):
            raise InputError(f"{self.path}: a prior has a spread, and the other way round")
        if self.prior is not None and not self.low <= self.prior <= self.high:
            raise InputError(f"{self.path}: its prior {self.prior:g} lies outside its bounds")

    @property
    def by_ratio(self) -> bool:
        """Whether it moves on the scale of its logarithm."""
        return self.low > 0.0

    def x(self, value: float) -> float:
        """Return where a value lies on the scale of the search."""
        return math.log(value) if self.by_ratio else value / self._unit

    def value(self, x: float) -> float:
        """Return the value at a place on the scale of the search."""
        return math.exp(x) if self.by_ratio else x * self._unit

    def pull(self, x: float) -> float:
        """Return the distance from the prior in units of its spread."""
        assert self.prior is not None and self.spread is not None
        return (x - self.x(self.prior)) / (self.spread if self.by_ratio else self.spread / self._unit)

    @property
    def _unit(self) -> float:
        """What counts as one where it moves evenly."""
        return self.high - self.low


@dataclass(frozen=True)
class Closing:
    """The rest that a fibre with energy metabolism is closed at: see `mgsim.evidence.closure`.

    Parameters
    ----------
    fibre : str
        Name of the preparation.
    PCr, Cr, Pi : float
        Resting phosphocreatine, free creatine and phosphate (with and without Mg2+), mM.
    source : str
        Where these three come from.
    name : str
    needs : tuple of str
        Fits of the same fibre that come before it.
    """

    fibre: str
    PCr: float
    Cr: float
    Pi: float
    source: str
    name: str = "closure"
    needs: tuple[str, ...] = ()
    note: str = "closes the resting balance of energy: solved, not fitted"

    @property
    def id(self) -> str:
        """Name of the fibre and of the step."""
        return f"{self.fibre}.{self.name}"


@dataclass(frozen=True)
class Fit:
    """One fit of one fibre.

    Its trials keep the closure of the resting balance that the fibre has: what a trial costs at rest moves its
    metabolites a little. The closure is found again after the fits (`Closing`).

    Parameters
    ----------
    name : str
        What it fits, such as "release".
    fibre : str
        Name of the preparation, such as "mouse_edl".
    free : tuple of Free
        What may move.
    targets : tuple of Target
        What it is moved for.
    tied : mapping of str to callable
        Parameters that follow from others: each a function of the fibre as committed and of the trial.
    needs : tuple of str
        Fits of the same fibre that come before it.
    note : str
        What has to be known about it.
    """

    name: str
    fibre: str
    free: tuple[Free, ...]
    targets: tuple[Target, ...]
    tied: Mapping[str, Tie] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        paths = [f.path for f in self.free] + list(self.tied)
        twice = {p for p in paths if paths.count(p) > 1}
        if twice:
            raise InputError(f"fit {self.id}: {', '.join(sorted(twice))} stands there twice")
        for t in self.targets:
            if t.row and t.fibre != self.fibre:
                raise InputError(f"fit {self.id}: row {t.name} is about {t.fibre}; take it into a fit of that fibre")

    @property
    def id(self) -> str:
        """Name of the fibre and of the fit."""
        return f"{self.fibre}.{self.name}"
