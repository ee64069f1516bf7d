"""How far free magnesium has to fall before a skinned fibre contracts by itself."""

from __future__ import annotations

from mgsim.evidence.experiments.bath import skinned
from mgsim.evidence.experiments.filament import saturated_force
from mgsim.evidence.experiments.recording import NoValue, crossing, record
from mgsim.evidence.experiments.ryanodine_receptor import open_share
from mgsim.language.model import Model
from mgsim.protocol import rest

# Constants of RyR1 binding in muscle of pigs susceptible to malignant hyperthermia (Balog 2001; P34-P37),
# in µM. A heterozygote is given the mean of these and the normal ones.
SUSCEPTIBLE = {"Release.K_ACa": 0.17, "Release.K_AMg": 44.4, "Release.K_ICa": 519.0, "Release.K_IMg": 661.0}


def magnesium_threshold(model: Model, susceptible: float = 0.0, seconds: float = 30.0) -> float:
    """Return the free Mg2+ below which a skinned fibre develops more than a tenth of its full force, mM.

    Parameters
    ----------
    model : Model
        The preparation.
    susceptible : float
        Share of malignant-hyperthermia-susceptible binding constants: 0 normal, 0.5 heterozygote, 1 homozygote.
    seconds : float
        How long is watched after the step of Mg2+ from the normal rest.
    """
    fibre = with_susceptible(model, susceptible)
    wanted = 0.1 * saturated_force(model)

    def contracts(Mg: float) -> bool:
        return highest_force(fibre, Mg, seconds) > wanted

    if contracts(1.0):
        raise NoValue("it contracts at 1 mM free Mg²⁺ already")
    if not contracts(0.01):
        raise NoValue("it does not contract at 10 µM free Mg²⁺ either")
    return crossing(contracts, 0.01, 1.0)


def with_susceptible(model: Model, share: float) -> Model:
    """Give RyR1 binding constants between the normal ones (share 0) and the susceptible ones (share 1)."""
    return model.with_({name: _mixed(model, name, share) for name in SUSCEPTIBLE}) if share else model


def highest_force(fibre: Model, Mg: float, seconds: float = 30.0) -> float:
    """Return the highest share of force-bearing heads in a skinned fibre after a step from rest to a free Mg2+ (mM)."""
    return float(record(skinned(fibre, {"Mg": 1000.0 * Mg}), rest(seconds))["bearing"].max())


def drive_threshold(model: Model, susceptible: float, anchor: float = 0.1, Ca: float = 0.1) -> float:
    """Return the free Mg2+ (mM) at which RyR1 is as open at rest as normal channels are at the `anchor` (mM).

    A share `susceptible` of the channels has the constants of susceptible muscle; Ca2+ is in µM.
    """
    fixed = {"Release.p": 0.0, "Release.h": 1.0, "Ca_junction": Ca}
    other = model.with_(SUSCEPTIBLE)

    def drive(Mg: float, share: float) -> float:
        return (1.0 - share) * open_share(model, Mg_junction=1000.0 * Mg, **fixed) + share * open_share(
            other, Mg_junction=1000.0 * Mg, **fixed
        )

    wanted = drive(anchor, 0.0)
    return crossing(lambda Mg: drive(Mg, susceptible) > wanted, 0.01, 10.0)


def _mixed(model: Model, name: str, share: float) -> float:
    return (1.0 - share) * model.value(name) + share * SUSCEPTIBLE[name]
