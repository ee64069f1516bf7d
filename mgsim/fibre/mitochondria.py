"""Oxidative phosphorylation, and the oxygen that reaches it."""

from mgsim.language.declaration import define, output, parameter, rate, reaction, shared, state
from mgsim.language.expression import exp, log
from mgsim.language.mechanism import Mechanism


class Mitochondria(Mechanism):
    """Respiration driven by ADP and phosphate, limited by oxygen, with a static head.

    The static head is the phosphorylation potential at which synthesis stops: with it both the resting turnover
    and the recovery of phosphocreatine come out, which a plain Hill law cannot do. What respiration senses is open:
    total ADP by default, or Mg-free ADP (`w_f`), or MgADP (`w_m`). The three give low magnesium effects of opposite
    sign on recovery.
    """

    V_ox = parameter(0.75, "mM/s", "largest ATP synthesis",
        source="Textbook", evidence="M-", q10=2.0, at="37 °C")
    K_ADP = parameter(0.0563, "mM", "sensed ADP at half", source="MgsimFit", evidence="F", note="P89")
    n = parameter(1.5, "1", "its power", source="MgsimFit", evidence="F", note="P89")
    K_Pi = parameter(1.0, "mM", "phosphate at half", source="Textbook", evidence="M")
    G_sh = parameter(240.0, "1/mM", "[ATP]/[ADP][Pi] at which synthesis stops",
        source="MgsimFit", evidence="F", note="closes the resting balance")
    w_f = parameter(0.0, "1", "weight of Mg-free ADP in what is sensed",
        source="MgsimDesign", evidence="D", note="open")
    w_m = parameter(0.0, "1", "weight of MgADP in what is sensed",
        source="MgsimDesign", evidence="D", note="open")
    f_A0 = parameter(0.5, "1", "Mg-free share of ADP at the normal rest", source="MgsimComputed", evidence="C")
    tiny = parameter(1e-6, "mM", "keeps the power of ADP smooth at nothing", source="MgsimDesign", evidence="D")

    P_O = parameter(5.4, "1", "ATP per O₂", source="Textbook", evidence="M+")
    K_x = parameter(0.02, "1", "oxygen at half, relative to arterial", source="Textbook", evidence="M")
    S_x = parameter(0.5, "mM", "oxygen store of the tissue with myoglobin", source="Textbook", evidence="M")
    g_0 = parameter(0.0029, "mM/s", "oxygen supply at rest",
        source="MgsimFit", evidence="F", note="closes the rest")
    g_max = parameter(0.60, "mM/s", "oxygen supply at full hyperaemia", source="Textbook", evidence="M-")
    y_0 = parameter(0.0, "1", "metabolic drive at rest",
        source="MgsimFit", evidence="F", note="closes the rest")
    bend = parameter(0.005, "1", "width of the bend from resting to rising flow", source="MgsimDesign", evidence="D")
    tau_hyp = parameter(6.0, "s", "hyperaemia", source="Textbook", evidence="M")
    supply = parameter(1.0, "1", "inflow against normal: 0 under a cuff", source="MgsimDesign", evidence="D")
    occ = parameter(0.0, "1", "1: contraction squeezes its own vessels", source="MgsimDesign", evidence="D")
    F_occ = parameter(0.35, "1", "share of full force that halves the inflow", source="Textbook", evidence="M")
    F_full = parameter(0.22, "1", "share of heads that bear force in a full tetanus",
        source="MgsimComputed", evidence="C")

    ADP = shared("µM", "Mg-free ADP", scale=1.0)
    MgADP = shared("µM", "MgADP", scale=1.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)
    ATP = shared("µM", "Mg-free ATP", scale=100.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0)
    ADP_total = shared("µM", "free ADP, with and without Mg²⁺")
    Pi_total = shared("µM", "phosphate, with and without Mg²⁺")
    HT = shared("µM", "protons bound above the reference species", scale=1000.0)
    bearing = shared("1", "share of heads that bear force", at="")
    x = state("1", "oxygen of the tissue, relative to arterial", initial=0.5, scale=0.1)
    y = state("1", "hyperaemia", initial=0.01, scale=0.1)

    sensed = define((1.0 - w_f - w_m) * ADP_total + w_f * ADP / f_A0 + w_m * MgADP / (1.0 - f_A0), "µM", "sensed ADP")
    # A power of a state: smooth where the state is a rounding error below zero.
    pull = define(exp(n * log((sensed**2 + tiny**2) ** 0.5 / K_ADP)))
    drive = define(
        pull / (1.0 + pull) * Pi_total / (Pi_total + K_Pi) * (1.0 - (ATP + MgATP) / (sensed * Pi_total * G_sh)),
        "1",
        "metabolic drive",
    )
    flux = reaction("MgADP + Pi + HT → MgATP", V_ox * drive * x / (x + K_x))
    inflow = define(supply / (1.0 + occ * (bearing / F_full / F_occ) ** 4), "1", "blood flow", public="washout", at="")
    # Hyperaemia above the resting drive; below it the flow stays what it is, smoothly.
    above = define(bend * log(1.0 + exp((y - y_0) / (1.0 - y_0) / bend)))
    g = define(inflow * (g_0 + g_max * above), "mM/s", "oxygen supply")
    dx_dt = rate(x, (g * (1.0 - x) - flux / P_O) / S_x)
    dy_dt = rate(y, (drive - y) / tau_hyp)
    J_ox = output(flux, "µM/ms", "ATP made by mitochondria")
    O2 = output(x, "1", "oxygen of the tissue, relative to arterial")
