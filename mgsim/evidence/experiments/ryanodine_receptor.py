"""The calcium release channel by itself: its open share at given calcium and magnesium, no cell around it.

The open share is computed by the model's own release mechanism on its resting state, in which only what is
named is changed.
"""

from __future__ import annotations

from mgsim.evidence.experiments.recording import crossing
from mgsim.language.model import Model
from mgsim.language.units import quantity
from mgsim.resting_state import resolve


def open_share(model: Model, **states: float) -> float:
    """Return the open share of RyR1 at rest, with some states set to other values (in their units)."""
    held = resolve(model)
    system = held.program.system
    rows = held.rest.copy()[None, :]
    for name, value in states.items():
        i = system.index[name]
        rows[0, i] = value * system.states[i].factor
    k = [q.name for q in system.outputs].index("P_open")
    return float(held.program.outputs(rows, held.c)[0, k])


def resting_leak(model: Model, Mg: str, against: str = "1 mM", Ca: str | None = None) -> float:
    """Return the open share of undisturbed channels at a free Mg2+ over that at another.

    Junctional calcium stays as at rest, or at `Ca`. Sensors are at rest.
    """
    fixed = {"Release.p": 0.0} if Ca is None else {"Release.p": 0.0, "Ca_junction": quantity(Ca, like="µM")}
    low, normal = (open_share(model, Mg_junction=quantity(m, like="µM"), **fixed) for m in (Mg, against))
    return low / normal


def depolarised_permeability(model: Model, Mg: str, against: str = "1 mM") -> float:
    """Return the open share at a free Mg2+ over that at another, all sensors moved; calcium as at rest."""
    moved = {"Release.p": 1.0}
    low, normal = (open_share(model, Mg_junction=quantity(m, like="µM"), **moved) for m in (Mg, against))
    return low / normal


def half_inhibition(model: Model) -> float:
    """Return the free Mg2+ (mM) at which the open share, all sensors moved, is half of that without Mg2+."""
    moved = {"Release.p": 1.0}
    half = open_share(model, Mg_junction=0.0, **moved) / 2.0
    return crossing(lambda Mg: open_share(model, Mg_junction=1000.0 * Mg, **moved) > half, 1e-3, 1e2)
