"""A protocol as the engine takes it: stretches of constant input, and states that are held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mgsim.engine.integrate import Segment
from mgsim.language.errors import InputError
from mgsim.language.expression import symbols_of
from mgsim.language.system import ledger_of
from mgsim.language.units import quantity
from mgsim.loading import Loading
from mgsim.protocol import Protocol
from mgsim.resting_state import Resolved, parameter_at_temperature

Vector = NDArray[np.float64]
MS = 1000.0
_SAME = 1e-8  # ms; edges nearer than this are one


@dataclass(frozen=True)
class Grip:
    """States held at a level from start to stop (ms); levels in the unit of each state."""

    levels: dict[str, float]
    start: float
    stop: float


def grips_of(start: Resolved, protocol: Protocol) -> list[Grip]:
    found = []
    for hold in protocol.holds:
        if hold.name == "V":
            levels = _charges_for(start, hold.level)
        else:
            wanted = start.model.resolve_states(hold.name)
            already = [q.name for q in wanted if q.name in start.model.clamped]
            if already:
                raise InputError(
                    f"{already[0]} is clamped in the model for the whole run; the protocol cannot hold it too"
                )
            levels = {q.name: quantity(hold.value, like=q.unit, name=hold.name) for q in wanted}
        found.append(Grip(levels, hold.start * MS, hold.stop * MS))
    return found


def _charges_for(start: Resolved, volts: float) -> dict[str, float]:
    """Turn a command voltage into the states that make it: the charge of each wall, or a filter."""
    system = start.program.system
    levels = {}
    for k, (output, law) in enumerate(zip(system.outputs, system.output_laws, strict=True)):
        if not output.name.startswith("V_"):
            continue
        state = next(i for i, q in enumerate(system.states) if q.symbol in symbols_of([law]))
        rows = np.vstack([start.rest, start.rest])
        rows[0, state], rows[1, state] = 0.0, 1.0
        at = start.program.outputs(rows, start.c)[:, k]
        levels[system.states[state].name] = (volts - at[0]) / (at[1] - at[0]) / system.states[state].factor
    return levels


def take_hold(held: Resolved, y: Vector, grip: Grip) -> Vector:
    """Set what is held to its level; the ledger takes the difference, so that nothing is made or lost."""
    y = y.copy()
    index, volumes = held.program.system.index, held.program.volumes(held.c)
    for name, level in grip.levels.items():
        i = index[name]
        new = level * held.program.system.states[i].factor
        y[index[ledger_of(name)]] -= (new - y[i]) * volumes[i]
        y[i] = new
    return y


def segments_of(
    held: Resolved, protocol: Protocol, grips: list[Grip], begin: float, end: float
) -> list[Segment]:
    """Cut the time from `begin` to `end` at every edge of a pulse or a clamp."""
    width = _pulse_width(held) if protocol.onsets else 0.0
    onsets = np.array(protocol.onsets) * MS
    if len(onsets) > 1 and float(np.min(np.diff(onsets))) <= width:
        gap = float(np.min(np.diff(onsets)))
        raise InputError(f"pulses {gap:.3g} ms apart overlap: each lasts {width:.3g} ms; space them further")
    moves = [t * MS for t in protocol.loading.edges(protocol.duration)] if protocol.loading else []
    edges = {begin, end, *(g.start for g in grips), *(g.stop for g in grips), *onsets, *(onsets + width), *moves}
    cuts = _apart(sorted(e for e in edges if begin <= e <= end))
    middle = (np.array(cuts[:-1]) + np.array(cuts[1:])) / 2.0
    before = np.searchsorted(onsets, middle, side="right") - 1
    during = (before >= 0) & (middle < onsets[before] + width) if len(onsets) else np.zeros(len(middle), bool)
    return [
        Segment(a, b, inputs_at(held, m, grips, protocol.loading, pulse=bool(d)))
        for a, b, m, d in zip(cuts[:-1], cuts[1:], middle, during, strict=True)
    ]


def _apart(cuts: list[float]) -> list[float]:
    """Make one of edges that differ by rounding only; the first and the last stay."""
    kept = cuts[:1]
    for cut in cuts[1:-1]:
        if cut - kept[-1] > _SAME and cuts[-1] - cut > _SAME:
            kept.append(cut)
    return [*kept, cuts[-1]]


def inputs_at(
    held: Resolved, t: float, grips: list[Grip], loading: Loading | None = None, *, pulse: bool
) -> Vector:
    active = {f"hold {n}" for g in grips if g.start <= t < g.stop for n in g.levels}

    def value(name: str) -> float:
        if name == "stimulus":
            return float(pulse)
        if name in ("free", "speed"):
            at = loading.value(name, t / MS) if loading else 0.0
            return at / MS if name == "speed" else at
        return float(name in active)

    return np.array([value(s.name) for s in held.program.system.inputs])


def _pulse_width(held: Resolved) -> float:
    """Length of a stimulus at the model's temperature, ms; it belongs to the preparation."""
    system = held.program.system
    path = next((p for p in system.parameters if p.endswith(".pulse_width")), None)
    if path is None:
        raise InputError(f"{held.model.name} takes no stimulus; use rest(...) or a clamp")
    return parameter_at_temperature(held.model, path)
