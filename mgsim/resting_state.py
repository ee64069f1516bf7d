"""The resting state: one Newton problem, in which each conserved quantity is fixed by a total or an anchor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mgsim.engine.compiled import Compiled, compiled
from mgsim.language.errors import InputError
from mgsim.language.model import Anchor, Model
from mgsim.language.units import temperature, unit

Vector = NDArray[np.float64]
LEDGER = " taken by the clamp"


class NoRest(InputError):
    """The model has no resting state that could be found, or none that is stable."""


@dataclass(frozen=True)
class Law:
    """A conservation law: whole-number coefficients of states, and the anchor that fixes it at rest."""

    name: str
    carrier: str
    coefficients: Mapping[int, int]
    anchor: Anchor | None


@dataclass(frozen=True)
class Resolved:
    """A model with its numbers: compiled program, constants, rest and laws."""

    model: Model
    program: Compiled
    parameters: Vector
    c: Vector
    rest: Vector
    laws: tuple[Law, ...]
    slowest: float

    @property
    def scales(self) -> Vector:
        """Size of each state."""
        return self.program.scales(self.c)

    def law_rows(self) -> Vector:
        """Each law as a row over concentrations, in µmol per litre of myoplasmic water."""
        return _rows(self.laws, self.program.volumes(self.c))


def laws_of(model: Model) -> tuple[Law, ...]:
    """Find a model's conservation laws and give each its anchor and its name."""
    system = model.system
    anchors = {a.carrier: a for a in model.anchors}
    own = [f"Ca_{p}" for p in model.cytosol[-1:]]
    carriers = [c for c in (*anchors, *own) if c in system.index]
    names = [q.name for q in system.states]
    found = []
    for coefficients in system.laws(carriers):
        carrier = next((c for c in carriers if system.index[c] in coefficients), names[max(coefficients)])
        if carrier in carriers:
            carriers.remove(carrier)
        anchor = anchors.get(carrier)
        species = system.states[system.index[carrier]].species or carrier
        held = {
            system.index[names[i] + LEDGER]: k for i, k in coefficients.items() if names[i] in system.held
        }
        name = f"total {species}" if anchor is None or anchor.of else anchor.name
        found.append(Law(name, carrier, {**coefficients, **held}, anchor))
    return tuple(found)


def _rows(laws: tuple[Law, ...], volumes: Vector) -> Vector:
    rows = np.zeros((len(laws), len(volumes)))
    for r, law in enumerate(laws):
        for i, k in law.coefficients.items():
            rows[r, i] = k * volumes[i]
    return rows


def parameter_vector(model: Model) -> Vector:
    """Collect the values of a model's parameters in internal units, in the order of its program."""
    system = model.system
    values = []
    for path in system.parameter_symbols:
        if path in system.constants:
            values.append(_constant_value(model, path))
        else:
            values.append(model.value(path) * unit(system.parameters[path].unit).factor)
    return np.array(values)


def _constant_value(model: Model, path: str) -> float:
    """Value of what is clamped, or of what a blind mechanism sees: the reference rest."""
    quantity = model.system.constants[path]
    if path.endswith(" clamped"):
        return model.clamped[quantity.name] * quantity.factor
    reference = resolve(model.reference)
    return float(reference.rest[reference.model.system.index[quantity.name]])


def anchor_row(anchor: Anchor, law: Law, model: Model, volumes: Vector) -> tuple[Vector, float]:
    """Write an anchor as a row over concentrations and its value."""
    number = model.value(anchor.name) * unit(anchor.unit).factor
    row = np.zeros(len(volumes))
    if not anchor.of:
        for i, k in law.coefficients.items():
            row[i] = k * volumes[i]
        return row, number
    states = model.system.states
    chosen = [
        i for i, q in enumerate(states) if q.name in anchor.of or (q.species in anchor.of and q.place in model.cytosol)
    ]
    whole = {q.place: volumes[i] for i, q in enumerate(states) if i in chosen}
    for i in chosen:
        row[i] = volumes[i] / sum(whole.values())
    return row, number


def resolve(model: Model, backend: str = "native") -> Resolved:
    """Solve the rest of a model.

    Raises
    ------
    NoRest
        When no stable resting state is found near the preparation's own.
    """
    key = (model.structure, tuple(sorted(model.changes.items())), tuple(sorted(model.clamped.items())), model.name, backend)
    found = _resolved.get(key)
    if found is None:
        found = _resolve(model, backend)
        if len(_resolved) > 512:
            _resolved.clear()
        _resolved[key] = found
    return replace(found, model=model)


def carry_over(model: Model, before: Resolved, backend: str = "native") -> Resolved:
    """Give a model the state of another one, name by name, instead of a rest of its own.

    What a protocol's clamps add (their ledgers) starts at zero.
    """
    program = compiled(model.system, backend)
    p = parameter_vector(model)
    there = dict(zip((q.name for q in before.program.system.states), before.rest, strict=True))
    y = np.array([0.0 if q.name.endswith(LEDGER) else there[q.name] for q in model.system.states])
    return Resolved(model, program, p, program.constants(p), y, laws_of(model), before.slowest)


def parameter_at_temperature(model: Model, path: str) -> float:
    """Give a parameter at the model's temperature, in internal units."""
    declared = model.declared[path]
    number = model.value(path) * unit(declared.unit).factor
    if declared.q10 is None or declared.at is None:
        return number
    return float(number * declared.q10 ** ((model.value("T") - temperature(declared.at)) / 10.0))


_resolved: dict[tuple[object, ...], Resolved] = {}


def _resolve(model: Model, backend: str) -> Resolved:
    program = compiled(model.system, backend)
    laws = laws_of(model)
    start = _start(model)
    p = parameter_vector(model)
    problem = _Problem(model, program, laws, start)
    y, worst = problem.solve(p, start)
    if y is None:
        y = problem.walk(p, start)
    c = program.constants(p)
    slowest = _check_stability(model, problem, y, c)
    return Resolved(model, program, p, c, y, laws, slowest)


def _start(model: Model) -> Vector:
    """Where the search starts: the preparation's own rest, or what the declarations guess."""
    return np.array([model.guess.get(q.name, q.initial) for q in model.system.states])


class _Problem:
    """f(y) = 0 with the row of each law's carrier replaced by the law."""

    def __init__(self, model: Model, program: Compiled, laws: tuple[Law, ...], start: Vector):
        self.model = model
        self.program = program
        self.laws = laws
        self.start = start
        system = program.system
        self.u = np.zeros(len(system.inputs))
        self.amount = np.array([q.unit not in ("mV",) and not q.name.startswith("q_") for q in system.states])
        self.free = np.array([not q.name.endswith(LEDGER) for q in system.states])

    def _fixed(self, c: Vector, target: Model) -> tuple[NDArray[np.int64], Vector, Vector]:
        volumes = self.program.volumes(c)
        index, rows, values = [], [], []
        for law in self.laws:
            plain = _rows((law,), volumes)[0]
            carrier = self.program.system.index[law.carrier]
            if law.anchor is not None:
                row, value = anchor_row(law.anchor, law, target, volumes)
            else:
                row, value = plain, float(plain @ self.start)
            index.append(carrier)
            rows.append(row)
            values.append(value)
        n = len(volumes)
        return np.array(index, dtype=np.int64), np.array(rows).reshape(-1, n), np.array(values)

    def solve(self, p: Vector, y: Vector, target: Model | None = None, tries: int = 60) -> tuple[Vector | None, float]:
        """Newton from `y`; the step is shortened so that no amount changes sign."""
        c = self.program.constants(p)
        scales = self.program.scales(c)
        index, rows, values = self._fixed(c, target or self.model)
        y = y.copy()
        best = np.inf
        settled = 0
        for _ in range(tries):
            f = self.program.rates(y, self.u, c)
            J = self.program.jacobian(y, self.u, c)
            ledgers = ~self.free
            f[ledgers] = y[ledgers]
            J[ledgers] = np.eye(len(y))[ledgers]
            f[index] = rows @ y - values
            J[index] = rows
            A = J * scales
            weight = np.abs(A).max(axis=1)
            if not np.all(np.isfinite(A)) or not np.all(weight > 0.0):
                return None, np.inf
            try:
                step = -scales * np.linalg.solve(A / weight[:, None], f / weight)
            except np.linalg.LinAlgError:
                return None, np.inf
            size = float(np.max(np.abs(step) / (scales + np.abs(y))))
            if not np.isfinite(size):
                return None, np.inf
            # What is next to nothing may overshoot zero for a step; Newton brings it back.
            shrinking = self.amount & (step < 0.0) & (y > 1e-3 * scales)
            share = min(1.0, float(np.min(0.9 * y[shrinking] / -step[shrinking], initial=np.inf)), 3.0 / max(size, 1e-300))
            y = y + share * step
            if share == 1.0 and size < 1e-9:
                settled += 1
                # Newton is quadratic: a few more steps reach the rounding floor, where the steps stop shrinking.
                if settled >= 2 and size >= 0.5 * best:
                    break
            best = min(best, size)
        # A root with a negative amount is no cell; the search is taken up again in smaller steps.
        found = best < 1e-9 and not np.any(self.amount & (y < 0.0))
        return (y, best) if found else (None, best)

    def walk(self, p: Vector, start: Vector) -> Vector:
        """Go from the preparation's own rest to the wanted one in steps as large as Newton allows."""
        origin = replace(self.model, changes={k: v for k, v in self.model.changes.items() if k in self.model._structural})
        p0 = parameter_vector(origin)
        y, _ = self.solve(p0, start, origin, tries=200)
        if y is None:
            raise NoRest(f"{self.model.name}: no resting state found for the preparation itself")
        done, step = 0.0, 0.25
        while done < 1.0:
            s = min(1.0, done + step)
            between, target = _between(p0, p, s), _model_between(origin, self.model, s)
            new, _ = self.solve(between, y, target)
            if new is None:
                step *= 0.5
                if step < 1e-3:
                    raise NoRest(f"{self.model}: no resting state; followed it {done:.0%} of the way from {self.model.name}")
            else:
                y, done, step = new, s, min(step * 2.0, 0.5)
        return y


def _between(a: Vector, b: Vector, s: float) -> Vector:
    """Move from one parameter set to another: by ratio where both are positive, else evenly."""
    ratio = (a > 0.0) & (b > 0.0)
    mixed = a + s * (b - a)
    mixed[ratio] = a[ratio] * (b[ratio] / a[ratio]) ** s
    return mixed


def _model_between(origin: Model, goal: Model, s: float) -> Model:
    changes = dict(goal.changes)
    for a in goal.anchors:
        if a.name in changes:
            before = origin.value(a.name)
            changes[a.name] = before * (changes[a.name] / before) ** s
    return replace(goal, changes=changes)


def _check_stability(model: Model, problem: _Problem, y: Vector, c: Vector) -> float:
    """Refuse a rest that does not hold; give the slowest time constant in s."""
    scales = problem.program.scales(c)
    J = problem.program.jacobian(y, problem.u, c) * scales / scales[:, None]
    modes = np.linalg.eigvals(J)
    still = 1e-12 * float(np.max(np.abs(modes)))
    if float(np.max(modes.real)) > max(1e-9, still):
        raise NoRest(f"{model}: the resting state is not stable (it grows with {1e-3 / np.max(modes.real):.3g} s)")
    moving = modes.real[modes.real < -max(1e-11, still)]
    return float(1e-3 / np.min(-moving)) if len(moving) else float("inf")


