"""The inside of the reticulum: exchange, calsequestrin, and the leak that is not RyR1."""

from mgsim.fibre.geometry import Geometry
from mgsim.language.declaration import output, parameter, reaction, shared, state, transport
from mgsim.language.mechanism import Mechanism


class Reticulum(Mechanism):
    """Longitudinal tubules that take Ca2+ up and terminal cisternae that let it go, with calsequestrin there.

    Calsequestrin unloads within a millisecond; a slow one would let the free Ca2+ of the cisternae collapse
    during release.
    """

    k_SR = parameter(0.1, "ms⁻¹", "exchange between the two, per myoplasm",
        source="MgsimFit", evidence="F", q10=1.5, at="16 °C", note="T5b, tetanus")
    k_pl = parameter(8.642e-06, "ms⁻¹", "leak that is not RyR1 (pump slip)",
        source="MgsimFit", evidence="F", q10=1.6, at="25 °C", note="closes the resting balance")
    Q_tot = parameter(1.29e5, "µM", "calsequestrin sites, per cisternal volume",
        source="Murphy2009", evidence="F", note="36 µmol CSQ1 per litre of fibre with about 75 sites each")
    K_Q = parameter(721.0, "µM", "their dissociation constant",
        source="MgsimFit", evidence="F", note="0.8-1.2 mM")
    k_minus_Q = parameter(3.0, "ms⁻¹", "Ca²⁺ off calsequestrin",
        source="MgsimDesign", evidence="F", note="fast; P58 is 600 times slower")

    Ca = shared("µM", "free Ca²⁺", at="bulk", scale=0.1)
    CaSR_L = shared("µM", "free Ca²⁺ of the longitudinal reticulum",
        species="CaSR", at="longitudinal", scale=100.0, initial=735.0)
    CaSR_T = shared("µM", "free Ca²⁺ of the terminal cisternae",
        species="CaSR", at="terminal", scale=100.0, initial=735.0)
    CaQ = state("µM", "calsequestrin sites holding Ca²⁺", at="terminal", initial=65000.0, scale=Q_tot / 10.0)

    leak = transport("CaSR_L ⇌ Ca", k_pl * (CaSR_L - Ca))
    exchange = transport("CaSR_L ⇌ CaSR_T", k_SR * (CaSR_L - CaSR_T))
    bind_Q = reaction("CaSR_T ⇌ CaQ", k_minus_Q * (CaSR_T * (Q_tot - CaQ) / K_Q - CaQ))

    Ca_store = output(
        Geometry.v_L * CaSR_L + Geometry.v_TC * (CaSR_T + CaQ),
        "µM",
        "Ca²⁺ in the reticulum, per myoplasmic water",
    )
