"""Where an experiment starts: the three ways of being at low magnesium.

Steady is the rest at the new magnesium, with every pool settled: weeks of deficiency. Acute is the normal
rest with magnesium changed a minute ago, the store not yet settled. Skinned is the normal rest put into a bath
that holds what it is told to, without transport over the membrane.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mgsim.engine.integrate import Segment, integrate
from mgsim.language.model import Model
from mgsim.resting_state import NoRest, Resolved, carry_over, resolve
from mgsim.segments import MS, Grip, inputs_at, take_hold

ACUTE = 60.0  # s for which an acute change is held before the experiment
_MEMBRANE_CALCIUM = tuple(f"CalciumEntry.{n}" for n in ("J_lk", "V_PM", "V_NX", "V_SO", "G_L"))


def initial_state(model: Model, backend: str = "native", rtol: float = 1e-5) -> Resolved:
    """Find where an experiment starts: the steady rest, or the rest that an acute or skinned one disturbs.

    Returns
    -------
    Resolved
        The model with its numbers; its `rest` is where a run starts.

    Raises
    ------
    NoRest
        Where no such state can be found.
    """
    if model.sudden:
        start = initial_state(replace(model, sudden={}), backend, rtol)
        after = carry_over(start.model.with_(model.sudden), start, backend)
        return replace(after, model=replace(model, changes=after.model.changes))
    if model.kind == "steady":
        return resolve(model, backend)
    clamped = {n: v for n, v in model.clamped.items() if n not in model.levels}
    before = resolve(replace(model, kind="steady", levels={}, clamped=clamped), backend)
    if model.kind == "skinned":
        return carry_over(model.with_({path: 0.0 for path in _MEMBRANE_CALCIUM}), before, backend)
    held = carry_over(before.model.hold(model.levels), before, backend)
    grip = Grip(dict(model.levels), 0.0, ACUTE * MS)
    minute = integrate(
        held.program.kernels,
        take_hold(held, held.rest, grip),
        [Segment(0.0, grip.stop, inputs_at(held, 0.0, [grip], pulse=False))],
        np.zeros(0),
        held.c,
        held.scales,
        rtol * 0.1,
    )
    if minute.status == "interrupted":
        raise KeyboardInterrupt
    if minute.status != "done":
        raise NoRest(f"{model}: the {ACUTE:g} s after the acute change could not be followed: it {minute.message}")
    y = minute.y_end[: len(before.rest)].copy()
    y[[before.program.system.index[name] for name in before.program.system.counters]] = 0.0
    return replace(before, model=model, rest=y)
