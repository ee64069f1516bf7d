"""Phosphorylation of the regulatory light chain of myosin: the memory of recent contractions."""

from mgsim.language.declaration import define, parameter, rate, shared, state
from mgsim.language.mechanism import Mechanism


class LightChain(Mechanism):
    """Calmodulin with Ca²⁺ switches a kinase on within milliseconds; it goes off within a second, and the phosphate
    it left stays for minutes. Heads with phosphate switch the thin filament on more readily: twitches grow
    (staircase, post-tetanic potentiation), full tetani hardly.

    One kinase molecule works on many heads, so its Ca²⁺ and the ATP it spends are not counted.
    """

    K_CaM = parameter(5.0, "µM", "Ca²⁺ at calmodulin", source="Textbook", evidence="M",
        note="between its two lobes, about 2 and 10 µM")
    k_CaM = parameter(0.03419, "ms⁻¹", "switching the kinase on, calmodulin full",
        source="MgsimFit", evidence="F", note="staircase against tetanus; phosphate at rest")
    k_idle = parameter(0.001, "ms⁻¹", "switching off of the kinase",
        source="Stull2011", evidence="M", note="slow dissociation of calmodulin")
    k_kin = parameter(0.0002424, "ms⁻¹", "phosphorylation, kinase on",
        source="MgsimFit", evidence="F", note="0.21 to 0.51 by a tetanus of 1 s; as fast at 23 as at 35 °C")
    k_pho = parameter(1.78e-6, "ms⁻¹", "dephosphorylation",
        source="Krarup1981", evidence="R", q10=2.6, at="20 °C", note="decay of potentiation in rat EDL, 561 s at 20 °C")

    Ca = shared("µM", "free Ca²⁺", at="bulk", scale=0.1)
    kinase = state("1", "kinase switched on", initial=0.001, scale=0.1)
    L = state("1", "share of light chains phosphorylated", initial=0.15, scale=0.1)
    dkinase_dt = rate(kinase, k_CaM * (Ca / (Ca + K_CaM)) ** 2 * (1.0 - kinase) - k_idle * kinase)
    dL_dt = rate(L, k_kin * kinase * (1.0 - L) - k_pho * L)
    phosphorylated = define(L, "1", "share of light chains phosphorylated", public="phosphorylated", at="")
