"""Where ATP went and where it came from: an account that sums to zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mgsim.language.errors import InputError
from mgsim.language.system import ledger_of
from mgsim.result import Result
from mgsim.times import plain_time

USES = {"CrossBridge": "cross-bridges", "SERCA": "SERCA", "SodiumPump": "Na/K pump"}
SOURCES = {
    "CreatineKinase": "creatine kinase",
    "AdenylateKinase": "adenylate kinase",
    "Glycolysis": "glycolysis",
    "Mitochondria": "mitochondria",
}
OTHERS = "everything else"
BATH = "bath or clamp"
_BOUND = ("ATPBinding", "ATPBuffer", "JunctionalExchange")  # no net change, unless a form of ATP is held
_COUNTER = "ATP from "
_POOL = ("MgATP", "CaATP", "ATP_free")
_CLAMPED = {ledger_of(f"{form}_{place}") for form in ("ATP", "MgATP", "CaATP") for place in ("junction", "bulk")}


@dataclass(frozen=True)
class EnergyLedger:
    """ATP spent and made between two times, in µmol per litre of myoplasmic water.

    Attributes
    ----------
    start, stop : float
        The times, s.
    used, made : mapping of str to float
        By cross-bridges, SERCA, Na/K pump and everything else; by creatine kinase, adenylate kinase, glycolysis
        and mitochondria. What runs backwards is negative: creatine kinase while phosphocreatine is restored.
    change : float
        How much more ATP there is at the end, free, with Mg2+ and with Ca2+ together.
    """

    start: float
    stop: float
    used: Mapping[str, float]
    made: Mapping[str, float]
    change: float

    @property
    def spent(self) -> float:
        """All ATP that was used."""
        return sum(self.used.values())

    @property
    def gained(self) -> float:
        """All ATP that was made, less what went backwards."""
        return sum(self.made.values())

    @property
    def error(self) -> float:
        """Made less used less the change of the pool, as a share of what was used: zero but for rounding."""
        turned_over = sum(map(abs, (*self.used.values(), *self.made.values())))
        return (self.gained - self.spent - self.change) / turned_over if turned_over else 0.0

    @property
    def title(self) -> str:
        """What it is an account of."""
        return f"ATP from {plain_time(self.start)} to {plain_time(self.stop)}, per litre of cell water"

    def as_dict(self) -> dict[str, Any]:
        """Return the ledger as plain numbers, ready for JSON."""
        return {
            "unit": "µM",
            "from": {"value": self.start, "unit": "s"},
            "to": {"value": self.stop, "unit": "s"},
            "used": dict(self.used),
            "made": dict(self.made),
            "change": self.change,
            "error": self.error,
        }

    def __str__(self) -> str:
        rows = [(f"used by {name}", -amount) for name, amount in self.used.items()]
        rows += [(f"made by {name}", amount) for name, amount in self.made.items()]
        rows += [(f"{'less' if self.change < 0 else 'more'} ATP than before", -self.change)]
        rows += [("sum", self.gained - self.spent - self.change)]
        width = max(len(name) for name, _ in rows)
        large = max(abs(amount) for _, amount in rows) >= 1000.0
        unit, size = ("mM", 1000.0) if large else ("µM", 1.0)
        # Adding zero after rounding turns -0.00 into 0.00.
        lines = [f"{name:<{width}}  {round(amount / size, 2) + 0.0:>9.2f} {unit}" for name, amount in rows]
        return "\n".join([self.title, *lines])


def counts_energy(result: Result) -> bool:
    """Tell whether a run counted ATP, and the fibre makes it by a metabolism of its own."""
    return any(name.startswith(f"{_COUNTER}{source}.") for name in result for source in SOURCES)


def energy_ledger(
    result: Result, start: str | float = 0.0, stop: str | float | None = None
) -> EnergyLedger:
    """Return where ATP went and where it came from between two times.

    Each reaction that makes or splits ATP is counted while the run is computed, so that the account closes to
    rounding, whatever the tolerance and the sampling.

    Parameters
    ----------
    result : Result
        The recording; also one that ended early.
    start, stop : str or float
        The times, in s or with a unit; the whole recording unless given. The nearest samples within are taken.

    Raises
    ------
    InputError
        Where the run did not count ATP: then simulate ``model.counting("ATP")``.
    """
    names = [name for name in result if name.startswith(_COUNTER)]
    if not names:
        raise InputError('this recording did not count ATP; simulate model.counting("ATP") for a ledger')
    part = result.window(start, stop)
    used = dict.fromkeys([*USES.values(), OTHERS], 0.0)
    made = dict.fromkeys(SOURCES.values(), 0.0)
    for name in names:
        mechanism = name.removeprefix(_COUNTER).partition(".")[0]
        amount = _change(part, name)
        if mechanism in SOURCES:
            made[SOURCES[mechanism]] += amount
        elif mechanism in USES:
            used[USES[mechanism]] -= amount
        elif mechanism in _BOUND or mechanism == "ATPRegeneration":
            name = BATH if mechanism in _BOUND else "regeneration"  # where metabolites are held
            made[name] = made.get(name, 0.0) + amount
        else:
            used[OTHERS] -= amount
    clamped = [name for name in result if name in _CLAMPED]
    if clamped:
        made[BATH] = made.get(BATH, 0.0) - sum(_change(part, name) for name in clamped)
    change = sum(_change(part, name) for name in _POOL)
    return EnergyLedger(float(part.time[0]), float(part.time[-1]), used, made, change)


def _change(part: Result, name: str) -> float:
    values = part[name]
    if not np.isfinite(values[[0, -1]]).all():
        raise InputError(f"{name} is not a number in this window")
    return float(values[-1] - values[0])
