"""The numbers that close a fibre's resting balance of energy: found once, written into the preset, then frozen.

What a fibre spends at rest follows from its pumps, leak and cross-bridges. Its phosphocreatine, oxygen and
glycogen at rest are measured. Four parameters of supply and two totals are what makes the two agree. Derived live
they would silently retune the cell whenever something else is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from mgsim.language.errors import InputError
from mgsim.language.model import Anchor, Model
from mgsim.resting_state import Resolved, resolve

_OXYGEN_AT_REST = 0.5


@dataclass(frozen=True)
class Closure:
    """What closes a rest.

    Attributes
    ----------
    parameters : mapping of str to float
        Values by path, in declared units.
    totals : mapping of str to float
        The conserved totals by anchor, mM per litre of myoplasmic water.
    rest : mapping of str to float
        The resting state that results, in internal units.
    """

    parameters: Mapping[str, float]
    totals: Mapping[str, float]
    rest: Mapping[str, float]


def close_energy(model: Model, *, PCr: float, Cr: float, Pi: float, tolerance: float = 1e-9) -> Closure:
    """Find the supply that rests at given phosphocreatine, creatine and phosphate.

    Parameters
    ----------
    model : Model
        A fibre with energy metabolism; its present closure is where the search starts.
    PCr, Cr, Pi : float
        Resting phosphocreatine, free creatine and phosphate (with and without Mg2+), mM.

    Raises
    ------
    InputError
        When no static head lets respiration rest there: the resting turnover is too large for it.
    """
    bulk = 0.95
    held = tuple(a for a in model.anchors if a.name not in ("creatine", "phosphate"))
    fixed = (
        Anchor("creatine", "Cr_bulk", (PCr + Cr) * bulk, "mM", "creatine", "MgsimDesign", "D"),
        Anchor("phosphate", "Pi_bulk", Pi, "mM", "phosphate", "MgsimDesign", "D", of=("Pi_bulk", "MgPi_bulk")),
    )
    trial = replace(model, anchors=held + fixed)
    values = {path: model.value(path) for path in ("Mitochondria.g_0", "Mitochondria.y_0", "Glycolysis.J_0")}
    head = np.log(model.value("Mitochondria.G_sh"))
    for _ in range(40):
        head = _root(partial(_missing, trial, values, PCr), head)
        resolved = resolve(trial.with_({**values, "Mitochondria.G_sh": float(np.exp(head))}))
        found = _quantities(resolved)
        oxygen = found["J_ox"] / model.value("Mitochondria.P_O")
        new = {
            "Mitochondria.g_0": oxygen / (1.0 - _OXYGEN_AT_REST),
            "Mitochondria.y_0": found["Mitochondria.y"],
            "Glycolysis.J_0": found["J_gly"] / 3.0,
        }
        moved = max(abs(new[k] / values[k] - 1.0) for k in new)
        values = new
        if moved < tolerance:
            rows = dict(zip((law.name for law in resolved.laws), resolved.law_rows() @ resolved.rest, strict=True))
            totals = {"creatine": rows["creatine"] / 1000.0, "phosphate": rows["total Pi"] / 1000.0}
            names = [q.name for q in resolved.program.system.states]
            rest = dict(zip(names, map(float, resolved.rest), strict=True))
            return Closure({**values, "Mitochondria.G_sh": float(np.exp(head))}, totals, rest)
    raise InputError(f"{model.name}: the closure of the resting energy balance does not settle")


def _quantities(resolved: Resolved) -> dict[str, float]:
    system = resolved.program.system
    found = dict(zip((q.name for q in system.states), map(float, resolved.rest), strict=True))
    outputs = resolved.program.outputs(resolved.rest[None], resolved.c)[0]
    return {**found, **dict(zip((q.name for q in system.outputs), map(float, outputs), strict=True))}


def _missing(trial: Model, values: Mapping[str, float], PCr: float, log_head: float) -> float:
    """Phosphocreatine at rest with this static head, less what it should be, mM."""
    found = _quantities(resolve(trial.with_({**values, "Mitochondria.G_sh": float(np.exp(log_head))})))
    return found["PCr_total_bulk"] / 1000.0 - PCr


def _root(missing: Callable[[float], float], start: float) -> float:
    from scipy.optimize import brentq

    low, high = start - 0.5, start + 0.5
    for _ in range(12):
        if missing(low) < 0.0 <= missing(high):
            return float(brentq(missing, low, high, xtol=1e-13))
        low, high = (low - 0.7, low) if missing(low) >= 0.0 else (high, high + 0.7)
    raise InputError(
        "respiration cannot rest at this phosphocreatine: what the fibre spends at rest needs more ADP than that; "
        "raise its capacity or its sensitivity to ADP"
    )


