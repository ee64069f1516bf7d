"""What surrounds the cells: the ions of blood and interstitial water."""

from mgsim.language.declaration import parameter
from mgsim.language.mechanism import Mechanism


class Physics(Mechanism):
    """Constants of nature."""

    F = parameter(96485.332, "C/mol", "Faraday constant", source="Textbook", evidence="R")
    R = parameter(8.314463, "J/mol/K", "gas constant", source="Textbook", evidence="R")


class Milieu(Mechanism):
    """Ionised concentrations outside the cell; the bath of an isolated muscle (Krebs solution), unless changed.

    When K+ is changed, Na+ has to change the other way, or the bath is one that nobody can mix.
    """

    Na_b = parameter(147.0, "mM", "blood or bath Na⁺", source="CairnsRenaud", evidence="R")
    K_b = parameter(4.0, "mM", "blood or bath K⁺", source="CairnsRenaud", evidence="R")
    Cl_b = parameter(128.0, "mM", "blood or bath Cl⁻", source="CairnsRenaud", evidence="R")
    Ca_o = parameter(1.3, "mM", "ionised Ca²⁺ outside", source="Textbook", evidence="M+")
    Mg_o = parameter(0.55, "mM", "ionised Mg²⁺ outside", source="Textbook", evidence="M+")
