"""What fibres do by themselves at very low magnesium, and with halothane.

Halothane is no mechanism of the model. It multiplies the open weight of RyR1 that no sensor holds, by a factor
that makes normal fibres answer at the magnesium at which half of them did.
"""

from __future__ import annotations

from mgsim.evidence.experiments.bath import skinned
from mgsim.evidence.experiments.filament import saturated_force
from mgsim.evidence.experiments.recording import NoValue, crossing, record
from mgsim.evidence.experiments.threshold import SUSCEPTIBLE
from mgsim.language.model import Model
from mgsim.protocol import rest
from mgsim.result import Trace

WATCHED = 30.0  # s
RELEASE = 0.1  # share of full force that shows a release of Ca²⁺ to a fibre


def force_in_bath(model: Model, Mg: float, seconds: float) -> Trace:
    """Return the force (share of heads above rest) of a fibre stepped from rest to a free Mg2+ (mM)."""
    bearing = record(skinned(model, {"Mg": 1000.0 * Mg}), rest(seconds), every="10 ms")["bearing"]
    force: Trace = bearing - bearing[0]
    return force


def strongest(model: Model, Mg: float, seconds: float = WATCHED) -> float:
    """Return the highest force within `seconds` at a free Mg2+ (mM), as a share of full force."""
    return float(force_in_bath(model, Mg, seconds).max() / saturated_force(model))


def contractions(model: Model, Mg: float, seconds: float = WATCHED) -> float:
    """Return how many separate contractions there are within `seconds` at a free Mg2+ (mM)."""
    return float(count(force_in_bath(model, Mg, seconds) / saturated_force(model)))


def count(force: Trace, depth: float = 0.05) -> int:
    """Count the peaks of a trace that rise out of it by `depth`; the last one need not fall again."""
    peaks, rising, turn = 0, False, float(force[0])
    for value in force:
        turn = max(turn, value) if rising else min(turn, value)
        if abs(value - turn) > depth:
            peaks += not rising
            rising, turn = not rising, value
    return peaks


def left_of_contraction(model: Model, Mg: float, seconds: float = 120.0) -> float:
    """Return the force after `seconds` at a free Mg2+ (mM) over the highest until then."""
    force = force_in_bath(model, Mg, seconds)
    if force.max() < RELEASE * saturated_force(model):
        raise NoValue(f"it does not contract at {Mg:g} mM free Mg²⁺")
    return float(force[-1] / force.max())


def threshold_in_halothane(model: Model, normal: float = 0.4, temperature: str = "24 °C") -> float:
    """Return the free Mg2+ (mM) below which susceptible fibres contract in halothane.

    Parameters
    ----------
    model : Model
        The preparation, with normal channels.
    normal : float
        Free Mg2+ below which normal fibres contract in it, mM: it sets what halothane does to the open weight.
    temperature : str
        Of the bath.
    """
    model = model.at(temperature)
    weight, wanted = model.value("Release.epsilon"), RELEASE * saturated_force(model)
    susceptible = model.with_(SUSCEPTIBLE)

    def contracts(fibre: Model, factor: float, Mg: float) -> bool:
        treated = skinned(fibre, {"Mg": 1000.0 * Mg}).suddenly({"Release.epsilon": factor * weight})
        return bool(record(treated, rest(WATCHED), every="10 ms")["bearing"].max() > wanted)

    if not contracts(model, 1000.0, normal):
        raise NoValue(f"a thousandfold open weight does not make normal fibres contract at {normal:g} mM Mg²⁺")
    factor = crossing(lambda f: not contracts(model, f, normal), 1.0, 1000.0, 0.01)
    if contracts(susceptible, factor, 10.0):
        raise NoValue("susceptible fibres contract in halothane at 10 mM free Mg²⁺ still")
    return crossing(lambda Mg: contracts(susceptible, factor, Mg), 0.1, 10.0, 0.01)
