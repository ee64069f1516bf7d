"""The sarcomere: how many heads face a thin filament at a length, and the tension that needs no heads."""

from mgsim.language.declaration import define, parameter, shared
from mgsim.language.expression import Expr, exp, sqrt
from mgsim.language.mechanism import Mechanism


def above(x: Expr, softness: Expr) -> Expr:
    """Give what of x lies above zero, round the corner within `softness`."""
    return 0.5 * (x + sqrt(x * x + softness * softness))


def limbs(x: Expr, corners: tuple[tuple[Expr, Expr], ...], softness: Expr) -> Expr:
    """Give a line that begins at zero and is bent at each corner (where, change of slope)."""
    (first, slope), *others = corners
    line = slope * above(x - first, softness)
    for corner, bend in others:
        line = line + bend * above(x - corner, softness)
    return line


class Sarcomere(Mechanism):
    """Overlap of thick and thin filaments, and passive tension.

    From the lengths of the filaments: force is highest where every head faces a thin filament, falls along the
    descending limb as fewer do, and falls on the other side where thin filaments overlap each other, then where thick
    ones meet the Z lines (Gordon, Huxley and Julian). That fibres become more sensitive to Ca²⁺ as they are stretched
    is left out, as are the stiffness of titin in activity and sarcomeres of unequal length.
    """

    length = parameter(2.4, "µm", "length at which the sarcomere is held, or begins",
        source="MgsimDesign", evidence="D", note="middle of the plateau")
    L_0 = parameter(2.4, "µm", "length to which speeds and forces are relative", source="MgsimDesign", evidence="D")
    thick = parameter(1.6, "µm", "thick filament", source="Gordon1966", evidence="M+")
    bare = parameter(0.17, "µm", "its bare zone", source="Gordon1966", evidence="M+")
    thin = parameter(1.17, "µm", "thin filament, from the middle of the Z line",
        source="James1995", evidence="C", note="from the plateau predicted for rat leg muscle, 2.3 to 2.5 µm")
    crowding = parameter(0.485, "µm⁻¹", "loss of force where thin filaments overlap each other",
        source="Gordon1966", evidence="M", note="in frog 84 % at 1.67 µm, where they overlap by 0.33 µm")
    touching = parameter(1.67, "µm", "length at which thick filaments meet the Z lines",
        source="Gordon1966", evidence="M+")
    shortest = parameter(1.27, "µm", "length at which no force is left", source="Gordon1966", evidence="M+")
    softness = parameter(0.02, "µm", "roundness of the corners, since sarcomeres differ",
        source="MgsimDesign", evidence="D")
    least = parameter(0.002, "1", "overlap below which it counts as none", source="MgsimDesign", evidence="D")
    sigma = parameter(4.0, "kN/m²", "scale of passive tension",
        source="Textbook", evidence="M-", note="a few kN/m² on the plateau, 30 to 60 at 3 µm in mouse muscle")
    stiffening = parameter(3.2, "µm⁻¹", "exponent of passive tension", source="Textbook", evidence="M-")
    slack = parameter(2.2, "µm", "length at which passive tension begins", source="Textbook", evidence="M-")

    L = shared("µm", "length of the sarcomere", species="sarcomere_length", at="")
    fall = define(1.0 / (thick - bare))
    rise = define((1.0 - crowding * (2.0 * thin - touching)) / (touching - shortest))
    corners = ((shortest, rise), (touching, crowding - rise), (2.0 * thin, -crowding),
        (2.0 * thin + bare, -fall), (2.0 * thin + thick, fall))  # fmt: skip
    faced = define(above(limbs(L, corners, softness), least))
    usual = define(above(limbs(L_0, corners, softness), least))
    overlap = define(faced / usual, "1", "heads that face a thin filament, against those at the reference length",
        public="overlap", at="")
    passive = define(sigma * (exp(stiffening * above(L - slack, softness)) - 1.0), "kN/m²", "passive tension",
        public="passive_tension", at="")
