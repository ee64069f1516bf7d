"""The joining of mechanisms: every symbol of every placed mechanism gets its meaning in the system."""

from __future__ import annotations

import math
from collections.abc import Mapping

from mgsim.language.declaration import (
    TEMPERATURE,
    Define,
    Parameter,
    Rate,
    Reaction,
    Shared,
    Slot,
    State,
    Stimulus,
)
from mgsim.language.errors import InputError, unknown
from mgsim.language.expression import ONE, Expr, Symbol, constant, exp, substitute
from mgsim.language.mechanism import Placed
from mgsim.language.names import Names, seen_at_rest
from mgsim.language.system import Quantity, Structure, System
from mgsim.language.units import temperature, unit


def join(structure: Structure, names: Names, system: System) -> list[dict[Expr, Expr]]:
    """Give every symbol of every placed mechanism its meaning in the system; definitions come in order."""
    system.parameters["T"] = TEMPERATURE
    system.parameter_symbols["T"] = Symbol("T")
    by_declaration: dict[Expr, Expr] = {TEMPERATURE: system.parameter_symbols["T"]}
    structural = dict(structure.structural)
    for mechanism in names.copies:
        for declared in mechanism.declarations.values():
            if isinstance(declared, Parameter):
                by_declaration[declared] = _parameter(
                    system, f"{mechanism.__name__}.{declared.name}", declared, structural
                )

    def parameters_only(root: Expr) -> Expr:
        def replace(symbol: Symbol) -> Expr:
            if symbol in by_declaration:
                return by_declaration[symbol]
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
    seen = seen_at_rest(names, structure)
    public_values: dict[str, Expr] = {}
    joined: list[dict[Expr, Expr]] = []
    pending: list[tuple[int, Placed]] = []
    inputs: dict[str, Symbol] = {}
    species_symbols: dict[str, Expr] = {}

    for i, placed in enumerate(structure.mechanisms):
        table: dict[Expr, Expr] = {}
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
                if d.channel not in inputs:
                    inputs[d.channel] = Symbol(d.channel)
                    system.inputs.append(inputs[d.channel])
                table[d] = inputs[d.channel]
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
                        species_symbols[key] = _quantity(
                            system, structure, key, d, place, str(d.species), scale, volumes
                        )
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
    warmer = (system.parameter_symbols["T"] - constant(temperature(declared.at))) * constant(
        math.log(declared.q10) / 10.0
    )
    return symbol * exp(warmer)


def _constant(system: System, path: str, source: str, declared: State | Shared) -> Expr:
    """A quantity that is held at a number: a parameter whose value is found when the model is resolved."""
    if path not in system.parameter_symbols:
        system.parameter_symbols[path] = Symbol(path)
        system.constants[path] = Quantity(
            source, system.parameter_symbols[path], declared.unit, declared.meaning
        )
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
) -> Expr:
    if name in structure.clamped:
        return _constant(system, f"{name} clamped", name, declared)
    symbol = Symbol(name)
    factor = unit(declared.unit).factor
    system.states.append(
        Quantity(
            name, symbol, declared.unit, declared.meaning, place, species, scale, declared.initial * factor
        )
    )
    system.volumes.append(volumes.get(place, ONE))
    return symbol


def _resolve_definitions(
    structure: Structure,
    names: Names,
    by_declaration: Mapping[Expr, Expr],
    joined: list[dict[Expr, Expr]],
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
            return table[symbol]
        if symbol in by_declaration:
            return by_declaration[symbol]
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
            raise InputError(
                f"{placed.mechanism.__name__} uses {symbol.name}, which belongs to another mechanism"
            )
        table[symbol] = value
        return value

    for i, placed in enumerate(structure.mechanisms):
        for declared in placed.mechanism.declarations.values():
            if isinstance(declared, (Define, Reaction, Shared)):
                meaning(i, declared)
        for declared in placed.mechanism.declarations.values():
            if isinstance(declared, Rate):
                joined[i][declared] = resolve(i, declared.law)
