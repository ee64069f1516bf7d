"""Model against measurement: distances, verdicts and how many there are of each."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any

from mgsim.evidence.measurements import ROLES, Measurement

WITHIN_1, WITHIN_2, OUTSIDE = "within 1", "within 2", "outside"
MET, NOT_MET = "met", "not met"
NO_VALUE = "no value"
VERDICTS = (WITHIN_1, WITHIN_2, OUTSIDE, MET, NOT_MET, NO_VALUE)
FAVOURABLE = (WITHIN_1, WITHIN_2, MET)

_COMPARE = {">": gt, ">=": ge, "<": lt, "<=": le}


@dataclass(frozen=True)
class Row:
    """One measurement beside what the model gives.

    Attributes
    ----------
    measurement : Measurement
        What was measured.
    model : float
        What the model gives, in the unit of the measurement; NaN where it gives nothing.
    reason : str
        Why the model gives nothing; empty where it does.
    """

    measurement: Measurement
    model: float
    reason: str = ""

    @property
    def z(self) -> float | None:
        """Distance from the measurement in units of its spread; None for a sign and for no value."""
        if self.measurement.kind == "sign" or math.isnan(self.model):
            return None
        return (self.model - self.measurement.value) / self.measurement.allowed

    @property
    def verdict(self) -> str:
        """One of `VERDICTS`."""
        if math.isnan(self.model):
            return NO_VALUE
        if self.measurement.kind == "sign":
            compare = _COMPARE[self.measurement.relation]
            return MET if compare(self.model, self.measurement.value) else NOT_MET
        distance = abs(self.z or 0.0)
        return WITHIN_1 if distance <= 1.0 else WITHIN_2 if distance <= 2.0 else OUTSIDE

    @property
    def favourable(self) -> bool:
        """Whether the model is within 2 spreads, or has the sign."""
        return self.verdict in FAVOURABLE

    @property
    def why(self) -> str:
        """Why the row is missed, in one line; empty where it is not."""
        if self.favourable:
            return ""
        own = self.measurement
        parts = [f"no value: {self.reason}" if self.reason else "", own.missed.rstrip("."), _conflict(own)]
        return "; ".join(part for part in parts if part) or "the reason is not known"

    @property
    def note(self) -> str:
        """What has to be known to read the row, in one line."""
        own = self.measurement
        parts = [
            self.why or _conflict(own),
            f"a mouse fibre stands in for {own.stands_in}" if own.stands_in else "",
            "15 % taken as the spread, none is published" if own.spread is None and own.kind == "number" else "",
            f"informs only: decided by {own.same_as}" if own.same_as else "",
            f"informs only: recalled, grade {own.evidence}" if own.evidence.startswith("M") else "",
            own.note,
        ]
        return "; ".join(part.rstrip(".") for part in parts if part)

    def as_dict(self) -> dict[str, Any]:
        """Return the row ready for JSON; what is undefined is null."""
        own = self.measurement
        return {
            "id": own.id,
            "topic": own.topic,
            "quantity": own.quantity,
            "role": own.role,
            "kind": own.kind,
            "relation": own.relation or None,
            "target": own.value,
            "spread": None if own.kind == "sign" else own.allowed,
            "spread_is": None if own.kind == "sign" else own.spread_is or "15 %",
            "unit": own.unit,
            "model": None if math.isnan(self.model) else self.model,
            "z": self.z,
            "verdict": self.verdict,
            "decides": own.decides,
            "evidence": own.evidence,
            "species": own.species,
            "preparation": own.preparation,
            "source": own.source,
            "note": self.note,
        }


def _conflict(measurement: Measurement) -> str:
    return f"conflict {measurement.conflict}" if measurement.conflict else ""


@dataclass(frozen=True)
class Scoreboard:
    """All rows that were asked for, in the order of the table; none is left out for being missed."""

    rows: tuple[Row, ...]

    def __getitem__(self, id: str) -> Row:
        for row in self.rows:
            if row.measurement.id == id:
                return row
        from mgsim.language.errors import unknown

        raise unknown("row", id, [row.measurement.id for row in self.rows])

    def topics(self) -> dict[str, list[Row]]:
        """Group the rows by topic."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.measurement.topic, []).append(row)
        return found

    def counts(self, role: str) -> dict[str, int]:
        """Count the verdicts of the rows of one role that decide."""
        found = Counter(row.verdict for row in self._deciding(role))
        return {verdict: found[verdict] for verdict in VERDICTS}

    def share(self, role: str) -> float:
        """Return the share of the deciding rows of a role that are favourable; NaN where there are none."""
        rows = self._deciding(role)
        return sum(row.favourable for row in rows) / len(rows) if rows else math.nan

    def _deciding(self, role: str) -> list[Row]:
        return [row for row in self.rows if row.measurement.role == role and row.measurement.decides]

    def as_dict(self) -> dict[str, Any]:
        """Return everything ready for JSON."""
        return {
            "rows": [row.as_dict() for row in self.rows],
            "counts": {role: self.counts(role) for role in ROLES},
        }
