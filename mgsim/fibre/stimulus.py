"""What excites the fibre: a brief shock, and, without a membrane, a stand-in for the action potential."""

from mgsim.fibre.geometry import L_i
from mgsim.language.declaration import TEMPERATURE as T
from mgsim.language.declaration import define, parameter, rate, shared, state, stimulus, transport
from mgsim.language.expression import as_expr, exp, linoid
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Physics


class Shock(Mechanism):
    """A brief permeability of the sarcolemma to Na+ and K+, like that of an endplate.

    It moves no charge that is not an ion, so no electrode loads the fibre. It stands for the current that reaches a
    stretch of fibre from the stretch before it, and so falls with the sodium channels that slow inactivation leaves
    there: a depolarised fibre conducts no more before it could not be excited any more.
    """

    pulse_width = parameter(0.3, "ms", "length of a pulse", source="MgsimDesign", evidence="D")
    P_stim = parameter(3.1e-5, "cm/s", "permeability during a pulse",
        source="MgsimDesign", evidence="D", note="twice threshold at rest, where 0.7 to 0.95 of it arrives")

    pulse = stimulus("1 during a pulse")
    V = shared("mV", "sarcolemmal potential", at="sarcolemma")
    Na_ready = shared("1", "sodium channels of the sarcolemma that could open", at="sarcolemma")
    q = shared("µM", "charge of the sarcolemma", at="sarcolemma", scale=1.0)
    Na_i = shared("µM", "cell Na⁺", species="Na", at="cell", scale=1000.0)
    K_i = shared("µM", "cell K⁺", species="K", at="cell", scale=1000.0)
    Na_e = shared("µM", "interstitial Na⁺", species="Na", at="interstitium", scale=1000.0)
    K_e = shared("µM", "interstitial K⁺", species="K", at="interstitium", scale=100.0)
    u = define(V * Physics.F / (Physics.R * T), "1", "membrane potential over RT/F")
    arriving = define(pulse * P_stim * Na_ready, "cm/s", "permeability that the pulse opens here")
    flow_Na = transport("Na_i + q ⇌ Na_e", arriving * linoid(u) * (Na_i - Na_e * exp(-u)) / L_i)
    flow_K = transport("K_i + q ⇌ K_e", arriving * linoid(u) * (K_i - K_e * exp(-u)) / L_i)


class StandInMembrane(Mechanism):
    """Two filters that make a pulse look like an action potential; no ions, no excitability.

    For comparing the calcium and force core by itself with published runs; the presets use the true membrane.
    """

    pulse_width = parameter(0.75, "ms", "length of a pulse",
        source="MgsimDesign", evidence="D", q10=0.5, at="25 °C")
    V_r = parameter(-80.0, "mV", "resting potential", source="Textbook", evidence="M")
    A_V = parameter(160.0, "mV", "amplitude of the drive",
        source="CairnsRenaud", evidence="C", note="peak +30 mV; +32 mV measured in mouse soleus at 25 °C")
    r_1 = parameter(3.0, "ms⁻¹", "first filter",
        source="Textbook", evidence="M", q10=2.0, at="25 °C", note="half-width about 1 ms at 25 °C")
    r_2 = parameter(3.0, "ms⁻¹", "second filter", source="Textbook", evidence="M", q10=2.0, at="25 °C")

    pulse = stimulus("1 during a pulse")
    x = state("1", "first filter", scale=0.1)
    z = state("1", "second filter", scale=0.1)
    dx_dt = rate(x, r_1 * (pulse - x))
    dz_dt = rate(z, r_2 * (x - z))
    V = define(V_r + A_V * z, "mV", "potential of the stand-in", public="V", at="tubule")
    screening = define(as_expr(0.0), "1", "no divalent screening here", public="screening", at="")
