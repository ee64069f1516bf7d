"""Troponin C: the regulatory sites that start contraction, and the Ca2+-Mg2+ sites that do not."""

from mgsim.language.declaration import define, parameter, reaction, shared, state
from mgsim.language.mechanism import Mechanism


class TroponinC(Mechanism):
    """Regulatory sites as the calcium core was worked out with: alike and independent, with Mg2+ competing.

    The competition moves the force-pCa curve to the right when Mg2+ rises, but binding was measured not to change
    (T41), so the fibres let Mg2+ act on the thin filament instead. On-rates are for Mg-free sites.
    """

    T_tot = parameter(240.0, "µM", "regulatory sites", source="PapeTable", evidence="R")
    k_CT = parameter(0.216, "µM⁻¹ ms⁻¹", "Ca²⁺ on a Mg-free site",
        source="MgsimFit", evidence="F", q10=1.5, at="16 °C",
        note="apparent 0.107 at 1 mM Mg²⁺; 0.0575 in P50, so above the range")
    k_minus_CT = parameter(0.09, "ms⁻¹", "Ca²⁺ off",
        source="MgsimFit", evidence="F", q10=1.3, at="16 °C", note="P49, P50 give 0.115")
    K_MT = parameter(990.0, "µM", "Mg²⁺ dissociation constant", source="MgsimFit", evidence="F", note="T38")
    k_minus_MT = parameter(1.5, "ms⁻¹", "Mg²⁺ off",
        source="MgsimFit", evidence="F", q10=1.5, at="16 °C",
        note="fast, so that Mg²⁺ slows the Ca²⁺ on-rate only in proportion")

    k_HT = parameter(0.08, "1", "loss of affinity for Ca²⁺ per resting [H⁺]",
        source="Textbook", evidence="M-", note="0.2 pCa units from pH 7.05 to 6.5")

    acidity = shared("1", "[H⁺] against rest", at="")
    Ca = shared("µM", "free Ca²⁺", scale=0.1)
    Mg = shared("µM", "free Mg²⁺", scale=100.0)
    CaT = state("µM", "regulatory sites holding Ca²⁺", initial=20.0, scale=T_tot / 10.0)
    MgT = state("µM", "regulatory sites holding Mg²⁺", initial=104.0, scale=T_tot / 10.0)
    T = define(T_tot - CaT - MgT, "µM", "empty sites")
    y = define(CaT / T_tot, "1", "share of regulatory sites holding Ca²⁺", public="troponin_Ca", at="")

    bind_Ca = reaction("Ca ⇌ CaT", k_CT / (1.0 + k_HT * (acidity - 1.0)) * Ca * T - k_minus_CT * CaT)
    bind_Mg = reaction("Mg ⇌ MgT", k_minus_MT * (Mg * T / K_MT - MgT))


class FastTroponinC(Mechanism):
    """Troponin C of fast fibres: its two regulatory sites fill one after the other, and both switch the filament on.

    The first Ca²⁺ comes and goes within a millisecond; with both, troponin keeps them for tens of milliseconds. One
    action potential nearly fills it, so that how long the filament stays on depends on troponin more than on how
    much Ca²⁺ was released. Mg²⁺ does not bind here: up to 10 mM it leaves Ca²⁺ on these sites alone.
    """

    T_tot = parameter(120.0, "µM", "troponin, two regulatory sites each", source="PapeTable", evidence="R")
    k_1 = parameter(0.1956, "µM⁻¹ ms⁻¹", "first Ca²⁺ on",
        source="BaylorHollingworth2007", evidence="K", q10=1.5, at="16 °C")
    k_minus_1 = parameter(1.306, "ms⁻¹", "off again",
        source="BaylorHollingworth2007", evidence="K", q10=1.5, at="16 °C")
    k_2 = parameter(0.1009, "µM⁻¹ ms⁻¹", "second Ca²⁺ on",
        source="BaylorHollingworth2007", evidence="K", q10=1.5, at="16 °C")
    k_minus_2 = parameter(0.01534, "ms⁻¹", "off again",
        source="BaylorHollingworth2007", evidence="K", q10=2.5, at="16 °C",
        note="its Q10 from the time to the peak of the twitch at 25 °C")
    k_HT = parameter(0.08, "1", "loss of affinity for Ca²⁺ per resting [H⁺]",
        source="Textbook", evidence="M-", note="0.2 pCa units from pH 7.05 to 6.5")

    acidity = shared("1", "[H⁺] against rest", at="")
    Ca = shared("µM", "free Ca²⁺", scale=0.1)
    CaT = state("µM", "troponin holding one Ca²⁺", initial=2.0, scale=T_tot / 10.0)
    Ca2T = state("µM", "troponin holding two Ca²⁺", initial=1.0, scale=T_tot / 10.0)
    T = define(T_tot - CaT - Ca2T, "µM", "troponin without Ca²⁺")
    y = define(Ca2T / T_tot, "1", "share of troponin with both sites full", public="troponin_Ca", at="")
    weaker = define(1.0 + k_HT * (acidity - 1.0), "1", "loss of affinity to protons")

    bind_first = reaction("Ca ⇌ CaT", k_1 / weaker * Ca * T - k_minus_1 * CaT)
    bind_second = reaction("Ca + CaT ⇌ Ca2T", k_2 / weaker * Ca * CaT - k_minus_2 * Ca2T)


class SlowTroponinC(Mechanism):
    """Troponin C of slow fibres: one regulatory site, which Mg²⁺ leaves alone."""

    T_tot = parameter(120.0, "µM", "troponin, one regulatory site each", source="PapeTable", evidence="R")
    k_CT = parameter(0.0885, "µM⁻¹ ms⁻¹", "Ca²⁺ on", source="MgsimFit", evidence="F", q10=1.5, at="16 °C",
        note="T3; 0.0575 in P50, 0.0885 for the second site of fast troponin")
    k_minus_CT = parameter(0.115, "ms⁻¹", "Ca²⁺ off", source="MgsimFit", evidence="F", q10=1.3, at="16 °C",
        note="T3, pCa50; 0.115 in P49 and P50")
    k_HT = parameter(0.08, "1", "loss of affinity for Ca²⁺ per resting [H⁺]",
        source="Textbook", evidence="M-", note="0.2 pCa units from pH 7.05 to 6.5")

    acidity = shared("1", "[H⁺] against rest", at="")
    Ca = shared("µM", "free Ca²⁺", scale=0.1)
    CaT = state("µM", "troponin holding Ca²⁺", initial=10.0, scale=T_tot / 10.0)
    y = define(CaT / T_tot, "1", "share of troponin holding Ca²⁺", public="troponin_Ca", at="")

    bind_Ca = reaction("Ca ⇌ CaT", k_CT / (1.0 + k_HT * (acidity - 1.0)) * Ca * (T_tot - CaT) - k_minus_CT * CaT)


class TroponinStructuralSites(Mechanism):
    """Sites III and IV of troponin C: slow Ca2+-Mg2+ sites that hold the protein in the filament.

    Left out of the mouse presets (their content is within the error of parvalbumin); put in by adding it.
    """

    C_tot = parameter(240.0, "µM", "sites III and IV", source="Robertson1981", evidence="M-")
    k_C = parameter(0.1, "µM⁻¹ ms⁻¹", "Ca²⁺ on", source="Robertson1981", evidence="M-", q10=1.5, at="16 °C")
    k_minus_C = parameter(0.001, "ms⁻¹", "Ca²⁺ off", source="Robertson1981", evidence="M-", q10=1.5, at="16 °C")
    k_M = parameter(4e-5, "µM⁻¹ ms⁻¹", "Mg²⁺ on", source="Robertson1981", evidence="M-", q10=1.5, at="16 °C")
    k_minus_M = parameter(0.006, "ms⁻¹", "Mg²⁺ off", source="Robertson1981", evidence="M-", q10=1.5, at="16 °C")

    Ca = shared("µM", "free Ca²⁺", scale=0.1)
    Mg = shared("µM", "free Mg²⁺", scale=100.0)
    CaC = state("µM", "sites III and IV holding Ca²⁺", initial=100.0, scale=C_tot / 10.0)
    MgC = state("µM", "sites III and IV holding Mg²⁺", initial=100.0, scale=C_tot / 10.0)
    C = define(C_tot - CaC - MgC, "µM", "empty sites")

    bind_Ca = reaction("Ca ⇌ CaC", k_C * Ca * C - k_minus_C * CaC)
    bind_Mg = reaction("Mg ⇌ MgC", k_M * Mg * C - k_minus_M * MgC)
