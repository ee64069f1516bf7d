"""Protons: a count of those bound, the pH that follows from it, and the ways out of the cell."""

from mgsim.fibre.geometry import Geometry
from mgsim.language.declaration import define, parameter, rate, reaction, shared, state
from mgsim.language.expression import as_expr, exp10
from mgsim.language.mechanism import Mechanism


class ProtonBalance(Mechanism):
    """Whole protons are counted by the reactions; the pH relaxes to the one at which buffers hold that many.

    `HT` counts protons above the reference species ATP4-, ADP3-, AMP2-, IMP2-, PCr2-, HPO4 2-, creatine and lactate-.
    Binding of magnesium or of protons needs no bookkeeping at all. Lactate leaves with a proton, protons leave by
    exchange; both follow the blood flow.
    """

    k_pH = parameter(1000.0, "1/s", "relaxation of the pH to the count",
        source="MgsimDesign", evidence="D", note="any fast one")
    beta_0 = parameter(40.0, "mM", "buffering in the relaxation",
        source="MgsimDesign", evidence="D", note="only its rate")
    B_H = parameter(55.0, "mM", "buffer that is not phosphate",
        source="MgsimFit", evidence="F", note="lactate and pH of a sprint")
    pK_B = parameter(6.85, "1", "its pK", source="MgsimFit", evidence="F")
    lam = parameter(0.15, "mM/s", "proton exchange with the outside, per pH", source="Textbook", evidence="M")
    pH_rest = parameter(7.05, "1", "pH at which exchange rests", source="Textbook", evidence="M+")
    k_L = parameter(0.0012, "1/s", "lactate efflux", source="Textbook", evidence="M", note="half in 10 min")
    Lac_o = parameter(1.0, "mM", "lactate outside", source="Textbook", evidence="M+")
    pH_o = parameter(7.4, "1", "pH outside", source="Textbook", evidence="M+")

    washout = shared("1", "blood flow", at="")
    H_ATP = shared("1", "HATP³⁻ per ATP⁴⁻", at="")
    H_ADP = shared("1", "HADP²⁻ per ADP³⁻", at="")
    H_PCr = shared("1", "HPCr⁻ per PCr²⁻", at="")
    H_Pi = shared("1", "H₂PO₄⁻ per HPO₄²⁻", at="")
    H_AMP = shared("1", "HAMP⁻ per AMP²⁻", at="")
    H_MgATP = shared("1", "share of MgATP that is protonated", at="")
    H_MgADP = shared("1", "share of MgADP that is protonated", at="")
    ATP_J = shared("µM", "junctional Mg-free ATP", species="ATP", at="junction", scale=100.0)
    MgATP_J = shared("µM", "junctional MgATP", species="MgATP", at="junction", scale=1000.0)
    ATP = shared("µM", "Mg-free ATP", scale=100.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)
    ADP = shared("µM", "Mg-free ADP", scale=1.0)
    MgADP = shared("µM", "MgADP", scale=1.0)
    AMP = shared("µM", "Mg-free AMP", scale=0.1)
    IMP = shared("µM", "Mg-free IMP", scale=10.0)
    PCr = shared("µM", "Mg-free phosphocreatine", scale=1000.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0)
    PiSR = shared("µM", "phosphate of the terminal cisternae", at="terminal", scale=100.0)
    HT = shared("µM", "protons bound above the reference species", scale=1000.0, initial=40000.0)
    Lac = shared("µM", "lactate", scale=1000.0)
    pH = state("1", "pH of the cytosol", initial=7.05, scale=as_expr(0.1))
    public_pH = define(pH, "1", "pH of the cytosol", public="pH", at="")

    f_B = 1.0 - Geometry.f_J
    junctional = Geometry.f_J / f_B
    in_store = Geometry.v_TC / f_B
    Hb = define(
        (ATP + junctional * ATP_J) * H_ATP / (1.0 + H_ATP)
        + (MgATP + junctional * MgATP_J) * H_MgATP
        + ADP * H_ADP / (1.0 + H_ADP)
        + MgADP * H_MgADP
        + (AMP + IMP) * H_AMP / (1.0 + H_AMP)
        + PCr * H_PCr / (1.0 + H_PCr)
        + (Pi + in_store * PiSR) * H_Pi / (1.0 + H_Pi)
        + B_H / (1.0 + exp10(pH - pK_B)),
        "µM",
        "protons that the buffers hold at this pH",
    )
    dpH_dt = rate(pH, k_pH * (Hb - HT) / beta_0)

    out = define(exp10(pH_rest - pH), "1", "[H⁺] against rest")
    lactate_out = reaction("Lac + HT ⇌", washout * k_L * (Lac - Lac_o * exp10(pH - pH_o)) * out)
    exchange = reaction("HT ⇌", washout * lam * (pH_rest - pH))
