"""ClC-1, the chloride channel that holds muscle still."""

from mgsim.fibre.geometry import L_i
from mgsim.language.declaration import TEMPERATURE as T
from mgsim.language.declaration import define, parameter, shared, slot, transport
from mgsim.language.expression import exp, linoid
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Physics


class ChlorideChannel(Mechanism):
    """Most of the resting conductance. Chloride is passive: no cotransport, no change of volume.

    Its closing during activity is left out.
    """

    P_Cl = parameter(2.7e-5, "cm/s", "permeability",
        source="MgsimFit", evidence="F", q10=1.4, at="25 °C", note="0.95 mS/cm²; 0.85-1.03 measured in the rat")
    eta = parameter(0.30, "1", "density in the tubule against the sarcolemma",
        source="CannonLab2024", evidence="K")
    V_a = parameter(70.0, "mV", "its midpoint", source="Wallinga1999", evidence="K")
    A_a = parameter(150.0, "mV", "its steepness", source="Wallinga1999", evidence="K")

    area = slot("1", "wall per sarcolemmal surface")
    density = slot("1", "channels against the sarcolemma")
    V = shared("mV", "membrane potential")
    q = shared("µM", "charge", scale=1.0)
    Cl_i = shared("µM", "cell Cl⁻", species="Cl", at="inside", scale=1000.0, initial=4500.0)
    Cl_o = shared("µM", "Cl⁻ outside", species="Cl", at="outside", scale=1000.0, initial=128000.0)
    a = define(1.0 / (1.0 + exp((V - V_a) / A_a)))
    u = define(V * Physics.F / (Physics.R * T), "1", "membrane potential over RT/F")
    influx = define(
        linoid(-u) * (Cl_o * exp(u) - Cl_i), "µM", "constant-field driving concentration, inwards"
    )
    current = transport("Cl_o + q ⇌ Cl_i", area * density * P_Cl * a**4 * influx / L_i)
