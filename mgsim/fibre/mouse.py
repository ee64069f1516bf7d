"""The mouse preparations: extensor digitorum longus (fast) and soleus (slow)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from mgsim.fibre.atp_buffer import ATPBuffer
from mgsim.fibre.calcium_entry import CalciumEntry
from mgsim.fibre.chloride_channel import ChlorideChannel
from mgsim.fibre.cytosol import JunctionalExchange
from mgsim.fibre.filament import CrossBridge, ThinFilament
from mgsim.fibre.geometry import Geometry, bulk, junction, places, sarcolemma, tubule
from mgsim.fibre.magnesium import MagnesiumSites
from mgsim.fibre.parvalbumin import Parvalbumin
from mgsim.fibre.potassium_channels import DelayedRectifier, InwardRectifier, PotassiumBackground
from mgsim.fibre.potential import Capacitor, SurfaceCharge
from mgsim.fibre.regeneration import ATPRegeneration
from mgsim.fibre.release import Release
from mgsim.fibre.reticulum import Reticulum
from mgsim.fibre.serca import SERCA
from mgsim.fibre.sodium_channel import SodiumChannel, SodiumLeak
from mgsim.fibre.sodium_pump import SodiumPump
from mgsim.fibre.stimulus import Shock, StandInMembrane
from mgsim.fibre.troponin import TroponinC
from mgsim.fibre.tubule import Interstitium, TubularAccess
from mgsim.language.mechanism import Placed
from mgsim.language.model import Anchor, Model
from mgsim.milieu import Milieu, Physics

CALCIUM_AND_FORCE = (
    Placed(Physics),
    Placed(Milieu),
    Placed(Geometry),
    Placed(Release),
    Placed(JunctionalExchange),
    ATPBuffer.at(junction),
    ATPBuffer.at(bulk),
    TroponinC.at(bulk),
    MagnesiumSites.at(bulk),
    SERCA.at(bulk),
    Placed(Reticulum),
    Placed(CalciumEntry),
    Placed(ThinFilament),
    CrossBridge.at(bulk),
    ATPRegeneration.at(bulk),
)
PARVALBUMIN = (Parvalbumin.at(bulk),)
MEMBRANE = (
    Capacitor.at(sarcolemma),
    Capacitor.at(tubule),
    Placed(SurfaceCharge),
    SodiumChannel.at(sarcolemma),
    SodiumChannel.at(tubule, density=SodiumChannel.eta),
    SodiumLeak.at(sarcolemma),
    SodiumLeak.at(tubule),
    DelayedRectifier.at(sarcolemma),
    DelayedRectifier.at(tubule, density=DelayedRectifier.eta),
    InwardRectifier.at(sarcolemma),
    InwardRectifier.at(tubule, density=InwardRectifier.eta),
    PotassiumBackground.at(sarcolemma),
    PotassiumBackground.at(tubule),
    ChlorideChannel.at(sarcolemma),
    ChlorideChannel.at(tubule, density=ChlorideChannel.eta),
    SodiumPump.at(sarcolemma),
    SodiumPump.at(tubule, K_K=SodiumPump.K_K2),
    Placed(TubularAccess),
    Placed(Interstitium),
    Placed(Shock),
)
STAND_IN = (Placed(StandInMembrane),)

METABOLITES = (
    Anchor(
        "Mg",
        "Mg_bulk",
        0.9,
        "mM",
        "resting free Mg²⁺ of the cytosol",
        "WesterbladAllen1992",
        "M+",
        of=("Mg",),
    ),
    Anchor(
        "ATP",
        "ATP_bulk",
        8.0,
        "mM",
        "resting ATP, free, with Mg²⁺ and with Ca²⁺",
        "DutkaLamb2004",
        "R",
        of=("ATP", "MgATP", "CaATP"),
    ),
    Anchor(
        "Pi",
        "Pi_bulk",
        2.0,
        "mM",
        "resting phosphate, with and without Mg²⁺",
        "Textbook",
        "M",
        of=("Pi_bulk", "MgPi_bulk"),
    ),
)


def _charges(cell: float, lumen: float, interstitium: float) -> tuple[Anchor, ...]:
    """What the ions that are not followed balance: from the resting potential and the bath, then frozen."""
    made = "MgsimComputed", "C"
    return (
        Anchor(
            "charge of the cell", "K_cell", cell, "mM", "charge that the cell's fixed anions balance", *made
        ),
        Anchor(
            "charge of the lumen", "K_lumen", lumen, "mM", "charge that the lumen's other ions balance", *made
        ),
        Anchor(
            "charge of the interstitium",
            "K_interstitium",
            interstitium,
            "mM",
            "charge that the interstitium's other ions balance, less that of the cell's calcium",
            *made,
        ),
    )


# What nothing follows here is held: protons without an energy metabolism, ions without a membrane.
_NO_PROTONS = {"HT_bulk": 0.0}
_NO_MEMBRANE = {**_NO_PROTONS, "q_sarcolemma": 0.0, "Na_cell": 10000.0, "Na_interstitium": 147000.0}


@lru_cache
def _rests() -> Mapping[str, Mapping[str, float]]:
    """Where the search for the rest starts: earlier solutions, never used without solving anew."""
    text = files("mgsim.fibre").joinpath("rests.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, float]] = json.loads(text)
    return found


# The release that fits T1, T2 and T5 when the stand-in drives it; the presets' fits the true action potential.
_STAND_IN_RELEASE: Mapping[str, float] = {
    "Release.k_m": 0.296,
    "Release.k_po": 0.838,
    "Release.k_pc": 2.58,
    "Release.P_m": 407.0,
    "Release.epsilon": 0.00171,
}


def calcium_core() -> Model:
    """Take the calcium, magnesium and force core of mouse EDL alone, excited by a stand-in for the membrane.

    It is the assembly in which the core was worked out, kept for comparison with published runs.
    """
    return Model(
        name="mouse_edl_core",
        description="mouse EDL, calcium and force core with a stand-in membrane",
        mechanisms=CALCIUM_AND_FORCE + PARVALBUMIN + STAND_IN,
        places=places,
        anchors=METABOLITES,
        guess=_rests().get("mouse_edl_core", {}),
        preset=_STAND_IN_RELEASE,
        cytosol=("junction", "bulk"),
        clamped=_NO_MEMBRANE,
        bath=_NO_MEMBRANE,
    )


def mouse_edl() -> Model:
    """Take a fast fibre of mouse extensor digitorum longus, at 25 °C, with its membrane."""
    return Model(
        name="mouse_edl",
        description="fast fibre of mouse extensor digitorum longus",
        mechanisms=CALCIUM_AND_FORCE + PARVALBUMIN + MEMBRANE,
        places=places,
        anchors=METABOLITES + _charges(160.336917, 0.24119964, 1.29747598),
        guess=_rests().get("mouse_edl", {}),
        clamped=_NO_PROTONS,
        bath=_NO_PROTONS,
        cytosol=("junction", "bulk"),
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
    """Take a slow fibre of mouse soleus, at 25 °C, with its membrane."""
    return Model(
        name="mouse_soleus",
        description="slow fibre of mouse soleus",
        mechanisms=CALCIUM_AND_FORCE + MEMBRANE,
        places=places,
        anchors=METABOLITES + _charges(155.616612, 0.15083990, 4.45840986),
        guess=_rests().get("mouse_soleus", {}),
        clamped=_NO_PROTONS,
        bath=_NO_PROTONS,
        cytosol=("junction", "bulk"),
        preset=_SOLEUS,
    )
