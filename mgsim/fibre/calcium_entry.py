"""Calcium across the surface and tubular membranes: small fluxes that set the slow resting state."""

from mgsim.language.declaration import define, output, parameter, rate, shared, state, transport
from mgsim.language.expression import exp
from mgsim.language.mechanism import Mechanism


class CalciumEntry(Mechanism):
    """L-type channel, store-operated entry, background leak, Ca2+ pump (PMCA) and Na/Ca exchange.

    All of them together turn over 0.1 µM per second at rest. Every Ca2+ that crosses takes its charge along:
    the pump's protons are not followed, and the exchange is carried as 3 Na+ for 1 Ca2+. Outside Ca2+ is held
    by the milieu; what the tubule passes on comes in through its mouth, so its charge is the sarcolemma's.
    """

    J_lk = parameter(5.629e-05, "µM/ms", "background influx",
        source="MgsimFit", evidence="F", q10=2.0, at="25 °C", note="closes the resting balance")
    V_PM = parameter(1.5e-4, "µM/ms", "PMCA, maximum",
        source="BarclayLaunikonis2022", evidence="R", q10=2.0, at="25 °C")
    K_PM = parameter(0.046, "µM", "PMCA, half-maximum", source="BarclayLaunikonis2022", evidence="R")
    V_NX = parameter(3e-4, "µM/ms", "Na/Ca exchange, forward, lumped",
        source="Textbook", evidence="M-", q10=2.0, at="25 °C")
    K_NX = parameter(2.0, "µM", "Na/Ca exchange, half-maximum", source="Textbook", evidence="M-")
    V_SO = parameter(5e-4, "µM/ms", "store-operated entry, maximum",
        source="Textbook", evidence="M-", q10=2.0, at="25 °C")
    K_SO = parameter(350.0, "µM", "cisternal Ca²⁺ at its half", source="Textbook", evidence="M-")
    G_L = parameter(2e-4, "µM/ms", "L-type entry, fully open at 0 mV",
        source="Textbook", evidence="M-", q10=2.0, at="25 °C")
    E_L = parameter(60.0, "mV", "its reversal potential", source="Textbook", evidence="M-")
    V_d = parameter(-10.0, "mV", "its midpoint", source="Textbook", evidence="M-")
    k_d = parameter(6.0, "mV", "its steepness", source="Textbook", evidence="M-")
    tau_d = parameter(30.0, "ms", "its activation", source="Textbook", evidence="M-", q10=0.5, at="25 °C")

    V = shared("mV", "tubular membrane potential", at="tubule")
    q_s = shared("µM", "charge of the sarcolemma", species="q", at="sarcolemma", scale=1.0)
    Ca = shared("µM", "free Ca²⁺", at="bulk", scale=0.1)
    CaSR_T = shared("µM", "free Ca²⁺ of the terminal cisternae", species="CaSR", at="terminal", scale=100.0)
    Na_i = shared("µM", "cell Na⁺", species="Na", at="cell", scale=1000.0)
    Na_e = shared("µM", "interstitial Na⁺", species="Na", at="interstitium", scale=1000.0)
    d = state("1", "L-type activation", scale=0.1)

    dd_dt = rate(d, (1.0 / (1.0 + exp(-(V - V_d) / k_d)) - d) / tau_d)
    J_L = define(G_L * d * (E_L - V) / E_L, "µM/ms", "L-type entry")
    J_SO = define(V_SO / (1.0 + (CaSR_T / K_SO) ** 4), "µM/ms", "store-operated entry")
    J_PM = define(V_PM * Ca / (Ca + K_PM), "µM/ms", "extrusion by PMCA")
    J_NX = define(V_NX * Ca / (Ca + K_NX), "µM/ms", "extrusion by Na/Ca exchange")

    L_type = transport("→ Ca + 2 q_s", J_L)
    store_operated = transport("→ Ca + 2 q_s", J_SO)
    background = transport("→ Ca + 2 q_s", J_lk)
    PMCA = transport("Ca + 2 q_s →", J_PM)
    exchange = transport("Ca + 3 Na_e → 3 Na_i + q_s", J_NX)
    J_sl = output(J_lk + J_SO + J_L - J_PM - J_NX, "µM/ms", "net Ca²⁺ entry across the membrane")
