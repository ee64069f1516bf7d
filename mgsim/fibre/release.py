"""Release of calcium: the voltage sensor and RyR1, held shut by magnesium."""

from mgsim.fibre.geometry import Geometry
from mgsim.language.declaration import define, output, parameter, rate, shared, state, transport
from mgsim.language.expression import exp
from mgsim.language.mechanism import Mechanism


class Release(Mechanism):
    """Four voltage sensors take hold of a RyR1 and open it by loosening Mg2+ from its activation site.

    One population of channels, two ways to open. At rest Ca2+ has to displace Mg2+ from the activation
    site: that is the leak, and calcium-induced release. A moved sensor takes the Mg2+ off. The inhibition
    site binds Ca2+ or Mg2+ and knows nothing of the sensor. ATP is needed at two sites. Slow inactivation
    by junctional Ca2+ shortens the later releases of a train. Luminal control and calmodulin are left out.
    """

    V_h = parameter(-28.0, "mV", "sensor midpoint",
        source="MgsimFit", evidence="F", note="mechanical threshold, region of P46")
    K_v = parameter(8.0, "mV", "sensor steepness",
        source="MgsimFit", evidence="F", note="region of P46, four sensors")
    A_div = parameter(3.6, "mV", "screening of the sensor by divalents outside",
        source="Costantin1968", evidence="R", note="8.4 mV per decade, P47")
    k_m = parameter(0.4086, "ms⁻¹", "sensor rate at its midpoint",
        source="MgsimFit", evidence="F", q10=2.2, at="16 °C", note="T5")
    k_po = parameter(0.7547, "ms⁻¹", "RyR1 opening, four sensors moved",
        source="MgsimFit", evidence="F", q10=2.9, at="16 °C", note="T5; Q10 from the Ca²⁺ transient at 28 °C")
    k_pc = parameter(2.207, "ms⁻¹", "RyR1 closing",
        source="MgsimFit", evidence="F", q10=1.3, at="16 °C", note="width in T5; Q10 from the Ca²⁺ transient at 28 °C")
    P_m = parameter(385.0, "ms⁻¹", "release permeability, per cisternal volume",
        source="MgsimFit", evidence="F", q10=1.35, at="16 °C", note="T1, T5; Q10 from the Ca²⁺ transient at 28 °C")
    K_ACa = parameter(0.29, "µM", "Ca²⁺ at the activation site", source="Balog2001", evidence="R", spread=0.02)
    K_AMg = parameter(21.6, "µM", "Mg²⁺ at the activation site, sensor at rest",
        source="Balog2001", evidence="R", spread=1.7)
    K_ICa = parameter(293.0, "µM", "Ca²⁺ at the inhibition site", source="Balog2001", evidence="R", spread=24.0)
    K_IMg = parameter(299.0, "µM", "Mg²⁺ at the inhibition site", source="Balog2001", evidence="R", spread=25.0)
    phi = parameter(1000.0, "1", "loosening of Mg²⁺ at the activation site by a moved sensor",
        source="MgsimFit", evidence="F", note="T27, T29")
    epsilon = parameter(0.00165, "1", "open weight of a channel that no sensor holds",
        source="MgsimFit", evidence="F", note="T22, normal fibre")
    K_T1 = parameter(19.0, "µM", "first ATP site", source="Jona2001", evidence="R")
    K_T2 = parameter(30.0, "µM", "second ATP site",
        source="MgsimFit", evidence="F",
        note="T29; P41 gives 350, with which release would fall by 26 % at 1 mM ATP instead of 10 %")
    k_in = parameter(0.02394, "µM⁻¹ ms⁻¹", "slow inactivation by junctional Ca²⁺",
        source="MgsimFit", evidence="F", q10=2.0, at="16 °C", note="T5b")
    K_in = parameter(24.49, "µM", "its half-saturation", source="MgsimFit", evidence="F", note="T5b, T29")
    n_in = parameter(2, "1", "Ca²⁺ that have to bind for it",
        source="MgsimDesign", evidence="D", structural=True,
        note="with one, what is left of Ca²⁺ between stimuli keeps channels shut, against T7")
    k_rec = parameter(0.007, "ms⁻¹", "recovery from inactivation",
        source="BaylorHollingworth2007", evidence="R", q10=2.8, at="16 °C", note="T7")

    V = shared("mV", "tubular membrane potential", at="tubule")
    screening = shared("1", "log of divalent screening against the reference", at="")
    Ca_J = shared("µM", "junctional free Ca²⁺", species="Ca", at="junction", scale=0.1)
    Mg_J = shared("µM", "junctional free Mg²⁺", species="Mg", at="junction", scale=100.0)
    ATP_J = shared("µM", "junctional Mg-free ATP", species="ATP", at="junction", scale=100.0)
    MgATP_J = shared("µM", "junctional MgATP", species="MgATP", at="junction", scale=1000.0)
    CaATP_J = shared("µM", "junctional CaATP", species="CaATP", at="junction", scale=1.0)
    CaSR_T = shared("µM", "free Ca²⁺ of the terminal cisternae", species="CaSR", at="terminal", scale=100.0)

    m = state("1", "one of four sensors moved", scale=0.1)
    p = state("1", "channels held open by four moved sensors", scale=0.1)
    h = state("1", "channels not inactivated", initial=0.93)

    e = define(exp((V - A_div * screening - V_h) / (2.0 * K_v)))
    dm_dt = rate(m, k_m * (e * (1.0 - m) - m / e))
    dp_dt = rate(p, k_po * m**4 * (1.0 - p) - k_pc * p)
    dh_dt = rate(h, k_rec * (1.0 - h) - k_in * K_in * (Ca_J / K_in) ** n_in / (1.0 + (Ca_J / K_in) ** n_in) * h)

    A_rest = define(
        Ca_J / K_ACa / (1.0 + Ca_J / K_ACa + Mg_J / K_AMg), "1", "activation site, sensor at rest"
    )
    A_sens = define(1.0 / (1.0 + Mg_J / (phi * K_AMg)), "1", "activation site, sensor moved")
    B = define(1.0 / (1.0 + Ca_J / K_ICa + Mg_J / K_IMg), "1", "inhibition site empty")
    ATP_t = define(ATP_J + MgATP_J + CaATP_J, "µM", "junctional ATP")
    G = define(ATP_t / (ATP_t + K_T1) * ATP_t / (ATP_t + K_T2), "1", "both ATP sites filled")
    O = define(h * B * G * (p * A_sens + (1.0 - p) * epsilon * A_rest), "1", "open share")

    flow = transport("CaSR_T → Ca_J", Geometry.v_TC * P_m * O * (CaSR_T - Ca_J))
    J_rel = output(flow, "µM/ms", "Ca²⁺ release flux, per myoplasmic water")
    P_open = output(O, "1", "open share of RyR1")
