"""One measured number with its unit, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

_HYPHENATED = {"half_": "half-", "tension_time": "tension-time", "end_to_peak": "end-to-peak"}


@dataclass(frozen=True)
class Measure:
    """One number read off a recording.

    Attributes
    ----------
    name : str
        What was measured, such as "half_relaxation".
    value : float
        The number, or NaN where it is undefined.
    unit : str
        Its unit; "1" for a plain number.
    reason : str
        Why it is undefined; empty where it is not.
    """

    name: str
    value: float
    unit: str
    reason: str = ""

    def __float__(self) -> float:
        return self.value

    @property
    def title(self) -> str:
        """The name as people write it."""
        text = self.name
        for plain, hyphenated in _HYPHENATED.items():
            text = text.replace(plain, hyphenated)
        return text.replace("_", " ")

    def __str__(self) -> str:
        if math.isnan(self.value):
            return f"{self.title} undefined: {self.reason}"
        number = f"{self.value:.0f}" if abs(self.value) >= 1000 else f"{self.value:.3g}"
        return f"{self.title} {number}" + (f" {self.unit}" if self.unit != "1" else "")

    def as_dict(self) -> dict[str, Any]:
        """Return value and unit ready for JSON, where what is undefined is null with a reason."""
        if math.isnan(self.value):
            return {"value": None, "unit": self.unit, "reason": self.reason}
        return {"value": self.value, "unit": self.unit}
