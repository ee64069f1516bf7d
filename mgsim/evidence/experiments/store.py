"""The calcium store: what it holds, what leaks, what a tetanus takes out, and its pump with ADP."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.experiments.bath import atp_bath, skinned
from mgsim.evidence.experiments.recording import ONSET, record
from mgsim.language.model import Model
from mgsim.protocol import rest, train
from mgsim.resting_state import resolve

EMPTYING = 1.0  # s for which an emptied reticulum is kept so


def content(model: Model, temperature: str = "16 °C") -> float:
    """Return the Ca2+ of the resting reticulum, mM per litre of myoplasmic water."""
    return float(record(model.at(temperature), rest(0.01))["Ca_store"][0]) / 1000.0


def share_of_leak(model: Model) -> float:
    """Return the share of the resting ATP turnover that pumps back what leaks through RyR1, two Ca2+ for one ATP."""
    result = record(model, rest(0.01))
    spent = sum(float(result[name][0]) for name in result if name.startswith("J_ATP_"))
    return float(result["J_rel"][0]) / 2.0 / spent


def released_by_tetanus(model: Model, rate: float = 100.0, length: float = 1.2, temperature: str = "25 °C") -> float:
    """Return the share of the Ca2+ of the terminal cisternae that is gone at the end of a tetanus."""
    result = record(model.at(temperature), train(rate, length, after="10 ms"), every="1 ms")
    held = result["CaSR_terminal"] + result["Reticulum.CaQ"]
    return 1.0 - float(np.interp(ONSET + length, result.time, held) / held[0])


def loaded_with_ADP(model: Model, ADP: float, seconds: float, Ca: str = "0.2 µM") -> float:
    """Return the Ca2+ that an emptied reticulum gains within a time (s) in a bath with this ADP (mM), µM.

    The bath holds 1 mM free Mg2+ and the ATP of the rest, and keeps both nucleotides as they are.
    """
    rest_before = resolve(model)
    index = rest_before.program.system.index
    bound, free, Mg = (rest_before.rest[index[n]] for n in ("MgADP_bulk", "ADP_bulk", "Mg_bulk"))
    share = 1.0 / (1.0 + free * Mg / bound / 1000.0)
    ATP = 1000.0 * model.value("ATP")
    bath: dict[str, float | str] = {"Mg": 1000.0, "Ca": Ca, **atp_bath(model, ATP, "1 mM")}
    bath |= {"ADP_bulk": 1000.0 * ADP * (1.0 - share), "MgADP_bulk": 1000.0 * ADP * share}
    protocol = rest(EMPTYING + seconds)
    for part in ("CaSR_terminal", "CaSR_longitudinal"):
        protocol = protocol.held(part, "0.1 µM", 0.0, EMPTYING)
    result = record(skinned(model, bath), protocol, every=0.1)
    return float(result["Ca_store"][-1] - np.interp(EMPTYING, result.time, result["Ca_store"]))


def loading_against(model: Model, ADP: float, seconds: float, against: float = 0.01) -> float:
    """Return the Ca2+ gained within a time (s) with one ADP (mM) over that with another."""
    return loaded_with_ADP(model, ADP, seconds) / loaded_with_ADP(model, against, seconds)
