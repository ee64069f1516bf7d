"""A model: mechanisms at their places, and the numbers that fix its rest. A value; changing it makes another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from mgsim.language.assembly import assemble
from mgsim.language.declaration import TEMPERATURE, Parameter, Reaction, Shared, checked_spread
from mgsim.language.errors import InputError, unknown
from mgsim.language.mechanism import Mechanism, Place, Placed
from mgsim.language.model_text import as_page, in_a_line
from mgsim.language.system import Quantity, Structure, System
from mgsim.language.units import quantity, temperature, unit

Value = str | float | int


@dataclass(frozen=True)
class Anchor:
    """What fixes one conserved quantity of the resting cell.

    Parameters
    ----------
    name : str
        How users address it in ``with_``.
    carrier : str
        The state that names the law.
    value, unit, meaning
        The number and what it is.
    source, evidence
        As for a parameter.
    of : tuple of str
        States, or species in the whole cytosol, whose resting sum is `value` (free Mg2+; ATP in its three
        forms), as a mean over the cytosol. Empty when `value` is the conserved total itself, per litre of
        myoplasmic water.
    spread, spread_is
        Published spread of `value`, and what it is, as for a parameter.
    """

    name: str
    carrier: str
    value: float
    unit: str
    meaning: str
    source: str
    evidence: str
    of: tuple[str, ...] = ()
    spread: float | None = None
    spread_is: str = ""

    def __post_init__(self) -> None:
        checked_spread(self.meaning, self.spread, self.spread_is)


@lru_cache(maxsize=256)
def assembled(structure: Structure) -> System:
    """Assemble a structure once in a process."""
    return assemble(structure)


@dataclass(frozen=True, eq=False, repr=False)
class Model:
    """A preparation: its mechanisms, anchors and temperature, with whatever was changed about it.

    ``with_``, ``clamp``, ``blind``, ``plus`` and ``at`` only record; the resting state they imply is solved when the
    model is simulated.
    """

    name: str
    description: str
    mechanisms: tuple[Placed, ...]
    places: tuple[Place, ...]
    anchors: tuple[Anchor, ...]
    guess: Mapping[str, float]
    cytosol: tuple[str, ...] = ()
    preset: Mapping[str, float] = field(default_factory=dict)
    kind: str = "steady"
    levels: Mapping[str, float] = field(default_factory=dict)
    sudden: Mapping[str, float] = field(default_factory=dict)
    bath: Mapping[str, float] = field(default_factory=dict)
    changes: Mapping[str, float] = field(default_factory=dict)
    clamped: Mapping[str, float] = field(default_factory=dict)
    blinded: tuple[tuple[str, str], ...] = ()
    held: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()

    # ------------------------------------------------------------------ what it is made of
    @cached_property
    def structure(self) -> Structure:
        """What makes its program."""
        whole = {p: v for p, v in {**self.preset, **self.changes}.items() if p in self.structural}
        return Structure(
            self.mechanisms,
            self.places,
            tuple(sorted(self.clamped)),
            self.blinded,
            self.held,
            tuple(sorted(whole.items())),
            tuple((a.name, a.of) for a in self.anchors if a.name in self.counted),
            tuple((name, of) for name, of in self._forms.items() if any(name == s for _, s in self.blinded)),
        )

    @property
    def system(self) -> System:
        """The assembled equations."""
        return assembled(self.structure)

    @cached_property
    def declared(self) -> dict[str, Parameter]:
        """Every parameter by its path, such as ``Parvalbumin.k_CP``."""
        found: dict[str, Parameter] = {"T": TEMPERATURE}
        for mechanism in dict.fromkeys(p.mechanism for p in self.mechanisms):
            for name, d in mechanism.declarations.items():
                if isinstance(d, Parameter):
                    found[f"{mechanism.__name__}.{name}"] = d
        return found

    @cached_property
    def structural(self) -> set[str]:
        """Parameters that shape the equations."""
        return {path for path, d in self.declared.items() if d.structural}

    def value(self, path: str) -> float:
        """Value of a parameter or anchor, in its declared unit (temperature in K).

        Raises
        ------
        InputError
            If there is none of that name.
        """
        path = self.find(path)
        if path in self.changes:
            return self.changes[path]
        if path in self.preset:
            return self.preset[path]
        anchor = next((a for a in self.anchors if a.name == path), None)
        return anchor.value if anchor else self.declared[path].number

    def unit_of(self, path: str) -> str:
        """Unit in which :meth:`value` gives a parameter or an anchor."""
        path = self.find(path)
        anchor = next((a for a in self.anchors if a.name == path), None)
        return anchor.unit if anchor else self.declared[path].unit

    def find(self, name: str) -> str:
        """Find the full path of a parameter or anchor from its name.

        Raises
        ------
        InputError
            If there is none, or several mechanisms have one of that name.
        """
        if name == "temperature":
            return "T"
        if name in self.declared or any(a.name == name for a in self.anchors):
            return name
        matches = [path for path in self.declared if path.partition(".")[2] == name]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise InputError(f"{name!r} is in several mechanisms; say which: {', '.join(matches)}")
        states = {q.name for q in self.system.states} | {q.species for q in self.system.states}
        if name in states:
            hint = " or ".join(a.name for a in self.anchors if a.of) or "an anchor"
            raise InputError(
                f"{name!r} is a state: its resting value follows from the model. Set {hint} or a parameter with "
                f"with_, or hold it with clamp({name}=...)"
            )
        short = {p.partition(".")[2] or p for p in self.declared}
        known = {*short, *self.declared, *(a.name for a in self.anchors)}
        amounts = ", ".join(a.name for a in self.anchors if a.of)
        hint = f" (amounts that can be set at rest: {amounts})" if amounts else ""
        raise InputError(str(unknown(f"parameter of {self.name}", name, known)) + hint)

    # ------------------------------------------------------------------ changing it
    def with_(self, values: Mapping[str, Value] | None = None, **more: Value) -> Model:
        """Change parameters or anchors of the rest.

        Parameters
        ----------
        values, **more
            Name and new value, as text with a unit or as a number in the declared unit. ``Mg="0.2 mM"`` is the
            resting free Mg2+, with the rest of the cell equilibrated to it (the steady kind of low magnesium).
            A bare number for the temperature is in °C.

        Returns
        -------
        Model
            The changed model; this one stays as it is.

        Raises
        ------
        InputError
            For an unknown name, a wrong unit, a negative amount, or a state.
        """
        changes = dict(self.changes)
        for name, value in {**(values or {}), **more}.items():
            path = self.find(name)
            if path == "T":
                changes[path] = temperature(value)
                continue
            number = quantity(value, like=self.unit_of(path), name=name)
            self._check(name, path, number)
            changes[path] = number
        return replace(self, changes=changes)

    def _check(self, name: str, path: str, number: float) -> None:
        if not math.isfinite(number):
            raise InputError(f"{name} is {number}; a number is needed")
        signed = self.value(path) <= 0.0 or unit(self.unit_of(path)).dims == unit("mV").dims
        if number < 0.0 and not signed:
            raise InputError(
                f"{name} = {number:g} {self.unit_of(path)} is negative; it has to be zero or more"
            )
        if number == 0.0 and any(a.name == path for a in self.anchors):
            raise InputError(f"{name} cannot be zero; give a small amount instead, such as {name}='1 µM'")
        if path in self.structural and number != int(number):
            raise InputError(f"{name} is a whole number, not {number:g}")

    def plus(self, *mechanisms: Placed | type[Mechanism]) -> Model:
        """Add mechanisms: ``model.plus(MagnesiumExchange.at(bulk))``."""
        for m in mechanisms:
            if not isinstance(m, Placed) and not (isinstance(m, type) and issubclass(m, Mechanism)):
                raise InputError(f"plus takes a mechanism, such as Dye or Dye.at(bulk); got {m!r}")
        placed = tuple(m if isinstance(m, Placed) else Placed(m) for m in mechanisms)
        edits = [f"{p.mechanism.__name__} added" for p in placed]
        return replace(self, mechanisms=self.mechanisms + placed, edits=(*self.edits, *edits))

    def without(self, *mechanisms: type[Mechanism] | str) -> Model:
        """Take mechanisms out: ``model.without(Parvalbumin)`` is a knock-out."""
        names = [m if isinstance(m, str) else m.__name__ for m in mechanisms]
        known = {p.mechanism.__name__ for p in self.mechanisms}
        for name in names:
            if name not in known:
                raise unknown(f"mechanism of {self.name}", name, known)
        kept = tuple(p for p in self.mechanisms if p.mechanism.__name__ not in names)
        return replace(self, mechanisms=kept, edits=(*self.edits, *(f"{name} removed" for name in names)))

    def at(self, warmth: Value) -> Model:
        """Take it to another temperature: ``model.at("16 °C")``."""
        return self.with_(temperature=warmth)

    def clamp(self, values: Mapping[str, Value] | None = None, **more: Value) -> Model:
        """Hold species for the whole run, as a skinned fibre's bath does.

        ``clamp(Ca="10 µM")`` holds it in the whole cytosol, ``clamp(Ca_junction=...)`` in one place.
        """
        clamped = dict(self.clamped)
        for name, value in {**(values or {}), **more}.items():
            for q in self.resolve_states(name):
                number = quantity(value, like=q.unit, name=name)
                if number < 0.0 and unit(q.unit).dims == unit("µM").dims:
                    raise InputError(f"{name} = {value} is negative; it has to be zero or more")
                clamped[q.name] = number
        return replace(self, clamped=clamped)

    def blind(self, mechanism: type[Mechanism] | str, species: str) -> Model:
        """Let one mechanism see a species, and what the species makes of others, at its normal resting value.

        Parameters
        ----------
        mechanism
            The class, or its name.
        species : str
            For example ``"Mg"``; the mechanism then neither sees its changes nor gives or takes any. A pool such
            as ``"ATP"`` is all its forms; what the mechanism burns of it is still taken.
        """
        which = mechanism if isinstance(mechanism, str) else mechanism.__name__
        known = {p.mechanism.__name__: p.mechanism for p in self.mechanisms}
        if which not in known:
            raise unknown(f"mechanism of {self.name}", which, known)
        reads = {d.species for d in known[which].declarations.values() if isinstance(d, Shared)}
        indirect = {q.species for q in self.system.states if q.species}
        if species not in indirect:
            raise unknown("species", species, indirect)
        if not reads & self.family(species):
            seen = ", ".join(sorted(map(str, reads))) or "nothing that is shared"
            raise InputError(f"{which} does not see {species}; it sees {seen}")
        forms = set(self._forms.get(species, ()))
        for r in known[which].declarations.values():
            if isinstance(r, Reaction):
                taking_part = {getattr(known[which].declarations[n], "species", "") for n in r.stoichiometry}
                if len(forms & taking_part) > 1:
                    raise InputError(f"{which} makes one form of {species} into another; it cannot be blind to it")
        return replace(self, blinded=tuple(sorted({*self.blinded, (which, species)})))

    def acute(self, **values: Value) -> Model:
        """Make a sudden change of free species: started from the normal rest, held for a minute, then let go.

        The minute is long against every exchange within the cytosol and short against the refilling of the
        reticulum: ``model.acute(Mg="0.2 mM")`` is what an experiment with a changed bath shows first.
        """
        levels = dict(self.levels) if self.kind == "acute" else {}
        levels.update(self._levels(values))
        return replace(self, kind="acute", levels=levels)

    def skinned(self, **values: Value) -> Model:
        """Take off the membrane: no transport of calcium across it, and the bath holds what is named.

        A run starts from the normal rest, with the named species at their new value: ``skinned(Mg="0.1 mM")``.
        The tubules stay sealed and excitable, as in a mechanically skinned fibre.
        """
        levels = dict(self.levels) if self.kind == "skinned" else {}
        levels.update(self._levels(values))
        return replace(self, kind="skinned", levels=levels, clamped={**self.clamped, **levels})

    def suddenly(self, values: Mapping[str, Value] | None = None, **more: Value) -> Model:
        """Change parameters at the moment a run begins: it starts from the rest of the cell as it was before.

        For what no rest survives: a cuff (``suddenly(supply=0)``), a poisoned enzyme (``suddenly(k_CK=0)``).
        """
        changed = replace(self, changes={}).with_(values, **more).changes
        for name in changed:
            if any(a.name == name for a in self.anchors) or name in self.structural:
                raise InputError(f"{name} cannot change suddenly; acute(...) changes what is free in the cell")
        return replace(self, sudden={**self.sudden, **changed})

    def _levels(self, values: Mapping[str, Value]) -> dict[str, float]:
        return dict(replace(self, clamped={}).clamp(values).clamped)

    def hold(self, names: Iterable[str]) -> Model:
        """Let a protocol hold these states for part of a run (what `simulate` uses for clamps in time)."""
        return replace(self, held=tuple(dict.fromkeys([*self.held, *names])))

    @property
    def pools(self) -> tuple[str, ...]:
        """The anchors that mean a pool in several forms, which a run can count."""
        return tuple(a.name for a in self.anchors if a.of)

    def counting(self, *pools: str) -> Model:
        """Let a run count what each reaction gives to a pool: ``model.counting("ATP")``.

        Parameters
        ----------
        *pools : str
            Anchors that mean a pool in several forms, such as "ATP"; none of them stops counting.
        """
        for name in pools:
            if name not in self.pools:
                raise unknown(f"pool of {self.name}", name, self.pools)
        return replace(self, counted=tuple(dict.fromkeys(pools)))

    @property
    def _forms(self) -> dict[str, tuple[str, ...]]:
        """The pools that share their name with one of their forms."""
        return {a.name: a.of for a in self.anchors if len(a.of) > 1 and a.name in a.of}

    def family(self, species: str) -> set[str]:
        """A species and those that stand beside it in a reaction within one place; a pool and its forms."""
        if species in self._forms:
            return set(self._forms[species])
        found = {species}
        for placed in self.mechanisms:
            declared = placed.mechanism.declarations
            for r in declared.values():
                if isinstance(r, Reaction) and not r.is_transport:
                    joined = {str(d.species) for n in r.stoichiometry if isinstance(d := declared[n], Shared)}
                    if species in joined:
                        found |= joined
        return found

    def resolve_states(self, name: str) -> list[Quantity]:
        """Find the states that a name means: one by its full name, or a species in the whole cytosol."""
        known = {q.name: q for q in self._unclamped.system.states}
        if name in known:
            return [known[name]]
        own = [q for q in known.values() if q.species == name and q.place in self.cytosol]
        if not own:
            own = [q for q in known.values() if q.name.partition(".")[2] == name]
        if not own:
            raise unknown(
                f"state of {self.name}", name, {*known, *(q.species for q in known.values() if q.species)}
            )
        return own

    @property
    def _unclamped(self) -> Model:
        return replace(self, clamped={}, held=()) if self.clamped or self.held else self

    @property
    def reference(self) -> Model:
        """The preparation at this temperature before anything else was changed: what `blind` mechanisms see."""
        kept = {k: v for k, v in self.changes.items() if k == "T"}
        return replace(self, changes=kept, clamped=self.bath, blinded=(), held=(), kind="steady", levels={}, sudden={})

    def __str__(self) -> str:
        return in_a_line(self)

    def __repr__(self) -> str:
        return f"<Model: {self}>"

    def _repr_html_(self) -> str:
        return as_page(self)
