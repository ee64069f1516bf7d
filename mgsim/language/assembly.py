"""From placed mechanisms to one system of equations: names joined, stoichiometry added up, laws found."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mgsim.language.declaration import (
    TEMPERATURE,
    Declaration,
    Define,
    Parameter,
    Rate,
    Reaction,
    Shared,
    Slot,
    State,
    Stimulus,
)
from mgsim.language.dimensions import check_units
from mgsim.language.errors import InputError, unknown
from mgsim.language.expression import ONE, ZERO, Expr, Symbol, as_expr, constant, exp, substitute, symbols_of
from mgsim.language.laws import conservation_laws
from mgsim.language.mechanism import Mechanism, Place, Placed
from mgsim.language.units import temperature, unit

@dataclass(frozen=True)
class Quantity:
    """A state or an output of an assembled system."""

    name: str
    symbol: Symbol
    unit: str
    meaning: str
    place: str = ""
    species: str = ""
    scale: Expr = ONE
    initial: float = 0.0

    @property
    def factor(self) -> float:
        """Internal value per displayed value."""
        return unit(self.unit).factor


@dataclass(frozen=True)
class Structure:
    """What makes two programs different: everything but the values of parameters."""

    mechanisms: tuple[Placed, ...]
    places: tuple[Place, ...]
    clamped: tuple[str, ...] = ()
    blind: tuple[tuple[str, str], ...] = ()
    held: tuple[str, ...] = ()
    structural: tuple[tuple[str, float], ...] = ()


@dataclass
class System:
    """An assembled model: states, their rates of change, parameters, outputs and conservation laws."""

    parameters: dict[str, Parameter] = field(default_factory=dict)
    parameter_symbols: dict[str, Symbol] = field(default_factory=dict)
    states: list[Quantity] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    inputs: list[Symbol] = field(default_factory=list)
    volumes: list[Expr] = field(default_factory=list)
    derivatives: list[Expr] = field(default_factory=list)
    columns: list[dict[int, int]] = field(default_factory=list)
    amounts: set[int] = field(default_factory=set)
    outputs: list[Quantity] = field(default_factory=list)
    output_laws: list[Expr] = field(default_factory=list)
    constants: dict[str, Quantity] = field(default_factory=dict)
    family: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each state by name."""
        return {q.name: i for i, q in enumerate(self.states)}

    def laws(self, carriers: Sequence[str] = ()) -> list[dict[int, int]]:
        """Find the conservation laws; each carrier that can names one of its own. Gates have none."""
        wanted = [self.index[c] for c in carriers if c in self.index]
        taking_part = {i for column in self.columns for i in column}
        found = conservation_laws(self.columns, len(self.states), wanted)
        return [law for law in found if set(law) & taking_part]


class _Names:
    """Where a mechanism's own names lead in the assembled system."""

    def __init__(self, structure: Structure):
        self.places = {p.name: p for p in structure.places}
        self.copies: dict[type[Mechanism], int] = {}
        for placed in structure.mechanisms:
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

    def key(self, placed: Placed, declared: Shared | Define) -> str:
        species = declared.species if isinstance(declared, Shared) else declared.public
        line = f"{placed.mechanism.__name__}.{declared.name} (line {declared.line})"
        place = self.place(placed, declared.at, line)
        return f"{species}_{place}" if place else str(species)


def _seen_constant(names: _Names, structure: Structure) -> dict[tuple[int, str], bool]:
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
        partners = {
            s
            for placed, r in reactions
            if blinded in {species(placed, n) for n in r.stoichiometry}
            for s in (species(placed, n) for n in r.stoichiometry)
        }
        for i, placed in enumerate(structure.mechanisms):
            if placed.mechanism.__name__ != which:
                continue
            own = any(
                blinded in {species(p, n) for n in r.stoichiometry} for p, r in reactions if p is placed
            )
            for name, declared in placed.mechanism.declarations.items():
                if isinstance(declared, Shared) and declared.species in ({blinded} if own else partners | {blinded}):
                    seen[i, name] = declared.species == blinded
    return seen


def assemble(structure: Structure) -> System:
    """Join placed mechanisms into one system.

    Raises
    ------
    InputError
        When a unit does not fit, or a shared name is provided by nobody.
    """
    system = System()
    names = _Names(structure)
    for mechanism in names.copies:
        check_units(mechanism)
    joined = _join(structure, names, system)
    _add_up(structure, names, system, joined)
    return system


def _join(structure: Structure, names: _Names, system: System) -> list[dict[Declaration, Expr]]:
    """Give every symbol of every placed mechanism its meaning in the system; definitions come in order."""
    system.parameters["T"] = TEMPERATURE
    system.parameter_symbols["T"] = Symbol("T")
    by_declaration: dict[Declaration, Expr] = {TEMPERATURE: system.parameter_symbols["T"]}
    structural = dict(structure.structural)
    for mechanism in names.copies:
        for declared in mechanism.declarations.values():
            if isinstance(declared, Parameter):
                by_declaration[declared] = _parameter(system, f"{mechanism.__name__}.{declared.name}", declared, structural)

    def parameters_only(root: Expr) -> Expr:
        def replace(symbol: Symbol) -> Expr:
            if symbol in by_declaration:
                return by_declaration[symbol]  # type: ignore[index]
            raise InputError(f"{symbol.name} is no parameter of a mechanism in this model")

        return substitute(root, replace, {})

    volumes = {p.name: parameters_only(p.volume) for p in structure.places}
    publics = {
        names.key(placed, d)
        for placed in structure.mechanisms
        for d in placed.mechanism.declarations.values()
        if isinstance(d, Define) and d.public
    }
    changed = {
        names.key(placed, d)
        for placed in structure.mechanisms
        for r in placed.mechanism.declarations.values()
        if isinstance(r, Reaction)
        for d in (placed.mechanism.declarations[n] for n in r.stoichiometry)
        if isinstance(d, Shared)
    }
    seen = _seen_constant(names, structure)
    public_values: dict[str, Expr] = {}
    joined: list[dict[Declaration, Expr]] = []
    pending: list[tuple[int, Placed]] = []
    stimulus: Symbol | None = None
    species_symbols: dict[str, Symbol] = {}

    for i, placed in enumerate(structure.mechanisms):
        table: dict[Declaration, Expr] = {}
        joined.append(table)
        pending.append((i, placed))
        supplied = dict(placed.place.slots) if placed.place else {}
        supplied.update(placed.slots)
        for name, d in placed.mechanism.declarations.items():
            if isinstance(d, Slot):
                table[d] = parameters_only(supplied.get(name, d.default))
            elif isinstance(d, State):
                path = names.path(placed, name)
                place = names.place(placed, d.at, path)
                scale = constant(unit(d.unit).factor) if d.scale is None else parameters_only(d.scale)
                table[d] = _quantity(system, structure, path, d, place, "", scale, volumes)
            elif isinstance(d, Stimulus):
                if stimulus is None:
                    stimulus = Symbol("stimulus")
                    system.inputs.append(stimulus)
                table[d] = stimulus
            elif isinstance(d, Shared):
                key = names.key(placed, d)
                if (i, name) in seen:
                    table[d] = _constant(system, f"{placed.mechanism.__name__} sees {key}", key, d)
                elif key in publics:
                    pass  # read when the definition is reached
                elif key in changed:
                    place = key.removeprefix(f"{d.species}_") if key != d.species else ""
                    if key not in species_symbols:
                        scale = constant((1.0 if d.scale is None else d.scale) * unit(d.unit).factor)
                        species_symbols[key] = _quantity(system, structure, key, d, place, str(d.species), scale, volumes)  # type: ignore[assignment]
                    table[d] = species_symbols[key]
                else:
                    raise InputError(
                        f"{placed.mechanism.__name__}.{name} (line {d.line}) shares {key!r}, which no mechanism "
                        f"makes or changes; {unknown('shared name', key, publics | changed)}"
                    )
    _resolve_definitions(structure, names, by_declaration, joined, public_values)
    return joined


def _parameter(system: System, path: str, declared: Parameter, structural: Mapping[str, float]) -> Expr:
    if declared.structural:
        return constant(structural.get(path, declared.number))
    symbol = Symbol(path)
    system.parameters[path] = declared
    system.parameter_symbols[path] = symbol
    if declared.q10 is None or declared.at is None:
        return symbol
    warmer = (system.parameter_symbols["T"] - constant(temperature(declared.at))) * constant(math.log(declared.q10) / 10.0)
    return symbol * exp(warmer)


def _constant(system: System, path: str, source: str, declared: Shared) -> Expr:
    """A quantity that is held at a number: a parameter whose value is found when the model is resolved."""
    if path not in system.parameter_symbols:
        system.parameter_symbols[path] = Symbol(path)
        system.constants[path] = Quantity(source, system.parameter_symbols[path], declared.unit, declared.meaning)
    return system.parameter_symbols[path]


def _quantity(
    system: System,
    structure: Structure,
    name: str,
    declared: State | Shared,
    place: str,
    species: str,
    scale: Expr,
    volumes: Mapping[str, Expr],
) -> Symbol:
    if name in structure.clamped:
        return _constant(system, f"{name} clamped", name, declared)  # type: ignore[arg-type, return-value]
    symbol = Symbol(name)
    factor = unit(declared.unit).factor
    system.states.append(
        Quantity(name, symbol, declared.unit, declared.meaning, place, species, scale, declared.initial * factor)
    )
    system.volumes.append(volumes.get(place, ONE))
    return symbol


def _resolve_definitions(
    structure: Structure,
    names: _Names,
    by_declaration: Mapping[Declaration, Expr],
    joined: list[dict[Declaration, Expr]],
    public_values: dict[str, Expr],
) -> None:
    """Fill in definitions, in whatever order mechanisms read each other's public ones."""
    waiting = {
        names.key(placed, d): (i, d)
        for i, placed in enumerate(structure.mechanisms)
        for d in placed.mechanism.declarations.values()
        if isinstance(d, Define) and d.public
    }
    memos: list[dict[Expr, Expr]] = [{} for _ in joined]
    open_names: list[str] = []

    def resolve(i: int, root: Expr) -> Expr:
        return substitute(root, lambda symbol: meaning(i, symbol), memos[i])

    def meaning(i: int, symbol: Symbol) -> Expr:
        table, placed = joined[i], structure.mechanisms[i]
        if symbol in table:
            return table[symbol]  # type: ignore[index]
        if symbol in by_declaration:
            return by_declaration[symbol]  # type: ignore[index]
        if isinstance(symbol, Define):
            value = resolve(i, symbol.definition)
        elif isinstance(symbol, Reaction):
            value = resolve(i, symbol.law)
        elif isinstance(symbol, Shared):
            key = names.key(placed, symbol)
            if key not in public_values:
                if key in open_names:
                    raise InputError("definitions go round in a circle: " + " → ".join([*open_names, key]))
                open_names.append(key)
                j, declared = waiting[key]
                public_values[key] = meaning(j, declared)
                open_names.pop()
            value = public_values[key]
        else:
            raise InputError(f"{placed.mechanism.__name__} uses {symbol.name}, which belongs to another mechanism")
        table[symbol] = value  # type: ignore[index]
        return value

    for i, placed in enumerate(structure.mechanisms):
        for declared in placed.mechanism.declarations.values():
            if isinstance(declared, (Define, Reaction, Shared)):
                meaning(i, declared)
        for declared in placed.mechanism.declarations.values():
            if isinstance(declared, Rate):
                joined[i][declared] = resolve(i, declared.law)


def _add_up(structure: Structure, names: _Names, system: System, joined: list[dict[Declaration, Expr]]) -> None:
    """Sum the reactions into rates of change, hold what a protocol holds, and collect the outputs."""
    seen = _seen_constant(names, structure)
    position = {q.symbol: i for i, q in enumerate(system.states)}
    gained: list[Expr] = [ZERO] * len(system.states)
    moving: set[int] = set()
    for m, placed in enumerate(structure.mechanisms):
        table = joined[m]
        for d in placed.mechanism.declarations.values():
            if isinstance(d, Rate):
                i = position.get(table[d.state])  # type: ignore[arg-type]
                if i is not None:
                    gained[i] = gained[i] + table[d]
                    moving.add(i)
            elif isinstance(d, Reaction):
                column: dict[int, int] = {}
                places = set()
                for name, change in d.stoichiometry.items():
                    i = position.get(table[placed.mechanism.declarations[name]])  # type: ignore[arg-type]
                    if (m, name) in seen and not seen[m, name]:
                        i = _real_species(names, system, placed, name)
                    if i is None or seen.get((m, name), False):
                        continue
                    column[i] = change
                    places.add(system.states[i].place)
                    rate = table[d] / system.volumes[i] if d.is_transport else table[d]
                    gained[i] = gained[i] + rate * constant(change)
                if not d.is_transport and len(places) > 1:
                    raise InputError(
                        f"{placed.mechanism.__name__}.{d.name} (line {d.line}) is a reaction between "
                        f"{' and '.join(sorted(places))}: write transport(...), whose rate is an amount"
                    )
                if column:
                    system.columns.append(column)
                    system.amounts.update(column)
    for i, q in enumerate(system.states):
        if i not in moving and i not in system.amounts:
            raise InputError(f"state {q.name} has neither a rate nor a reaction")
    system.derivatives = gained
    for name in structure.held:
        _hold(system, name)
    _collect_outputs(structure, names, system, joined)


def _real_species(names: _Names, system: System, placed: Placed, name: str) -> int | None:
    """A blind mechanism still spends the real species of what it merely sees at rest."""
    return system.index.get(names.key(placed, placed.mechanism.declarations[name]))  # type: ignore[arg-type]


def _hold(system: System, name: str) -> None:
    """Let a protocol hold a state: a flag stops it, a ledger takes what would have changed it."""
    i = system.index[name]
    held = system.states[i]
    flag = Symbol(f"hold {name}")
    system.inputs.append(flag)
    ledger = f"{name} taken by the clamp"
    system.states.append(
        Quantity(ledger, Symbol(ledger), held.unit, f"what a clamp took: {held.meaning}", "", "", held.scale)
    )
    system.volumes.append(ONE)
    system.derivatives.append(flag * (system.derivatives[i] * system.volumes[i]))
    system.derivatives[i] = system.derivatives[i] * (ONE - flag)
    system.held.append(name)
    del system.__dict__["index"]


def _collect_outputs(structure: Structure, names: _Names, system: System, joined: list[dict[Declaration, Expr]]) -> None:
    taken: set[str] = set()
    for table, placed in zip(joined, structure.mechanisms, strict=True):
        for d in placed.mechanism.declarations.values():
            if not isinstance(d, Define) or not (d.is_output or d.public):
                continue
            name = names.path(placed, d.name).partition(".")[2] if d.is_output else names.key(placed, d)
            if name in taken:
                raise InputError(f"two mechanisms give an output {name!r}")
            taken.add(name)
            if symbols_of([table[d]]) & set(system.inputs):
                raise InputError(f"output {name!r} depends on the stimulus; outputs are functions of the state")
            system.outputs.append(Quantity(name, Symbol(name), d.unit or "1", d.meaning))
            system.output_laws.append(as_expr(table[d]))
