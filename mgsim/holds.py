"""What is clamped during an experiment: the membrane voltage or a free concentration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mgsim.language.errors import InputError
from mgsim.language.units import quantity
from mgsim.times import seconds


@dataclass(frozen=True)
class Hold:
    """A voltage or a free concentration that is held at a value for a while.

    Attributes
    ----------
    name : str
        "V" for the membrane voltage, otherwise a species such as "Mg" or "Ca".
    value : str
        What it is held at, with its unit: "-20 mV", "0.2 mM".
    start, stop : float
        It is held from `start` until just before `stop`, in s.
    """

    name: str
    value: str
    start: float
    stop: float

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.isidentifier():
            raise InputError(f"what is held is named like 'V', 'Mg' or 'Ca'; got {self.name!r}")
        if not isinstance(self.value, str):
            raise InputError(f"a clamp needs a value with a unit, e.g. '0.2 mM'; got {self.value!r}")
        level = self.level
        if self.name != "V" and level < 0:
            raise InputError(f"{self.name} cannot be held below zero; got {self.value!r}")
        start = seconds(self.start, f"the start of the {self.name} clamp", zero=True)
        stop = seconds(self.stop, f"the end of the {self.name} clamp")
        if not start < stop:
            raise InputError(f"the {self.name} clamp must end after it begins; got {start:g} s to {stop:g} s")
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "stop", stop)

    @property
    def level(self) -> float:
        """The held value as a plain number, in mV for "V" and in µM for a species."""
        return quantity(self.value, "mV" if self.name == "V" else "µM", self.name)


def holds_in_order(holds: Iterable[Hold], duration: float) -> tuple[Hold, ...]:
    """Return the clamps by their start; refuse any that outlast the recording or overlap for one name."""
    ordered = tuple(sorted(holds, key=lambda hold: (hold.start, hold.name)))
    free_from: dict[str, float] = {}
    for hold in ordered:
        if hold.stop > duration:
            raise InputError(
                f"the {hold.name} clamp ends at {hold.stop:g} s, after the recording ({duration:g} s)"
            )
        if hold.start < free_from.get(hold.name, 0.0):
            raise InputError(
                f"two clamps of {hold.name} overlap at {hold.start:g} s; end one before the next"
            )
        free_from[hold.name] = hold.stop
    return ordered
