"""Who sees a species: the parts of the fibre to which its effect is attributed, and how each is made blind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mgsim.language.declaration import Shared
from mgsim.language.errors import InputError
from mgsim.language.model import Model


@dataclass(frozen=True)
class Part:
    """Mechanisms that are made blind together, because a reader takes them for one.

    Attributes
    ----------
    name : str
        What it is called in tables.
    mechanisms : tuple of str
        The classes that belong to it, in any fibre.
    sees : str
        What magnesium is to it.
    """

    name: str
    mechanisms: tuple[str, ...]
    sees: str


# Diffusion sees magnesium too, but only carries it. Enzymes of the energy metabolism see it through ATP and through
# what else holds it: to blind them one by one would cut the feedback by which they keep ATP.
PARTS = (
    Part("RyR1", ("Release",), "free Mg²⁺ on its activation and inhibition sites"),
    Part("troponin", ("TroponinC", "TroponinStructuralSites"), "Mg²⁺ on the sites of calcium"),
    Part("parvalbumin", ("Parvalbumin",), "Mg²⁺ on the sites of calcium"),
    Part("ATP buffer", ("ATPBinding", "ATPBuffer"), "Mg²⁺ on ATP: what is left free binds calcium"),
    Part("SERCA", ("SERCA", "Chemistry"), "free Mg²⁺, MgATP, Mg-free ATP, energy of ATP"),
    Part("cross-bridge", ("CrossBridge",), "MgATP"),
    Part("Na/K pump", ("SodiumPump",), "MgATP"),
    Part("energy metabolism", ("PhosphateBinding", "MagnesiumSites"), "Mg²⁺ on ADP, phosphocreatine and phosphate"),
)


def parts_of(model: Model, species: str) -> tuple[Part, ...]:
    """Give the parts of a fibre that see a species, each with those of its mechanisms that do."""
    family = model.family(species)
    sees = {
        placed.mechanism.__name__
        for placed in model.mechanisms
        for declared in placed.mechanism.declarations.values()
        if isinstance(declared, Shared) and declared.species in family
    }
    found = (replace(part, mechanisms=tuple(m for m in part.mechanisms if m in sees)) for part in PARTS)
    return tuple(part for part in found if part.mechanisms)


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
