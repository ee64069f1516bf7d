"""What the cell spends at rest on everything that has no mechanism of its own here."""

from mgsim.language.declaration import output, parameter, reaction, shared
from mgsim.language.mechanism import Mechanism


class RestingWork(Mechanism):
    """Protein turnover, other pumps and the like, as one steady use of MgATP."""

    J_base = parameter(0.003, "mM/s", "use of ATP", source="MgsimDesign", evidence="M-", q10=2.0, at="25 °C")
    K_base = parameter(0.05, "mM", "MgATP at half of it", source="Textbook", evidence="M-")

    MgATP = shared("µM", "MgATP", scale=1000.0)
    MgADP = shared("µM", "MgADP", scale=1.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0)
    HT = shared("µM", "protons bound above the reference species", scale=1000.0)
    split = reaction("MgATP → MgADP + Pi + HT", J_base * MgATP / (MgATP + K_base))
    J_ATP_base = output(split, "µM/ms", "ATP split by everything else")
