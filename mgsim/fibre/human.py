"""Human preparations at 37 °C: no parvalbumin, slower filaments, one mean fibre for a mixed muscle.

What they spend at rest was fitted too: the calcium that leaks and is pumped back costs a tenth of what it would if
the leak were that of pig fibres, whose threshold magnesium (T22) they therefore do not meet. Times of twitches are
those of whole muscles in the body, tendon included, so the filament's rates are effective ones. The twitch of a
whole muscle should in the end be a mixture of fibres and a tendon.
"""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.fibre.geometry import places
from mgsim.fibre.parts import (
    CALCIUM_AND_FORCE,
    CYTOSOL,
    ENERGY,
    MEMBRANE,
    charges,
    free_magnesium,
    pools,
    resting_ATP,
    rests,
)
from mgsim.language.model import Model

# What all human fibres share: body temperature, plasma, a thicker fibre, the mixed muscle's energy metabolism.
# The last four lines of each preset below close its resting balance of energy.
_HUMAN: Mapping[str, float] = {
    "T": 310.15,
    "Geometry.r": 30.0,
    "Milieu.Na_b": 140.0,
    "Milieu.K_b": 4.2,
    "Milieu.Cl_b": 104.0,
    "Milieu.Ca_o": 1.2,
    "SurfaceCharge.Ca_ref": 1.2,
    "SodiumChannel.P_Na": 1.8e-4,
    "SodiumPump.I_pmax": 3.4011,
    "SodiumLeak.P_Nal": 9.937e-9,
    "Release.k_rec": 3.59e-3,
    "AMPDeaminase.V_AMPD": 0.2,
    "AMPDeaminase.K_AMP": 0.1,
    "Glycolysis.V_gly": 3.0,
    "Mitochondria.V_ox": 1.0,
}

_FAST: Mapping[str, float] = {
    "TroponinC.T_tot": 200.0,
    "SERCA.E_tot": 60.0,
    "Reticulum.Q_tot": 63820.0,
    "Release.P_m": 2218.0,
    "Release.epsilon": 1.59e-05,
    "SERCA.k_2": 0.04953,
    "SERCA.K_c": 1.719,
    "Reticulum.k_pl": 2.12e-06,
    "TroponinC.k_CT": 0.1811,
    "TroponinC.k_minus_CT": 0.05184,
    "ThinFilament.k_on": 0.001148,
    "ThinFilament.k_off": 0.03097,
    "ThinFilament.c": 8.526,
    "CrossBridge.f": 0.00321,
    "CrossBridge.g": 0.006422,
    "CalciumEntry.J_lk": 7.674e-05,
    "SERCA.K_s": 677.7,
    "Mitochondria.g_0": 0.00954831719,
    "Mitochondria.y_0": 0.0266552344,
    "Glycolysis.J_0": 3.76616451e-06,
    "Mitochondria.G_sh": 400.338358,
}

_SLOW: Mapping[str, float] = {
    "TroponinC.T_tot": 120.0,
    "SERCA.E_tot": 30.0,
    "Reticulum.Q_tot": 42530.0,
    "Release.P_m": 1295.0,
    "Release.epsilon": 1.375e-05,
    "SERCA.k_2": 0.05054,
    "SERCA.K_c": 1.096,
    "Reticulum.k_pl": 4.715e-06,
    "TroponinC.k_CT": 0.1046,
    "TroponinC.k_minus_CT": 0.05217,
    "ThinFilament.k_on": 0.0004371,
    "ThinFilament.k_off": 0.008211,
    "ThinFilament.c": 7.295,
    "CrossBridge.f": 0.001167,
    "CrossBridge.g": 0.002606,
    "CalciumEntry.J_lk": 7.431e-05,
    "SERCA.K_s": 869.7,
    "ThinFilament.n_T": 1,
    "AMPDeaminase.V_AMPD": 0.05,
    "Glycolysis.V_gly": 1.0,
    "Mitochondria.g_0": 0.0105073547,
    "Mitochondria.y_0": 0.0293437559,
    "Glycolysis.J_0": 1.87798179e-06,
    "Mitochondria.G_sh": 442.137959,
}

_TRICEPS_SURAE: Mapping[str, float] = {
    "TroponinC.T_tot": 160.0,
    "SERCA.E_tot": 45.0,
    "Reticulum.Q_tot": 50980.0,
    "Release.P_m": 1764.0,
    "Release.epsilon": 1.564e-05,
    "SERCA.k_2": 0.05003,
    "SERCA.K_c": 1.608,
    "Reticulum.k_pl": 2.004e-06,
    "TroponinC.k_CT": 0.1652,
    "TroponinC.k_minus_CT": 0.03904,
    "ThinFilament.k_on": 0.0006634,
    "ThinFilament.k_off": 0.01678,
    "ThinFilament.c": 8.468,
    "CrossBridge.f": 0.00208,
    "CrossBridge.g": 0.003724,
    "CalciumEntry.J_lk": 8.016e-05,
    "SERCA.K_s": 689.4,
    "Mitochondria.g_0": 0.00937513534,
    "Mitochondria.y_0": 0.0261698117,
    "Glycolysis.J_0": 3.95175458e-06,
    "Mitochondria.G_sh": 393.620128,
}


def _human(name: str, description: str, own: Mapping[str, float], phosphate: float) -> Model:
    return Model(
        name=name,
        description=description,
        mechanisms=CALCIUM_AND_FORCE + ENERGY + MEMBRANE,
        places=places,
        anchors=(
            free_magnesium(0.557, "Ryschon1996", "R"),
            resting_ATP(8.2, "Slade2006", "R"),
            *pools(37.43, phosphate),
            *charges(172.111767, 0.42452211, 8.89005923),
        ),
        guess=rests()[name],
        preset={**_HUMAN, **own},
        cytosol=CYTOSOL,
    )


def human_fast() -> Model:
    """Take a fast human fibre at 37 °C.

    Fitted to twitch and force-frequency of fast human muscle in the body. It misses the calcium sensitivity of
    skinned fibres (pCa50 5.6 against 5.9) and half-maximal force (12 Hz against 17 Hz).
    """
    return _human("human_fast", "fast human fibre", _FAST, 35.25151748)


def human_slow() -> Model:
    """Take a slow human fibre at 37 °C, with one regulatory site on its troponin."""
    return _human("human_slow", "slow human fibre", _SLOW, 35.25855518)


def human_triceps_surae() -> Model:
    """Take the mean fibre of the human calf at 37 °C: one for a mixed muscle.

    It misses half-maximal force (8 Hz against 10 Hz) and a little of the calcium sensitivity (pCa50 5.75).
    """
    return _human(
        "human_triceps_surae", "mean fibre of the human triceps surae", _TRICEPS_SURAE, 35.25187467
    )
