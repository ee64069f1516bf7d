"""Where the names inside a mechanism lead: to places, to shared species, to what a blind mechanism sees."""

from __future__ import annotations

from mgsim.language.declaration import Declaration, Define, Reaction, Shared
from mgsim.language.errors import InputError, unknown
from mgsim.language.mechanism import Mechanism, Placed
from mgsim.language.system import Structure


class Names:
    """Where a mechanism's own names lead in the assembled system."""

    def __init__(self, structure: Structure):
        self.places = {p.name: p for p in structure.places}
        self.copies: dict[type[Mechanism], int] = {}
        standing: dict[tuple[str, str], type[Mechanism]] = {}
        for placed in structure.mechanisms:
            # Two copies in one place would add up unseen, under the same names.
            name, place = placed.mechanism.__name__, placed.place.name if placed.place else ""
            if (name, place) in standing:
                where = f" in {place}" if place else ""
                raise InputError(f"{name} stands twice{where}; add it once, or rename one")
            standing[name, place] = placed.mechanism
            if any(other is not placed.mechanism for (n, _), other in standing.items() if n == name):
                raise InputError(f"two different mechanisms are called {name}; rename one")
            self.copies[placed.mechanism] = self.copies.get(placed.mechanism, 0) + 1

    def place(self, placed: Placed, at: str, line: str) -> str:
        if at == "":
            return ""
        if at == "here":
            return placed.place.name if placed.place else ""
        if placed.place and at in placed.place.roles:
            return placed.place.roles[at]
        if at not in self.places:
            raise InputError(f"{line}: {unknown('place', at, self.places)}")
        return at

    def path(self, placed: Placed, name: str) -> str:
        own = f"{placed.mechanism.__name__}.{name}"
        return f"{own}[{placed.place.name}]" if placed.place and self.copies[placed.mechanism] > 1 else own

    def key(self, placed: Placed, declared: Declaration) -> str:
        """Name that a shared quantity, or a public definition, has in the model."""
        if not isinstance(declared, (Shared, Define)):
            raise TypeError(f"{declared.name} is private to its mechanism")
        species = declared.species if isinstance(declared, Shared) else declared.public
        line = f"{placed.mechanism.__name__}.{declared.name} (line {declared.line})"
        place = self.place(placed, declared.at, line)
        return f"{species}_{place}" if place else str(species)


def seen_at_rest(names: Names, structure: Structure) -> dict[tuple[int, str], bool]:
    """For each placed mechanism that is blind, the shared names it sees at their resting value, and whether
    it also stops giving and taking them (True for the blinded species itself)."""
    reactions = [
        (placed, declared)
        for placed in structure.mechanisms
        for declared in placed.mechanism.declarations.values()
        if isinstance(declared, Reaction)
    ]

    def species(placed: Placed, name: str) -> str:
        declared = placed.mechanism.declarations[name]
        return str(declared.species) if isinstance(declared, Shared) else ""

    seen: dict[tuple[int, str], bool] = {}
    for which, blinded in structure.blind:
        pool = set(dict(structure.pools).get(blinded, ()))
        # What it makes of others is made by reactions; what merely crosses a wall along with it is no part of it.
        partners = pool or {
            s
            for placed, r in reactions
            if not r.is_transport and blinded in {species(placed, n) for n in r.stoichiometry}
            for s in (species(placed, n) for n in r.stoichiometry)
        }
        for i, placed in enumerate(structure.mechanisms):
            if placed.mechanism.__name__ != which:
                continue
            own = not pool and any(
                blinded in {species(p, n) for n in r.stoichiometry} for p, r in reactions if p is placed
            )
            for name, declared in placed.mechanism.declarations.items():
                if isinstance(declared, Shared) and declared.species in (
                    {blinded} if own else partners | {blinded}
                ):
                    seen[i, name] = declared.species == blinded and not pool
    return seen
