"""The bath of a skinned fibre: what it holds besides what an experiment varies."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mgsim.language.model import Model
from mgsim.language.units import quantity
from mgsim.resting_state import resolve

# Creatine phosphate keeps ATP up, a buffer the pH, and the volume of the bath phosphate.
HELD = ("PCr_bulk", "MgPCr_bulk", "Cr_bulk", "Pi_bulk", "MgPi_bulk", "ProtonBalance.pH")


def skinned(model: Model, bath: Mapping[str, float | str], free: Collection[str] = ()) -> Model:
    """Skin a fibre into a bath that holds what is named, and creatine, phosphate and pH at their resting values.

    What is named in `free` is left free, for a protocol to hold. A fibre whose metabolites are held anyway needs
    none of these.
    """
    rest = resolve(model)
    system = rest.program.system
    kept = [q for q in HELD if q in system.index and q not in free]
    held = {q: rest.rest[system.index[q]] / system.states[system.index[q]].factor for q in kept}
    return model.skinned(**{**held, **bath})


def atp_bath(model: Model, total: float, Mg: str) -> dict[str, float]:
    """Return MgATP and Mg-free ATP (µM) of a bath with this total ATP (µM) at a free Mg2+ and the resting pH."""
    share = 1.0 / (1.0 + dissociation(model) / quantity(Mg, like="µM", name="Mg"))
    return {"MgATP": total * share, "ATP": total * (1.0 - share)}


def dissociation(model: Model) -> float:
    """Return the dissociation constant of MgATP (µM) as it is in the resting cell."""
    rest = resolve(model)
    Mg, ATP, MgATP = (rest.rest[rest.program.system.index[f"{name}_bulk"]] for name in ("Mg", "ATP", "MgATP"))
    return float(Mg * ATP / MgATP)
