"""The core with the numbers of its description, at any temperature."""

from __future__ import annotations

import mgsim
from mgsim.language.units import unit
from tests.referee.fibre_core import MOUSE_EDL

# Parameters whose name differs; a minus in a name is written out in the model.
PARAMETERS = {
    "PCr": "PCr_tot", "Pi": "Pi", "ATP": "ATP", "ADP": "ADP_0", "Q": "Q_tot", "E": "E_tot", "X": "X_tot",
    "PV": "PV_tot", "T": "T_tot", "pulse": "pulse_width", "f_-": "f_minus", "g_-": "g_minus",
}  # fmt: skip
Q10 = {"P_m": 1.2, "k_po": 2.0, "k_pc": 2.0}  # of the description; those used now come from a later measurement


def path_of(name: str, model: mgsim.Model) -> str:
    return model.find(PARAMETERS.get(name, name.replace("k_-", "k_minus_")))


def internal(model: mgsim.Model, path: str) -> float:
    return model.value(path) * unit(model.unit_of(path)).factor


def as_described(celsius: float) -> mgsim.Model:
    """Take the core with the rates of release that the description has at this temperature."""
    core = mgsim.fibre.calcium_core()
    tenths = (celsius - 16.0) / 10.0
    changed = {}
    for name, q10 in Q10.items():
        path = path_of(name, core)
        changed[path] = internal(core, path) * (q10 / MOUSE_EDL[name][2]) ** tenths
    return core.with_(changed).at(celsius)
