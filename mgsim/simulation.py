"""A model and a protocol make a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mgsim.apparatus import at_its_length, mounted
from mgsim.engine.integrate import Trajectory, integrate
from mgsim.language.errors import InputError, need, unknown
from mgsim.language.model import Model
from mgsim.loading import Loading
from mgsim.protocol import Protocol
from mgsim.resting_state import Resolved, carry_over
from mgsim.result import Outcome, Result
from mgsim.sampling import sample_times
from mgsim.segments import MS, grips_of, segments_of, take_hold
from mgsim.starting_state import initial_state
from mgsim.version import __version__

Vector = NDArray[np.float64]

DEFAULT_RTOL = 1e-5
_WORK = 2.0  # s
BACKENDS = ("native", "python")


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
        Time between two samples, in s or with a unit. Without it, 0.1 ms; in a long recording samples lie close
        in contractions and sparse between them. It changes what is shown, never what is computed.
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
        Where stimuli came for longer than two seconds, it tells where ATP went: `mgsim.measure.energy_ledger`.

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
    need("model", model, Model, "mgsim.fibre.mouse_edl()")
    need("protocol", protocol, Protocol, "mgsim.twitch()")
    if not 1e-12 <= rtol <= 1e-2:
        raise InputError(f"rtol = {rtol:g} is out of range; give one between 1e-12 and 1e-2, such as 1e-5")
    if step_budget < 1:
        raise InputError(f"step_budget must be at least 1; got {step_budget}")
    if time_budget is not None and not time_budget > 0.0:
        raise InputError(f"time_budget must be more than 0 s; got {time_budget}")
    if backend not in BACKENDS:
        raise unknown("backend", backend, BACKENDS)
    began = perf_counter()
    start = initial_state(at_its_length(model, protocol.loading), backend, rtol)
    grips = grips_of(start, protocol)
    added = start.model.hold(n for g in grips for n in g.levels) if grips else start.model
    if _is_work(protocol) and not model.counted and "ATP" in model.pools:
        added = added.counting("ATP")
    added = mounted(added, protocol.loading, lambda: _isometric(model, protocol, rtol, backend))
    held = start if added is start.model else carry_over(added, start, backend)
    times = sample_times(protocol, every) * MS
    pieces: list[Trajectory] = []
    end_of_all = protocol.duration * MS
    edges = sorted({0.0, *(g.start for g in grips), end_of_all})
    y = held.rest
    for begin, end in zip(edges[:-1], edges[1:], strict=True):
        for grip in grips:
            if grip.start == begin:
                y = take_hold(held, y, grip)
        inside = times[(times >= begin) & ((times < end) | (end == end_of_all))]
        piece = integrate(
            held.program.kernels,
            y,
            segments_of(held, protocol, grips, begin, end),
            inside,
            held.c,
            held.scales,
            rtol,
            step_budget=step_budget - sum(p.stats["accepted"] + p.stats["rejected"] for p in pieces),
            time_budget=None if time_budget is None else max(time_budget - (perf_counter() - began), 0.0),
            on_progress=(lambda t: on_progress(t / end_of_all)) if on_progress else None,
            names=[q.name for q in held.program.system.states],
        )
        pieces.append(piece)
        y = piece.y_end
        if piece.status != "done":
            break
    return _result(model, held, protocol, pieces, rtol)


def _isometric(model: Model, protocol: Protocol, rtol: float, backend: str) -> float:
    """Give the highest tension (kN/m²) of an experiment whose load is taken away and whose length is held."""
    loading = replace(protocol.loading or Loading(), load=None, free=0.0)
    result = simulate(model, replace(protocol, loading=loading), rtol=rtol, backend=backend)
    if not result.outcome.ok:
        raise InputError(f"the load is relative, but the isometric contraction fails: {result.outcome.message}")
    return float((result["force"] + result["passive_tension"]).max())


def _is_work(protocol: Protocol) -> bool:
    """Tell whether stimuli come for so long that what they cost is asked for."""
    return bool(protocol.onsets) and protocol.onsets[-1] - protocol.onsets[0] > _WORK


def _result(asked: Model, held: Resolved, protocol: Protocol, pieces: list[Trajectory], rtol: float) -> Result:
    system = held.program.system
    last = pieces[-1]
    rows = last.Y if len(pieces) == 1 else np.concatenate([p.Y for p in pieces])
    traces = {q.name: rows[:, i] / q.factor for i, q in enumerate(system.states)}
    computed = held.program.outputs(rows, held.c)
    traces |= {q.name: computed[:, k] / q.factor for k, q in enumerate(system.outputs)}
    for trace in traces.values():
        trace.flags.writeable = False  # it is nobody else's, so the result need not copy it
    everything = [*system.states, *system.outputs]
    stats = {key: sum(p.stats[key] for p in pieces) for key in last.stats}
    outcome = Outcome(last.status, "" if last.status == "done" else last.message, last.time / MS)
    undefined = [name for name, trace in traces.items() if not np.all(np.isfinite(trace))]
    if outcome.ok and undefined:
        outcome = Outcome("failed", f"{undefined[0]} is not a number at these parameters", outcome.time)
    return Result(
        time=np.concatenate([p.t for p in pieces]) / MS,
        traces=traces,
        units={q.name: q.unit for q in everything},
        meanings={q.name: q.meaning for q in everything},
        protocol=protocol,
        outcome=outcome,
        provenance=_provenance(asked, held, rtol, stats),
    )


def _provenance(asked: Model, held: Resolved, rtol: float, stats: dict[str, int]) -> dict[str, Any]:
    model = held.model
    units = {path: model.unit_of(path) for path in model.declared}
    return {
        "mgsim": __version__,
        "model": model.name,
        "description": model.description,
        "program": held.program.key[:16],
        "experiment": model.kind,
        "temperature": {"value": round(model.value("T") - 273.15, 6), "unit": "°C"},
        # What was asked for; a skinned fibre has lost its membrane's transport as well.
        "changed": {p: {"value": v, "unit": model.unit_of(p)} for p, v in asked.changes.items() if p != "T"},
        "levels": _levels(model, model.levels),
        "sudden": {p: {"value": v, "unit": model.unit_of(p)} for p, v in model.sudden.items()},
        "clamped": _levels(model, {n: v for n, v in model.clamped.items() if n not in model.bath}),
        "blind": [list(b) for b in model.blinded],
        "edits": list(model.edits),
        "parameters": {p: {"value": model.value(p), "unit": u} for p, u in units.items()},
        "anchors": {a.name: {"value": model.value(a.name), "unit": a.unit} for a in model.anchors},
        "rtol": rtol,
        "backend": held.program.kernels.backend,
        "solver": stats,
    }


def _levels(model: Model, levels: Mapping[str, float]) -> dict[str, Any]:
    """Give held states with their units; what is clamped throughout is no trace of the result."""
    return {n: {"value": v, "unit": model.resolve_states(n)[0].unit} for n, v in levels.items()}
