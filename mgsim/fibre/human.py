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
    CYTOSOL,
    ENERGY,
    FAST,
    MEMBRANE,
    SLOW,
    charges,
    free_magnesium,
    pools,
    resting_ATP,
    rests,
)
from mgsim.language.mechanism import Placed
from mgsim.language.model import Model

# What all human fibres share: body temperature, plasma, a thicker fibre, the mixed muscle's energy metabolism.
# Human muscle has 308 pmol/g of Na/K pumps (Kjeldsen1990), which turn over 8000 times a minute at most (M): 2.5 µmol
# ATP/(g min), a third of what the leaks of the mouse fibre would ask for. Its K⁺ and Na⁺ leaks are a third, too.
# The last four lines of each preset below close its resting balance of energy.
_HUMAN: Mapping[str, float] = {
    "T": 310.15,
    "Geometry.r": 30.0,
    "Milieu.Na_b": 140.0,
    "Milieu.K_b": 4.2,
    "Milieu.Cl_b": 104.0,
    "Milieu.Ca_o": 1.2,
    "SurfaceCharge.Ca_ref": 1.2,
    "SodiumChannel.P_Na": 1.925e-4,
    "InwardRectifier.P_Kir": 0.25e-6,
    "PotassiumBackground.P_Kb": 0.4e-7,
    "SodiumPump.I_pmax": 1.13902,
    "SodiumLeak.P_Nal": 3.3225e-9,
    "Release.k_rec": 3.59e-3,
    "AMPDeaminase.V_AMPD": 0.2,
    "AMPDeaminase.K_AMP": 0.1,
    "Glycolysis.V_gly": 3.0,
    "Mitochondria.V_ox": 1.0,
}

_FAST: Mapping[str, float] = {
    "FastTroponinC.T_tot": 100.0,
    "SERCA.E_tot": 60.0,
    "Reticulum.Q_tot": 6.617e+04,
    "Release.P_m": 17.13,
    "Release.epsilon": 0.0008149,
    "SERCA.k_2": 0.007221,
    "SERCA.K_c": 1.321,
    "Reticulum.k_pl": 5.069e-06,
    "ThinFilament.k_on": 0.007122,
    "ThinFilament.k_off": 0.01646,
    "ThinFilament.c": 1.709,
    "ThinFilament.c_b": 6.374,
    "CrossBridge.f": 0.002582,
    "CrossBridge.g": 0.01013,
    "CalciumEntry.J_lk": 6.76e-05,
    "SERCA.K_s": 1544,
    "ThinFilament.n_T": 1,
    "Mitochondria.g_0": 0.00622209550011,
    "Mitochondria.y_0": 0.0173370367912,
    "Glycolysis.J_0": 3.63019971425e-06,
    "Mitochondria.G_sh": 301.534423438,
    "FastTroponinC.k_2": 0.1457,
    "FastTroponinC.k_minus_2": 0.01901,
}

_SLOW: Mapping[str, float] = {
    "TroponinC.T_tot": 120.0,
    "SERCA.E_tot": 30.0,
    "Reticulum.Q_tot": 4.281e+04,
    "Release.P_m": 9.433,
    "Release.epsilon": 0.001198,
    "SERCA.k_2": 0.00369,
    "SERCA.K_c": 1.121,
    "Reticulum.k_pl": 4.365e-06,
    "TroponinC.k_CT": 0.06982,
    "TroponinC.k_minus_CT": 0.1646,
    "ThinFilament.k_on": 0.001831,
    "ThinFilament.k_off": 0.005519,
    "ThinFilament.c": 2.596,
    "ThinFilament.c_b": 8.378,
    "ThinFilament.gain": 0.0,
    "CrossBridge.f": 0.0009698,
    "CrossBridge.g": 0.00404,
    "CalciumEntry.J_lk": 7.416e-05,
    "SERCA.K_s": 1469,
    "ThinFilament.n_T": 1,
    "AMPDeaminase.V_AMPD": 0.05,
    "Glycolysis.V_gly": 1.0,
    "Mitochondria.g_0": 0.00719675599756,
    "Mitochondria.y_0": 0.0200661610969,
    "Glycolysis.J_0": 2.20634434054e-06,
    "Mitochondria.G_sh": 325.028692254,
}

_TRICEPS_SURAE: Mapping[str, float] = {
    "TroponinC.T_tot": 120.0,
    "SERCA.E_tot": 30.0,
    "Reticulum.Q_tot": 5.236e+04,
    "Release.P_m": 23.56,
    "Release.epsilon": 0.0005115,
    "SERCA.k_2": 0.01929,
    "SERCA.K_c": 1.203,
    "Reticulum.k_pl": 4.092e-06,
    "TroponinC.k_CT": 0.09966,
    "TroponinC.k_minus_CT": 0.1268,
    "ThinFilament.k_on": 0.001262,
    "ThinFilament.k_off": 0.009341,
    "ThinFilament.c": 3.374,
    "ThinFilament.c_b": 9.317,
    "CrossBridge.f": 0.002983,
    "CrossBridge.g": 0.01262,
    "CalciumEntry.J_lk": 7.447e-05,
    "SERCA.K_s": 1461,
    "ThinFilament.n_T": 1,
    "Mitochondria.g_0": 0.0104891547891,
    "Mitochondria.y_0": 0.0292927298125,
    "Glycolysis.J_0": 5.97494475037e-06,
    "Mitochondria.G_sh": 441.259536096,
}


def _human(
    name: str, description: str, own: Mapping[str, float], phosphate: float, parts: tuple[Placed, ...] = SLOW
) -> Model:
    return Model(
        name=name,
        description=description,
        mechanisms=parts + ENERGY + MEMBRANE,
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
    return _human("human_fast", "fast human fibre", _FAST, 35.25094927, FAST)


def human_slow() -> Model:
    """Take a slow human fibre at 37 °C, with one regulatory site on its troponin."""
    return _human("human_slow", "slow human fibre", _SLOW, 35.25851026)


def human_triceps_surae() -> Model:
    """Take the mean fibre of the human calf at 37 °C: one for a mixed muscle.

    Most of its fibres are slow, and so is its troponin. Fitted as `human_fast` is.
    """
    return _human(
        "human_triceps_surae", "mean fibre of the human triceps surae", _TRICEPS_SURAE, 35.25070301
    )
