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
    "Mitochondria.G_sh": 1717.26793299,
    "Mitochondria.g_0": 0.00931113821768,
    "Mitochondria.y_0": 0.0271410642417,
    "Glycolysis.J_0": 6.08192079885e-07,
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
            *pools(36.005, 32.12770287),
            *charges(160.336917, 0.24119964, 1.29747598),
        ),
        guess=rests()["mouse_edl"],
        preset=_EDL,
        cytosol=CYTOSOL,
    )
# A slow fibre has no parvalbumin, half the troponin with one regulatory site, half the pumps, a smaller store
# and a slower filament. Values are fitted to T3, T4 and T20 unless their parameter says otherwise.
_SOLEUS: Mapping[str, float] = {
    "SlowTroponinC.T_tot": 120.0,
    "SlowTroponinC.k_CT": 0.06635,
    "SlowTroponinC.k_minus_CT": 0.168,
    "ThinFilament.n_T": 1,
    "ThinFilament.k_on": 0.08576,
    "ThinFilament.k_off": 0.3878,
    "ThinFilament.c": 2.653,
    "ThinFilament.c_b": 8.964,
    "ThinFilament.gain": 0.0,
    "CrossBridge.f": 0.01073,
    "CrossBridge.g": 0.02379,
    "CrossBridge.k_minus_p": 3e-06,
    "CrossBridge.force_max": 1340.0,
    "CrossBridge.k_p": 1.064,
    "SERCA.E_tot": 60.0,
    "SERCA.k_1": 0.0348,
    "SERCA.k_2": 0.02202,
    "SERCA.K_c": 0.7001,
    "Reticulum.Q_tot": 5.391e+04,
    "Reticulum.k_pl": 1.857e-05,
    "Release.P_m": 62.07,
    "Release.epsilon": 0.001784,
    "JunctionalExchange.k_x": 1.645,
    "CalciumEntry.J_lk": 7.453e-05,
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
    "Mitochondria.G_sh": 409.178470541,
    "Mitochondria.g_0": 0.0105989730596,
    "Mitochondria.y_0": 0.0452584993847,
    "Glycolysis.J_0": 1.39994959216e-06,
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
            *pools(21.85, 21.06987898),
            *charges(155.616612, 0.15083990, 4.45840986),
        ),
        guess=rests()["mouse_soleus"],
        preset=_SOLEUS,
        cytosol=CYTOSOL,
    )
