"""Creatine kinase and adenylate kinase: the fast exchange of phosphate between creatine and adenylates."""

from mgsim.language.declaration import define, output, parameter, reaction, shared
from mgsim.language.expression import exp10
from mgsim.language.mechanism import Mechanism


class CreatineKinase(Mechanism):
    """MgADP + PCr + H+ ⇌ MgATP + Cr.

    It acts on the species with magnesium; how the ratio of totals depends on magnesium is a result, not an input.
    """

    k_CK = parameter(75.0, "1/(mM*s)", "rate constant",
        source="Textbook", evidence="M+", q10=2.0, at="37 °C",
        note="forward flux 10 mM/s at rest, as in saturation transfer")

    K_CK = shared("1", "[MgATP][Cr]/[MgADP][PCr]", at="")
    MgADP = shared("µM", "MgADP", scale=1.0)
    PCr = shared("µM", "Mg-free phosphocreatine", scale=1000.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)
    Cr = shared("µM", "creatine", scale=1000.0, initial=6000.0)
    HT = shared("µM", "protons bound above the reference species", scale=1000.0)

    flux = reaction("MgADP + PCr + HT ⇌ MgATP + Cr", k_CK * (MgADP * PCr - MgATP * Cr / K_CK))
    J_CK = output(flux, "µM/ms", "ATP made by creatine kinase")


class AdenylateKinase(Mechanism):
    """MgADP + ADP ⇌ MgATP + AMP, near equilibrium."""

    k_AK = parameter(3000.0, "1/(mM*s)", "rate constant",
        source="Textbook", evidence="M-", q10=2.0, at="37 °C", note="any fast one")

    K_AK = shared("1", "[MgATP][AMP]/[MgADP][ADP]", at="")
    MgADP = shared("µM", "MgADP", scale=1.0)
    ADP = shared("µM", "Mg-free ADP", scale=1.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)
    AMP = shared("µM", "Mg-free AMP", scale=0.1)

    flux = reaction("MgADP + ADP ⇌ MgATP + AMP", k_AK * (MgADP * ADP - MgATP * AMP / K_AK))
    J_AK = output(flux, "µM/ms", "ATP made by adenylate kinase")


class AMPDeaminase(Mechanism):
    """AMP is deaminated to IMP when the cell is acid and AMP is high, and made again over half an hour.

    It is the loss of ATP to IMP that lets free Mg2+ rise in severe fatigue. Its maximal rate is the least known
    constant of the energy metabolism.
    """

    V_AMPD = parameter(3.0, "mM/s", "largest rate",
        source="MgsimFit", evidence="F", q10=2.0, at="37 °C", note="T48 (mouse fast), T52 and T53 (human)")
    K_AMP = parameter(0.04, "mM", "AMP at half of it", source="MgsimFit", evidence="F")
    pK_D = parameter(6.55, "1", "pH at half activation", source="Textbook", evidence="M-")
    k_re = parameter(5e-4, "1/s", "reamination",
        source="Textbook", evidence="M", q10=2.0, at="37 °C", note="30-60 min")
    K_re = parameter(0.5, "mM", "MgATP at half of it", source="Textbook", evidence="M-")

    pH = shared("1", "pH of the cytosol", at="")
    AMP = shared("µM", "Mg-free AMP", scale=0.1)
    IMP = shared("µM", "Mg-free IMP", scale=10.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)
    MgADP = shared("µM", "MgADP", scale=1.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0)
    HT = shared("µM", "protons bound above the reference species", scale=1000.0)

    acid = define(1.0 / (1.0 + exp10(2.0 * (pH - pK_D))), "1", "activation by acid")
    deaminate = reaction("AMP + HT → IMP", V_AMPD * AMP / (K_AMP + AMP) * acid)
    reaminate = reaction("IMP + MgATP → AMP + MgADP + Pi + 2 HT", k_re * IMP * MgATP / (MgATP + K_re))
