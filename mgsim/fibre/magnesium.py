"""Where the rest of the cell's magnesium sits: on phosphates and on proteins."""

from mgsim.language.declaration import define, parameter, reaction, shared, state
from mgsim.language.expression import as_expr
from mgsim.language.mechanism import Mechanism


class MagnesiumSites(Mechanism):
    """Fast, weak Mg2+ sites: proteins, phosphocreatine, phosphate and ADP.

    They equilibrate within a millisecond; the relaxation rate is there to keep magnesium conserved by
    construction. Phosphocreatine is held constant. Parvalbumin and troponin have their own mechanisms and are
    not counted again here.
    """

    k_f = parameter(1.0, "ms⁻¹", "relaxation rate of fast sites",
        source="MgsimDesign", evidence="D", note="any fast value gives the same result")
    X_tot = parameter(1000.0, "µM", "protein sites",
        source="MgsimComputed", evidence="C", note="Mg budget, P27")
    K_X = parameter(1000.0, "µM", "their dissociation constant", source="MgsimComputed", evidence="C")
    PCr_tot = parameter(30000.0, "µM", "phosphocreatine",
        source="DutkaLamb2004", evidence="R", note="held; P30")
    K_PCr = parameter(43000.0, "µM", "Mg-phosphocreatine dissociation", source="Golding1995", evidence="C")
    K_Pi = parameter(27000.0, "µM", "Mg-phosphate dissociation", source="Golding1995", evidence="C")
    K_ADP = parameter(800.0, "µM", "Mg-ADP dissociation", source="Golding1995", evidence="C")

    Mg = shared("µM", "free Mg²⁺", scale=100.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0, initial=1935.0)
    MgPi = shared("µM", "Mg-phosphate", scale=10.0, initial=64.0)
    ADP = shared("µM", "Mg-free ADP", scale=1.0, initial=7.0)
    MgADP = shared("µM", "MgADP", scale=1.0, initial=8.0)
    MgX = state("µM", "protein sites holding Mg²⁺", initial=470.0, scale=X_tot / 10.0)
    MgPCr = state("µM", "Mg-phosphocreatine", initial=615.0, scale=PCr_tot / 300.0)

    bind_X = reaction("Mg ⇌ MgX", k_f * (Mg * (X_tot - MgX) / K_X - MgX))
    bind_PCr = reaction("Mg ⇌ MgPCr", k_f * (Mg * (PCr_tot - MgPCr) / K_PCr - MgPCr))
    bind_Pi = reaction("Mg + Pi ⇌ MgPi", k_f * (Mg * Pi / K_Pi - MgPi))
    bind_ADP = reaction("Mg + ADP ⇌ MgADP", k_f * (Mg * ADP / K_ADP - MgADP))

    K_hyd = parameter(4e11, "µM", "[ADP][Pi]/[MgATP] of the totals at equilibrium, pH 7, 1 mM Mg²⁺",
        source="Golding1995", evidence="C")
    K_hydrolysis = define(K_hyd, "µM", "[ADP][Pi]/[MgATP] of the totals", public="K_hydrolysis", at="")
    acidity = define(as_expr(1.0), "1", "[H⁺] against rest: held", public="acidity", at="")
    Pi_total = define(Pi + MgPi, "µM", "phosphate, with and without Mg²⁺", public="Pi_total")
    ADP_total = define(ADP + MgADP, "µM", "free ADP, with and without Mg²⁺", public="ADP_total")
