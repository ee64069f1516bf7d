"""A stand-in for creatine kinase, glycolysis and mitochondria: what is split is made again at once."""

from mgsim.language.declaration import output, parameter, reaction, shared
from mgsim.language.mechanism import Mechanism


class ATPRegeneration(Mechanism):
    """MgATP is remade from MgADP and phosphate as fast as it is split.

    Free ADP rises by the turnover divided by `k_re`: 3 µM at 3 mM/s. There is no limit to the supply, so this
    fibre tires by its calcium and its ions only; energetics takes this mechanism's place.
    """

    k_re = parameter(1.0, "ms⁻¹", "rate at which ADP returns to its resting value",
        source="MgsimDesign", evidence="D", note="of the order of creatine kinase; ADP hardly rises")
    ADP_0 = parameter(15.0, "µM", "free ADP without load",
        source="Textbook", evidence="M", note="creatine kinase equilibrium")

    MgATP = shared("µM", "MgATP", scale=1000.0)
    MgADP = shared("µM", "MgADP", scale=1.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0)
    HT = shared("µM", "protons bound above the reference species", scale=1000.0)
    ADP_total = shared("µM", "free ADP, with and without Mg²⁺")

    remake = reaction("MgADP + Pi + HT → MgATP", k_re * (ADP_total - ADP_0))
    J_ATP = output(remake, "µM/ms", "ATP turnover")
