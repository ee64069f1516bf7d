"""Glycogen to lactate: the supply that needs no oxygen and makes acid."""

from mgsim.language.declaration import define, output, parameter, rate, reaction, shared, state
from mgsim.language.expression import exp10
from mgsim.language.mechanism import Mechanism


class Glycolysis(Mechanism):
    """Glycogenolysis and glycolysis as one flux: switched on by calcium, pulled by phosphate and AMP, braked by acid.

    Hexose phosphates, which would hold up to 4 mM of phosphate, and pyruvate are left out: all of it becomes
    lactate. Glycogen is topped up at rest.
    """

    V_gly = parameter(5.0, "mM/s", "largest flux, glucosyl units",
        source="MgsimFit", evidence="F", q10=2.0, at="37 °C", note="lactate of a sprint")
    phi_0 = parameter(0.01, "1", "share active at rest", source="Textbook", evidence="M-")
    K_Pi = parameter(8.0, "mM", "phosphate at half",
        source="Textbook", evidence="M", note="phosphorylase a and b: 4-27")
    K_AMP = parameter(0.03, "mM", "AMP at half", source="MgsimFit", evidence="F", note="P91, sprint")
    pK_h = parameter(6.45, "1", "pH at half", source="MgsimFit", evidence="F", note="lowest pH 6.5-6.7")
    K_Gly = parameter(5.0, "mM", "glycogen at half", source="Textbook", evidence="M")
    K_ADP = parameter(1.0, "µM", "MgADP at half", source="MgsimDesign", evidence="D")
    tau_phos = parameter(4.0, "s", "phosphorylase on and off",
        source="Textbook", evidence="M", q10=0.56, at="37 °C", note="off within seconds; 8 s at 25 °C")
    J_0 = parameter(1e-5, "mM/s", "resting supply of glucosyl units",
        source="MgsimFit", evidence="F", note="closes the resting balance")
    Gly_0 = parameter(80.0, "mM", "glycogen that is kept up", source="Textbook", evidence="M")
    tau_Gly = parameter(20.0, "hour", "its refilling", source="Textbook", evidence="M-")

    activation = shared("1", "thin filament switched on", at="")
    pH = shared("1", "pH of the cytosol", at="")
    AMP = shared("µM", "Mg-free AMP", scale=0.1)
    Pi_total = shared("µM", "phosphate, with and without Mg²⁺")
    Pi = shared("µM", "Mg-free phosphate", scale=100.0)
    MgADP = shared("µM", "MgADP", scale=1.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)
    HT = shared("µM", "protons bound above the reference species", scale=1000.0)
    Lac = shared("µM", "lactate", scale=1000.0, initial=1000.0)
    Gly = state("mM", "glycogen, glucosyl units", initial=80.0, scale=Gly_0 / 10.0)
    phos = state("1", "phosphorylase switched on", scale=0.1)

    dphos_dt = rate(phos, (activation - phos) / tau_phos)
    acid = define(1.0 / (1.0 + exp10(4.0 * (pK_h - pH))), "1", "brake by acid")
    drive = define(
        (phi_0 + (1.0 - phi_0) * phos) * Pi_total / (Pi_total + K_Pi) * AMP / (K_AMP + AMP) * Gly / (Gly + K_Gly)
    )
    flux = reaction("Gly + 3 MgADP + 3 Pi + HT → 3 MgATP + 2 Lac", V_gly * drive * acid * MgADP / (MgADP + K_ADP))
    refill = reaction("→ Gly", J_0 + (Gly_0 - Gly) / tau_Gly)
    J_gly = output(3.0 * flux, "µM/ms", "ATP made by glycolysis")
