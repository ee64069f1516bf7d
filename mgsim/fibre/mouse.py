"""The mouse preparations: extensor digitorum longus (fast) and soleus (slow)."""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.fibre.geometry import places
from mgsim.fibre.parts import (
    CYTOSOL,
    ENERGY,
    FAST,
    MEMBRANE,
    PARVALBUMIN,
    SLOW,
    charges,
    free_magnesium,
    pools,
    resting_ATP,
    rests,
)
from mgsim.language.model import Model

# Mouse muscle holds about twice the mitochondria of human muscle, and this fibre spends 0.03 mM/s at rest: both make
# respiration faster and more sensitive to ADP than the human numbers. With less of it the fibre could not rest at
# 0.2 mM free Mg²⁺, where its leak costs half a millimolar of ATP a second. The last four close the rest at PCr 32 mM.
_EDL: Mapping[str, float] = {
    "ThinFilament.n_T": 1,
    "Mitochondria.V_ox": 2.2,
    "Mitochondria.K_ADP": 0.0395,
    "AMPDeaminase.V_AMPD": 4.0,
    "Mitochondria.G_sh": 1705.09439926,
    "Mitochondria.g_0": 0.00927456921441,
    "Mitochondria.y_0": 0.0270340295696,
    "Glycolysis.J_0": 6.08217885116e-07,
}


def mouse_edl() -> Model:
    """Take a fast fibre of mouse extensor digitorum longus, at 25 °C."""
    return Model(
        name="mouse_edl",
        description="fast fibre of mouse extensor digitorum longus",
        mechanisms=FAST + PARVALBUMIN + ENERGY + MEMBRANE,
        places=places,
        anchors=(
            free_magnesium(0.9, "WesterbladAllen1992", "M+"),
            resting_ATP(8.0, "DutkaLamb2004", "R"),
            *pools(36.005, 32.12770377),
            *charges(160.10269276, 0.24120030, 1.53059874),
        ),
        guess=rests()["mouse_edl"],
        preset=_EDL,
        cytosol=CYTOSOL,
    )
# A slow fibre has no parvalbumin, half the troponin with one regulatory site, half the pumps, a smaller store
# and a slower filament. Values are fitted to T3, T4 and T20 unless their parameter says otherwise.
_SOLEUS: Mapping[str, float] = {
    "SlowTroponinC.T_tot": 120.0,
    "SlowTroponinC.k_CT": 0.07727,
    "SlowTroponinC.k_minus_CT": 0.1559,
    "ThinFilament.n_T": 1,
    "ThinFilament.k_on": 0.0809,
    "ThinFilament.k_off": 0.4359,
    "ThinFilament.c": 2.788,
    "ThinFilament.c_b": 10.33,
    "ThinFilament.gain": 0.0,
    "CrossBridge.f": 0.01053,
    "CrossBridge.g": 0.02771,
    "CrossBridge.k_minus_p": 3e-06,
    "CrossBridge.force_max": 1340.0,
    "CrossBridge.k_p": 1.06,
    "SERCA.E_tot": 60.0,
    "SERCA.k_1": 0.0348,
    "SERCA.k_2": 0.02178,
    "SERCA.K_c": 0.7312,
    "Reticulum.Q_tot": 5.095e+04,
    "Reticulum.k_pl": 2.097e-05,
    "Release.P_m": 60.87,
    "Release.epsilon": 0.001605,
    "JunctionalExchange.k_x": 1.681,
    "CalciumEntry.J_lk": 7.628e-05,
    "Geometry.rho_t": 0.005,
    "SodiumChannel.P_Na": 1.3e-4,
    "SodiumChannel.Vh": -63.0,
    "SodiumChannel.V_s": -69.28,
    "SodiumLeak.P_Nal": 1.0853e-8,
    "SodiumPump.I_pmax": 7.9431,
    "Mitochondria.V_ox": 1.5,
    "Mitochondria.K_ADP": 0.0563,
    "Mitochondria.g_max": 0.9,
    "AMPDeaminase.V_AMPD": 0.05,
    "Glycolysis.V_gly": 1.0,
    "Mitochondria.G_sh": 513.579108979,
    "Mitochondria.g_0": 0.0111683018021,
    "Mitochondria.y_0": 0.0477007742203,
    "Glycolysis.J_0": 1.45406646674e-06,
}


def mouse_soleus() -> Model:
    """Take a slow fibre of mouse soleus, at 25 °C."""
    return Model(
        name="mouse_soleus",
        description="slow fibre of mouse soleus",
        mechanisms=SLOW + ENERGY + MEMBRANE,
        places=places,
        anchors=(
            free_magnesium(0.9, "WesterbladAllen1992", "M+"),
            resting_ATP(5.0, "Kushmerick1992", "R"),
            *pools(21.85, 21.06775981),
            *charges(155.75476000, 0.15084064, 4.31955556),
        ),
        guess=rests()["mouse_soleus"],
        preset=_SOLEUS,
        cytosol=CYTOSOL,
    )
