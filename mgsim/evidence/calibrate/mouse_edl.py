"""The fits of the fast mouse fibre. What other fibres do not name for themselves, they take from here."""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.evidence.calibrate import aims
from mgsim.evidence.calibrate.fit import Closing, Fit, Free
from mgsim.evidence.calibrate.target import aim, rows
from mgsim.evidence.experiments.calcium import calcium_half_duration, peak_calcium
from mgsim.evidence.experiments.filament import ignition

FIBRE = "mouse_edl"
TOP = "150 Hz"
REST = Closing(FIBRE, PCr=32.0, Cr=5.9, Pi=2.0, source="Kushmerick1992", needs=("membrane", "contraction"))

MEMBRANE = Fit(
    "membrane",
    FIBRE,
    free=(
        Free("SodiumChannel.P_Na", 5e-5, 5e-4, reason="1.02e-4 in the Cannon-lab model"),
        Free("SodiumChannel.V_s", -90.0, -55.0, reason="-59 in Hayward 1997, -86 in rat soleus"),
        Free("DelayedRectifier.P_Kdr", 1e-5, 3e-4, reason="1.2e-5 in the Cannon-lab model, too slow for 125 Hz"),
        Free("SodiumLeak.P_Nal", 2e-9, 5e-8, reason="a thousandth to a fifth of the resting K⁺ permeability"),
        Free("SodiumPump.I_pmax", 2.0, 40.0, reason="20 in the Cannon-lab model; reserve up to 20-fold (P70)"),
    ),
    targets=(
        aim("overshoot", aims.highest, 33.0, 2.0, "mV", "CairnsRenaud", "overshoot at 25 °C", trace="V_sarcolemma"),
        aim("width", aims.spike_width, 0.85, 0.1, "ms", "MgsimDesign", "action potential at half height, 25 °C"),
        *rows("T61.EDL"),
        aim("V.rest", aims.at_rest, -86.0, 0.1, "mV", "MgsimDesign", "resting potential", trace="V_tubule"),
        aim("Na.rest", aims.at_rest, 1e4, 100.0, "µM", "MgsimDesign", "cell Na⁺ with 150 mM K⁺", trace="Na_cell"),
    ),
    note="totals of charge stay as they are; they belong to these resting values",
)

GATES = Fit(
    "gates",
    FIBRE,
    free=(
        Free("Release.phi", 50.0, 5000.0, 500.0, 1.0, reason="from the least loosening that T27 allows to complete"),
        Free("Release.K_T2", 10.0, 350.0, 60.0, 0.7, reason="half-activation 19 to 350 µM in bilayers (P41)"),
    ),
    targets=rows("T27.0.6", "T27.0.4", "T27.0.2", "T29.Mg", "T29.ATP1", "T29.ATP0.5"),
)

CONTRACTION = Fit(
    "contraction",
    FIBRE,
    free=(
        Free("Release.k_m", 0.2, 1.0, 0.4, 0.4, reason="gating charge moves within 1 to 4 ms at 16 °C"),
        Free("Release.k_po", 0.3, 2.5, 0.8, 0.5, reason="with k_m: release begins 1 to 3 ms after the stimulus"),
        Free("Release.k_pc", 1.0, 8.0, 3.0, 1.0, reason="release falls within 0.2 to 1 ms after its peak"),
        Free("Release.P_m", 100.0, 2000.0, 500.0, 1.0, reason="a tenth to all of the cisternae's calcium released"),
        Free("Release.k_in", 2e-3, 0.2, 0.02, 1.0, reason="inactivation within 0.1 to 10 ms at 100 µM"),
        Free("Release.K_in", 10.0, 500.0, 60.0, 0.7, reason="junctional calcium during a release, above that between"),
        Free("Release.epsilon", 1e-4, 1e-2, 1.3e-3, 1.0, reason="no measurement bounds it; thresholds 0.02 to 0.5 mM"),
        Free("Reticulum.k_pl", 1e-6, 1e-4, 7e-6, 0.7, reason="a part of the resting turnover, P68"),
        Free("CalciumEntry.J_lk", 1e-5, 5e-4, reason="balances extrusion, at most 0.15 µM/s (P62)"),
        Free("SERCA.k_1", 0.01, 0.22, 0.045, 0.6, reason="P65: 70 to 220 s⁻¹ for single steps; lumped it is slower"),
        Free("SERCA.k_2", 5e-3, 0.1, 0.04, 0.6, reason="largest uptake 0.7 mM/s in man (P61), more in the mouse"),
        Free("SERCA.K_c", 0.5, 1.5, 0.8, 0.2, reason="P61 0.70, P63 0.88 µM"),
        Free("FastTroponinC.k_1", 0.06, 0.6, 0.177, 0.2, reason="of the model that measured transients were read with"),
        Free("FastTroponinC.k_minus_1", 0.5, 5.0, 1.544, 0.2, reason="of the same model"),
        Free("FastTroponinC.k_2", 0.03, 0.3, 0.0885, 0.2, reason="half of k_1 in the same model"),
        Free("FastTroponinC.k_minus_2", 5e-3, 0.06, 0.01717, 0.2, reason="of the same model"),
        Free("ThinFilament.K_Mg", 500.0, 5e4, 4000.0, 1.0, reason="Mg²⁺ shifts the force-pCa curve (T38)"),
        Free("ThinFilament.k_on", 5e-3, 3.0, 0.15, 1.0, reason="switches on within 0.3 to 200 ms without help"),
        Free("ThinFilament.k_off", 0.05, 5.0, 0.5, 1.0, reason="P77: 50 to 150 s⁻¹ at 20 °C, helped units counted"),
        Free("ThinFilament.c", 0.2, 12.0, 2.0, 0.7, reason="Hill coefficients from 2 to 6"),
        Free("ThinFilament.c_b", 1.0, 100.0, 10.0, 0.7, reason="Hill coefficients from 2 to 6"),
        Free("CrossBridge.f", 3e-3, 0.1, 0.022, 1.0, reason="force redevelops at 10 to 60 s⁻¹"),
        Free("CrossBridge.g", 0.01, 0.3, 0.06, 0.5, reason="isometric heads split 3 to 20 ATP/s"),
        Free("CrossBridge.k_p", 0.5, 8.0, 2.0, 0.5, reason="the stroke is faster than any other step"),
        Free("CrossBridge.force_max", 500.0, 3000.0, reason="200 to 300 kN/m² with a tenth to half of the heads"),
    ),
    targets=(
        *rows("T1", "T2", "T5.peak", "T5.width", "T5.second", "T5.fifth", "T7.rate", "P59", "T22.normal", "P90.mouse"),
        *rows("T20.TTP", "T20.HRT", "T20.ratio", "T20.half_Hz", "T20.fade", "T38.high"),
        aim("Ca.28", peak_calcium, 22.1, 1.5, "µM", "Hollingworth1996", "rise of free Ca²⁺", temperature="28 °C"),
        aim("Ca.28.width", calcium_half_duration, 2.0, 0.3, "ms", "Hollingworth1996", "it lasts", temperature="28 °C"),
        aim("Ca.rest", aims.at_rest, 0.065, 0.012, "µM", "Textbook", "resting free Ca²⁺, 50 to 100 nM", trace="Ca"),
        aim("pCa50", aims.half_pCa, 5.95, 0.08, "pCa", "Textbook", "half-maximal force of a skinned fibre, 5.8 to 6.2"),
        aim("Hill", aims.hill, 4.0, 0.6, "1", "Textbook", "its steepness, 3 to 5"),
        aim("ATP.head", aims.turnover, 10.0, 2.5, "s⁻¹", "Textbook", "ATP split by a head in a tetanus, 7 to 12 /s"),
        aim("P0", aims.tetanic_force, 280.0, 28.0, "kN/m²", "Textbook", "force of a tetanus", rate=TOP, length="0.4 s"),
        aim("bearing", aims.tetanic_bearing, 0.2, 0.05, "1", "Textbook", "heads that bear it", rate=TOP),
        aim("rise", aims.half_rise, 24.0, 5.0, "ms", "Textbook", "rise to half of a tetanus", rate=TOP, length="0.4 s"),
        aim("fall", aims.tetanic_half_relaxation, 40.0, 7.0, "ms", "Textbook", "and fall after it", rate=TOP),
    ),
    needs=("membrane", "gates"),
)

DETACHMENT = Fit(
    "detachment",
    FIBRE,
    free=(
        Free("CrossBridge.k_ATP", 3e-4, 5e-3, 1.5e-3, 0.4, reason="0.5 to 1 /µM/s in fibres, 2 to 4 in solution"),
    ),
    targets=rows("P72"),
    needs=("contraction",),
)

RIGOR = Fit(
    "rigor",
    FIBRE,
    free=(Free("ThinFilament.k_rigor", 0.01, 10.0, reason="force without Ca²⁺ at 1 to 100 µM MgATP"),),
    targets=(
        aim("ignition", ignition, 22.0, 8.0, "µM", "Best1977", "MgATP with a tenth of full force at pCa 9"),
    ),
    needs=("contraction", "detachment"),
)

LIGHT_CHAIN = Fit(
    "light_chain",
    FIBRE,
    free=(
        Free("ThinFilament.gain", 0.02, 3.0, reason="twitches grow by a twentieth to a half"),
        Free("LightChain.k_CaM", 5e-4, 0.1, reason="a tetanus switches the kinase on within a second"),
        Free("LightChain.k_kin", 4e-5, 4e-3, reason="phosphorylates within 0.3 to 20 s"),
    ),
    targets=rows("staircase", "staircase.phosphate", "tetanus.phosphate"),
    needs=("contraction",),
)

PHOSPHATE = Fit(
    "phosphate",
    FIBRE,
    free=(Free("CrossBridge.k_minus_p", 2e-6, 1e-4, reason="from a tenth to nine tenths of force lost with 25 mM"),),
    targets=rows("P74"),
    needs=("contraction",),
)

FATIGUE = Fit(
    "fatigue",
    FIBRE,
    free=(
        Free("AMPDeaminase.V_AMPD", 0.5, 10.0, 4.0, 0.5, reason="200 to 400 µmol/min/g of fast muscle, recalled"),
        Free("PhosphatePrecipitation.k_Pi", 1e-3, 0.107, 0.01, 1.0, reason="0.107 skinned (T33), whole ones less"),
        Free("PhosphatePrecipitation.k_p", 2e-3, 0.47, 0.02, 1.0, reason="0.47 in skinned fibres (T33)"),
    ),
    targets=(
        *rows("T46.phase1", "T46.phase1.Ca", "T46.plateau", "T46.phase3", "T46.phase3.Ca"),
        *rows("T48.early", "T48.late", "T55.mouse"),
    ),
    needs=("contraction", "phosphate"),
    note="each trial tires a fibre for ten minutes",
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
    needs=("contraction", "phosphate"),
)

FITS: tuple[Fit | Closing, ...] = (
    MEMBRANE, GATES, CONTRACTION, DETACHMENT, RIGOR, LIGHT_CHAIN, PHOSPHATE, SHORTENING, FATIGUE, REST,
)  # fmt: skip

_BY_HAND = {
    "JunctionalExchange.k_x": "of the size that diffusion allows; T1, T2 and T5 do not tell it from the release",
    "SERCA.K_s": "within 1 to 3 mM; no measurement of a fibre tells it from k_2",
    "Reticulum.Q_tot": "36 µmol/l of fibre with about 75 sites each; with K_Q it sets the store",
    "Reticulum.K_Q": "0.8 to 1.2 mM; with Q_tot it sets the store",
    "CrossBridge.f_minus": "with f and k_p it sets one rate of attachment only",
    "Release.n_in": "the least that lets release recover between the stimuli of a train (T7)",
    "Geometry.f_J": "a design: the gradient that channels see; k_x is fitted with it",
    "Geometry.rho_t": "0.3 to 0.6 mM K⁺ gained per action potential, between 0.003 and 0.014 published",
    "Parvalbumin.PV_tot": "at the lower end of 1.2 to 1.4 mM sites that 4.9 g/kg are, so that 50 Hz fades less",
    "Release.V_h": "mechanical threshold; no row of the table depends on it alone",
    "Release.K_v": "as V_h: four sensors of 8 mV each",
    "Reticulum.k_SR": "between T5 and the tetanus: a slower exchange empties the cisternae, a faster one hides them",
    "Reticulum.k_minus_Q": "any fast rate gives the same",
    "SodiumChannel.eta": "between 0.1 and 0.8 of published models",
    "SodiumChannel.dVm": "with Vh and P_Kb: no second resting potential at 10 to 13 mM K⁺ outside",
    "SodiumChannel.Vh": "every pulse at 125 Hz an action potential; -70 to -80 measured",
    "SodiumChannel.ks": "as Vh; 10.6 in Hayward 1997",
    "InwardRectifier.P_Kir": "in closed form from a K⁺ conductance of 0.14 mS/cm²",
    "InwardRectifier.dVir": "no paradoxical depolarisation above 1.5 mM K⁺ outside",
    "PotassiumBackground.P_Kb": "in closed form with P_Kir",
    "ChlorideChannel.P_Cl": "in closed form from a Cl⁻ conductance of 0.95 mS/cm²",
    "AMPDeaminase.K_AMP": "cannot be told from V_AMPD by what is measured",
    "Glycolysis.V_gly": "lactate of an all-out sprint, in human muscle; no row of the table holds it",
    "Glycolysis.pK_h": "lowest pH of human muscle after work, 6.5 to 6.7; no row that may be used in fitting holds it",
    "ProtonBalance.B_H": "lactate and pH of a sprint together; no row of the table holds them",
    "ProtonBalance.pK_B": "as B_H",
    "Mitochondria.V_ox": "twice the human capacity; less could not carry the leak at 0.2 mM Mg²⁺",
    "Mitochondria.K_ADP": "as V_ox",
}
CHOSEN: Mapping[str, Mapping[str, str]] = {FIBRE: _BY_HAND}
