"""Who sees a species: the parts of the fibre to which its effect is attributed, and how each is made blind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mgsim.language.errors import InputError
from mgsim.language.model import Anchor, Model

REST = "the rest"


@dataclass(frozen=True)
class Part:
    """Mechanisms that are made blind together, because a reader takes them for one.

    Attributes
    ----------
    name : str
        What it is called in tables.
    mechanisms : tuple of str
        The classes that belong to it.
    through : str
        The part by which it sees magnesium: what burns MgATP sees it by ATP. Empty where it sees it by itself.
    """

    name: str
    mechanisms: tuple[str, ...]
    through: str = ""


# Diffusion sees magnesium too, but only carries it. The enzymes of the energy metabolism see it by ATP and by what
# else holds it: to blind them one by one would cut the feedback by which they keep ATP.
PARTS = (
    Part("RyR1", ("Release",)),
    Part("thin filament", ("ThinFilament", "TroponinC", "TroponinStructuralSites")),
    Part("parvalbumin", ("Parvalbumin",)),
    Part("ATP buffer", ("ATPBinding", "ATPBuffer")),
    Part("SERCA", ("SERCA", "Chemistry"), through="ATP buffer"),
    Part("cross-bridge", ("CrossBridge",), through="ATP buffer"),
    Part("Na/K pump", ("SodiumPump",), through="ATP buffer"),
    Part("energy metabolism", ("PhosphateBinding", "MagnesiumSites")),
)


def parts_of(model: Model, species: str) -> tuple[Part, ...]:
    """Give the parts of a fibre that can be blind to a species, each with those of its mechanisms that can."""
    present = {placed.mechanism.__name__ for placed in model.mechanisms}

    def can_be_blind(mechanism: str) -> bool:
        try:
            model.blind(mechanism, species)
        except InputError:
            return False
        return True

    found = (
        replace(part, mechanisms=tuple(m for m in part.mechanisms if m in present and can_be_blind(m)))
        for part in PARTS
    )
    return tuple(part for part in found if part.mechanisms)


def is_seen(model: Model, anchor: Anchor) -> bool:
    """Tell whether an anchor is an amount that mechanisms see, and not a total that only the whole cell has."""
    species = {q.species for q in model.system.states}
    return anchor.name in anchor.of and species.issuperset(anchor.of)


def blinded(model: Model, species: str, parts: Iterable[Part]) -> Model:
    """Make parts of a fibre blind to a species."""
    for part in parts:
        for mechanism in part.mechanisms:
            model = model.blind(mechanism, species)
    return model


def seen_from(model: Model, normal: Model) -> Model:
    """Make a changed fibre one whose blind mechanisms see the rest of `normal`.

    Blind mechanisms see the rest of the preparation before anything was changed. What `normal` had changed
    already becomes part of the preparation.

    Raises
    ------
    InputError
        Where `normal` is another preparation, at another temperature, or no resting fibre.
    """
    if normal.kind != "steady" or normal.clamped != normal.bath or normal.sudden or normal.blinded:
        raise InputError(f"the normal fibre has to be a resting one that sees everything; got {normal}")
    alike = (model.name, model.edits, model.value("T")) == (normal.name, normal.edits, normal.value("T"))
    if not alike or [p.mechanism for p in model.mechanisms] != [p.mechanism for p in normal.mechanisms]:
        raise InputError(f"{model} is no change of {normal}: both have to be one preparation at one temperature")
    paths = (set(model.changes) | set(normal.changes)) - {"T"}
    changed = {path: model.value(path) for path in paths if model.value(path) != normal.value(path)}
    kept = {path: value for path, value in model.changes.items() if path == "T"}
    own = {path: value for path, value in normal.changes.items() if path != "T"}
    return replace(model, preset={**model.preset, **own}, changes={**kept, **changed})
