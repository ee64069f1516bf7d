"""The fits of the human fibres.

What all of them share is fitted on the calf. Their contraction is fitted in one piece, since its times in the body
are set by calcium, filament and cross-bridges together.
"""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.evidence.calibrate import aims
from mgsim.evidence.calibrate.fit import Closing, Fit, Free
from mgsim.evidence.calibrate.target import Target, aim, rows
from mgsim.evidence.experiments.cost import share_of_ions
from mgsim.evidence.experiments.human import contraction_time, half_relaxation

CALF, FAST, SLOW = "human_triceps_surae", "human_fast", "human_slow"

_MOVED = (
    Free("Release.P_m", 3.0, 500.0, reason="a fiftieth to all of the cisternae's calcium in a release"),
    Free("Release.epsilon", 1e-5, 1e-2, reason="no measurement bounds it: as wide as a resting leak can be seen"),
    Free("SERCA.k_2", 1e-3, 0.1, reason="largest uptake 0.7 mM/s (P61)"),
    Free("SERCA.K_c", 0.4, 2.0, 0.8, 0.4, reason="P61 0.70, P63 0.88 µM"),
    Free("SERCA.K_s", 500.0, 3000.0, 1500.0, 0.5, reason="luminal Ca²⁺ binds with 1 to 3 mM"),
    Free("Reticulum.k_pl", 5e-7, 1e-4, 7e-6, 1.0, reason="a part of the resting turnover, P68"),
    Free("Reticulum.Q_tot", 1e4, 1.3e5, reason="a third to all of the fast mouse fibre's"),
    Free("CalciumEntry.J_lk", 1e-5, 5e-4, reason="balances extrusion, at most 0.15 µM/s (P62)"),
    Free("ThinFilament.k_on", 2e-4, 0.3, reason="effective: the tendon slows force, too"),
    Free("ThinFilament.k_off", 2e-3, 0.5, reason="effective: the tendon slows force, too"),
    Free("ThinFilament.c", 0.2, 12.0, 3.0, 0.7, reason="Hill coefficients from 2 to 6"),
    Free("ThinFilament.c_b", 1.0, 100.0, 10.0, 0.7, reason="Hill coefficients from 2 to 6"),
    Free("CrossBridge.f", 3e-4, 0.05, reason="effective: the tendon slows force, too"),
    Free("CrossBridge.g", 5e-4, 0.1, reason="isometric heads split 0.5 to 10 ATP/s"),
)

_ONE_SITE = (
    Free("SlowTroponinC.k_CT", 0.01, 0.2, 0.0885, 0.5, reason="P50 0.0575; fast troponin's second site 0.0885"),
    Free("SlowTroponinC.k_minus_CT", 0.02, 0.4, 0.115, 0.5, reason="P49, P50"),
)
_TWO_SITES = (
    Free("FastTroponinC.k_2", 0.03, 0.3, 0.0885, 0.2, reason="as in the fast mouse fibre"),
    Free("FastTroponinC.k_minus_2", 5e-3, 0.06, 0.01717, 0.2, reason="as in the fast mouse fibre"),
)


def _rest_and_curve(
    store: float, hill: float, steep: float, rates: tuple[float, ...], half: float, P0: float = 230.0
) -> tuple[Target, ...]:
    """Aims at the rest, the force-pCa curve and force against rate that the human fibres have in common."""
    source = "Textbook"
    return (
        aim("Ca.rest", aims.at_rest, 0.06, 0.009, "µM", source, "resting free Ca²⁺", trace="Ca"),
        aim("J_up", aims.at_rest, 6e-3, 2.4e-3, "µM/ms", "BarclayLaunikonis2022", "uptake at rest", trace="J_up"),
        aim("J_rel", aims.at_rest, 1.5e-3, 1e-3, "µM/ms", "BarclayLaunikonis2022", "leak of RyR1, P48", trace="J_rel"),
        aim("CaSR", aims.at_rest, 800.0, 64.0, "µM", source, "free Ca²⁺ of the cisternae", trace="CaSR_terminal"),
        aim("store", aims.at_rest, store, 0.12 * store, "µM", "Lamboley2021", "Ca²⁺ in it", trace="Ca_store"),
        aim("pCa50", aims.half_pCa, 5.9, 0.07, "pCa", source, "half-maximal force of a skinned fibre"),
        aim("Hill", aims.hill, hill, steep, "1", source, "its steepness"),
        aim("ratio", aims.twitch_to_tetanus, 0.13, 0.03, "1", source, "twitch over tetanus"),
        aim("half.Hz", aims.half_frequency, half, 0.15 * half, "Hz", source, "half of the tetanus", rates=rates),
        aim("P0", aims.tetanic_force, P0, 0.06 * P0, "kN/m²", source, "force of a tetanus; fast over slow 1.33 (P80)"),
    )


def _head(value: float, spread: float) -> Target:
    return aim("ATP.head", aims.turnover, value, spread, "s⁻¹", "Textbook", "ATP split by a head", length=0.8)


def _ions() -> Target:
    return aim("ions", share_of_ions, 0.35, 0.05, "1", "Barclay2007", "share of pumps in its cost", rate="60 Hz")


_CALF = Fit(
    "contraction",
    CALF,
    free=(*_MOVED, *_ONE_SITE),
    targets=(
        *_rest_and_curve(900.0, 3.0, 0.4, (4, 7, 10, 13, 18, 28), 10.0),
        *rows("T12.CT", "T12.HRT", "P90.human", "P88"),
    ),
)

_FAST = Fit(
    "contraction",
    FAST,
    free=(*_MOVED, *_TWO_SITES),
    targets=(
        *_rest_and_curve(1120.0, 3.5, 0.5, (6, 10, 14, 18, 24, 35), 15.0, 263.0),
        aim("CT", contraction_time, 65.0, 5.0, "ms", "Textbook", "contraction time of fast muscle in the body"),
        aim("HRT", half_relaxation, 60.0, 5.0, "ms", "Textbook", "its half-relaxation"),
        _ions(),
        _head(4.5, 1.1),
    ),
)

_SLOW = Fit(
    "contraction",
    SLOW,
    free=(*_MOVED, *_ONE_SITE),
    targets=(
        *_rest_and_curve(750.0, 2.6, 0.4, (3, 5, 7, 10, 14, 22), 7.0, 198.0),
        *rows("T13.soleus"),
        aim("HRT", half_relaxation, 145.0, 12.0, "ms", "Textbook", "half-relaxation of soleus"),
        _ions(),
        _head(1.5, 0.3),
    ),
)

_ENERGY = Fit(
    "energy",
    CALF,
    free=(
        Free("Mitochondria.K_ADP", 0.02, 0.15, 0.045, 0.5, reason="respiration is half-maximal at 0.02 to 0.06 mM ADP"),
        Free("Mitochondria.n", 1.0, 3.0, 1.5, 0.3, reason="one to two and a half in muscle in the body"),
        Free("Glycolysis.K_AMP", 3e-3, 0.3, 0.03, 1.0, reason="phosphorylase b is half-active at 10 to 100 µM AMP"),
    ),
    targets=rows("P89.gated", "P89.repeated", "P91", "T52.force", "T55.human"),
    needs=("contraction",),
)

_MEMBRANE = Fit(
    "membrane",
    CALF,
    free=(
        Free("SodiumLeak.P_Nal", 1e-9, 5e-8, reason="a thousandth to a fifth of the resting K⁺ permeability"),
        Free("SodiumPump.I_pmax", 0.5, 10.0, reason="308 pmol/g of pumps, 8000 turnovers a minute; by two"),
    ),
    targets=(
        aim("V.rest", aims.at_rest, -89.0, 0.1, "mV", "MgsimDesign", "resting potential", trace="V_tubule"),
        aim("Na.rest", aims.at_rest, 1.3e4, 100.0, "µM", "MgsimDesign", "cell Na⁺, 161 mM K⁺", trace="Na_cell"),
    ),
    note="totals of charge stay as they are; they belong to these resting values",
)


def _closing(fibre: str, *needs: str) -> Closing:
    return Closing(fibre, PCr=33.0, Cr=6.4, Pi=4.0, source="Slade2006", needs=("contraction", *needs))


FITS: tuple[Fit | Closing, ...] = (
    _MEMBRANE,
    _CALF,
    _ENERGY,
    _closing(CALF, "membrane", "energy"),
    _FAST,
    _closing(FAST),
    _SLOW,
    _closing(SLOW),
)

_OF_ALL = {
    "Sarcomere.thin": "thin filaments of human muscle are 1.2 to 1.35 µm long, those of the mouse 1.0 to 1.1",
    "Sarcomere.length": "in the middle of the plateau, where muscles work in the body",
    "Sarcomere.L_0": "as Sarcomere.length",
    "Sarcomere.slack": "a little below the plateau",
    "CrossBridge.k_minus_p": "as much slower than in the fast mouse fibre as g is: phosphate takes the same share",
    "T": "body temperature",
    "Geometry.r": "human fibres are about 60 µm thick",
    "Milieu.Na_b": "human plasma",
    "Milieu.K_b": "human plasma",
    "Milieu.Cl_b": "human plasma",
    "Milieu.Ca_o": "ionised calcium of human plasma",
    "SurfaceCharge.Ca_ref": "as Milieu.Ca_o: no screening at the normal level",
    "SodiumChannel.P_Na": "an overshoot of 24 mV at 37 °C, as the mouse fibre has there",
    "InwardRectifier.P_Kir": "a third of the mouse's: what the pumps of human muscle can keep up with at rest",
    "PotassiumBackground.P_Kb": "as P_Kir",
    "Release.k_rec": "half of the mouse's; fitted with force against rate before there was a true membrane, then kept",
    "AMPDeaminase.V_AMPD": "the largest with which four minutes of contraction cost next to no ATP (T52)",
    "AMPDeaminase.K_AMP": "cannot be told from V_AMPD by what is measured",
    "Glycolysis.V_gly": "lactate of an all-out sprint; no row of the table holds it",
    "Mitochondria.V_ox": "with K_ADP it sets one rate of recovery (P89); about what a trained thigh can take up",
    "SERCA.E_tot": "in proportion to the isoforms, half of the mouse's",
    "ThinFilament.n_T": "troponin counts its own sites: two in fast, one in slow fibres",
}
_OF_FAST = {"FastTroponinC.T_tot": "120 µM in the mouse, a little less with more mitochondria"}
_OF_SLOW = {"SlowTroponinC.T_tot": "half of the sites of a fast fibre, one a troponin"}
CHOSEN: Mapping[str, Mapping[str, str]] = {
    CALF: _OF_ALL | _OF_SLOW,
    FAST: _OF_ALL | _OF_FAST,
    SLOW: _OF_ALL
    | _OF_SLOW
    | {
        "AMPDeaminase.V_AMPD": "slow fibres lose next to no ATP to IMP",
        "ThinFilament.gain": "slow fibres do not potentiate: 2.6 ± 3.3 % (T14)",
    },
}
