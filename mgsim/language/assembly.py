"""From placed mechanisms to one system of equations: names joined, reactions added up, outputs collected."""

from __future__ import annotations

from mgsim.language.declaration import Define, Rate, Reaction
from mgsim.language.dimensions import check_units
from mgsim.language.errors import InputError
from mgsim.language.expression import ONE, ZERO, Expr, Symbol, as_expr, constant, symbols_of
from mgsim.language.joining import join
from mgsim.language.mechanism import Placed
from mgsim.language.names import Names, seen_at_rest
from mgsim.language.system import Quantity, Structure, System, counter_of, ledger_of

_ANY_COUNT = 1000.0  # µM; so coarse that counting never shortens a step


def assemble(structure: Structure) -> System:
    """Join placed mechanisms into one system.

    Raises
    ------
    InputError
        When a unit does not fit, or a shared name is provided by nobody.
    """
    system = System()
    names = Names(structure)
    for mechanism in names.copies:
        check_units(mechanism)
    joined = join(structure, names, system)
    _add_up(structure, names, system, joined)
    return system


def _add_up(
    structure: Structure, names: Names, system: System, joined: list[dict[Expr, Expr]]
) -> None:
    """Sum the reactions into rates of change, hold what a protocol holds, and collect the outputs."""
    seen = seen_at_rest(names, structure)
    position: dict[Expr, int] = {q.symbol: i for i, q in enumerate(system.states)}
    gained: list[Expr] = [ZERO] * len(system.states)
    moving: set[int] = set()
    counts: dict[str, Expr] = {}
    for m, placed in enumerate(structure.mechanisms):
        table = joined[m]
        for d in placed.mechanism.declarations.values():
            if isinstance(d, Rate):
                i = position.get(table[d.state])
                if i is not None:
                    gained[i] = gained[i] + table[d]
                    moving.add(i)
            elif isinstance(d, Reaction):
                column: dict[int, int] = {}
                places = set()
                for name, change in d.stoichiometry.items():
                    i = position.get(table[placed.mechanism.declarations[name]])
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
                for pool, members in structure.counted:
                    inside = [i for i in column if system.states[i].species in members]
                    net = sum(column[i] for i in inside)
                    if net:
                        amount = table[d] if d.is_transport else table[d] * system.volumes[inside[0]]
                        counts[counter_of(pool, names.path(placed, d.name))] = amount * constant(net)
    for i, q in enumerate(system.states):
        if i not in moving and i not in system.amounts:
            raise InputError(f"state {q.name} has neither a rate nor a reaction")
    system.derivatives = gained
    for name, gain in counts.items():
        _count(system, name, gain)
    for name in structure.held:
        _hold(system, name)
    _collect_outputs(structure, names, system, joined)


def _real_species(names: Names, system: System, placed: Placed, name: str) -> int | None:
    """A blind mechanism still spends the real species of what it merely sees at rest."""
    return system.index.get(names.key(placed, placed.mechanism.declarations[name]))


def _count(system: System, name: str, gain: Expr) -> None:
    """Add a state that counts what a reaction gives to a pool; nothing depends on it.

    All of them together are the change of the pool, to rounding, whatever the tolerance: the sum is linear.
    """
    pool, _, reaction = name.partition(" from ")
    meaning = f"{pool} gained or lost by {reaction}, per myoplasmic water"
    system.states.append(Quantity(name, Symbol(name), "µM", meaning, "", "", constant(_ANY_COUNT)))
    system.volumes.append(ONE)
    system.derivatives.append(gain)
    system.counters.append(name)
    system.__dict__.pop("index", None)


def _hold(system: System, name: str) -> None:
    """Let a protocol hold a state: a flag stops it, a ledger takes what would have changed it."""
    i = system.index[name]
    held = system.states[i]
    flag = Symbol(f"hold {name}")
    system.inputs.append(flag)
    ledger = ledger_of(name)
    system.states.append(
        Quantity(ledger, Symbol(ledger), held.unit, f"what a clamp took: {held.meaning}", "", "", held.scale)
    )
    system.volumes.append(ONE)
    system.derivatives.append(flag * (system.derivatives[i] * system.volumes[i]))
    system.derivatives[i] = system.derivatives[i] * (ONE - flag)
    system.held.append(name)
    del system.__dict__["index"]


def _collect_outputs(
    structure: Structure, names: Names, system: System, joined: list[dict[Expr, Expr]]
) -> None:
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
                if not d.is_output:
                    continue  # mechanisms may read it; a result holds functions of the state
                raise InputError(
                    f"output {name!r} depends on the stimulus; outputs are functions of the state"
                )
            system.outputs.append(Quantity(name, Symbol(name), d.unit or "1", d.meaning))
            system.output_laws.append(as_expr(table[d]))
