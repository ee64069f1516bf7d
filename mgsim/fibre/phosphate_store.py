"""Phosphate that enters the reticulum and takes the calcium out of solution."""

from mgsim.fibre.geometry import Geometry
from mgsim.language.declaration import output, parameter, reaction, shared, state, transport
from mgsim.language.mechanism import Mechanism


class PhosphatePrecipitation(Mechanism):
    """Phosphate crosses into the terminal cisternae and precipitates with calcium once their product is high.

    It dissolves while there is any. The law is smooth and cannot make the precipitate negative. What measured entry
    in skinned fibres says is 25 times what the plateau of fatigue in intact fibres allows; the reason is not known.
    """

    k_Pi = parameter(0.004, "1/s", "entry",
        source="MgsimFit", evidence="F",
        note="onset of the last phase of fatigue (T46); 0.107 in skinned fibres (T33)")
    k_p = parameter(0.02, "1/(mM*s)", "precipitation",
        source="MgsimFit", evidence="F", note="0.47 in skinned fibres (T33)")
    PP = parameter(6.0, "mM**2", "solubility product", source="Shorten2007", evidence="K")
    eps = parameter(0.1, "mM", "precipitate at half of its dissolution", source="MgsimDesign", evidence="D")

    Pi = shared("µM", "Mg-free phosphate", at="bulk", scale=100.0)
    CaSR = shared("µM", "free Ca²⁺ of the terminal cisternae", at="terminal", scale=100.0)
    PiSR = shared("µM", "phosphate of the terminal cisternae", at="terminal", scale=100.0, initial=2000.0)
    CaPi = state("µM", "precipitate of calcium and phosphate", at="terminal", initial=30.0, scale=eps)

    entry = transport("Pi ⇌ PiSR", Geometry.v_TC * k_Pi * (Pi - PiSR))
    precipitate = reaction("CaSR + PiSR ⇌ CaPi", k_p * (CaSR * PiSR - PP * CaPi / (CaPi + eps)))
    CaPi_store = output(Geometry.v_TC * CaPi, "µM", "precipitated calcium, per myoplasmic water")
