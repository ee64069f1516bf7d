"""The effect of a change on one measure, and how much of it each part of the fibre makes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mgsim.attribution.readings import Reading
from mgsim.measured import Measure

SLIGHT = 0.05  # of the measure itself: a change that is smaller is not shared out


@dataclass(frozen=True)
class Effect:
    """What a change does to one measure.

    Attributes
    ----------
    reading : Reading
        What is measured.
    normal : Measure
        In the fibre before the change.
    reference : Measure
        In the normal fibre with every part blind: each sees the resting amount even while it moves.
    changed : Measure
        In the changed fibre.
    lost : mapping of str to Measure
        By part: how much of the change disappears when this part alone is blind, in the unit of the measure.
    alone : mapping of str to Measure
        By part: how much of the change appears when this part alone sees it, in the unit of the measure.
    """

    reading: Reading
    normal: Measure
    reference: Measure
    changed: Measure
    lost: Mapping[str, Measure]
    alone: Mapping[str, Measure]

    @property
    def total(self) -> Measure:
        """The whole change: changed less reference."""
        return difference("total", self.changed, self.reference)

    @property
    def slight(self) -> bool:
        """Whether the change is less than 5 % of the measure, so that shares of it mean nothing."""
        return abs(self.total.value) < SLIGHT * max(abs(self.reference.value), abs(self.changed.value))

    @property
    def undivided(self) -> str:
        """Why the change cannot be shared out at all; empty where it can."""
        if self.total.reason:
            return self.total.reason
        return f"it changes by less than {100 * SLIGHT:.0f} %, too little to share out" if self.slight else ""

    @property
    def interaction(self) -> dict[str, Measure]:
        """What is left over: the sum of what is lost less the total; the total less the sum of what each makes alone.

        Both are zero where the parts add up, and both are positive where they amplify each other.
        """
        lost, alone = (self._sum(amounts) for amounts in (self.lost, self.alone))
        return {
            "lost": difference("interaction", lost, self.total),
            "alone": difference("interaction", self.total, alone),
        }

    def share(self, amount: Measure) -> Measure:
        """Give an amount as a share of the total, in %; undefined where the change is slight."""
        reason = self.undivided or amount.reason
        if reason:
            return Measure(amount.name, math.nan, "%", reason)
        return Measure(amount.name, 100.0 * amount.value / self.total.value, "%")

    def amounts(self) -> dict[str, tuple[Measure, Measure]]:
        """Give what is lost and what is made alone by each part, and the interaction, in the unit of the measure."""
        found = {part: (self.lost[part], self.alone[part]) for part in self.lost}
        found["interaction"] = (self.interaction["lost"], self.interaction["alone"])
        return found

    def shares(self) -> dict[str, tuple[Measure, Measure]]:
        """Give the same in % of the change."""
        return {name: (self.share(lost), self.share(alone)) for name, (lost, alone) in self.amounts().items()}

    def as_dict(self) -> dict[str, Any]:
        """Return everything ready for JSON; what is undefined is null with a reason."""

        def each(amounts: Mapping[str, Measure]) -> dict[str, Any]:
            return {
                name: {**amount.as_dict(), "percent": self.share(amount).as_dict()["value"]}
                for name, amount in amounts.items()
            }

        return {
            "title": self.reading.title,
            "unit": self.reading.unit,
            "experiment": self.reading.experiment,
            "normal": self.normal.as_dict(),
            "reference": self.reference.as_dict(),
            "changed": self.changed.as_dict(),
            "total": self.total.as_dict(),
            "slight": self.slight,
            "lost": each(self.lost),
            "alone": each(self.alone),
            "interaction": each(self.interaction),
        }

    def _sum(self, amounts: Mapping[str, Measure]) -> Measure:
        for part, amount in amounts.items():
            if amount.reason:
                return Measure("sum", math.nan, self.reading.unit, f"no value for {part}: {amount.reason}")
        return Measure("sum", sum(amount.value for amount in amounts.values()), self.reading.unit)


def difference(name: str, one: Measure, other: Measure) -> Measure:
    """Give how much more one measure is than another; undefined, with the reason, where either is."""
    reason = one.reason or other.reason
    return Measure(name, math.nan if reason else one.value - other.value, one.unit, reason)
