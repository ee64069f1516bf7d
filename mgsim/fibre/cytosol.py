"""Exchange between the junctional space and the bulk of the cytosol, and what the mean of the two is."""

from mgsim.fibre.geometry import Geometry
from mgsim.language.declaration import output, parameter, shared, transport
from mgsim.language.mechanism import Mechanism


class JunctionalExchange(Mechanism):
    """Diffusion between junction and bulk: one rate for Ca2+, one for ATP, its complexes and Mg2+."""

    k_x = parameter(2.23, "ms⁻¹", "exchange of Ca²⁺, per myoplasm",
        source="MgsimFit", evidence="F", q10=1.3, at="16 °C",
        note="T1, T2, T5; of the size that the diffusion coefficients of P22 allow")
    k_xA = parameter(0.6, "ms⁻¹", "exchange of ATP, CaATP, MgATP and Mg²⁺, per myoplasm",
        source="PapeTable", evidence="C", q10=1.3, at="16 °C",
        note="half of k_x by the ratio of diffusion coefficients, lower end")

    Ca_J = shared("µM", "junctional free Ca²⁺", species="Ca", at="junction", scale=0.1, initial=0.07)
    Ca_B = shared("µM", "bulk free Ca²⁺", species="Ca", at="bulk", scale=0.1, initial=0.065)
    ATP_J = shared("µM", "junctional Mg-free ATP", species="ATP", at="junction", scale=100.0, initial=800.0)
    ATP_B = shared("µM", "bulk Mg-free ATP", species="ATP", at="bulk", scale=100.0, initial=800.0)
    CaATP_J = shared("µM", "junctional CaATP", species="CaATP", at="junction", scale=1.0, initial=0.27)
    CaATP_B = shared("µM", "bulk CaATP", species="CaATP", at="bulk", scale=1.0, initial=0.26)
    MgATP_J = shared("µM", "junctional MgATP", species="MgATP", at="junction", scale=1000.0, initial=7200.0)
    MgATP_B = shared("µM", "bulk MgATP", species="MgATP", at="bulk", scale=1000.0, initial=7200.0)
    Mg_J = shared("µM", "junctional free Mg²⁺", species="Mg", at="junction", scale=100.0, initial=900.0)
    Mg_B = shared("µM", "bulk free Mg²⁺", species="Mg", at="bulk", scale=100.0, initial=900.0)

    x_Ca = transport("Ca_J ⇌ Ca_B", k_x * (Ca_J - Ca_B))
    x_A = transport("ATP_J ⇌ ATP_B", k_xA * (ATP_J - ATP_B))
    x_CA = transport("CaATP_J ⇌ CaATP_B", k_xA * (CaATP_J - CaATP_B))
    x_MA = transport("MgATP_J ⇌ MgATP_B", k_xA * (MgATP_J - MgATP_B))
    x_Mg = transport("Mg_J ⇌ Mg_B", k_xA * (Mg_J - Mg_B))

    f_B = 1.0 - Geometry.f_J
    Ca = output(Geometry.f_J * Ca_J + f_B * Ca_B, "µM", "free Ca²⁺, mean of the cytosol")
    Mg = output(Geometry.f_J * Mg_J + f_B * Mg_B, "µM", "free Mg²⁺, mean of the cytosol")
    MgATP = output(Geometry.f_J * MgATP_J + f_B * MgATP_B, "µM", "MgATP, mean of the cytosol")
    CaATP = output(Geometry.f_J * CaATP_J + f_B * CaATP_B, "µM", "CaATP, mean of the cytosol")
    ATP_free = output(Geometry.f_J * ATP_J + f_B * ATP_B, "µM", "Mg-free ATP, mean of the cytosol")
