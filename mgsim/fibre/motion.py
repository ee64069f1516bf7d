"""Length: held, imposed, or left to a load. One of three mechanisms stands in a fibre and says how long it is."""

from mgsim.fibre.filament import CrossBridge, eased
from mgsim.fibre.sarcomere import Sarcomere, above
from mgsim.language.declaration import define, drive, parameter, rate, shared, state
from mgsim.language.expression import as_expr, exp
from mgsim.language.mechanism import Mechanism


class FixedLength(Mechanism):
    """The fibre is held at its length, and so are its sarcomeres: nothing slides and no head is strained."""

    sarcomere_length = define(Sarcomere.length, "µm", "length of the sarcomere", public="sarcomere_length", at="")
    strain_S = define(as_expr(0.0), "nm", "strain of stroked heads with ADP", public="strain_S", at="")
    strain_R = define(as_expr(0.0), "nm", "strain of rigor heads", public="strain_R", at="")


class HeadStrain(Mechanism):
    """Mean strain of stroked heads while filaments slide.

    Sliding strains every bound head alike; heads that come in are unstrained, and those that leave take the mean
    with them (mean distortion, as Razumova and others describe it). A stroke that is reversed and done again leaves
    the head on its site, and its strain as it was. The spread of strains is left out, and weakly bound heads bear none.
    """

    slide = shared("nm/ms", "sliding of a half sarcomere, shortening negative", species="sliding", at="")
    S = shared("1", "share of heads bound with ADP", species="helping", at="")
    R = shared("1", "share of heads in rigor", species="rigor", at="")
    Pb = shared("1", "share of heads weakly bound", species="weak", at="")
    ADP_total = shared("µM", "free ADP, with and without Mg²⁺", at="bulk")
    new = shared("1", "share of weakly bound heads that are new on their site", species="new_on_site", at="")
    y_S = state("nm", "strain of stroked heads with ADP", scale=0.1)
    y_R = state("nm", "strain of rigor heads", scale=0.1)
    back = define(CrossBridge.g_minus * ADP_total)
    on = define(CrossBridge.g * eased(y_S, CrossBridge.ease, CrossBridge.reach))
    dy_S_dt = rate(y_S, slide - (CrossBridge.k_p * Pb * new * y_S + back * R * (y_S - y_R)) / S)
    dy_R_dt = rate(y_R, slide - on * S * (y_R - y_S) / R)
    strain_S = define(y_S, "nm", "strain of stroked heads with ADP", public="strain_S", at="")
    strain_R = define(y_R, "nm", "strain of rigor heads", public="strain_R", at="")


class ImposedLength(Mechanism):
    """A motor sets the length: the fibre is shortened or stretched at speeds that a protocol gives."""

    speed = drive("ms⁻¹", "change of length, in reference lengths a time", channel="speed")
    x = state("µm", "change of the sarcomere's length", scale=1e-3)
    dx_dt = rate(x, Sarcomere.L_0 * speed)
    sarcomere_length = define(
        Sarcomere.length + x, "µm", "length of the sarcomere", public="sarcomere_length", at=""
    )
    sliding = define(0.5 * Sarcomere.L_0 * speed, "nm/ms", "sliding of a half sarcomere", public="sliding", at="")


class SeriesElasticity(Mechanism):
    """The fibre pulls on what it is tied to through a spring, and lifts a load once its tension reaches it.

    The spring is a tendon, or, where it gives next to nothing, the grips of an apparatus. A load rests on a stop: until
    tension reaches it nothing moves but the spring. Neither load nor lever has mass; a little friction in their place
    makes the speed definite.
    """

    give = parameter(5e-4, "1", "stretch of the spring at the reference force, per reference length",
        source="MgsimDesign", evidence="D", note="2 to 4 % with a tendon")
    F_0 = parameter(280.0, "kN/m²", "reference force", source="MgsimDesign", evidence="D")
    friction = parameter(300.0, "kN ms/m²", "tension per speed in reference lengths a time",
        source="MgsimDesign", evidence="D", note="at 10 lengths a second 3 kN/m², 1 % of the isometric force")
    load = parameter(0.0, "kN/m²", "load", source="MgsimDesign", evidence="D", note="set by a protocol")
    softness = parameter(0.2, "kN/m²", "how gradually a load leaves its stop", source="MgsimDesign", evidence="D")

    free = drive("1", "1 once the fibre may lift the load", channel="free")
    active = shared("kN/m²", "force of the heads", species="force", at="")
    passive = shared("kN/m²", "passive tension", species="passive_tension", at="")
    x = state("µm", "change of the sarcomere's length", scale=1e-3)
    preload = define(
        Sarcomere.sigma
        * (exp(Sarcomere.stiffening * above(Sarcomere.length - Sarcomere.slack, Sarcomere.softness)) - 1.0)
    )
    spring = define(preload - F_0 / give * x / Sarcomere.L_0)
    tension = define(spring - free * above(spring - load, softness))
    speed = define((tension - active - passive) / friction, "ms⁻¹")
    dx_dt = rate(x, Sarcomere.L_0 * speed)
    sarcomere_length = define(
        Sarcomere.length + x, "µm", "length of the sarcomere", public="sarcomere_length", at=""
    )
    sliding = define(0.5 * Sarcomere.L_0 * speed, "nm/ms", "sliding of a half sarcomere", public="sliding", at="")
