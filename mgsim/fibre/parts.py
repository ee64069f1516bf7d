"""The parts that fibres are put together from, each a list of mechanisms at their places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from mgsim.fibre.atp_buffer import ATPBuffer
from mgsim.fibre.calcium_entry import CalciumEntry
from mgsim.fibre.chemistry import Chemistry
from mgsim.fibre.chloride_channel import ChlorideChannel
from mgsim.fibre.cytosol import JunctionalExchange
from mgsim.fibre.filament import CrossBridge, ThinFilament
from mgsim.fibre.geometry import Geometry, bulk, junction, sarcolemma, tubule
from mgsim.fibre.glycolysis import Glycolysis
from mgsim.fibre.kinases import AdenylateKinase, AMPDeaminase, CreatineKinase
from mgsim.fibre.light_chain import LightChain
from mgsim.fibre.magnesium import MagnesiumSites
from mgsim.fibre.mitochondria import Mitochondria
from mgsim.fibre.motion import FixedLength
from mgsim.fibre.nucleotides import ATPBinding, PhosphateBinding
from mgsim.fibre.parvalbumin import Parvalbumin
from mgsim.fibre.phosphate_store import PhosphatePrecipitation
from mgsim.fibre.potassium_channels import DelayedRectifier, InwardRectifier, PotassiumBackground
from mgsim.fibre.potential import Capacitor, SurfaceCharge
from mgsim.fibre.protons import ProtonBalance
from mgsim.fibre.regeneration import ATPRegeneration
from mgsim.fibre.release import Release
from mgsim.fibre.resting_work import RestingWork
from mgsim.fibre.reticulum import Reticulum
from mgsim.fibre.sarcomere import Sarcomere
from mgsim.fibre.serca import SERCA
from mgsim.fibre.sodium_channel import SodiumChannel, SodiumLeak
from mgsim.fibre.sodium_pump import SodiumPump
from mgsim.fibre.stimulus import Shock, StandInMembrane
from mgsim.fibre.troponin import FastTroponinC, SlowTroponinC, TroponinC
from mgsim.fibre.tubule import Interstitium, TubularAccess
from mgsim.language.mechanism import Placed
from mgsim.language.model import Anchor
from mgsim.milieu import Milieu, Physics

_CALCIUM_AND_FORCE = (
    Placed(Physics),
    Placed(Milieu),
    Placed(Geometry),
    Placed(Release),
    Placed(JunctionalExchange),
    SERCA.at(bulk),
    Placed(Reticulum),
    Placed(CalciumEntry),
    Placed(LightChain),
    Placed(ThinFilament),
    CrossBridge.at(bulk),
    Placed(Sarcomere),
    Placed(FixedLength),
)
FAST = (*_CALCIUM_AND_FORCE, FastTroponinC.at(bulk))
SLOW = (*_CALCIUM_AND_FORCE, SlowTroponinC.at(bulk))
CORE = (*_CALCIUM_AND_FORCE, TroponinC.at(bulk))
PARVALBUMIN = (Parvalbumin.at(bulk),)
ENERGY = (
    Placed(Chemistry),
    ATPBinding.at(junction),
    ATPBinding.at(bulk),
    PhosphateBinding.at(bulk),
    CreatineKinase.at(bulk),
    AdenylateKinase.at(bulk),
    AMPDeaminase.at(bulk),
    Glycolysis.at(bulk),
    Mitochondria.at(bulk),
    ProtonBalance.at(bulk),
    Placed(PhosphatePrecipitation),
    RestingWork.at(bulk),
)
HELD_METABOLITES = (
    ATPBuffer.at(junction),
    ATPBuffer.at(bulk),
    MagnesiumSites.at(bulk),
    ATPRegeneration.at(bulk),
)
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

CYTOSOL = ("junction", "bulk")


def free_magnesium(
    value: float, source: str, evidence: str, *, spread: float | None = None, spread_is: str = ""
) -> Anchor:
    """Fix the resting free Mg2+ of the cytosol, mM, with its published spread."""
    what = "resting free Mg²⁺ of the cytosol"
    return Anchor("Mg", "Mg_bulk", value, "mM", what, source, evidence, ("Mg",), spread, spread_is)


def resting_ATP(value: float, source: str, evidence: str) -> Anchor:
    """Fix the resting ATP of the cytosol, mM."""
    what = "resting ATP, free, with Mg²⁺ and with Ca²⁺"
    return Anchor("ATP", "ATP_bulk", value, "mM", what, source, evidence, of=("ATP", "MgATP", "CaATP"))


def total(name: str, carrier: str, value: float, meaning: str) -> Anchor:
    """Fix a conserved total, mM per litre of myoplasmic water; it is computed from the normal rest, then frozen."""
    return Anchor(name, carrier, value, "mM", meaning, "MgsimComputed", "C")


def pools(creatine: float, phosphate: float) -> tuple[Anchor, ...]:
    """Fix the totals of creatine and of phosphate; they are those of the normal rest."""
    return (
        total("creatine", "Cr_bulk", creatine, "creatine and phosphocreatine"),
        total("phosphate", "Pi_bulk", phosphate, "phosphate: inorganic, on creatine, less what adenylates lack to ATP"),
    )


def charges(cell: float, lumen: float, interstitium: float) -> tuple[Anchor, ...]:
    """Fix what the ions that are not followed balance: from the resting potential and the bath, then frozen."""
    return (
        total("charge of the cell", "K_cell", cell, "charge that the cell's fixed anions balance"),
        total("charge of the lumen", "K_lumen", lumen, "charge that the lumen's other ions balance"),
        total(
            "charge of the interstitium",
            "K_interstitium",
            interstitium,
            "charge that the interstitium's other ions balance, less that of the cell's calcium",
        ),
    )


@lru_cache
def rests() -> Mapping[str, Mapping[str, float]]:
    """Where the search for the rest starts: earlier solutions, never used without solving anew."""
    text = files("mgsim.fibre").joinpath("rests.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, float]] = json.loads(text)
    return found
