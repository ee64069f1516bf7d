"""The sodium channel and the resting sodium leak."""

from mgsim.fibre.geometry import L_i
from mgsim.language.declaration import TEMPERATURE as T
from mgsim.language.declaration import define, parameter, rate, shared, slot, state, transport
from mgsim.language.expression import as_expr, exp, linoid
from mgsim.language.mechanism import Mechanism
from mgsim.milieu import Physics


class SodiumChannel(Mechanism):
    """Nav1.4: fast activation and inactivation, slow inactivation, constant-field current.

    The midpoints stand between native mouse muscle and expressed channels: they were chosen for behaviour
    (the force that is left in high K+, trains at 125 Hz), not measured. Slow inactivation, over seconds, is what
    takes excitability from a fibre in high K+ and leaves it to a train: T61 is fitted by its midpoint.
    """

    P_Na = parameter(1.423e-4, "cm/s", "permeability",
        source="MgsimFit", evidence="F", q10=1.4, at="25 °C",
        note="overshoot 32-34 mV; 1.02e-4 in the Cannon-lab model")
    eta = parameter(0.40, "1", "density in the tubule against the sarcolemma",
        source="MgsimFit", evidence="F", note="0.8 and 0.1 in published models")
    am = parameter(0.2875, "ms⁻¹ mV⁻¹", "activation, opening",
        source="CannonLab2024", evidence="K", q10=2.5, at="22 °C")
    Vam = parameter(-46.0, "mV", "its midpoint", source="CannonLab2024", evidence="K")
    ka = parameter(10.0, "mV", "its steepness", source="CannonLab2024", evidence="K")
    bm = parameter(1.375, "ms⁻¹", "activation, closing",
        source="CannonLab2024", evidence="K", q10=2.5, at="22 °C")
    kb = parameter(18.0, "mV", "its steepness", source="CannonLab2024", evidence="K")
    dVm = parameter(10.0, "mV", "shift of activation",
        source="MgsimFit", evidence="F", note="no window depolarisation at 10-13 mM K⁺ outside")
    Vh = parameter(-65.0, "mV", "inactivation midpoint",
        source="MgsimFit", evidence="F", note="every pulse of a train at 125 Hz; -70 to -80 measured")
    kh = parameter(5.4, "mV", "its steepness", source="CannonLab2024", evidence="K")
    Vh0 = parameter(-80.0, "mV", "midpoint for which the rates below hold",
        source="CannonLab2024", evidence="K")
    ah = parameter(0.508, "ms⁻¹", "inactivation, recovery",
        source="CannonLab2024", evidence="K", q10=2.5, at="22 °C")
    Vah = parameter(-110.0, "mV", "its midpoint", source="CannonLab2024", evidence="K")
    kah = parameter(9.97, "mV", "its steepness", source="CannonLab2024", evidence="K")
    bh = parameter(3.272, "ms⁻¹", "inactivation, onset",
        source="CannonLab2024", evidence="K", q10=2.5, at="22 °C")
    Vbh = parameter(-26.2, "mV", "its midpoint", source="CannonLab2024", evidence="K")
    kbh = parameter(9.09, "mV", "its steepness", source="CannonLab2024", evidence="K")
    V_s = parameter(-72.77, "mV", "slow inactivation midpoint",
        source="MgsimFit", evidence="F", note="T61; -59 in Hayward 1997, -86 in rat soleus")
    ks = parameter(8.0, "mV", "its steepness", source="MgsimFit", evidence="F", note="10.6 in Hayward 1997")
    s0 = parameter(0.115, "1", "what slow inactivation leaves", source="Hayward1997", evidence="K")
    a_s = parameter(4.04e-6, "ms⁻¹", "slow inactivation, recovery",
        source="Hayward1997", evidence="K", q10=2.5, at="22 °C")
    kas = parameter(21.1, "mV", "its steepness", source="Hayward1997", evidence="K")
    b_s = parameter(7.36e-4, "ms⁻¹", "slow inactivation, onset",
        source="Hayward1997", evidence="K", q10=2.5, at="22 °C")
    Vbs = parameter(-16.6, "mV", "its midpoint", source="Hayward1997", evidence="K")
    kbs = parameter(21.2, "mV", "its steepness", source="Hayward1997", evidence="K")

    area = slot("1", "wall per sarcolemmal surface")
    density = slot("1", "channels against the sarcolemma")
    V = shared("mV", "membrane potential")
    dV_div = shared("mV", "shift of the gates by divalents outside", at="")
    q = shared("µM", "charge", scale=1.0)
    Na_i = shared("µM", "cell Na⁺", species="Na", at="inside", scale=1000.0, initial=10000.0)
    Na_o = shared("µM", "Na⁺ outside", species="Na", at="outside", scale=1000.0, initial=147000.0)
    m = state("1", "activation", initial=0.0044, scale=1.0)
    h = state("1", "fast inactivation removed", initial=0.98)
    s = state("1", "slow inactivation removed", initial=0.94)

    v = define(V - dV_div, "mV", "what the gates feel")
    x = define(v - (Vh - Vh0), "mV")
    alpha_m = define(am * ka * linoid((v - Vam - dVm) / ka), "ms⁻¹")
    beta_m = define(bm * exp(-(v - Vam - dVm) / kb), "ms⁻¹")
    dm_dt = rate(m, alpha_m * (1.0 - m) - beta_m * m)
    h_inf = define(1.0 / (1.0 + exp((v - Vh) / kh)))
    rate_h = define(ah / (1.0 + exp((x - Vah) / kah)) + bh / (1.0 + exp(-(x - Vbh) / kbh)), "ms⁻¹")
    dh_dt = rate(h, (h_inf - h) * rate_h)
    s_inf = define(s0 + (1.0 - s0) / (1.0 + exp((v - V_s) / ks)))
    rate_s = define(a_s * exp(-v / kas) + b_s / (1.0 + exp(-(v - Vbs) / kbs)), "ms⁻¹")
    ds_dt = rate(s, (s_inf - s) * rate_s)
    ready = define(as_expr(s), "1", "channels that are not slowly inactivated", public="Na_ready")

    u = define(V * Physics.F / (Physics.R * T), "1", "membrane potential over RT/F")
    driving = define(linoid(u) * (Na_i - Na_o * exp(-u)), "µM", "constant-field driving concentration")
    current = transport("Na_i + q ⇌ Na_o", area * density * P_Na * m**3 * h * s * driving / L_i)


class SodiumLeak(Mechanism):
    """What Na+ enters at rest, through whatever lets it; the pump lives on it."""

    P_Nal = parameter(7.987942e-9, "cm/s", "permeability",
        source="MgsimFit", evidence="F", q10=1.4, at="25 °C",
        note="closes the Na⁺ balance of the rest at -86 mV, 10 mM Na⁺ and 150 mM K⁺ inside")
    area = slot("1", "wall per sarcolemmal surface")
    V = shared("mV", "membrane potential")
    q = shared("µM", "charge", scale=1.0)
    Na_i = shared("µM", "cell Na⁺", species="Na", at="inside", scale=1000.0)
    Na_o = shared("µM", "Na⁺ outside", species="Na", at="outside", scale=1000.0)
    u = define(V * Physics.F / (Physics.R * T), "1", "membrane potential over RT/F")
    current = transport("Na_i + q ⇌ Na_o", area * P_Nal * linoid(u) * (Na_i - Na_o * exp(-u)) / L_i)
