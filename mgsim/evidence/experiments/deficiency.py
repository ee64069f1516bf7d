"""Muscle that has lost magnesium for weeks: the fibre at rest with less of it in all."""

from __future__ import annotations

from mgsim.evidence.experiments.recording import NoValue, crossing, record
from mgsim.language.model import Model
from mgsim.protocol import rest
from mgsim.resting_state import resolve


def total_magnesium(model: Model) -> float:
    """Return the Mg2+ of a resting fibre, free and bound, mM per litre of myoplasmic water."""
    found = resolve(model)
    rows = zip(found.laws, found.law_rows(), strict=True)
    return next(float(row @ found.rest) for law, row in rows if law.carrier == "Mg_bulk") / 1000.0


def with_less(model: Model, lost: float) -> Model:
    """Return the fibre at rest without this share of its magnesium."""
    wanted, usual = (1.0 - lost) * total_magnesium(model), model.value("Mg")
    least = 0.05 * usual
    if total_magnesium(model.with_(Mg=least)) > wanted:
        raise NoValue(f"with {lost:.0%} less magnesium hardly any would be free")
    free = crossing(lambda Mg: total_magnesium(model.with_(Mg=Mg)) < wanted, least, usual, 1e-4)
    return model.with_(Mg=free)


def at_rest_against_normal(model: Model, trace: str, lost: float = 0.25) -> float:
    """Return a resting value with a share of the magnesium lost over the normal one."""
    low, normal = (float(record(m, rest(0.01))[trace][0]) for m in (with_less(model, lost), model))
    return low / normal
