"""The Na/K pump, paid in MgATP."""

from mgsim.fibre.geometry import L_i
from mgsim.language.declaration import TEMPERATURE as T
from mgsim.language.declaration import define, output, parameter, rate, shared, slot, state, transport
from mgsim.language.expression import exp
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Physics


class SodiumPump(Mechanism):
    """Three Na+ out and two K+ in for each MgATP, one charge out.

    The low-affinity isoform serves the tubule. There is no back-pressure of ADP and phosphate: near zero
    MgATP it simply stops. Pumps become stimulated, which raises their affinity for Na+ inside: by action potentials,
    whether or not Na+ enters, and by catecholamines. What senses an action potential is not known; here it is the
    time that the pump's own wall spends depolarised.
    """

    I_pmax = parameter(7.71806, "µA/cm²", "largest pump current",
        source="MgsimFit", evidence="F", q10=2.1, at="25 °C",
        note="closes the K⁺ balance of the rest at -86 mV; the reserve comes out 24-fold against 20 measured")
    dens = parameter(1.0, "1", "pump density against normal",
        source="MgsimDesign", evidence="D", note="falls in K⁺ and Mg²⁺ deficiency: T63, T65")
    K_Na = parameter(13.0, "mM", "Na⁺ inside (cubed)", source="Noble2019", evidence="K")
    K_Na_s = parameter(8.3, "mM", "Na⁺ inside (cubed), stimulated pump",
        source="Buchanan2002", evidence="C",
        note="a β₂-agonist doubles uptake of Rb⁺; without phospholemman affinity is nearly twofold, Crambert2002")
    k_s = parameter(0.0074, "ms⁻¹", "stimulation of pumps while their wall is depolarised",
        source="Buchanan2002", evidence="C", q10=2.0, at="30 °C",
        note="after 60 and 600 action potentials uptake is 22 and 86 % higher with no more Na⁺ inside")
    V_dep = parameter(-20.0, "mV", "depolarisation that counts", source="MgsimDesign", evidence="D")
    k_dep = parameter(3.0, "mV", "its steepness", source="MgsimDesign", evidence="D")
    k_beta = parameter(0.0, "ms⁻¹", "stimulation by catecholamines",
        source="MgsimDesign", evidence="D", note="none in a bath; 1e-4 stimulates 98 % of the pumps")
    tau_s = parameter(600.0, "s", "end of stimulation",
        source="NielsenClausen1997", evidence="M", note="after work Na⁺ leaves for 10 min and stays low for up to 30")
    K_K1 = parameter(1.0, "mM", "K⁺ outside, sarcolemma (squared)", source="Noble2019", evidence="K")
    K_K2 = parameter(1.78, "mM", "K⁺ outside, tubule (squared)",
        source="DiFranco2015Pump", evidence="R", spread=0.124, note="half at 4.3 ± 0.3 mM, by √2 - 1")
    K_A = parameter(0.15, "mM", "MgATP", source="Textbook", evidence="M")
    Na_e0 = parameter(67.3, "mM", "Na⁺ outside in the voltage dependence", source="Shorten2007", evidence="K")
    a_weak = parameter(0.12, "1", "voltage dependence, shallow part", source="Shorten2007", evidence="K")
    d_weak = parameter(0.1, "1", "its share of the membrane field", source="Shorten2007", evidence="K")
    a_steep = parameter(0.04, "1", "voltage dependence, steep part", source="Shorten2007", evidence="K")
    n_e0 = parameter(7.0, "1", "scale of its rise with Na⁺ outside", source="Shorten2007", evidence="K")

    area = slot("1", "wall per sarcolemmal surface")
    K_K = slot("mM", "K⁺ outside at half-saturation (squared)", default=K_K1)
    V = shared("mV", "membrane potential")
    q = shared("µM", "charge", scale=1.0)
    Na_i = shared("µM", "cell Na⁺", species="Na", at="inside", scale=1000.0)
    Na_o = shared("µM", "Na⁺ outside", species="Na", at="outside", scale=1000.0)
    K_i = shared("µM", "cell K⁺", species="K", at="inside", scale=1000.0)
    K_o = shared("µM", "K⁺ outside", species="K", at="outside", scale=100.0)
    MgATP = shared("µM", "MgATP", at="bulk", scale=1000.0)
    MgADP = shared("µM", "MgADP", at="bulk", scale=1.0)
    Pi = shared("µM", "Mg-free phosphate", at="bulk", scale=100.0)
    HT = shared("µM", "protons bound above the reference species", at="bulk", scale=1000.0)

    u = define(V * Physics.F / (Physics.R * T), "1", "membrane potential over RT/F")
    stimulated = state("1", "share of pumps that are stimulated", scale=0.1)
    depolarised = define(1.0 / (1.0 + exp(-(V - V_dep) / k_dep)))
    dstimulated_dt = rate(
        stimulated, (k_s * depolarised + k_beta) * (1.0 - stimulated) - stimulated / tau_s
    )
    by_Na = define(
        (1.0 - stimulated) * (1.0 + K_Na / Na_i) ** -3 + stimulated * (1.0 + K_Na_s / Na_i) ** -3,
        "1",
        "Na⁺ sites filled",
    )
    sigma = define((exp(Na_o / Na_e0) - 1.0) / n_e0)
    fV = define(
        1.0 / (1.0 + a_weak * exp(-d_weak * u) + a_steep * sigma * exp(-u)), "1", "voltage dependence"
    )
    I_p = define(
        I_pmax * dens * fV * (1.0 + K_K / K_o) ** -2 * by_Na * MgATP / (MgATP + K_A),
        "µA/cm²",
        "pump current, net outward",
    )
    cycle = transport(
        "3 Na_i + 2 K_o + MgATP + q → 3 Na_o + 2 K_i + MgADP + Pi + HT", area * I_p / (Physics.F * L_i)
    )
    J_ATP_NaK = output(cycle, "µM/ms", "ATP split by the Na/K pump")
