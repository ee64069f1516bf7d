"""What an attribution has found: effects, shares, and how they are shown."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mgsim.attribution.readings import PROTOCOLS
from mgsim.attribution.shares import Effect
from mgsim.attribution.sight import REST, Part
from mgsim.attribution.table import set_in_columns
from mgsim.language.errors import unknown
from mgsim.language.model import Model
from mgsim.measured import Measure
from mgsim.version import __version__

if TYPE_CHECKING:
    import numpy as np

_ACROSS = 5  # measures that stand beside each other in a line of 100 characters
_IONS = {"Mg": "Mg²⁺", "Ca": "Ca²⁺"}


@dataclass(frozen=True)
class Attribution:
    """Which part of a fibre makes which part of what a change does.

    Attributes
    ----------
    normal, changed : Model
        The fibre before and after.
    species : str
        What was changed.
    parts : tuple of Part
        The parts that were made blind to it.
    effects : tuple of Effect
        What the change does to each measure, and who makes it.
    """

    normal: Model
    changed: Model
    species: str
    parts: tuple[Part, ...]
    effects: tuple[Effect, ...]

    def __getitem__(self, name: str) -> Effect:
        for effect in self.effects:
            if effect.reading.name == name:
                return effect
        raise unknown("measure", name, [effect.reading.name for effect in self.effects])

    @property
    def amount(self) -> str:
        """What was changed, as people write it: "free Mg²⁺", or "ATP"."""
        ion = _IONS.get(self.species)
        return f"free {ion}" if ion else self.species

    @property
    def levels(self) -> tuple[float, float, str]:
        """The amount before and after, and its unit."""
        unit = self.normal.unit_of(self.species)
        if self.changed.kind == "acute":
            (state,) = self.changed.resolve_states(f"{self.species}_{self.normal.cytosol[-1]}")
            after = self.changed.levels[state.name] * state.factor / _factor(unit)
        else:
            after = self.changed.value(self.species)
        return self.normal.value(self.species), after, unit

    @property
    def headline(self) -> str:
        """What was compared with what."""
        before, after, unit = self.levels
        warmth = self.normal.value("T") - 273.15
        kept = [f"{path} {value:g} {self.normal.unit_of(path)}".removesuffix(" 1")
                for path, value in self.normal.changes.items() if path != "T"]  # fmt: skip
        both = f"; both with {', '.join(kept)}" if kept else ""
        return (
            f"{self.normal.name} at {warmth:g} °C: {self.amount} {before:g} → {after:g} {unit} "
            f"({self.changed.kind}){both}"
        )

    def table(self, *, amounts: bool = False) -> str:
        """Write, for each measure, its values and what each part makes of the change: lost / alone.

        Parameters
        ----------
        amounts : bool
            In the unit of the measure; else in % of the change.
        """
        blocks = [self.effects[k : k + _ACROSS] for k in range(0, len(self.effects), _ACROSS)]
        lines = [self.headline]
        for effects in blocks:
            lines += ["", self._block(effects, amounts)]
        lines += [
            "",
            f"lost / alone, {'in the unit of the measure' if amounts else 'in % of the change'}:",
            "what disappears of the change when this part alone is blind / what appears when this part alone sees it.",
            "interaction: what the sum of all lost is above the change / what the sum of all alone lacks of it.",
            "normal, all blind: every part sees the normal resting amount, also while it moves in a contraction.",
        ]
        if any(part.through for part in self.parts) and self.species == "Mg":
            lines.append("ATP buffer: ATP without Mg²⁺ binds Ca²⁺. What burns MgATP alone is read on top of it.")
            lines.append("Energy metabolism: Mg²⁺ on ADP, phosphocreatine and phosphate, which its enzymes work on.")
            lines.append("Na/K pump: channels and surface charge of the membrane see Mg²⁺ outside only, which stays.")
        if any(REST in effect.lost for effect in self.effects):
            lines.append(f"{REST}: {self.species} as a buffer, and what makes it again.")
        return "\n".join([*lines, *self.reasons(amounts)])

    def _block(self, effects: tuple[Effect, ...], amounts: bool) -> str:
        rows: list[list[str]] = []
        values: list[tuple[str, Callable[[Effect], Measure]]] = [
            ("normal", lambda effect: effect.normal),
            ("normal, all blind", lambda effect: effect.reference),
            ("changed", lambda effect: effect.changed),
        ]
        for name, value in values:
            rows.append([name, *(_number(value(effect)) for effect in effects)])
        rows.append([])
        found = [effect.amounts() if amounts else effect.shares() for effect in effects]
        digits = [_decimals(effect.total.value) if amounts else 0 for effect in effects]
        for part in found[0]:
            pairs = [[_fixed(one, n) for one in amount[part]] for amount, n in zip(found, digits, strict=True)]
            rows.append([part, *map(" / ".join, pairs)])
        titles = [effect.reading.title for effect in effects]
        units = ["" if effect.reading.unit == "1" else effect.reading.unit for effect in effects]
        return set_in_columns(["", *titles], ["", *units], rows)

    def reasons(self, amounts: bool = False) -> list[str]:
        """Say where there is no value, and why."""
        lines: list[str] = []
        parts: dict[str, None] = {}
        for effect in self.effects:
            if effect.undivided and not (amounts and effect.slight):
                lines.append(f"{effect.reading.title}: {effect.undivided}")
                continue
            for part in effect.lost:
                for how, amount in (("lost", effect.lost[part]), ("alone", effect.alone[part])):
                    if amount.reason:
                        parts[f"{part}, {how}: {amount.reason}"] = None
        return lines + list(parts)

    def as_dict(self) -> dict[str, Any]:
        """Return everything ready for JSON, with units; what is undefined is null with a reason."""
        before, after, unit = self.levels
        experiments = dict.fromkeys(effect.reading.experiment for effect in self.effects)
        return {
            "changed": {self.species: {"from": before, "to": after, "unit": unit}},
            "kind": self.changed.kind,
            "fibre": self.normal.name,
            "temperature": {"value": round(self.normal.value("T") - 273.15, 6), "unit": "°C"},
            "parameters_changed_in_both": {
                path: {"value": value, "unit": self.normal.unit_of(path)}
                for path, value in self.normal.changes.items() if path != "T"
            },
            "edits": list(self.normal.edits),
            "parts": {part.name: list(part.mechanisms) for part in self.parts},
            "protocols": {name: PROTOCOLS[name]().describe() for name in experiments},
            "effects": {effect.reading.name: effect.as_dict() for effect in self.effects},
            "mgsim": __version__,
        }  # fmt: skip

    def plot(self, ax: Any = None) -> np.ndarray[Any, Any]:
        """Draw the shares of the main measures (see `mgsim.plot.mechanisms`)."""
        # The one door from here to what draws, which stands above.
        drawn: np.ndarray[Any, Any] = import_module("mgsim.plot").mechanisms(self, ax)
        return drawn

    def __str__(self) -> str:
        return self.table()


def _factor(unit: str) -> float:
    from mgsim.language.units import unit as unit_of

    return unit_of(unit).factor


def _number(measure: Measure) -> str:
    return "-" if math.isnan(measure.value) else f"{measure.value:.3g}"


def _fixed(amount: Measure, decimals: int) -> str:
    # Adding zero after rounding turns -0.0 into 0.0.
    return "-" if math.isnan(amount.value) else f"{round(amount.value, decimals) + 0.0:.{decimals}f}"


def _decimals(total: float) -> int:
    """Give how many decimals show a hundredth of a total."""
    return 2 - math.floor(math.log10(abs(total))) if 0.0 < abs(total) < 100.0 else 0
