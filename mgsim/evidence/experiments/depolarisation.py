"""Skinned fibres whose sealed tubules are depolarised, or whose reticulum is left to low magnesium."""

from __future__ import annotations

from mgsim.evidence.experiments.bath import skinned
from mgsim.evidence.experiments.recording import record
from mgsim.language.model import Model
from mgsim.protocol import rest, voltage_clamp
from mgsim.resting_state import resolve

CHELATED = "10 nM"  # what a few mM of EGTA leave free where no calcium is added


def depolarised_force(model: Model, Mg: str, duration: str = "100 ms", wait: str = "10 s") -> float:
    """Return the highest force above rest on depolarisation to 0 mV in a skinned fibre, as a share of heads."""
    result = record(skinned(model, {"Mg": Mg}), voltage_clamp("0 mV", duration, onset=wait, after="1 s"), "1 ms")
    before = result.window(0.0, result.protocol.holds[0].start)["bearing"][-1]
    return float(result["bearing"].max() - before)


def relative_depolarised_force(model: Model, Mg: str, against: str = "1 mM", duration: str = "100 ms") -> float:
    """Return the force response to a depolarisation at a free Mg2+ over that at another."""
    return depolarised_force(model, Mg, duration) / depolarised_force(model, against, duration)


def store_left(model: Model, Mg: str = "0.05 mM", seconds: float = 30.0) -> float:
    """Return the share of the reticulum's calcium left after a time at low Mg2+, cytosolic calcium held at rest."""
    result = record(skinned(model, {"Mg": Mg, **held_at_rest(model)}), rest(seconds))
    return float(result["Ca_store"][-1] / result["Ca_store"][0])


def release_without_calcium(model: Model, Mg: str = "4 µM", Ca: str = CHELATED, seconds: float = 10.0) -> float:
    """Return the highest release at low Mg2+ with calcium held by EGTA over that with calcium free.

    `Ca` is what is left free.
    """
    held = record(skinned(model, {"Mg": Mg, "Ca": Ca}), rest(seconds), "1 ms")
    free = record(skinned(model, {"Mg": Mg}), rest(seconds), "1 ms")
    return float(held["J_rel"].max() / free["J_rel"].max())


def release_at_low_magnesium(model: Model, Mg: str = "4 µM", against: str = "110 µM", seconds: float = 10.0) -> float:
    """Return the highest release in a skinned fibre at one free Mg2+ over that at another."""
    low, normal = (record(skinned(model, {"Mg": m}), rest(seconds), "1 ms")["J_rel"].max() for m in (Mg, against))
    return float(low / normal)


def held_at_rest(model: Model) -> dict[str, float]:
    """Return resting calcium of junction and bulk: what an ideal chelator would hold."""
    held = resolve(model)
    index = held.program.system.index
    return {name: float(held.rest[index[name]]) for name in ("Ca_junction", "Ca_bulk")}
