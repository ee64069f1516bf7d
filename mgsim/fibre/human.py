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

# What all human fibres share: body temperature, plasma, a thicker fibre, the mixed muscle's energy metabolism, and
# thin filaments so long that force is highest at 2.6 to 2.8 µm.
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
    "Sarcomere.thin": 1.32,
    "Sarcomere.length": 2.72,
    "Sarcomere.L_0": 2.72,
    "Sarcomere.slack": 2.5,
}

_FAST: Mapping[str, float] = {
    "FastTroponinC.T_tot": 100.0,
    "SERCA.E_tot": 60.0,
    "Reticulum.Q_tot": 6.631e+04,
    "Release.P_m": 19.22,
    "Release.epsilon": 0.0006993,
    "SERCA.k_2": 0.006775,
    "SERCA.K_c": 1.446,
    "Reticulum.k_pl": 4.863e-06,
    "ThinFilament.k_on": 0.009539,
    "ThinFilament.k_off": 0.01536,
    "ThinFilament.c": 1.715,
    "ThinFilament.c_b": 6.375,
    "CrossBridge.f": 0.001991,
    "CrossBridge.g": 0.009841,
    "CrossBridge.k_minus_p": 1.2e-06,
    "CalciumEntry.J_lk": 6.916e-05,
    "SERCA.K_s": 1516,
    "ThinFilament.n_T": 1,
    "Mitochondria.g_0": 0.00608212872801,
    "Mitochondria.y_0": 0.016945239772,
    "Glycolysis.J_0": 3.58940490932e-06,
    "Mitochondria.G_sh": 298.437787845,
    "FastTroponinC.k_2": 0.08396,
    "FastTroponinC.k_minus_2": 0.01816,
}

_SLOW: Mapping[str, float] = {
    "SlowTroponinC.T_tot": 120.0,
    "SERCA.E_tot": 30.0,
    "Reticulum.Q_tot": 4.281e+04,
    "Release.P_m": 12.6,
    "Release.epsilon": 0.0009026,
    "SERCA.k_2": 0.003985,
    "SERCA.K_c": 1.151,
    "Reticulum.k_pl": 4.443e-06,
    "SlowTroponinC.k_CT": 0.05486,
    "SlowTroponinC.k_minus_CT": 0.188,
    "ThinFilament.k_on": 0.002318,
    "ThinFilament.k_off": 0.007166,
    "ThinFilament.c": 2.801,
    "ThinFilament.c_b": 8.126,
    "ThinFilament.gain": 0.0,
    "CrossBridge.f": 0.000654,
    "CrossBridge.g": 0.004216,
    "CrossBridge.k_minus_p": 5e-07,
    "CalciumEntry.J_lk": 7.367e-05,
    "SERCA.K_s": 1478,
    "ThinFilament.n_T": 1,
    "AMPDeaminase.V_AMPD": 0.05,
    "Glycolysis.V_gly": 1.0,
    "Mitochondria.g_0": 0.00707930863539,
    "Mitochondria.y_0": 0.0197372284763,
    "Glycolysis.J_0": 2.0729155707e-06,
    "Mitochondria.G_sh": 322.004801005,
}

_TRICEPS_SURAE: Mapping[str, float] = {
    "SlowTroponinC.T_tot": 120.0,
    "SERCA.E_tot": 30.0,
    "Reticulum.Q_tot": 5.236e+04,
    "Release.P_m": 41.34,
    "Release.epsilon": 0.0003076,
    "SERCA.k_2": 0.01717,
    "SERCA.K_c": 1.137,
    "Reticulum.k_pl": 4.501e-06,
    "SlowTroponinC.k_CT": 0.07193,
    "SlowTroponinC.k_minus_CT": 0.1455,
    "ThinFilament.k_on": 0.0008913,
    "ThinFilament.k_off": 0.007444,
    "ThinFilament.c": 3.826,
    "ThinFilament.c_b": 10.68,
    "CrossBridge.f": 0.002492,
    "CrossBridge.g": 0.0125,
    "CrossBridge.k_minus_p": 1e-06,
    "CalciumEntry.J_lk": 7.213e-05,
    "SERCA.K_s": 1467,
    "ThinFilament.n_T": 1,
    "Mitochondria.g_0": 0.00906985667237,
    "Mitochondria.y_0": 0.0253141817525,
    "Glycolysis.J_0": 5.21613957172e-06,
    "Mitochondria.G_sh": 382.307059475,
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
    return _human("human_fast", "fast human fibre", _FAST, 35.25095121, FAST)


def human_slow() -> Model:
    """Take a slow human fibre at 37 °C, with one regulatory site on its troponin."""
    return _human("human_slow", "slow human fibre", _SLOW, 35.25853811)


def human_triceps_surae() -> Model:
    """Take the mean fibre of the human calf at 37 °C: one for a mixed muscle.

    Most of its fibres are slow, and so is its troponin. Fitted as `human_fast` is.
    """
    return _human(
        "human_triceps_surae", "mean fibre of the human triceps surae", _TRICEPS_SURAE, 35.25079521
    )
