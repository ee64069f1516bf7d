"""The fits of the slow mouse fibre."""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.evidence.calibrate import aims
from mgsim.evidence.calibrate.fit import Closing, Fit, Free
from mgsim.evidence.calibrate.target import aim, rows
from mgsim.evidence.experiments.release import released
from mgsim.language.model import Model

FIBRE = "mouse_soleus"
REST = Closing(FIBRE, PCr=16.0, Cr=7.0, Pi=6.0, source="Kushmerick1992", needs=("membrane", "contraction"))


def fast_over_slow(model: Model) -> float:
    """Return the calcium released by one action potential in the fast fibre over that in this one, at 16 °C."""
    from mgsim.fibre import mouse_edl

    return released(mouse_edl()) / released(model)


CONTRACTION = Fit(
    "contraction",
    FIBRE,
    free=(
        Free("Release.P_m", 20.0, 600.0, reason="a third to a twentieth of the fast fibre's"),
        Free("Release.epsilon", 1e-4, 2e-2, reason="no measurement bounds it; thresholds 0.02 to 0.5 mM"),
        Free("JunctionalExchange.k_x", 0.3, 7.0, 2.2, 0.7, reason="calcium diffuses at 3e-6 cm²/s (P22)"),
        Free("SlowTroponinC.k_CT", 0.02, 0.2, 0.0885, 0.4, reason="P50 0.0575; fast troponin's second site 0.0885"),
        Free("SlowTroponinC.k_minus_CT", 0.02, 0.4, 0.115, 0.5, reason="P49, P50"),
        Free("CalciumEntry.J_lk", 1e-5, 5e-4, reason="balances extrusion, at most 0.15 µM/s (P62)"),
        Free("SERCA.k_2", 3e-3, 0.1, 0.02, 0.5, reason="as in the fast fibre or slower"),
        Free("SERCA.K_c", 0.4, 1.5, 0.7, 0.3, reason="P61 0.70, P63 0.88 µM"),
        Free("Reticulum.k_pl", 1e-6, 2e-4, 7e-6, 1.0, reason="a part of the resting turnover, P68"),
        Free("Reticulum.Q_tot", 1e4, 1.3e5, 5e4, 0.5, reason="less than half of the fast fibre's calsequestrin"),
        Free("ThinFilament.k_on", 0.005, 3.0, reason="switches on within 0.3 to 200 ms without help"),
        Free("ThinFilament.k_off", 0.05, 1.5, 0.3, 1.0, reason="P77: 50 to 150 s⁻¹ at 20 °C in fast fibres"),
        Free("ThinFilament.c", 0.2, 12.0, 3.0, 0.7, reason="Hill coefficients from 2 to 6"),
        Free("ThinFilament.c_b", 1.0, 100.0, 10.0, 0.7, reason="Hill coefficients from 2 to 6"),
        Free("CrossBridge.f", 1e-3, 0.05, reason="two to ten times slower than in the fast fibre"),
        Free("CrossBridge.k_p", 0.2, 5.0, 1.0, 0.5, reason="the stroke is faster than any other step"),
        Free("CrossBridge.g", 2e-3, 0.1, reason="isometric heads split 1 to 6 ATP/s"),
    ),
    targets=(
        *rows("T3.peak", "T3.width", "P90.soleus", "T22.soleus"),
        *rows("T20.soleus.TTP", "T20.soleus.HRT", "T20.soleus.ratio"),
        aim("T4", fast_over_slow, 3.5, 0.5, "1", "BaylorHollingworth2003", "Ca²⁺ released, fast over slow fibre"),
        aim("Ca.rest", aims.at_rest, 0.07, 0.015, "µM", "Textbook", "resting free Ca²⁺, 50 to 100 nM", trace="Ca"),
        aim("store", aims.at_rest, 900.0, 180.0, "µM", "FryerStephenson1996", "Ca²⁺ in it", trace="Ca_store"),
        aim("half.Hz", aims.half_frequency, 20.0, 5.0, "Hz", "Textbook", "half of the tetanus", rates=(5, 10, 20, 40)),
        aim("pCa50", aims.half_pCa, 6.0, 0.1, "pCa", "Textbook", "half-maximal force of a skinned fibre"),
        aim("Hill", aims.hill, 2.6, 0.4, "1", "Textbook", "its steepness, one regulatory site"),
        aim("ATP.head", aims.turnover, 3.0, 1.0, "s⁻¹", "Textbook", "ATP split by a head in a tetanus, 2 to 4 /s"),
    ),
    needs=("membrane",),
)

MEMBRANE = Fit(
    "membrane",
    FIBRE,
    free=(
        Free("SodiumChannel.V_s", -90.0, -55.0, -73.0, 5.0, reason="as the fast fibre; -59 and -86 published"),
        Free("SodiumLeak.P_Nal", 2e-9, 5e-8, reason="a thousandth to a fifth of the resting K⁺ permeability"),
        Free("SodiumPump.I_pmax", 2.0, 40.0, reason="as in the fast fibre"),
    ),
    targets=(
        *rows("T61.soleus"),
        aim("V.rest", aims.at_rest, -83.0, 0.1, "mV", "MgsimDesign", "resting potential", trace="V_tubule"),
        aim("Na.rest", aims.at_rest, 1.1e4, 100.0, "µM", "MgsimDesign", "cell Na⁺ with 148 mM K⁺", trace="Na_cell"),
    ),
    note="totals of charge stay as they are; they belong to these resting values",
)

FITS: tuple[Fit | Closing, ...] = (MEMBRANE, CONTRACTION, REST)

_BY_HAND = {
    "CrossBridge.k_minus_p": "as much slower than in the fast fibre as g is: phosphate takes the same share",
    "CrossBridge.force_max": "250 kN/m² in a full tetanus",
    "ThinFilament.gain": "slow fibres do not potentiate: 2.6 ± 3.3 % (T14)",
    "SlowTroponinC.T_tot": "half of the fast fibre's regulatory sites: one a troponin instead of two",
    "ThinFilament.n_T": "slow troponin C has one regulatory site",
    "SERCA.E_tot": "half as many pumps as in the fast fibre",
    "SERCA.k_1": "as in the fast fibre when this one was fitted",
    "Geometry.rho_t": "fewer tubules than in the fast fibre, 0.003 to 0.008",
    "SodiumChannel.P_Na": "overshoot as in the fast fibre",
    "SodiumChannel.Vh": "slow fibres bear more K⁺ outside than fast ones",
    "Mitochondria.V_ox": "between the human capacity and the fast mouse fibre's",
    "Mitochondria.K_ADP": "as in man",
    "Mitochondria.g_max": "more capillaries than in the fast fibre",
    "AMPDeaminase.V_AMPD": "slow fibres lose next to no ATP to IMP",
    "Glycolysis.V_gly": "a fifth of the fast fibre's",
}
CHOSEN: Mapping[str, Mapping[str, str]] = {FIBRE: _BY_HAND}
