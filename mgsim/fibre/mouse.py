"""The mouse preparations: extensor digitorum longus (fast) and soleus (slow)."""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.fibre.geometry import places
from mgsim.fibre.parts import (
    CALCIUM_AND_FORCE,
    CYTOSOL,
    ENERGY,
    MEMBRANE,
    PARVALBUMIN,
    charges,
    free_magnesium,
    pools,
    resting_ATP,
    rests,
)
from mgsim.language.model import Model

# Respiration is more sensitive to ADP than in human muscle, since this fibre's resting turnover is several times
# the measured one (the conflict of T22 with P48). The last four close the resting balance at PCr 32 mM.
_EDL: Mapping[str, float] = {
    "Mitochondria.K_ADP": 0.018,
    "Mitochondria.G_sh": 3684.6,
    "Mitochondria.g_0": 0.01162844,
    "Mitochondria.y_0": 0.1000214,
    "Glycolysis.J_0": 6.65771e-7,
}


def mouse_edl() -> Model:
    """Take a fast fibre of mouse extensor digitorum longus, at 25 °C."""
    return Model(
        name="mouse_edl",
        description="fast fibre of mouse extensor digitorum longus",
        mechanisms=CALCIUM_AND_FORCE + PARVALBUMIN + ENERGY + MEMBRANE,
        places=places,
        anchors=(
            free_magnesium(0.9, "WesterbladAllen1992", "M+"),
            resting_ATP(8.0, "DutkaLamb2004", "R"),
            *pools(36.005, 32.01503),
            *charges(160.336917, 0.24119964, 1.29747598),
        ),
        guess=rests()["mouse_edl"],
        preset=_EDL,
        cytosol=CYTOSOL,
    )
# A slow fibre has no parvalbumin, half the troponin with one regulatory site, half the pumps, a smaller store
# and a slower filament. Values are fitted to T3, T4 and T20 unless their parameter says otherwise.
_SOLEUS: Mapping[str, float] = {
    "TroponinC.T_tot": 120.0,
    "TroponinC.k_CT": 0.062,
    "TroponinC.k_minus_CT": 0.0517,
    "ThinFilament.n_T": 1,
    "ThinFilament.k_on": 0.104,
    "ThinFilament.k_off": 0.537,
    "ThinFilament.c": 4.78,
    "CrossBridge.f": 7.21e-3,
    "CrossBridge.g": 0.0209,
    "CrossBridge.k_p": 0.918,
    "SERCA.E_tot": 60.0,
    "SERCA.k_1": 0.0348,
    "SERCA.k_2": 0.0174,
    "SERCA.K_c": 0.712,
    "Reticulum.Q_tot": 51600.0,
    "Reticulum.k_pl": 3.78e-5,
    "Release.P_m": 83.6,
    "Release.epsilon": 1.58e-3,
    "Release.k_in": 6.57e-3,
    "JunctionalExchange.k_x": 0.697,
    "CalciumEntry.J_lk": 7.24e-5,
    "Geometry.rho_t": 0.005,
    "SodiumChannel.P_Na": 1.2e-4,
    "SodiumChannel.Vh": -63.0,
    "SodiumChannel.V_s": -62.0,
    "SodiumLeak.P_Nal": 1.0853e-8,
    "SodiumPump.I_pmax": 7.9431,
}


def mouse_soleus() -> Model:
    """Take a slow fibre of mouse soleus, at 25 °C."""
    return Model(
        name="mouse_soleus",
        description="slow fibre of mouse soleus",
        mechanisms=CALCIUM_AND_FORCE + ENERGY + MEMBRANE,
        places=places,
        anchors=(
            free_magnesium(0.9, "WesterbladAllen1992", "M+"),
            resting_ATP(8.0, "DutkaLamb2004", "R"),
            *pools(36.005, 32.01503),
            *charges(155.616612, 0.15083990, 4.45840986),
        ),
        guess=rests()["mouse_soleus"],
        preset=_SOLEUS,
        cytosol=CYTOSOL,
    )
