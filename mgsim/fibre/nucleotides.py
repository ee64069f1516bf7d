"""Magnesium on adenine nucleotides, phosphocreatine and phosphate, at the cell's pH and temperature."""

from mgsim.language.declaration import define, parameter, reaction, shared, state
from mgsim.language.mechanism import Mechanism


class ATPBinding(Mechanism):
    """Mg2+ and Ca2+ compete for ATP; the constant of Mg2+ follows pH and temperature.

    Mg2+ leaves ATP at 150 per second, more slowly than a Ca2+ transient rises, so this is no equilibrium. The
    Mg-free pool is what buffers Ca2+: it grows when Mg2+ falls.
    """

    k_CA = parameter(0.122, "µM⁻¹ ms⁻¹", "Ca²⁺ on Mg-free ATP",
        source="PapeTable", evidence="C", q10=1.4, at="16 °C",
        note="apparent 0.0136 at 1 mM Mg²⁺, and Golding's 125 µM for Mg²⁺ at 16 °C; 0.15 in P21 goes with 100 µM")
    k_minus_CA = parameter(30.0, "ms⁻¹", "Ca²⁺ off ATP",
        source="Shorten2007", evidence="K", q10=1.4, at="16 °C")
    k_off = parameter(150.0, "1/s", "Mg²⁺ off ATP", source="Shorten2007", evidence="K", q10=1.5, at="20 °C")

    k_MgATP = shared("1/M", "apparent constant of MgATP", at="")
    Ca = shared("µM", "free Ca²⁺", scale=0.1)
    Mg = shared("µM", "free Mg²⁺", scale=100.0)
    ATP = shared("µM", "Mg-free ATP", scale=100.0)
    CaATP = shared("µM", "CaATP", scale=1.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)

    bind_Ca = reaction("Ca + ATP ⇌ CaATP", k_CA * Ca * ATP - k_minus_CA * CaATP)
    bind_Mg = reaction("Mg + ATP ⇌ MgATP", k_off * (k_MgATP * Mg * ATP - MgATP))


class PhosphateBinding(Mechanism):
    """Mg2+ on ADP, AMP, IMP, phosphocreatine, phosphate and the cell's proteins: weak, fast sites.

    Bare names are without Mg2+, in all states of protonation; names with Mg are with it. The off-rate is any fast
    one. Parvalbumin and troponin have their own mechanisms and are not counted again among the proteins.
    """

    k_off = parameter(1000.0, "1/s", "Mg²⁺ off weak sites",
        source="MgsimDesign", evidence="D", note="any rate above 300 per second gives the same result")
    k_off_X = parameter(500.0, "1/s", "Mg²⁺ off proteins", source="MgsimDesign", evidence="D")
    X_tot = parameter(1000.0, "µM", "protein sites",
        source="MgsimComputed", evidence="C", note="Mg budget, P27")
    K_X = parameter(1000.0, "µM", "their dissociation constant", source="MgsimComputed", evidence="C")

    k_MgADP = shared("1/M", "apparent constant of MgADP", at="")
    k_MgPCr = shared("1/M", "apparent constant of MgPCr", at="")
    k_MgPi = shared("1/M", "apparent constant of MgPi", at="")
    k_MgAMP = shared("1/M", "apparent constant of MgAMP and MgIMP", at="")
    Mg = shared("µM", "free Mg²⁺", scale=100.0)
    ADP = shared("µM", "Mg-free ADP", scale=1.0, initial=4.0)
    MgADP = shared("µM", "MgADP", scale=1.0, initial=4.0)
    AMP = shared("µM", "Mg-free AMP", scale=0.1, initial=0.01)
    MgAMP = shared("µM", "MgAMP", scale=0.1, initial=0.001)
    IMP = shared("µM", "Mg-free IMP", scale=10.0, initial=50.0)
    MgIMP = shared("µM", "MgIMP", scale=10.0, initial=5.0)
    PCr = shared("µM", "Mg-free phosphocreatine", scale=1000.0, initial=32000.0)
    MgPCr = shared("µM", "Mg-phosphocreatine", scale=10.0, initial=600.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0, initial=2000.0)
    MgPi = shared("µM", "Mg-phosphate", scale=10.0, initial=60.0)
    MgX = state("µM", "protein sites holding Mg²⁺", initial=470.0, scale=X_tot / 10.0)

    bind_ADP = reaction("Mg + ADP ⇌ MgADP", k_off * (k_MgADP * Mg * ADP - MgADP))
    bind_AMP = reaction("Mg + AMP ⇌ MgAMP", k_off * (k_MgAMP * Mg * AMP - MgAMP))
    bind_IMP = reaction("Mg + IMP ⇌ MgIMP", k_off * (k_MgAMP * Mg * IMP - MgIMP))
    bind_PCr = reaction("Mg + PCr ⇌ MgPCr", k_off * (k_MgPCr * Mg * PCr - MgPCr))
    bind_Pi = reaction("Mg + Pi ⇌ MgPi", k_off * (k_MgPi * Mg * Pi - MgPi))
    bind_X = reaction("Mg ⇌ MgX", k_off_X * (Mg * (X_tot - MgX) / K_X - MgX))

    ADP_total = define(ADP + MgADP, "µM", "free ADP, with and without Mg²⁺", public="ADP_total")
    AMP_total = define(AMP + MgAMP, "µM", "AMP, with and without Mg²⁺", public="AMP_total")
    IMP_total = define(IMP + MgIMP, "µM", "IMP, with and without Mg²⁺", public="IMP_total")
    PCr_total = define(PCr + MgPCr, "µM", "phosphocreatine, with and without Mg²⁺", public="PCr_total")
    Pi_total = define(Pi + MgPi, "µM", "phosphate, with and without Mg²⁺", public="Pi_total")
