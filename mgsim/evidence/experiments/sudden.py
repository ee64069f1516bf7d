"""A change that no rest survives, such as poison or a cuff: made to a rested fibre at the start of a recording."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mgsim.engine.integrate import integrate
from mgsim.evidence.experiments.recording import NoValue
from mgsim.language.model import Model
from mgsim.protocol import Protocol
from mgsim.resting_state import carry_over, resolve
from mgsim.result import Outcome, Result
from mgsim.segments import MS, segments_of
from mgsim.simulation import DEFAULT_RTOL


def record_after(model: Model, changes: Mapping[str, float | str], protocol: Protocol, every: float) -> Result:
    """Record from the rest of a model, with parameters changed at the first moment.

    Parameters
    ----------
    model : Model
        The preparation; its rest is where the recording starts.
    changes : mapping of str to float or str
        Parameters that are changed, as `Model.with_` takes them.
    protocol : Protocol
        Stimuli without clamps.
    every : float
        Time between samples, s.

    Raises
    ------
    NoValue
        When the simulation ends early.
    """
    held = carry_over(model.with_(changes), resolve(model))
    stop = protocol.duration * MS
    run = integrate(
        held.program.kernels,
        held.rest,
        segments_of(held, protocol, [], 0.0, stop),
        np.arange(0.0, stop + 1e-6, every * MS).clip(max=stop),
        held.c,
        held.scales,
        DEFAULT_RTOL,
    )
    if run.status == "interrupted":
        raise KeyboardInterrupt
    if run.status != "done":
        raise NoValue(f"the simulation ended early: {run.message}")
    system = held.program.system
    outputs = held.program.outputs(run.Y, held.c)
    traces = {q.name: run.Y[:, i] / q.factor for i, q in enumerate(system.states)}
    traces |= {q.name: outputs[:, i] / q.factor for i, q in enumerate(system.outputs)}
    units = {q.name: q.unit for q in [*system.states, *system.outputs]}
    return Result(run.t / MS, traces, units, protocol, Outcome("done", "", protocol.duration))
