"""The fits of the fast mouse fibre. What other fibres do not name for themselves, they take from here."""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.evidence.calibrate import aims
from mgsim.evidence.calibrate.fit import Closing, Fit, Free
from mgsim.evidence.calibrate.target import aim, rows
from mgsim.language.model import Model

FIBRE = "mouse_edl"
REST = Closing(FIBRE, PCr=32.0, Cr=5.9, Pi=2.0, source="Kushmerick1992", needs=("release", "rest", "leak", "filament"))


def _same_leak(base: Model, trial: Model) -> float:
    """Resting leak of RyR1 as committed, whatever the permeability of the open channels."""
    return base.value("Release.epsilon") * base.value("Release.P_m") / trial.value("Release.P_m")


RELEASE = Fit(
    "release",
    FIBRE,
    free=(
        Free("Release.k_m", 0.2, 1.0, 0.4, 0.4, reason="gating charge moves within 1 to 4 ms at 16 °C"),
        Free("Release.k_po", 0.3, 2.5, 0.8, 0.5, reason="with k_m: release begins 1 to 3 ms after the stimulus"),
        Free("Release.k_pc", 1.0, 8.0, reason="release falls within 0.2 to 1 ms after its peak"),
        Free("Release.P_m", 100.0, 2000.0, reason="a tenth to all of the cisternae's calcium in a release"),
        Free("Release.k_in", 2e-3, 0.05, reason="inactivation within 1 to 30 ms at 100 µM"),
        Free("Release.K_in", 50.0, 2000.0, 250.0, 0.7, reason="junctional calcium during a release"),
        Free("Release.K_T2", 10.0, 350.0, 60.0, 0.7, reason="half-activation 19 to 350 µM in bilayers (P41)"),
        Free("Release.phi", 50.0, 5000.0, 500.0, 1.0, reason="from the least loosening that T27 allows to complete"),
        Free("JunctionalExchange.k_x", 0.7, 7.0, 2.2, 0.5, reason="calcium diffuses at 3e-6 cm²/s (P22)"),
        Free("TroponinC.k_CT", 0.05, 0.3, 0.115, 0.5, reason="P50 twice, for sites free of Mg²⁺; 0.0885 recalled"),
        Free("TroponinC.k_minus_CT", 0.04, 0.3, 0.115, 0.3, reason="P49, P50"),
    ),
    targets=(
        *rows("T1", "T2", "T5.peak", "T5.width", "T5.second", "T5.fifth", "T7.rate", "T27.0.6", "T27.0.4", "T27.0.2"),
        *rows("T29.Mg", "T29.ATP1", "T29.ATP0.5"),
    ),
    tied={"Release.epsilon": _same_leak},
)

PUMP_AND_STORE = Fit(
    "rest",
    FIBRE,
    free=(
        Free("CalciumEntry.J_lk", 1e-5, 5e-4, reason="balances extrusion, at most 0.15 µM/s (P62)"),
        Free("SERCA.k_1", 0.01, 0.22, 0.07, 0.7, reason="P65: 70 to 220 s⁻¹ for single steps; lumped it is slower"),
        Free("SERCA.k_2", 5e-3, 0.1, reason="largest uptake 0.7 mM/s in human fibres (P61), more in fast ones"),
        Free("SERCA.K_c", 0.5, 1.5, 0.88, 0.3, reason="P61 0.70, P63 0.88 µM"),
        Free("SERCA.K_s", 1000.0, 3000.0, 2000.0, 0.5, reason="luminal Ca²⁺ binds with 1 to 3 mM"),
        Free("Reticulum.k_pl", 1e-6, 1e-4, 7e-6, 0.7, reason="a part of the resting turnover, P68"),
        Free("Reticulum.Q_tot", 4e4, 1.5e5, 8.1e4, 0.5, reason="36 µmol/l of fibre with 30 to 75 sites each"),
        Free("Reticulum.K_Q", 600.0, 1300.0, 1000.0, 0.3, reason="0.8 to 1.25 mM (P58)"),
    ),
    targets=(
        aim("Ca.rest", aims.at_rest, 0.07, 0.015, "µM", "Textbook", "resting free Ca²⁺, 50 to 100 nM", trace="Ca"),
        aim("store", aims.at_rest, 2000.0, 200.0, "µM", "PapeCarrier1998", "Ca²⁺ in the reticulum", trace="Ca_store"),
        *rows("T43.optimum", "P90.mouse"),
    ),
    needs=("release",),
)

LEAK = Fit(
    "leak",
    FIBRE,
    free=(Free("Release.epsilon", 1e-4, 1e-2, reason="a resting channel opens for 1e-3 to 1e-6 of its time"),),
    targets=rows("T22.normal"),
    needs=("release", "rest"),
)

FILAMENT = Fit(
    "filament",
    FIBRE,
    free=(
        Free("ThinFilament.k_on", 0.005, 0.5, reason="switches on within 2 to 200 ms without help"),
        Free("ThinFilament.k_off", 0.05, 1.5, 0.15, 1.0, reason="P77: 50 to 150 s⁻¹ at 20 °C"),
        Free("ThinFilament.c", 2.0, 12.0, reason="Hill coefficients from 2 to 6"),
        Free("TroponinC.K_MT", 300.0, 3000.0, reason="Mg²⁺ shifts the force-pCa curve above 0.3 mM (T38)"),
        Free("CrossBridge.f", 0.005, 0.1, reason="force redevelops at 10 to 60 s⁻¹"),
        Free("CrossBridge.f_minus", 0.05, 0.5, 0.16, 0.4, reason="a weakly bound head stays 2 to 20 ms"),
        Free("CrossBridge.k_p", 0.5, 8.0, 2.0, 0.5, reason="the stroke is faster than any other step"),
        Free("CrossBridge.g", 0.01, 0.2, reason="isometric heads split 3 to 20 ATP/s"),
        Free("CrossBridge.force_max", 500.0, 3000.0, reason="200 to 300 kN/m² with a tenth to half of the heads"),
    ),
    targets=(
        *rows("T20.TTP", "T20.HRT", "T20.ratio", "T20.half_Hz", "T20.fade", "T38.high"),
        aim("pCa50", aims.half_pCa, 6.0, 0.1, "pCa", "Textbook", "half-maximal force of a skinned fibre, 5.8 to 6.2"),
        aim("Hill", aims.hill, 4.0, 0.7, "1", "Textbook", "its steepness, 3 to 5"),
        aim("ATP.head", aims.turnover, 9.5, 2.0, "s⁻¹", "Textbook", "ATP split by a head in a tetanus, 7 to 12 /s"),
        aim("P0", aims.tetanic_force, 280.0, 28.0, "kN/m²", "Textbook", "force of a tetanus", length="0.4 s"),
        aim("tetanus.HRT", aims.tetanic_half_relaxation, 40.0, 8.0, "ms", "Textbook", "half-relaxation of a tetanus"),
    ),
    needs=("release", "rest", "leak"),
)

SHORTENING = Fit(
    "shortening",
    FIBRE,
    free=(
        Free("CrossBridge.ease", 5.0, 60.0, reason="pushed heads leave within 0.3 to 2 ms"),
        Free("CrossBridge.reach", 0.7, 4.0, reason="kT over the force of a head, 1 to 6 pN"),
        Free("CrossBridge.rebinding", 0.5, 0.99, reason="a share"),
        Free("CrossBridge.x_f", 0.3, 3.0, reason="next sites come within reach after a fraction of 5.5 nm"),
        Free("CrossBridge.k_tear", 0.5, 10.0, reason="heads are torn off by 5 to 15 nm"),
    ),
    targets=(
        *rows("P76.mouse", "P75.mouse"),
        aim("stretch", aims.force_in_stretch, 1.7, 0.2, "1", "Textbook", "force in slow stretch over that before"),
    ),
    needs=("filament",),
)

FITS: tuple[Fit | Closing, ...] = (RELEASE, PUMP_AND_STORE, LEAK, FILAMENT, SHORTENING, REST)
CHOSEN: Mapping[str, str] = {}
