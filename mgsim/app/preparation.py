"""The options that say what is experimented on: a fibre, and what is changed in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cyclopts import Parameter

from mgsim.language.errors import InputError, unknown

if TYPE_CHECKING:
    from mgsim.language.model import Model


def fibres() -> dict[str, Model]:
    """Give every preparation by its name."""
    from mgsim import fibre

    return {name: getattr(fibre, name)() for name in fibre.__all__}


def fibre_named(name: str) -> Model:
    """Give a preparation; an unknown name is answered with the known ones."""
    from mgsim import fibre

    if name not in fibre.__all__:
        raise unknown("fibre", name, fibre.__all__)
    found: Model = getattr(fibre, name)()
    return found


def pairs(given: Iterable[str], option: str, example: str, mark: str = "=") -> list[tuple[str, str]]:
    """Split each "NAME=VALUE"; refuse what is no pair."""
    found = []
    for text in given:
        name, sign, value = (part.strip() for part in text.partition(mark))
        if not (name and sign and value):
            raise InputError(f"{option} takes {example}; got {text!r}")
        found.append((name, value))
    return found


@Parameter(name="*", allow_leading_hyphen=True)  # "-3 Hz" is a value, and a wrong one
@dataclass(frozen=True)
class Preparation:
    """What is experimented on.

    Parameters
    ----------
    fibre
        The fibre; mgsim list names them.
    set
        Change a parameter, or the free Mg2+ of the resting cell: --set Mg="0.2 mM" --set k_CP="0.02 /ms".
        May be given several times; mgsim info names what can be changed.
    temperature
        Such as "16 °C"; 25 °C where it is not given.
    experiment
        How the cell came to its free Mg2+. steady: every pool has settled, as after weeks (the default).
        acute: --set Mg=... came a minute ago. skinned: the bath holds Mg or Ca at what --set gives them.
    blind
        Let one mechanism see the normal amount of a species, as in --blind Release:Mg.
    oxygen
        How blood reaches the fibre, from the moment the recording begins.
    """

    fibre: str = "mouse_edl"
    set: tuple[str, ...] = ()
    temperature: str | None = None
    experiment: Literal["steady", "acute", "skinned"] = "steady"
    blind: tuple[str, ...] = ()
    oxygen: Literal["normal", "congested", "ischaemic", "hyperaemic"] = "normal"

    def model(self) -> Model:
        """Make the model that these options describe."""
        model = fibre_named(self.fibre)
        if self.temperature is not None:
            model = model.at(self.temperature)
        parameters, levels = self._changes(model)
        model = model.with_(parameters)
        for mechanism, species in pairs(self.blind, "--blind", "MECHANISM:SPECIES, such as Release:Mg", ":"):
            model = model.blind(mechanism, species)
        if self.oxygen != "normal":
            from mgsim.fibre.oxygen import oxygen

            model = model.suddenly(oxygen(self.oxygen))
        if self.experiment == "acute":
            if not levels:
                raise InputError('an acute experiment needs a species that changed, e.g. --set Mg="0.2 mM"')
            return model.acute(**levels)
        return model.skinned(**levels) if self.experiment == "skinned" else model

    def _changes(self, model: Model) -> tuple[dict[str, str], dict[str, str]]:
        """Sort what --set gives into parameters, and free species that are changed at once."""
        given: dict[str, str] = {}
        parameters: dict[str, str] = {}
        levels: dict[str, str] = {}
        for name, value in pairs(self.set, "--set", 'NAME=VALUE, such as Mg="0.2 mM"'):
            sudden = self.experiment != "steady" and _is_free_species(model, name)
            path = name if sudden else model.find(name)
            if path in given or (path == "T" and self.temperature is not None):
                before = given.get(path, self.temperature)
                raise InputError(f"{name} is set twice, to {before!r} and to {value!r}; set it once")
            given[path] = value
            (levels if sudden else parameters)[path] = value
        return parameters, levels


def _is_free_species(model: Model, name: str) -> bool:
    """Tell whether a name means a free species or a state, not an amount that is fixed at rest in several forms."""
    for anchor in model.anchors:
        if anchor.name == name:
            return anchor.of == (name,)
    return any(name in (state.name, state.species) for state in model.system.states)
