"""Greatest force of skinned fibres: with little or much MgATP, and of fast against slow fibres."""

from __future__ import annotations

from mgsim.evidence.experiments.filament import SATURATING, saturated_force, steady
from mgsim.language.model import Model


def force_against(model: Model, MgATP: str, against: str, temperature: str = "5 °C") -> float:
    """Return the force at saturating calcium with one MgATP over that with another."""
    cold = model.at(temperature)
    return saturated_force(cold, MgATP=MgATP) / saturated_force(cold, MgATP=against)


def specific_force_against(model: Model, other: str, temperature: str = "15 °C") -> float:
    """Return the force per cross-section at saturating calcium over that of another preparation."""
    from mgsim import fibre

    own, others = (steady(m.at(temperature), SATURATING, trace="force") for m in (model, getattr(fibre, other)()))
    return own / others
