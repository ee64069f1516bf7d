"""Where things are: the four volumes of the calcium cycle, and the walls and waters of the electrical one."""

from mgsim.language.declaration import parameter
from mgsim.language.mechanism import Mechanism, Place


class Geometry(Mechanism):
    """Volumes per litre of myoplasmic water, and the lengths that turn currents into concentrations.

    A junctional space between the tubule and the terminal cisterna is no decoration: release is controlled by
    a Ca2+ there that the mean of the cytosol does not show.
    """

    f_J = parameter(0.05, "1", "junctional share of myoplasmic water",
        source="MgsimDesign", evidence="F",
        note="sets the gradient that inactivation of release and calcium-induced release read")
    v_L = parameter(0.06, "1", "longitudinal reticulum, volume",
        source="LuffAtwood1971", evidence="M",
        note="with the cisternae 0.073 in mouse EDL, 0.039 in soleus, and 0.12 in fast rat fibres, FryerStephenson1996")
    v_TC = parameter(0.03, "1", "terminal cisternae, volume",
        source="LuffAtwood1971", evidence="M", note="30 % of the reticulum in guinea-pig soleus, Eisenberg1974")

    r = parameter(20.0, "µm", "fibre radius", source="Textbook", evidence="M+")
    f_i = parameter(0.75, "1", "cell water per fibre volume", source="Textbook", evidence="M+")
    f_e = parameter(0.20, "1", "interstitial water per fibre volume", source="CannonLab2024", evidence="K")
    rho_t = parameter(0.008, "1", "tubular volume per fibre volume",
        source="MgsimFit", evidence="F",
        note="0.3-0.6 mM K⁺ gained per action potential; 0.003 in the Cannon-lab model, 0.014 in living fibres")
    zeta = parameter(2.3e-6, "cm", "tubular volume per tubular surface",
        source="DiFranco2012", evidence="M",
        note="2.2e-6 in guinea-pig soleus, Eisenberg1974; 1.0e-6 in mouse EDL, LuffAtwood1971; CannonLab2024 1.25e-6")


L_i = Geometry.f_i * Geometry.r * 0.5  # cell water per sarcolemmal surface
gamma = Geometry.rho_t * Geometry.r * 0.5 / Geometry.zeta  # tubular membrane per sarcolemma

junction = Place("junction", volume=Geometry.f_J)
bulk = Place("bulk", volume=1.0 - Geometry.f_J)
longitudinal = Place("longitudinal", volume=Geometry.v_L)
terminal = Place("terminal", volume=Geometry.v_TC)

cell = Place("cell")
lumen = Place("lumen", volume=Geometry.rho_t / Geometry.f_i)
interstitium = Place("interstitium", volume=Geometry.f_e / Geometry.f_i)
sarcolemma = Place("sarcolemma", roles={"inside": "cell", "outside": "interstitium"})
tubule = Place("tubule", roles={"inside": "cell", "outside": "lumen"}, slots={"area": gamma})

places = (junction, bulk, longitudinal, terminal, cell, lumen, interstitium, sarcolemma, tubule)
