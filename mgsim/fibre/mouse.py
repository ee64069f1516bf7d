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
    "Mitochondria.G_sh": 1675.54213716,
    "Mitochondria.g_0": 0.00918357106369,
    "Mitochondria.y_0": 0.0267676896403,
    "Glycolysis.J_0": 6.09955080587e-07,
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
            *pools(36.005, 32.12768612),
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
    "TroponinC.k_CT": 0.1346,
    "TroponinC.k_minus_CT": 0.1746,
    "ThinFilament.n_T": 1,
    "ThinFilament.k_on": 0.08387,
    "ThinFilament.k_off": 0.505,
    "ThinFilament.c": 2.522,
    "ThinFilament.c_b": 10.18,
    "ThinFilament.gain": 0.0,
    "CrossBridge.f": 0.01153,
    "CrossBridge.g": 0.02421,
    "CrossBridge.force_max": 1340.0,
    "CrossBridge.k_p": 1.105,
    "SERCA.E_tot": 60.0,
    "SERCA.k_1": 0.0348,
    "SERCA.k_2": 0.0206,
    "SERCA.K_c": 0.7545,
    "Reticulum.Q_tot": 5.359e+04,
    "Reticulum.k_pl": 2.47e-05,
    "Release.P_m": 57.49,
    "Release.epsilon": 0.001565,
    "JunctionalExchange.k_x": 1.6,
    "CalciumEntry.J_lk": 7.103e-05,
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
    "Mitochondria.G_sh": 437.490961013,
    "Mitochondria.g_0": 0.0107802001155,
    "Mitochondria.y_0": 0.0460358717626,
    "Glycolysis.J_0": 1.439677036e-06,
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
            *pools(21.85, 21.06316827),
            *charges(155.616612, 0.15083990, 4.45840986),
        ),
        guess=rests()["mouse_soleus"],
        preset=_SOLEUS,
        cytosol=CYTOSOL,
    )
