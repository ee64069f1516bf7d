"""Slow exchange of magnesium with the outside: hours, so left out of the presets and added where it matters."""

from mgsim.language.declaration import output, parameter, shared, transport
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Milieu


class MagnesiumExchange(Mechanism):
    """Mg2+ leaks in with the gradient and is pumped out; the two balance at a set point.

    ``model.plus(MagnesiumExchange.at(bulk))`` adds it. The cell's magnesium is then no longer conserved, so the
    anchor ``Mg`` gives way to the set point ``Mg_set``. With a slope of 3 to 5 mM total per mM free the time
    constant is 3 to 4 hours, as the slow phase of exchange in frog muscle. Its sodium and charge are not followed.
    """

    J_ex = parameter(0.6, "mM/hour", "turnover at rest, per myoplasmic water",
        source="Gilbert1960", evidence="R")
    Mg_set = parameter(0.9, "mM", "free Mg²⁺ at which influx and efflux balance",
        source="MgsimDesign", evidence="D")
    Mg_o0 = parameter(0.55, "mM", "Mg²⁺ outside for which the set point holds",
        source="MgsimDesign", evidence="D")

    Mg = shared("µM", "free Mg²⁺", scale=100.0)
    J_Mg = output(J_ex * (Milieu.Mg_o / Mg_o0 - Mg / Mg_set), "µM/ms", "net Mg²⁺ entry")
    exchange = transport("⇌ Mg", J_Mg)
