"""Equilibria of magnesium and protons with phosphate compounds, at the cell's temperature, acidity and salt."""

from mgsim.language.declaration import TEMPERATURE as T
from mgsim.language.declaration import define, parameter, shared
from mgsim.language.expression import Expr, exp, exp10, log, sqrt
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Physics


def here(K: Expr, dz2: int, dH: Expr | None, warmth: Expr, salt: Expr) -> Expr:
    """Take a constant to the cell: `dz2` is the change of charge squared from reactants to products."""
    return K * exp(dz2 * salt if dH is None else dz2 * salt - dH * warmth)


class Chemistry(Mechanism):
    """Golding's constants, taken from 25 °C and no salt to the cell by van 't Hoff and Debye and Hückel.

    From them come the apparent association constants of magnesium, which follow the pH, and the equilibria of
    creatine kinase, adenylate kinase and ATP hydrolysis. K+ is left out, as in the measurements the constants are
    checked against; its binding is another convention, never mixed with this one.
    """

    I = parameter(0.18, "M", "ionic strength", source="Golding1995", evidence="M+")
    molar = parameter(1.0, "M", "unit of ionic strength", source="MgsimDesign", evidence="D")
    kelvin = parameter(1.0, "K", "unit of temperature", source="MgsimDesign", evidence="D")
    T_0 = parameter(298.15, "K", "temperature of the constants", source="Golding1995", evidence="K")

    Kb_MgATP = parameter(1.514e6, "1/M", "Mg²⁺ + ATP⁴⁻", source="Golding1995", evidence="K")
    Kb_MgHATP = parameter(4.266e3, "1/M", "Mg²⁺ + HATP³⁻", source="Golding1995", evidence="K")
    Kb_MgADP = parameter(4.466e4, "1/M", "Mg²⁺ + ADP³⁻", source="Golding1995", evidence="K")
    Kb_MgHADP = parameter(316.3, "1/M", "Mg²⁺ + HADP²⁻", source="Golding1995", evidence="K")
    Kb_MgPCr = parameter(232.0, "1/M", "Mg²⁺ + PCr²⁻", source="Golding1995", evidence="K")
    Kb_MgPi = parameter(512.8, "1/M", "Mg²⁺ + HPO₄²⁻", source="Golding1995", evidence="K")
    Kb_MgAMP = parameter(616.5, "1/M", "Mg²⁺ + AMP²⁻, and IMP²⁻ alike", source="Golding1995", evidence="K")
    Ka_HATP = parameter(2.512e-8, "M", "HATP³⁻ to ATP⁴⁻", source="Golding1995", evidence="K")
    Ka_HADP = parameter(6.607e-8, "M", "HADP²⁻ to ADP³⁻", source="Golding1995", evidence="K")
    Ka_HPCr = parameter(8.854e-6, "M", "HPCr⁻ to PCr²⁻", source="Golding1995", evidence="K")
    Ka_H2PO4 = parameter(6.026e-8, "M", "H₂PO₄⁻ to HPO₄²⁻", source="Golding1995", evidence="K")
    Ka_HAMP = parameter(1.86e-7, "M", "HAMP⁻ to AMP²⁻", source="Alberty2003", evidence="M+")
    Kref_CK = parameter(2.580e8, "1/M", "[ATP⁴⁻][Cr]/[ADP³⁻][PCr²⁻][H⁺]", source="Golding1995", evidence="K")
    Kref_ATPase = parameter(0.2946, "M**2", "[ADP³⁻][HPO₄²⁻][H⁺]/[ATP⁴⁻]", source="Golding1995", evidence="K")
    Kref_AK = parameter(0.2248, "1", "[ATP⁴⁻][AMP²⁻]/[ADP³⁻]²", source="Golding1995", evidence="K")

    dH_MgATP = parameter(22.90, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_MgHATP = parameter(16.90, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_MgADP = parameter(19.0, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_MgHADP = parameter(12.5, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_MgPCr = parameter(8.19, "kJ/mol", "its enthalpy, and that of MgPi", source="Golding1995", evidence="K")
    dH_HATP = parameter(-6.30, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_HADP = parameter(-5.60, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_HPCr = parameter(2.66, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_H2PO4 = parameter(12.2, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_HAMP = parameter(-5.4, "kJ/mol", "its enthalpy", source="Alberty2003", evidence="M+")
    dH_CK = parameter(-17.55, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")
    dH_ATPase = parameter(-20.50, "kJ/mol", "its enthalpy", source="Golding1995", evidence="K")

    warmth = define(1.0 / (Physics.R * T) - 1.0 / (Physics.R * T_0), "mol/kJ", "distance from the reference")
    c_0 = parameter(-16.39023, "1", "slope of water, constant part", source="ClarkeGlew1980", evidence="K")
    c_inverse = parameter(2.613371, "1", "slope of water, with 100 K/T", source="ClarkeGlew1980", evidence="K")
    c_log = parameter(3.3689633, "1", "slope of water, with ln T", source="ClarkeGlew1980", evidence="K")
    c_1 = parameter(-1.437167, "1", "slope of water, with T/100 K", source="ClarkeGlew1980", evidence="K")
    c_2 = parameter(0.111995, "1", "slope of water, with its square", source="ClarkeGlew1980", evidence="K")
    B = parameter(1.6, "1", "closeness of ions that weakens the effect of salt", source="Alberty2003", evidence="K")
    t = define(T / kelvin / 100.0)
    A = define(
        3.0 * (c_0 + c_inverse / t + c_log * log(100.0 * t) + c_1 * t + c_2 * t**2), "1", "Debye and Hückel's slope"
    )
    salt = define(A * sqrt(I / molar) / (1.0 + B * sqrt(I / molar)), "1", "effect of salt for each unit of charge²")

    K_MgATP = define(here(Kb_MgATP, -16, dH_MgATP, warmth, salt), "1/M", "Mg²⁺ + ATP⁴⁻, here")
    K_MgHATP = define(here(Kb_MgHATP, -12, dH_MgHATP, warmth, salt), "1/M", "Mg²⁺ + HATP³⁻, here")
    K_MgADP = define(here(Kb_MgADP, -12, dH_MgADP, warmth, salt), "1/M", "Mg²⁺ + ADP³⁻, here")
    K_MgHADP = define(here(Kb_MgHADP, -8, dH_MgHADP, warmth, salt), "1/M", "Mg²⁺ + HADP²⁻, here")
    K_MgPCr = define(here(Kb_MgPCr, -8, dH_MgPCr, warmth, salt), "1/M", "Mg²⁺ + PCr²⁻, here")
    K_MgPi = define(here(Kb_MgPi, -8, dH_MgPCr, warmth, salt), "1/M", "Mg²⁺ + HPO₄²⁻, here")
    K_MgAMP = define(here(Kb_MgAMP, -8, None, warmth, salt), "1/M", "Mg²⁺ + AMP²⁻, here")
    K_HATP = define(here(Ka_HATP, 8, dH_HATP, warmth, salt), "M", "HATP³⁻, here")
    K_HADP = define(here(Ka_HADP, 6, dH_HADP, warmth, salt), "M", "HADP²⁻, here")
    K_HPCr = define(here(Ka_HPCr, 4, dH_HPCr, warmth, salt), "M", "HPCr⁻, here")
    K_H2PO4 = define(here(Ka_H2PO4, 4, dH_H2PO4, warmth, salt), "M", "H₂PO₄⁻, here")
    K_HAMP = define(here(Ka_HAMP, 4, dH_HAMP, warmth, salt), "M", "HAMP⁻, here")
    K_CK = define(here(Kref_CK, 2, dH_CK, warmth, salt), "1/M", "creatine kinase, species, here")
    K_ATPase = define(here(Kref_ATPase, -2, dH_ATPase, warmth, salt), "M**2", "ATP hydrolysis, species, here")
    K_AK = define(here(Kref_AK, 2, None, warmth, salt), "1", "adenylate kinase, species, here")

    pH = shared("1", "pH of the cytosol", at="")
    h = define(molar * exp(-2.302585092994046 * pH), "M", "[H⁺]", public="H", at="")
    a = define(h / K_HATP, "1", "HATP³⁻ per ATP⁴⁻", public="H_ATP", at="")
    d = define(h / K_HADP, "1", "HADP²⁻ per ADP³⁻", public="H_ADP", at="")
    r = define(h / K_HPCr, "1", "HPCr⁻ per PCr²⁻", public="H_PCr", at="")
    i = define(h / K_H2PO4, "1", "H₂PO₄⁻ per HPO₄²⁻", public="H_Pi", at="")
    m = define(h / K_HAMP, "1", "HAMP⁻ per AMP²⁻", public="H_AMP", at="")
    pA = define(K_MgATP + K_MgHATP * a, "1/M")
    pD = define(K_MgADP + K_MgHADP * d, "1/M")
    H_MgATP = define(K_MgHATP * a / pA, "1", "share of MgATP that is protonated", public="H_MgATP", at="")
    H_MgADP = define(K_MgHADP * d / pD, "1", "share of MgADP that is protonated", public="H_MgADP", at="")
    kA = define(pA / (1.0 + a), "1/M", "apparent constant of MgATP", public="k_MgATP", at="")
    kD = define(pD / (1.0 + d), "1/M", "apparent constant of MgADP", public="k_MgADP", at="")
    kC = define(K_MgPCr / (1.0 + r), "1/M", "apparent constant of MgPCr", public="k_MgPCr", at="")
    kP = define(K_MgPi / (1.0 + i), "1/M", "apparent constant of MgPi", public="k_MgPi", at="")
    kM = define(K_MgAMP / (1.0 + m), "1/M", "apparent constant of MgAMP and MgIMP", public="k_MgAMP", at="")
    CK = define(K_CK * h * (pA / pD) / (1.0 + r), "1", "[MgATP][Cr]/[MgADP][PCr]", public="K_CK", at="")
    AK = define(K_AK * pA * (1.0 + m) / (pD * (1.0 + d)), "1", "[MgATP][AMP]/[MgADP][ADP]", public="K_AK", at="")
    Mg = shared("µM", "free Mg²⁺", at="bulk", scale=100.0)
    hydrolysis = define(
        K_ATPase / h * (pD / pA) * (1.0 + i) * (1.0 + 1.0 / (kD * Mg)) * (1.0 + kP * Mg),
        "µM",
        "[ADP][Pi]/[MgATP] of the totals at equilibrium",
        public="K_hydrolysis",
        at="",
    )
    pH_0 = parameter(7.05, "1", "pH of rest, against which acidity counts", source="Textbook", evidence="M+")
    acidity = define(exp10(pH_0 - pH), "1", "[H⁺] against rest", public="acidity", at="")
