"""The resting state: one Newton problem, each conserved quantity fixed by a total or an anchor."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mgsim.conservation import Law, anchor_row, law_rows, laws_of
from mgsim.engine.compiled import Compiled, compiled
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.language.units import temperature, unit

Vector = NDArray[np.float64]


class NoRest(InputError):
    """The model has no resting state that could be found, or none that is stable."""


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
        return law_rows(self.laws, self.program.volumes(self.c))


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


def resolve(model: Model, backend: str = "native") -> Resolved:
    """Solve the rest of a model.

    Raises
    ------
    NoRest
        When no stable resting state is found near the preparation's own.
    """
    numbers = tuple(tuple(sorted(v.items())) for v in (model.preset, model.changes, model.clamped, model.bath))
    key = (model.structure, numbers, model.anchors, model.name, backend)
    found = _resolved.get(key)
    if found is None:
        found = _resolve(model, backend)
        if len(_resolved) > 512:
            _resolved.clear()
        _resolved[key] = found
    return replace(found, model=model)


def carry_over(model: Model, before: Resolved, backend: str = "native") -> Resolved:
    """Give a model the state of another one, name by name, instead of a rest of its own.

    What a protocol's clamps add (their ledgers) starts at zero, and a mechanism that stands in place of another one
    (such as a motor that sets the length) begins with its declared initial state.
    """
    program = compiled(model.system, backend)
    p = parameter_vector(model)
    there = dict(zip((q.name for q in before.program.system.states), before.rest, strict=True))
    ledgers = model.system.ledgers
    old = {p.mechanism.__name__ for p in before.model.mechanisms}
    there |= {q.name: q.initial for q in model.system.states if "." in q.name and q.name.partition(".")[0] not in old}
    y = np.array([0.0 if q.name in ledgers else there[q.name] for q in model.system.states])
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
    _refuse_idle_anchors(model, laws)
    start = _start(model)
    p = parameter_vector(model)
    c = program.constants(p)
    _refuse_empty_places(model, program.volumes(c))
    problem = _Problem(model, program, laws, start)
    y, _ = problem.solve(p, start)
    if y is None:
        y = problem.walk(p, start)
    slowest = _check_stability(model, problem, y, c)
    return Resolved(model, program, p, c, y, laws, slowest)


def _refuse_idle_anchors(model: Model, laws: tuple[Law, ...]) -> None:
    """An anchor fixes a conserved quantity; where that is conserved no longer, setting it would do nothing."""
    used = {law.anchor.name for law in laws if law.anchor}
    if model.clamped != model.bath and any(not a.of and a.name not in used for a in model.anchors):
        names = ", ".join(sorted(n for n in model.clamped if n not in model.bath))
        raise NoRest(
            f"{model.name}: with {names} clamped for good there is no rest, since it takes charge over the "
            "membrane; use skinned(...), or hold it for a while with protocol.held(...)"
        )
    for anchor in model.anchors:
        if anchor.name in model.changes and anchor.name not in used:
            raise InputError(
                f"{anchor.name} cannot be set here: the total it stands for is not conserved in this model "
                "(it is clamped or exchanged); set what clamps or moves it instead"
            )


def _refuse_empty_places(model: Model, volumes: Vector) -> None:
    """Refuse volumes that no cell can have, such as shares of the water that leave none for the rest of it."""
    for q, volume in zip(model.system.states, volumes, strict=True):
        if not volume > 0.0:
            raise InputError(f"{model}: the volume of the {q.place} is {volume:g}; it has to be more than zero")


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
        signed = ("mV", "nm", "µm")  # what may be negative
        self.amount = np.array([q.unit not in signed and not q.name.startswith("q_") for q in system.states])
        self.free = np.array([q.name not in system.ledgers for q in system.states])

    def _fixed(self, c: Vector, target: Model) -> tuple[NDArray[np.int64], Vector, Vector]:
        volumes = self.program.volumes(c)
        index, rows, values = [], [], []
        for law in self.laws:
            plain = law_rows((law,), volumes)[0]
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
            if not np.all(np.isfinite(A)):
                return None, np.inf
            # What nothing moves, such as chloride without its channel, stays where the preparation has it.
            unmoved = weight == 0.0
            f[unmoved], weight[unmoved] = (y - self.start)[unmoved], 1.0
            A[unmoved] = np.diag(scales)[unmoved]
            try:
                step = -scales * np.linalg.solve(A / weight[:, None], f / weight)
            except np.linalg.LinAlgError:
                return None, np.inf
            size = float(np.max(np.abs(step) / (scales + np.abs(y))))
            if not np.isfinite(size):
                return None, np.inf
            # What is next to nothing may overshoot zero for a step; Newton brings it back.
            shrinking = self.amount & (step < 0.0) & (y > 1e-3 * scales)
            room = float(np.min(0.9 * y[shrinking] / -step[shrinking], initial=np.inf))
            share = min(1.0, room, 3.0 / max(size, 1e-300))
            y = y + share * step
            if share == 1.0 and size < 1e-9:
                settled += 1
                # Newton is quadratic: a few more steps reach the rounding floor, where they stop shrinking.
                if settled >= 2 and size >= 0.5 * best:
                    break
            best = min(best, size)
        # A root with a negative amount is no cell; the search is taken up again in smaller steps. What is
        # absent altogether may come out a rounding error below zero.
        found = best < 1e-9 and not np.any(self.amount & (y < -1e-12 * scales))
        return (y, best) if found else (None, best)

    def walk(self, p: Vector, start: Vector) -> Vector:
        """Go from the preparation's own rest to the wanted one in steps as large as Newton allows."""
        kept = {k: v for k, v in self.model.changes.items() if k in self.model.structural}
        # What is clamped is led from where it rests to where it is held, like a parameter.
        guess, factors = self.model.guess, {q.name: q.factor for q in self.model.system.constants.values()}
        clamped = {n: guess[n] / factors[n] if n in guess else v for n, v in self.model.clamped.items()}
        origin = replace(self.model, changes=kept, clamped=clamped)
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
                    way = f"followed it {done:.0%} of the way from {self.model.name}"
                    alive = any(q.name == "J_ox" for q in self.program.system.outputs)
                    hint = "; it may cost more ATP there than the fibre can make: see acute(...)" if alive else ""
                    raise NoRest(f"{self.model}: no resting state; {way}{hint}")
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
        growth = 1e-3 / float(np.max(modes.real))
        raise NoRest(f"{model}: the resting state is not stable (a disturbance grows e-fold in {growth:.3g} s)")
    moving = modes.real[modes.real < -max(1e-11, still)]
    return float(1e-3 / np.min(-moving)) if len(moving) else float("inf")
