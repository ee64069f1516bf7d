"""The waters outside the membranes: tubular lumen, interstitium and blood, and the access between them."""

from mgsim.fibre.geometry import Geometry, L_i, lumen
from mgsim.fibre.geometry import interstitium as interstitial_water
from mgsim.language.declaration import TEMPERATURE as T
from mgsim.language.declaration import define, parameter, shared, transport
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Milieu, Physics


class TubularAccess(Mechanism):
    """One geometry for diffusion and for electrical access.

    Ions carry the access current by transport number. The lumen is one well-mixed water. Its K+ rises by half a
    millimolar with each action potential and leaves with a time constant of 80 ms.
    """

    sig = parameter(0.32, "1", "network and tortuosity", source="CannonLab2024", evidence="K")
    R_m = parameter(5.0, "ohm cm²", "tubule mouths",
        source="MgsimDesign", evidence="D", note="total 16 against 40 and 150 in published models")
    D_Na = parameter(1.33e-5, "cm²/s", "diffusion of Na⁺",
        source="Vanysek2012", evidence="K", q10=1.3, at="25 °C")
    D_K = parameter(1.96e-5, "cm²/s", "diffusion of K⁺",
        source="Vanysek2012", evidence="K", q10=1.3, at="25 °C")
    D_Cl = parameter(2.03e-5, "cm²/s", "diffusion of Cl⁻",
        source="Vanysek2012", evidence="K", q10=1.3, at="25 °C")

    V_s = shared("mV", "sarcolemmal potential", species="V", at="sarcolemma")
    V_t = shared("mV", "tubular potential", species="V", at="tubule")
    q_s = shared("µM", "charge of the sarcolemma", species="q", at="sarcolemma", scale=1.0, initial=-1.19)
    q_t = shared("µM", "charge of the tubular wall", species="q", at="tubule", scale=1.0, initial=-4.13)
    Na_t = shared("µM", "tubular Na⁺", species="Na", at="lumen", scale=1000.0, initial=147000.0)
    K_t = shared("µM", "tubular K⁺", species="K", at="lumen", scale=100.0, initial=4000.0)
    Cl_t = shared("µM", "tubular Cl⁻", species="Cl", at="lumen", scale=1000.0, initial=128000.0)
    Na_e = shared("µM", "interstitial Na⁺", species="Na", at="interstitium", scale=1000.0, initial=147000.0)
    K_e = shared("µM", "interstitial K⁺", species="K", at="interstitium", scale=100.0, initial=4000.0)
    Cl_e = shared("µM", "interstitial Cl⁻", species="Cl", at="interstitium", scale=1000.0, initial=128000.0)

    S = define(8.0 * sig / Geometry.r**2, "cm⁻²", "mean of a uniformly loaded cylinder")
    L_t = define(lumen.volume * L_i, "cm", "tubular water per sarcolemmal surface")
    carriers = define(D_Na * Na_t + D_K * K_t + D_Cl * Cl_t)
    R_lum = define(
        Physics.R * T / Physics.F / (Physics.F * L_t * S * carriers), "ohm cm²", "resistance of the lumen"
    )
    I_acc = define((V_s - V_t) / (R_lum + R_m), "µA/cm²", "access current")
    w = define(
        (S * (D_Na * (Na_e - Na_t) + D_K * (K_e - K_t) - D_Cl * (Cl_e - Cl_t)) + I_acc / (Physics.F * L_t))
        / (S * carriers),
        "1",
        "drift that all ions share",
    )
    J_Na = transport("Na_e + q_t ⇌ Na_t + q_s", lumen.volume * S * D_Na * (Na_e - Na_t - Na_t * w))
    J_K = transport("K_e + q_t ⇌ K_t + q_s", lumen.volume * S * D_K * (K_e - K_t - K_t * w))
    J_Cl = transport("Cl_e + q_s ⇌ Cl_t + q_t", lumen.volume * S * D_Cl * (Cl_e - Cl_t + Cl_t * w))


class Interstitium(Mechanism):
    """Electroneutral exchange of the interstitial water with blood or bath.

    Whatever cation goes takes chloride along, so that no charge is made. A superfused single fibre is this
    with Na, K and Cl of the interstitium clamped.
    """

    tau_b = parameter(30.0, "s", "exchange with blood",
        source="FrokjaerJensen1982", evidence="C",
        note="22 to 84 s: 4 to 13e-5 cm/s for K⁺ on 55 to 70 cm² of capillaries per gram, in f_e")

    Na_e = shared("µM", "interstitial Na⁺", species="Na", at="interstitium", scale=1000.0)
    K_e = shared("µM", "interstitial K⁺", species="K", at="interstitium", scale=100.0)
    Cl_e = shared("µM", "interstitial Cl⁻", species="Cl", at="interstitium", scale=1000.0)
    w_b = define(
        ((Milieu.Na_b - Na_e) + (Milieu.K_b - K_e) - (Milieu.Cl_b - Cl_e)) / (Na_e + K_e + Cl_e),
        "1",
        "drift that all ions share",
    )
    water = interstitial_water.volume
    with_Na = transport("⇌ Na_e + Cl_e", water * (Milieu.Na_b - Na_e - Na_e * w_b) / tau_b)
    with_K = transport("⇌ K_e + Cl_e", water * (Milieu.K_b - K_e - K_e * w_b) / tau_b)
