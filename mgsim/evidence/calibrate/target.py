"""What a fit aims at: a measurement of the table, or an aim that is no row of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mgsim.evidence.experiments.recording import NoValue
from mgsim.evidence.measurements import measurements
from mgsim.language.errors import InputError, unknown
from mgsim.language.model import Model

FAR = 30.0  # distance of a target that a trial gives no value for, in spreads


@dataclass(frozen=True)
class Target:
    """One quantity that a fit is moved for; see `row` and `aim`.

    Attributes
    ----------
    name : str
        The row's id, or a short name.
    quantity : str
        What it is, in words.
    run : callable
        The experiment: a function of a model, called with `given` as keywords.
    value, spread : float
        What is wanted, and how far off counts as one.
    unit, source : str
        Unit, and a key of ``references.bib``.
    relation : str
        Where only a sign was measured, which: the distance is then nothing as soon as it is met.
    weight : float
        Factor on the distance.
    fibre : str
        The preparation that a row is about.
    row : bool
        Whether it is a row of ``measurements.toml``.
    """

    name: str
    quantity: str
    run: Callable[..., float]
    value: float
    spread: float
    unit: str
    source: str
    given: Mapping[str, Any] = field(default_factory=dict)
    relation: str = ""
    weight: float = 1.0
    fibre: str = ""
    row: bool = False

    def read(self, model: Model) -> Reading:
        """Do the experiment on a model; where it gives no number, the reading says why."""
        try:
            value = float(self.run(model, **self.given))
        except (NoValue, InputError, ArithmeticError, RuntimeError) as reason:
            return Reading(self, math.nan, " ".join(str(reason).split()) or type(reason).__name__)
        return Reading(self, value, "" if math.isfinite(value) else f"the experiment gives {value}")


@dataclass(frozen=True)
class Reading:
    """What a model gives for a target.

    Attributes
    ----------
    target : Target
    value : float
        In the target's unit; NaN where there is none.
    reason : str
        Why there is none.
    """

    target: Target
    value: float
    reason: str = ""

    @property
    def z(self) -> float:
        """Distance from what is wanted in units of its spread; NaN without a value, 0 where a sign is met."""
        distance = (self.value - self.target.value) / self.target.spread
        if self.target.relation.startswith(">"):
            return min(distance, 0.0)
        return max(distance, 0.0) if self.target.relation.startswith("<") else distance

    @property
    def residual(self) -> float:
        """What the search makes small: z times the weight, or `FAR` without a value."""
        return self.target.weight * self.z if math.isfinite(self.value) else FAR


def row(id: str, weight: float = 1.0) -> Target:
    """Take a row of ``measurements.toml`` as a target.

    Raises
    ------
    InputError
        For an unknown row, and for one that is marked `predict`: those are never used in fitting.
    """
    found = next((m for m in measurements() if m.id == id), None)
    if found is None:
        raise unknown("measurement", id, [m.id for m in measurements()])
    if found.role != "calibrate":
        raise InputError(f"{id} is marked {found.role} and never used in fitting; a fit takes rows marked calibrate")
    spread = found.allowed if found.kind == "number" else 0.15 * (abs(found.value) or 1.0)
    return Target(
        name=found.id,
        quantity=found.quantity,
        run=found.run,
        value=found.value,
        spread=spread,
        unit=found.unit,
        source=found.source,
        given=found.given,
        relation=found.relation,
        weight=weight,
        fibre=found.preparation,
        row=True,
    )


def rows(*ids: str) -> tuple[Target, ...]:
    """Take several rows of ``measurements.toml`` as targets, each with weight one."""
    return tuple(row(id) for id in ids)


def aim(
    name: str,
    run: Callable[..., float],
    value: float,
    spread: float,
    unit: str,
    source: str,
    quantity: str = "",
    **given: Any,
) -> Target:
    """Set an aim that is no row of the table, such as the resting calcium.

    Parameters
    ----------
    name, quantity : str
        A short name, and what it is.
    run : callable
        The experiment; see `mgsim.evidence.calibrate.aims`.
    value, spread : float
    unit, source : str
    **given
        Keywords of the experiment.
    """
    if not spread > 0.0:
        raise InputError(f"aim {name!r}: its spread is {spread:g}; it has to be more than zero")
    return Target(name, quantity or name, run, value, spread, unit, source, given)
