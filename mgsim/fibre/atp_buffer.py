"""ATP as a carrier of Mg2+ and a fast buffer of Ca2+."""

from mgsim.language.declaration import parameter, reaction, shared
from mgsim.language.mechanism import Mechanism


class ATPBuffer(Mechanism):
    """Mg2+ and Ca2+ compete for ATP.

    Mg2+ leaves ATP at 150 per second, more slowly than a Ca2+ transient rises, so this is no equilibrium. The
    Mg-free pool is what buffers Ca2+: it grows when Mg2+ falls. Protons and K+ are in the constants.
    """

    k_CA = parameter(0.15, "µM⁻¹ ms⁻¹", "Ca²⁺ on Mg-free ATP",
        source="Shorten2007", evidence="K", q10=1.4, at="16 °C")
    k_minus_CA = parameter(30.0, "ms⁻¹", "Ca²⁺ off ATP",
        source="Shorten2007", evidence="K", q10=1.4, at="16 °C")
    k_MA = parameter(0.0015, "µM⁻¹ ms⁻¹", "Mg²⁺ on ATP",
        source="Shorten2007", evidence="K", q10=1.5, at="16 °C")
    k_minus_MA = parameter(0.15, "ms⁻¹", "Mg²⁺ off ATP",
        source="Shorten2007", evidence="K", q10=1.5, at="16 °C",
        note="a dissociation constant of 100 µM; 82-131 µM from Golding's constants (P15)")

    Ca = shared("µM", "free Ca²⁺", scale=0.1)
    Mg = shared("µM", "free Mg²⁺", scale=100.0)
    ATP = shared("µM", "Mg-free ATP", scale=100.0)
    CaATP = shared("µM", "CaATP", scale=1.0)
    MgATP = shared("µM", "MgATP", scale=1000.0)

    bind_Ca = reaction("Ca + ATP ⇌ CaATP", k_CA * Ca * ATP - k_minus_CA * CaATP)
    bind_Mg = reaction("Mg + ATP ⇌ MgATP", k_MA * Mg * ATP - k_minus_MA * MgATP)
