"""The potassium channels: delayed rectifier, inward rectifier, background."""

from mgsim.fibre.geometry import L_i
from mgsim.language.declaration import TEMPERATURE as T
from mgsim.language.declaration import define, parameter, rate, shared, slot, state, transport
from mgsim.language.expression import exp, linoid, log
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Physics


class DelayedRectifier(Mechanism):
    """Repolarises the action potential; inactivates slowly."""

    P_Kdr = parameter(1.0e-4, "cm/s", "permeability",
        source="MgsimFit", evidence="F", q10=1.4, at="25 °C",
        note="width of the action potential, 125 Hz; 1.2e-5 in the Cannon-lab model")
    eta = parameter(0.40, "1", "density in the tubule against the sarcolemma",
        source="CannonLab2024", evidence="K")
    an = parameter(0.0262, "ms⁻¹ mV⁻¹", "activation, opening",
        source="CannonLab2024", evidence="K", q10=2.5, at="22 °C")
    Vn = parameter(-40.0, "mV", "its midpoint", source="CannonLab2024", evidence="K")
    kan = parameter(7.0, "mV", "its steepness", source="CannonLab2024", evidence="K")
    bn = parameter(0.134, "ms⁻¹", "activation, closing",
        source="CannonLab2024", evidence="K", q10=2.5, at="22 °C")
    kbn = parameter(40.0, "mV", "its steepness", source="CannonLab2024", evidence="K")
    Vhk = parameter(-40.0, "mV", "slow inactivation midpoint", source="CannonLab2024", evidence="K")
    khk = parameter(7.5, "mV", "its steepness", source="CannonLab2024", evidence="K")
    tau_k = parameter(315.0, "ms", "its time constant",
        source="CannonLab2024", evidence="K", q10=0.4, at="22 °C")

    area = slot("1", "wall per sarcolemmal surface")
    density = slot("1", "channels against the sarcolemma")
    V = shared("mV", "membrane potential")
    dV_div = shared("mV", "shift of the gates by divalents outside", at="")
    q = shared("µM", "charge", scale=1.0)
    K_i = shared("µM", "cell K⁺", species="K", at="inside", scale=1000.0, initial=150000.0)
    K_o = shared("µM", "K⁺ outside", species="K", at="outside", scale=100.0, initial=4000.0)
    n = state("1", "activation", initial=0.004, scale=1.0)
    k = state("1", "slow inactivation removed", initial=0.998)

    v = define(V - dV_div, "mV", "what the gates feel")
    alpha_n = define(an * kan * linoid((v - Vn) / kan), "ms⁻¹")
    beta_n = define(bn * exp(-(v - Vn) / kbn), "ms⁻¹")
    dn_dt = rate(n, alpha_n * (1.0 - n) - beta_n * n)
    dk_dt = rate(k, (1.0 / (1.0 + exp((v - Vhk) / khk)) - k) / tau_k)
    u = define(V * Physics.F / (Physics.R * T), "1", "membrane potential over RT/F")
    driving = define(linoid(u) * (K_i - K_o * exp(-u)), "µM", "constant-field driving concentration")
    current = transport("K_i + q ⇌ K_o", area * density * P_Kdr * n**4 * k * driving / L_i)


class InwardRectifier(Mechanism):
    """Kir2.1: open near and below the K+ equilibrium potential; holds the rest and clears tubular K+."""

    P_Kir = parameter(0.75e-6, "cm/s", "permeability",
        source="MgsimFit", evidence="F", q10=1.4, at="25 °C", note="total K⁺ conductance 0.14 mS/cm²")
    eta = parameter(1.0, "1", "density in the tubule against the sarcolemma",
        source="DiFranco2015Kir", evidence="R")
    dVir = parameter(15.0, "mV", "its midpoint against the K⁺ equilibrium",
        source="MgsimFit", evidence="F", note="no paradoxical depolarisation above 1.5 mM K⁺ outside")
    k_ir = parameter(12.0, "mV", "its steepness", source="CannonLab2024", evidence="K")

    area = slot("1", "wall per sarcolemmal surface")
    density = slot("1", "channels against the sarcolemma")
    V = shared("mV", "membrane potential")
    q = shared("µM", "charge", scale=1.0)
    K_i = shared("µM", "cell K⁺", species="K", at="inside", scale=1000.0)
    K_o = shared("µM", "K⁺ outside", species="K", at="outside", scale=100.0)
    E_K = define(Physics.R * T / Physics.F * log(K_o / K_i), "mV", "K⁺ equilibrium potential")
    u = define(V * Physics.F / (Physics.R * T), "1", "membrane potential over RT/F")
    open_share = define(1.0 / (1.0 + exp((V - E_K - dVir) / k_ir)))
    current = transport(
        "K_i + q ⇌ K_o", area * density * P_Kir * open_share * linoid(u) * (K_i - K_o * exp(-u)) / L_i
    )


class PotassiumBackground(Mechanism):
    """A K+ permeability that no voltage changes."""

    P_Kb = parameter(1.2e-7, "cm/s", "permeability",
        source="MgsimFit", evidence="F", q10=1.4, at="25 °C", note="with the inward rectifier")
    area = slot("1", "wall per sarcolemmal surface")
    V = shared("mV", "membrane potential")
    q = shared("µM", "charge", scale=1.0)
    K_i = shared("µM", "cell K⁺", species="K", at="inside", scale=1000.0)
    K_o = shared("µM", "K⁺ outside", species="K", at="outside", scale=100.0)
    u = define(V * Physics.F / (Physics.R * T), "1", "membrane potential over RT/F")
    current = transport("K_i + q ⇌ K_o", area * P_Kb * linoid(u) * (K_i - K_o * exp(-u)) / L_i)
