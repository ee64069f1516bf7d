"""SERCA, the calcium pump of the reticulum, paid in MgATP."""

from mgsim.language.declaration import define, output, parameter, shared, transport
from mgsim.language.mechanism import Mechanism


class SERCA(Mechanism):
    """Two lumped pump states at steady state, two Ca2+ for one MgATP, microscopically reversible.

    The pump slows with ADP, phosphate and a full lumen because the same constants drive it backwards; the
    reverse rate `k_minus_2` is computed, never free, so that it can make no energy. Two H+ or two Mg2+ compete with
    Ca2+ outside, Mg-free ATP with MgATP; the lumen has the cell's pH, where H+ does next to nothing. Ca2+ that sits
    on the pump is not counted.
    """

    E_tot = parameter(120.0, "µM", "pumps, per myoplasm",
        source="Murphy2009", evidence="M", note="no public record of the count was found; its rate is fitted")
    k_1 = parameter(0.03526, "ms⁻¹", "loading and phosphorylation, lumped",
        source="MgsimFit", evidence="F", q10=1.64, at="25 °C", note="below the 0.07-0.22 of P65")
    k_2 = parameter(0.03233, "ms⁻¹", "dephosphorylation, lumped",
        source="MgsimFit", evidence="F", q10=1.64, at="25 °C", note="maximal rate of uptake")
    k_minus_1 = parameter(1e-4, "µM⁻¹ ms⁻¹", "reverse of k_1, per ADP",
        source="MacdonaldStephenson2001", evidence="M-", q10=1.64, at="25 °C")
    K_c = parameter(0.8081, "µM", "Ca²⁺ outside, at resting pH without Mg²⁺",
        source="BarclayLaunikonis2022", evidence="F", note="P61, P63")
    K_H1 = parameter(0.01122, "1", "first H⁺ against Ca²⁺ outside, [H⁺] against rest",
        source="PeineltApell2002", evidence="C", note="1 nM, at a resting pH of 7.05")
    K_H2 = parameter(14.81, "1", "second H⁺, [H⁺] against rest",
        source="PeineltApell2002", evidence="C", note="1.32 µM, at a resting pH of 7.05")
    K_M1 = parameter(165.0, "µM", "first Mg²⁺ against Ca²⁺ outside, no H⁺",
        source="PeineltApell2002", evidence="R")
    K_M2 = parameter(7400.0, "µM", "second Mg²⁺", source="PeineltApell2002", evidence="R")
    K_s = parameter(2770.0, "µM", "Ca²⁺ in the lumen", source="MgsimFit", evidence="F", note="1-3 mM")
    K_T = parameter(150.0, "µM", "MgATP, regulatory range", source="Textbook", evidence="M")
    K_Tf = parameter(300.0, "µM", "Mg-free ATP against MgATP",
        source="KabbaraStephenson1994", evidence="M-", note="the abstract gives the best Mg²⁺ for uptake, not this")

    acidity = shared("1", "[H⁺] against rest", at="")
    K_hydrolysis = shared("µM", "[ADP][Pi]/[MgATP] of the totals at equilibrium", at="")
    Ca = shared("µM", "free Ca²⁺", scale=0.1)
    Mg = shared("µM", "free Mg²⁺", scale=100.0)
    ATP = shared("µM", "Mg-free ATP", scale=100.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)
    MgADP = shared("µM", "MgADP", scale=1.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0)
    HT = shared("µM", "protons bound above the reference species", scale=1000.0)
    ADP_total = shared("µM", "free ADP, with and without Mg²⁺")
    Pi_total = shared("µM", "phosphate, with and without Mg²⁺")
    CaSR_L = shared("µM", "free Ca²⁺ of the longitudinal reticulum",
        species="CaSR", at="longitudinal", scale=100.0, initial=735.0)

    loaded = define((Ca / K_c) ** 2)
    emptied = define((CaSR_L / K_s) ** 2)
    protons = define(1.0 + acidity / K_H1 * (1.0 + acidity / K_H2), "1", "sites without Ca²⁺ and Mg²⁺, per empty one")
    protons_0 = define(1.0 + 1.0 / K_H1 * (1.0 + 1.0 / K_H2), "1", "the same at resting pH")
    D_1 = define((protons + Mg / K_M1 * (1.0 + Mg / K_M2)) / protons_0 + loaded)
    D_T = define(1.0 + MgATP / K_T + ATP / K_Tf)
    D_Y = define(1.0 + emptied)
    k_minus_2 = define(
        k_1 * k_2 * K_s**2 / (K_c**2 * K_T * k_minus_1 * K_hydrolysis), "µM⁻¹ ms⁻¹", "from detailed balance"
    )
    alpha_1 = define(k_1 * loaded / D_1 * (MgATP / K_T) / D_T)
    beta_1 = define(k_minus_1 * ADP_total * emptied / D_Y)
    alpha_2 = define(k_2 / D_Y)
    beta_2 = define(k_minus_2 * Pi_total / (D_1 * D_T))
    cycle = define(
        E_tot * (alpha_1 * alpha_2 - beta_1 * beta_2) / (alpha_1 + alpha_2 + beta_1 + beta_2),
        "µM/ms",
        "pump cycles",
    )

    pump = transport("2 Ca + MgATP ⇌ 2 CaSR_L + MgADP + Pi + HT", cycle)
    J_up = output(2.0 * cycle, "µM/ms", "Ca²⁺ uptake by SERCA")
    J_ATP_SERCA = output(cycle, "µM/ms", "ATP split by SERCA")
