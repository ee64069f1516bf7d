"""The thin filament and the cross-bridges: from troponin to force."""

from mgsim.language.declaration import define, output, parameter, rate, reaction, shared, state
from mgsim.language.expression import Expr, Operand, exp, logistic
from mgsim.language.mechanism import Mechanism


def eased(strain: Expr, ease: Operand, reach: Operand) -> Expr:
    """Give the factor by which a strain changes the release of ADP: 1 at none, up to 1 + `ease` as heads are pushed."""
    return (1.0 + ease) / (1.0 + ease * exp(strain / reach))


class ThinFilament(Mechanism):
    """Units of the thin filament that Ca²⁺ on troponin switches on, helped by neighbours and by bound heads.

    Help makes force steep in Ca²⁺. That of neighbours comes at once; that of heads comes late, so that at the start
    of a twitch Ca²⁺ acts more alone than at steady Ca²⁺. Both act on the rate of switching on: on that of switching
    off the same steady curve would give a longer twitch. Heads without nucleotide (rigor) switch the filament on
    without Ca²⁺, which matters far below resting MgATP. Mg²⁺ makes switching on harder and so moves the force-pCa
    curve to the right, without touching troponin. Heads count as shares of those that face a thin filament.
    """

    n_T = parameter(2, "1", "troponin sites that have to hold Ca²⁺",
        source="Textbook", evidence="M+", structural=True, note="fast isoform 2, slow 1")
    k_on = parameter(0.08973, "ms⁻¹", "switching on",
        source="MgsimFit", evidence="F", q10=3.0, at="25 °C", note="pCa50, twitch")
    k_off = parameter(1.06, "ms⁻¹", "switching off",
        source="MgsimFit", evidence="F", q10=2.5, at="25 °C", note="twitch, relaxation")
    c = parameter(3.81, "1", "help from neighbours that are on",
        source="MgsimFit", evidence="F", note="Hill coefficient, twitch")
    c_b = parameter(8.709, "1", "help per share of heads bound with ADP",
        source="MgsimFit", evidence="F", note="Hill coefficient, twitch")
    K_Mg = parameter(3310, "µM", "Mg²⁺ that halves switching on",
        source="MgsimFit", evidence="F", note="T38; where it binds is not known")
    k_rigor = parameter(2.596, "ms⁻¹", "switching on per share of heads in rigor",
        source="MgsimFit", evidence="F", q10=3.0, at="25 °C", note="T40: force without Ca²⁺ below 30 µM MgATP")
    gain = parameter(0.1775, "1", "gain in switching on, per share of light chains phosphorylated",
        source="MgsimFit", evidence="F", note="staircase at 10 Hz; none in slow fibres")

    y = shared("1", "share of regulatory sites holding Ca²⁺", species="troponin_Ca", at="")
    Mg = shared("µM", "free Mg²⁺", at="bulk", scale=100.0)
    helping = shared("1", "share of heads bound with ADP", at="")
    rigor = shared("1", "share of heads in rigor", at="")
    phosphorylated = shared("1", "share of light chains phosphorylated", at="")
    a = state("1", "thin filament switched on", initial=0.001, scale=0.1)
    ready = define(k_on * (1.0 + gain * phosphorylated) / (1.0 + Mg / K_Mg))
    by_Ca = define(ready * y**n_T * (1.0 + c * a + c_b * helping) ** 2)
    da_dt = rate(a, (by_Ca + k_rigor * rigor) * (1.0 - a) - k_off * a)
    activation = define(a, "1", "thin filament switched on", public="activation", at="")


class CrossBridge(Mechanism):
    """Heads that bind, stroke, give off ADP, and let go only when MgATP binds.

    detached (with ADP and Pi) ⇌ weakly bound ⇌ stroked, with ADP ⇌ rigor, empty → detached. Force is borne by
    the two stroked states. MgATP is used up by every cycle; phosphate drives the stroke back, ADP holds the head.
    Low MgATP would keep heads in rigor, but only far below its resting value.

    Sliding of the filaments strains stroked heads; their mean strain, counted from that of the stroke, is zero at
    fixed length. Pushed heads give off ADP sooner and their stroke is reversed less; heads that are pulled far are torn
    off and split no ATP.
    Sliding brings fresh sites within reach: a head that lets go binds again at once (`step`, `slip`).
    """

    heads = parameter(200.0, "µM", "myosin heads",
        source="He1997", evidence="M", note="154 µM in the filament lattice, in water of the fibre")
    f = parameter(0.03683, "ms⁻¹", "attachment",
        source="MgsimFit", evidence="F", q10=3.0, at="25 °C", note="force, rate of rise, ATP use")
    f_minus = parameter(0.16, "ms⁻¹", "detachment of the weak state",
        source="MgsimFit", evidence="F", q10=3.0, at="25 °C")
    k_p = parameter(2.238, "ms⁻¹", "stroke and Pi release", source="MgsimFit", evidence="F", q10=3.0, at="25 °C")
    k_minus_p = parameter(1.037e-05, "µM⁻¹ ms⁻¹", "its reversal by Pi",
        source="MgsimFit", evidence="F", q10=2.2, at="25 °C",
        note="P74: 45 % of force lost at 10 °C with 25 mM; Q10 from what warmth leaves of that")
    g = parameter(0.1079, "ms⁻¹", "ADP release, isometric",
        source="MgsimFit", evidence="F", q10=3.0, at="25 °C", note="relaxation, ATP use")
    g_minus = parameter(2e-4, "µM⁻¹ ms⁻¹", "ADP rebinding",
        source="CookePate1985", evidence="M", q10=1.5, at="25 °C")
    k_ATP = parameter(0.003596, "µM⁻¹ ms⁻¹", "detachment by MgATP",
        source="MgsimFit", evidence="F", q10=2.0, at="25 °C",
        note="force against MgATP (P72); 0.5 to 1 in skinned fibres, 2 to 4 per µM and s in solution, recalled")
    force_max = parameter(1913, "kN/m²", "force if every head bore it",
        source="MgsimFit", evidence="F", note="280 kN/m² in a full tetanus of mouse EDL")

    x_0 = parameter(7.0, "nm", "strain of stroked heads at fixed length",
        source="Textbook", evidence="M", note="stroke of 5 to 10 nm; work per ATP stays below half")
    ease = parameter(19.0, "1", "ADP release of a pushed head over the isometric one, less one",
        source="MgsimFit", evidence="F", note="speed of unloaded shortening (P76)")
    reach = parameter(1.4, "nm", "strain that eases ADP release, and hinders the stroke's reversal, e-fold",
        source="MgsimFit", evidence="F", note="curvature of force against speed (P75)")
    rebinding = parameter(0.938, "1", "share of heads that let go in sliding and bind again at once",
        source="MgsimFit", evidence="F", note="curvature of force against speed (P75)")
    x_f = parameter(0.8, "nm", "strain at which half of them do", source="MgsimFit", evidence="F",
        note="curvature of force against speed (P75)")
    k_tear = parameter(4.5, "ms⁻¹", "tearing off at a pull of twice the isometric strain",
        source="MgsimFit", evidence="F", q10=1.5, at="25 °C", note="force in slow stretch, 1.5 to 2 times isometric")

    K_hF = parameter(7.1, "1", "[H⁺] against rest that halves attachment",
        source="Textbook", evidence="M-", note="pH 6.2; force of a sustained maximal contraction")

    a = shared("1", "thin filament switched on", species="activation", at="")
    overlap = shared("1", "share of heads that face a thin filament, against that at the reference length", at="")
    strain_S = shared("nm", "strain of stroked heads with ADP, against the isometric one", at="")
    strain_R = shared("nm", "strain of rigor heads, against the isometric one", at="")
    acidity = shared("1", "[H⁺] against rest", at="")
    MgATP = shared("µM", "MgATP", scale=1000.0)
    MgADP = shared("µM", "MgADP", scale=1.0)
    Pi = shared("µM", "Mg-free phosphate", scale=100.0)
    HT = shared("µM", "protons bound above the reference species", scale=1000.0)
    ADP_total = shared("µM", "free ADP, with and without Mg²⁺")
    Pi_total = shared("µM", "phosphate, with and without Mg²⁺")
    Pb = state("µM", "heads weakly bound", scale=heads / 100.0)
    S = state("µM", "heads stroked, with ADP", initial=0.08, scale=heads / 100.0)
    R = state("µM", "heads stroked, empty (rigor)", scale=heads / 100.0)
    D = define(heads * overlap - Pb - S - R, "µM", "heads detached that face a thin filament")

    arriving = define(f * (1.0 + 1.0 / K_hF) / (1.0 + acidity / K_hF) * a * D)
    returning = define(k_minus_p * exp(strain_S / reach) * Pi_total * S)
    attach = reaction("⇌ Pb", arriving - f_minus * Pb)
    stroke = reaction("Pb ⇌ S + Pi + HT", k_p * Pb - returning)
    release_ADP = reaction("S ⇌ R + MgADP", g * eased(strain_S, ease, reach) * S - g_minus * ADP_total * R)
    torn = define(k_tear * ((strain_S / x_0) ** 2 * logistic(8.0 * strain_S / x_0)) * S)
    again = define(rebinding * (strain_S**2 / (strain_S**2 + x_f**2)))
    detach = reaction("R + MgATP →", k_ATP * MgATP * R * (1.0 - again))
    step = reaction("R + MgATP → Pb", k_ATP * MgATP * R * again)
    tear = reaction("S + Pi + HT →", torn * (1.0 - again))
    slip = reaction("S + Pi + HT → Pb", torn * again)

    fresh = define(arriving + step + slip)
    new = define(fresh / (fresh + returning), "1", "share of weakly bound heads that are new on their site",
        public="new_on_site", at="")
    helping = define(S / (heads * overlap), "1", "share of heads bound with ADP", public="helping", at="")
    rigor = define(R / (heads * overlap), "1", "share of heads in rigor", public="rigor", at="")
    weak = define(Pb / (heads * overlap), "1", "share of heads weakly bound", public="weak", at="")
    bearing = define((S + R) / heads, "1", "share of heads that bear force", public="bearing", at="")
    stiffness = output((Pb + S + R) / heads, "1", "share of heads attached, which is what stiffness shows")
    pulling = define(S * (1.0 + strain_S / x_0) + R * (1.0 + strain_R / x_0))
    force = define(force_max * pulling / heads, "kN/m²", "force per cross-section", public="force", at="")
    J_ATP_XB = output(detach + step, "µM/ms", "ATP split by cross-bridges, per litre of bulk")
