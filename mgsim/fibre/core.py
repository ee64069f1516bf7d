"""The calcium and force core by itself, as it was worked out, for comparison with published runs."""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.fibre.geometry import places
from mgsim.fibre.parts import (
    CORE,
    CYTOSOL,
    HELD_METABOLITES,
    PARVALBUMIN,
    STAND_IN,
    free_magnesium,
    resting_ATP,
    rests,
)
from mgsim.language.model import Anchor, Model

# What nothing follows here is held: protons without an energy metabolism, ions without a membrane.
_HELD = {"HT_bulk": 0.0, "q_sarcolemma": 0.0, "Na_cell": 10000.0, "Na_interstitium": 147000.0}

# The core's own numbers, as they were fitted to the stand-in, without energy metabolism, and to a thin filament that
# only neighbours help.
_OWN_VALUES: Mapping[str, float] = {
    "Release.k_m": 0.296,
    "Release.k_po": 0.838,
    "Release.k_pc": 2.58,
    "Release.P_m": 407.0,
    "Release.epsilon": 0.00171,
    "Release.n_in": 1,
    "Release.k_in": 0.0106,
    "Release.K_in": 257.0,
    "Reticulum.k_pl": 7.26e-6,
    "SERCA.k_1": 0.0348,
    "SERCA.k_2": 0.0331,
    "SERCA.K_c": 1.035649,
    "TroponinC.k_CT": 0.216,
    "TroponinC.k_minus_CT": 0.09,
    "ThinFilament.k_on": 0.0593,
    "ThinFilament.k_off": 0.414,
    "ThinFilament.c": 5.58,
    "ThinFilament.c_b": 0.0,
    "ThinFilament.k_rigor": 0.0,
    "ThinFilament.K_Mg": 1e30,
    "ThinFilament.gain": 0.0,
    "CrossBridge.f": 0.0253,
    "CrossBridge.g": 0.0581,
    "CrossBridge.k_p": 1.98,
    "CrossBridge.k_ATP": 0.001,
    "CrossBridge.force_max": 1270.0,
    "CalciumEntry.J_lk": 7.32e-5,
    "CrossBridge.k_minus_p": 1.96e-5,
}


def calcium_core() -> Model:
    """Take the calcium, magnesium and force core of mouse EDL alone, excited by a stand-in for the membrane.

    Metabolites are held: what is split is made again at once.
    """
    phosphate = "resting phosphate, with and without Mg²⁺"
    return Model(
        name="mouse_edl_core",
        description="mouse EDL, calcium and force core with a stand-in membrane",
        mechanisms=CORE + PARVALBUMIN + HELD_METABOLITES + STAND_IN,
        places=places,
        anchors=(
            free_magnesium(0.9, "WesterbladAllen1992", "M+"),
            resting_ATP(8.0, "DutkaLamb2004", "R"),
            Anchor("Pi", "Pi_bulk", 2.0, "mM", phosphate, "Textbook", "M", of=("Pi_bulk", "MgPi_bulk")),
        ),
        guess=rests()["mouse_edl_core"],
        preset=_OWN_VALUES,
        cytosol=CYTOSOL,
        clamped=_HELD,
        bath=_HELD,
    )
