"""Membrane potential: the charge on a wall over its capacitance."""

from mgsim.fibre.geometry import L_i
from mgsim.language.declaration import define, parameter, shared, slot
from mgsim.language.expression import log
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Milieu, Physics


class Capacitor(Mechanism):
    """The lipid wall. Its charge is counted with the ions, so no current can move one without the other.

    Charge is in µmol of elementary charges per litre of myoplasmic water, inside minus outside.
    """

    C = parameter(1.0, "µF/cm²", "capacitance", source="CannonLab2024", evidence="K")
    area = slot("1", "wall per sarcolemmal surface")
    q = shared("µM", "charge", scale=1.0, initial=-1.0)
    V = define(q * Physics.F * L_i / (C * area), "mV", "membrane potential, inside minus outside", public="V")


class SurfaceCharge(Mechanism):
    """Divalent cations outside screen the surface charge and so shift what the gates feel.

    A closed form of the Grahame equation with the charge groups of Hille, Woodhull and Shapiro; 0.4 mV is its
    worst error for 0.2-20 mM Ca2+ and 0-8 mM Mg2+. Low divalents bring the threshold nearer.
    """

    A = parameter(10.5, "mV", "slope of the shift",
        source="Hille1975", evidence="C", note="fit of the Grahame equation")
    C0 = parameter(0.54, "mM", "what screens without divalents", source="Hille1975", evidence="C")
    r_Mg = parameter(0.50, "1", "Mg²⁺ against Ca²⁺",
        source="Hille1975", evidence="C", note="0.40-0.71, by how much Mg²⁺ binds")
    Ca_ref = parameter(1.3, "mM", "reference Ca²⁺", source="MgsimDesign", evidence="D")
    Mg_ref = parameter(0.55, "mM", "reference Mg²⁺", source="MgsimDesign", evidence="D")

    screening = define(
        log((C0 + Milieu.Ca_o + r_Mg * Milieu.Mg_o) / (C0 + Ca_ref + r_Mg * Mg_ref)),
        "1",
        "log of divalent screening against the reference",
        public="screening",
        at="",
    )
    dV_div = define(A * screening, "mV", "shift of the gates by divalents outside", public="dV_div", at="")
