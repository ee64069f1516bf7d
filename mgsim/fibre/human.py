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

# What all human fibres share: body temperature, plasma, a thicker fibre, the mixed muscle's energy metabolism, and
# thin filaments so long that force is highest at 2.6 to 2.8 µm.
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
    "Sarcomere.thin": 1.32,
    "Sarcomere.length": 2.72,
    "Sarcomere.L_0": 2.72,
    "Sarcomere.slack": 2.5,
}

_FAST: Mapping[str, float] = {
    "TroponinC.T_tot": 200.0,
    "SERCA.E_tot": 60.0,
    "Reticulum.Q_tot": 66260.0,
    "Release.P_m": 198.2,
    "Release.epsilon": 9.299e-05,
    "SERCA.k_2": 0.007573,
    "SERCA.K_c": 1.571,
    "Reticulum.k_pl": 4.116e-06,
    "TroponinC.k_CT": 0.103,
    "TroponinC.k_minus_CT": 0.2094,
    "ThinFilament.k_on": 0.01129,
    "ThinFilament.k_off": 0.01714,
    "ThinFilament.c": 4.816,
    "CrossBridge.f": 0.002328,
    "CrossBridge.g": 0.007536,
    "CalciumEntry.J_lk": 7.363e-05,
    "SERCA.K_s": 1145.0,
    "ThinFilament.n_T": 2,
    "Mitochondria.g_0": 0.00934841597,
    "Mitochondria.y_0": 0.0260949202,
    "Glycolysis.J_0": 3.59098485e-06,
    "Mitochondria.G_sh": 392.59996,
}

_SLOW: Mapping[str, float] = {
    "TroponinC.T_tot": 120.0,
    "SERCA.E_tot": 30.0,
    "Reticulum.Q_tot": 43030.0,
    "Release.P_m": 126.7,
    "Release.epsilon": 0.0001345,
    "SERCA.k_2": 0.003992,
    "SERCA.K_c": 1.202,
    "Reticulum.k_pl": 3.425e-06,
    "TroponinC.k_CT": 0.07482,
    "TroponinC.k_minus_CT": 0.1193,
    "ThinFilament.k_on": 0.001556,
    "ThinFilament.k_off": 0.01134,
    "ThinFilament.c": 5.814,
    "CrossBridge.f": 0.001119,
    "CrossBridge.g": 0.002383,
    "CalciumEntry.J_lk": 7.529e-05,
    "SERCA.K_s": 1163.0,
    "ThinFilament.n_T": 1,
    "AMPDeaminase.V_AMPD": 0.05,
    "Glycolysis.V_gly": 1.0,
    "Mitochondria.g_0": 0.00988716653,
    "Mitochondria.y_0": 0.0276050795,
    "Glycolysis.J_0": 1.7700715e-06,
    "Mitochondria.G_sh": 414.16876,
}

_TRICEPS_SURAE: Mapping[str, float] = {
    "TroponinC.T_tot": 120.0,
    "SERCA.E_tot": 30.0,
    "Reticulum.Q_tot": 52520.0,
    "Release.P_m": 237.9,
    "Release.epsilon": 7.771e-05,
    "SERCA.k_2": 0.01335,
    "SERCA.K_c": 1.206,
    "Reticulum.k_pl": 3.697e-06,
    "TroponinC.k_CT": 0.0599,
    "TroponinC.k_minus_CT": 0.1221,
    "ThinFilament.k_on": 0.0009267,
    "ThinFilament.k_off": 0.007131,
    "ThinFilament.c": 6.46,
    "CrossBridge.f": 0.00277,
    "CrossBridge.g": 0.007795,
    "CalciumEntry.J_lk": 7.358e-05,
    "SERCA.K_s": 1482.0,
    "ThinFilament.n_T": 1,
    "Mitochondria.g_0": 0.0113578499,
    "Mitochondria.y_0": 0.0317284558,
    "Glycolysis.J_0": 4.79303872e-06,
    "Mitochondria.G_sh": 487.257588,
}


def _human(name: str, description: str, own: Mapping[str, float], phosphate: float) -> Model:
    return Model(
        name=name,
        description=description,
        mechanisms=CALCIUM_AND_FORCE + ENERGY + MEMBRANE,
        places=places,
        anchors=(
            free_magnesium(0.557, "Ryschon1996", "R", spread=0.097, spread_is="SD"),
            resting_ATP(8.2, "Slade2006", "R"),
            *pools(37.43, phosphate),
            *charges(172.111697, 0.42452211, 8.89012970),
        ),
        guess=rests()[name],
        preset={**_HUMAN, **own},
        cytosol=CYTOSOL,
    )


def human_fast() -> Model:
    """Take a fast human fibre at 37 °C.

    Fitted to twitch and force-frequency of fast human muscle in the body, the calcium sensitivity of skinned fibres
    and what pumping costs.
    """
    return _human("human_fast", "fast human fibre", _FAST, 35.25106910)


def human_slow() -> Model:
    """Take a slow human fibre at 37 °C, with one regulatory site on its troponin."""
    return _human("human_slow", "slow human fibre", _SLOW, 35.25860224)


def human_triceps_surae() -> Model:
    """Take the mean fibre of the human calf at 37 °C: one for a mixed muscle.

    Most of its fibres are slow, and so is its troponin. Fitted as `human_fast` is.
    """
    return _human(
        "human_triceps_surae", "mean fibre of the human triceps surae", _TRICEPS_SURAE, 35.25080172
    )
