"""A model and a protocol make a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mgsim.engine.integrate import Segment, Trajectory, integrate
from mgsim.language.errors import InputError
from mgsim.language.expression import symbols_of
from mgsim.language.model import Model
from mgsim.language.units import quantity
from mgsim.protocol import Protocol
from mgsim.resting_state import Resolved, carry_over, parameter_at_temperature, resolve
from mgsim.result import Outcome, Result
from mgsim.times import seconds
from mgsim.version import __version__

Vector = NDArray[np.float64]

DEFAULT_RTOL = 1e-5
_MOST_SAMPLES = 20_000
_MS = 1000.0
_ACUTE = 60.0  # s for which an acute change is held before the experiment


def simulate(
    model: Model,
    protocol: Protocol,
    *,
    rtol: float = DEFAULT_RTOL,
    every: str | float | None = None,
    step_budget: int = 5_000_000,
    time_budget: float | None = None,
    on_progress: Callable[[float], None] | None = None,
    backend: str = "native",
) -> Result:
    """Run an experiment on a model, started from its resting state.

    Parameters
    ----------
    model : Model
        The preparation, such as ``mgsim.fibre.mouse_edl()``.
    protocol : Protocol
        What is done to it, such as ``mgsim.twitch()``.
    rtol : float
        Relative error allowed in a step; the absolute one is `rtol` times the scale of each state.
    every : str or float, optional
        Time between two samples, in s or with a unit; 0.1 ms unless the recording is long. It changes what
        is shown, never what is computed.
    step_budget : int
        Most steps of the solver.
    time_budget : float, optional
        Most seconds of computing. A run that ends early keeps its traces, and its outcome says why.
    on_progress : callable, optional
        Called now and then with the share that is done, 0 to 1.
    backend : {"native", "python"}
        Compiled code, or the same source run as plain Python (about a hundred times slower).

    Returns
    -------
    Result

    Raises
    ------
    InputError
        When model and protocol do not fit, or the model has no rest.

    Examples
    --------
    >>> import mgsim
    >>> result = mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.twitch())
    >>> result.units["force"]
    'kN/m²'
    """
    if not 1e-12 <= rtol <= 1e-2:
        raise InputError(f"rtol = {rtol:g} is out of range; give one between 1e-12 and 1e-2, such as 1e-5")
    start = initial_state(model, backend, rtol)
    grips = _grips(start, protocol)
    held = carry_over(start.model.hold(n for g in grips for n in g.levels), start, backend) if grips else start
    times = _samples(protocol, every)
    pieces: list[Trajectory] = []
    end_of_all = protocol.duration * _MS
    edges = sorted({0.0, *(g.start for g in grips), end_of_all})
    y = held.rest
    for begin, end in zip(edges[:-1], edges[1:], strict=True):
        for grip in grips:
            if grip.start == begin:
                y = _take_hold(held, y, grip)
        inside = times[(times >= begin) & ((times < end) | (end == end_of_all))]
        piece = integrate(
            held.program.kernels,
            y,
            _segments(held, protocol, grips, begin, end),
            inside,
            held.c,
            held.scales,
            rtol,
            step_budget=step_budget - sum(p.stats["accepted"] + p.stats["rejected"] for p in pieces),
            time_budget=time_budget,
            on_progress=(lambda t: on_progress(t / end_of_all)) if on_progress else None,
            names=[q.name for q in held.program.system.states],
        )
        pieces.append(piece)
        y = piece.y_end
        if piece.status != "done":
            break
    return _result(held, protocol, pieces, rtol)


def initial_state(model: Model, backend: str = "native", rtol: float = DEFAULT_RTOL) -> Resolved:
    """Find where an experiment starts: the steady rest, or the rest that an acute or skinned one disturbs.

    Returns
    -------
    Resolved
        The model with its numbers; its `rest` is where a run starts.
    """
    if model.kind == "steady":
        return resolve(model, backend)
    clamped = {n: v for n, v in model.clamped.items() if n not in model.levels}
    before = resolve(replace(model, kind="steady", levels={}, clamped=clamped), backend)
    if model.kind == "skinned":
        return carry_over(model.with_({path: 0.0 for path in _MEMBRANE_CALCIUM}), before, backend)
    held = carry_over(before.model.hold(model.levels), before, backend)
    grip = _Grip(dict(model.levels), 0.0, _ACUTE * _MS)
    minute = integrate(
        held.program.kernels,
        _take_hold(held, held.rest, grip),
        [Segment(0.0, grip.stop, _inputs(held, 0.0, [grip], pulse=False))],
        np.zeros(0),
        held.c,
        held.scales,
        rtol * 0.1,
    )
    return replace(before, model=model, rest=minute.y_end[: len(before.rest)])


_MEMBRANE_CALCIUM = tuple(f"CalciumEntry.{n}" for n in ("J_lk", "V_PM", "V_NX", "V_SO", "G_L"))


@dataclass(frozen=True)
class _Grip:
    """States held at a level from start to stop (ms); levels in the unit of each state."""

    levels: dict[str, float]
    start: float
    stop: float


def _grips(start: Resolved, protocol: Protocol) -> list[_Grip]:
    found = []
    for hold in protocol.holds:
        if hold.name == "V":
            levels = _charges_for(start, hold.level)
        else:
            wanted = start.model.resolve_states(hold.name)
            already = [q.name for q in wanted if q.name in start.model.clamped]
            if already:
                raise InputError(f"{already[0]} is clamped in the model for the whole run; the protocol cannot hold it too")
            levels = {q.name: quantity(hold.value, like=q.unit, name=hold.name) for q in wanted}
        found.append(_Grip(levels, hold.start * _MS, hold.stop * _MS))
    return found


def _charges_for(start: Resolved, volts: float) -> dict[str, float]:
    """Turn a command voltage into the states that make it: the charge of each wall, or the stand-in's filter."""
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


def _take_hold(held: Resolved, y: Vector, grip: _Grip) -> Vector:
    """Set what is held to its level; the ledger takes the difference, so that nothing is made or lost."""
    y = y.copy()
    index, volumes = held.program.system.index, held.program.volumes(held.c)
    for name, level in grip.levels.items():
        i = index[name]
        new = level * held.program.system.states[i].factor
        y[index[f"{name} taken by the clamp"]] -= (new - y[i]) * volumes[i]
        y[i] = new
    return y


def _segments(held: Resolved, protocol: Protocol, grips: list[_Grip], begin: float, end: float) -> list[Segment]:
    """Cut the time from `begin` to `end` at every edge of a pulse or a clamp."""
    width = _pulse_width(held) if protocol.onsets else 0.0
    onsets = np.array(protocol.onsets) * _MS
    if len(onsets) > 1 and float(np.min(np.diff(onsets))) <= width:
        raise InputError(
            f"pulses {float(np.min(np.diff(onsets))):.3g} ms apart overlap: each lasts {width:.3g} ms; space them further"
        )
    edges = {begin, end, *(g.start for g in grips), *(g.stop for g in grips), *onsets, *(onsets + width)}
    cuts = sorted(e for e in edges if begin <= e <= end)
    middle = (np.array(cuts[:-1]) + np.array(cuts[1:])) / 2.0
    before = np.searchsorted(onsets, middle, side="right") - 1
    during = (before >= 0) & (middle < onsets[before] + width) if len(onsets) else np.zeros(len(middle), bool)
    return [
        Segment(a, b, _inputs(held, m, grips, pulse=bool(d)))
        for a, b, m, d in zip(cuts[:-1], cuts[1:], middle, during, strict=True)
    ]


def _inputs(held: Resolved, t: float, grips: list[_Grip], *, pulse: bool) -> Vector:
    active = {f"hold {n}" for g in grips if g.start <= t < g.stop for n in g.levels}
    return np.array([float(pulse) if s.name == "stimulus" else float(s.name in active) for s in held.program.system.inputs])


def _pulse_width(held: Resolved) -> float:
    """Length of a stimulus at the model's temperature, ms; it belongs to the preparation."""
    system = held.program.system
    path = next((p for p in system.parameters if p.endswith(".pulse_width")), None)
    if path is None:
        raise InputError(f"{held.model.name} takes no stimulus; use rest(...) or a clamp")
    return parameter_at_temperature(held.model, path)


def _samples(protocol: Protocol, every: str | float | None) -> Vector:
    if every is None:
        step = max(0.1, protocol.duration * _MS / _MOST_SAMPLES)
    else:
        step = seconds(every, "every") * _MS
        if protocol.duration * _MS / step > 5_000_000:
            raise InputError(f"every = {every} makes more than five million samples; give a longer one")
    count = int(round(protocol.duration * _MS / step, 9))
    times = np.arange(count + 1) * step
    times[-1] = min(times[-1], protocol.duration * _MS)
    return times


def _result(held: Resolved, protocol: Protocol, pieces: list[Trajectory], rtol: float) -> Result:
    system = held.program.system
    last = pieces[-1]
    rows = np.concatenate([p.Y for p in pieces])
    traces = {q.name: rows[:, i] / q.factor for i, q in enumerate(system.states)}
    computed = held.program.outputs(rows, held.c)
    traces |= {q.name: computed[:, k] / q.factor for k, q in enumerate(system.outputs)}
    everything = [*system.states, *system.outputs]
    stats = {key: sum(p.stats[key] for p in pieces) for key in last.stats}
    return Result(
        time=np.concatenate([p.t for p in pieces]) / _MS,
        traces=traces,
        units={q.name: q.unit for q in everything},
        meanings={q.name: q.meaning for q in everything},
        protocol=protocol,
        outcome=Outcome(last.status, "" if last.status == "done" else last.message, last.time / _MS),
        provenance=_provenance(held, rtol, stats),
    )


def _provenance(held: Resolved, rtol: float, stats: dict[str, int]) -> dict[str, Any]:
    model = held.model
    units = {path: model.unit_of(path) for path in model.declared}
    return {
        "mgsim": __version__,
        "model": model.name,
        "description": model.description,
        "program": held.program.key[:16],
        "experiment": model.kind,
        "temperature": {"value": round(model.value("T") - 273.15, 6), "unit": "°C"},
        "changed": {p: {"value": v, "unit": model.unit_of(p)} for p, v in model.changes.items() if p != "T"},
        "levels": dict(model.levels),
        "clamped": dict(model.clamped),
        "blind": [list(b) for b in model.blinded],
        "parameters": {p: {"value": model.value(p), "unit": u} for p, u in units.items()},
        "anchors": {a.name: {"value": model.value(a.name), "unit": a.unit} for a in model.anchors},
        "rtol": rtol,
        "backend": held.program.kernels.backend,
        "solver": stats,
    }
