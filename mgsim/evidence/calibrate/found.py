"""What a fit found, ready to be shown, saved, or written into a preset."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mgsim.evidence.calibrate.fit import Closing, Fit, Free
from mgsim.evidence.calibrate.target import Reading
from mgsim.evidence.calibrate.trial import POOLS
from mgsim.version import __version__

ENOUGH = 0.02  # a committed value is reached again within this share of it, or within its uncertainty
EDGE = 1e-3  # of a bound: nearer than this share lies on it


@dataclass(frozen=True)
class Value:
    """A parameter that a fit moved.

    Attributes
    ----------
    path, unit : str
    committed, start, found : float
        As the preset has it, where the search began, and where it ended.
    uncertainty : float
        One standard deviation, as a share of the value (in the unit where it moves evenly); NaN where unknown.
    free : Free, optional
        Its bounds; None for what follows from others.
    """

    path: str
    unit: str
    committed: float
    start: float
    found: float
    uncertainty: float = math.nan
    free: Free | None = None

    @property
    def at_bound(self) -> bool:
        """Whether a bound holds it."""
        if self.free is None:
            return False
        x, low, high = (self.free.x(v) for v in (self.found, self.free.low, self.free.high))
        return min(x - low, high - x) < EDGE

    @property
    def reached(self) -> bool:
        """Whether the committed value is found again: within its uncertainty, or 2 %."""
        by_ratio = self.free is None or self.free.by_ratio
        off = math.log(self.found / self.committed) if by_ratio else self.found - self.committed
        uncertainty = 0.0 if math.isnan(self.uncertainty) else self.uncertainty
        return abs(off) <= max(ENOUGH if by_ratio else ENOUGH * abs(self.committed), uncertainty)

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "value": self.found,
            "unit": self.unit,
            "committed": self.committed,
            "start": self.start,
            "uncertainty": _number(self.uncertainty),
            "low": self.free.low if self.free else None,
            "high": self.free.high if self.free else None,
            "prior": self.free.prior if self.free else None,
            "at_bound": self.at_bound,
            "reason": self.free.reason if self.free else "follows from the others",
        }


@dataclass(frozen=True)
class Found:
    """What a fit found.

    Attributes
    ----------
    fit : Fit or Closing
    values : tuple of Value
        What was free, then what follows from it.
    before, after : tuple of Reading
        The targets with the committed values and with those found.
    evaluations : int
        Trials, each with all targets.
    failures : mapping of str to int
        Trials that gave no value: how often, by reason.
    ended : str
        "settled", "interrupted" or "not settled".
    rest : mapping of str to float
        The resting state of the fibre found, in internal units, where it was closed again.
    """

    fit: Fit | Closing
    values: tuple[Value, ...]
    before: tuple[Reading, ...] = ()
    after: tuple[Reading, ...] = ()
    evaluations: int = 0
    failures: Mapping[str, int] = field(default_factory=dict)
    ended: str = "settled"
    rest: Mapping[str, float] = field(default_factory=dict)

    @property
    def changes(self) -> dict[str, float]:
        """The values found, by path, as `Model.with_` takes them."""
        return {v.path: v.found for v in self.values}

    @property
    def not_reached(self) -> list[Value]:
        """Which committed values were not found again."""
        closing = isinstance(self.fit, Closing)
        return [v for v in self.values if not v.reached and (closing or v.free is not None)]

    def as_dict(self) -> dict[str, Any]:
        """Return everything ready for JSON."""
        return {
            "fit": self.fit.id,
            "fibre": self.fit.fibre,
            "mgsim": __version__,
            "ended": self.ended,
            "evaluations": self.evaluations,
            "failures": dict(self.failures),
            "parameters": {v.path: v.as_dict() for v in self.values},
            "targets": {
                b.target.name: {
                    "quantity": b.target.quantity,
                    "unit": b.target.unit,
                    "wanted": b.target.value,
                    "relation": b.target.relation or None,
                    "spread": b.target.spread,
                    "source": b.target.source,
                    "row": b.target.row,
                    "before": _number(b.value),
                    "after": _number(a.value),
                    "z": _number(a.z),
                }
                for b, a in zip(self.before, self.after, strict=True)
            },
            "rest": dict(self.rest),
        }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def as_preset(found: Found) -> str:
    """Write the values found as lines ready to stand in a preset.

    Totals of the rest are written as the anchors' arguments they are.
    """
    lines = [f'    "{v.path}": {v.found!r},' for v in found.values if v.path not in POOLS]
    totals = {v.path: v.found for v in found.values if v.path in POOLS}
    if totals:
        lines.append(f"    # *pools({', '.join(f'{totals[name]:.8f}' for name in POOLS if name in totals)})")
    return "\n".join(lines)
