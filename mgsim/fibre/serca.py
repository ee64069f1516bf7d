"""SERCA, the calcium pump of the reticulum, paid in MgATP."""

from mgsim.language.declaration import define, output, parameter, shared, transport
from mgsim.language.mechanism import Mechanism


class SERCA(Mechanism):
    """Two lumped pump states at steady state, two Ca2+ for one MgATP, microscopically reversible.

    The pump slows with ADP, phosphate and a full lumen because the same constants drive it backwards; the
    reverse rate `k_minus_2` is computed, never free, so that it can make no energy. Mg2+ competes with Ca2+
    outside, Mg-free ATP with MgATP. Ca2+ that sits on the pump is not counted.
    """

    E_tot = parameter(120.0, "µM", "pumps, per myoplasm", source="Murphy2009", evidence="M")
    k_1 = parameter(0.03811, "ms⁻¹", "loading and phosphorylation, lumped",
        source="MgsimFit", evidence="F", q10=1.64, at="25 °C", note="below the 0.07-0.22 of P65")
    k_2 = parameter(0.03864, "ms⁻¹", "dephosphorylation, lumped",
        source="MgsimFit", evidence="F", q10=1.64, at="25 °C", note="maximal rate of uptake")
    k_minus_1 = parameter(1e-4, "µM⁻¹ ms⁻¹", "reverse of k_1, per ADP",
        source="MacdonaldStephenson2001", evidence="M-", q10=1.64, at="25 °C")
    K_c = parameter(0.855, "µM", "Ca²⁺ outside", source="BarclayLaunikonis2022", evidence="F", note="P61, P63")
    K_ME = parameter(6000.0, "µM", "Mg²⁺ against Ca²⁺ outside", source="KabbaraStephenson1994", evidence="M-")
    K_s = parameter(2770.0, "µM", "Ca²⁺ in the lumen", source="MgsimFit", evidence="F", note="1-3 mM")
    K_T = parameter(150.0, "µM", "MgATP, regulatory range", source="Textbook", evidence="M")
    K_Tf = parameter(300.0, "µM", "Mg-free ATP against MgATP", source="KabbaraStephenson1994", evidence="M-")

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
    D_1 = define(1.0 + loaded + Mg / K_ME)
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
