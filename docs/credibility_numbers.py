"""The numbers of ``docs/credibility.md``: each function computes one block of it, as Markdown."""

from __future__ import annotations

from collections.abc import Callable

from credibility_counts import NONE, extent, fresh, plain, rows, scoreboard, table

import mgsim
from mgsim import measure
from mgsim.attribution.explain import explain
from mgsim.attribution.readings import PROTOCOLS, READINGS, read_off
from mgsim.evidence.experiments.deficiency import total_magnesium
from mgsim.evidence.experiments.effort import recovery_after
from mgsim.evidence.experiments.recording import NoValue
from mgsim.evidence.experiments.threshold import magnesium_threshold
from mgsim.fibre.oxygen import oxygen
from mgsim.language.model import Model
from mgsim.measured import Measure
from mgsim.resting_state import NoRest
from mgsim.tiring import fatigue_measures

QUICK = ("extent", "rows", "claim-6")  # computed in a second; the others take up to two minutes

FIBRES = ("mouse_edl", "mouse_soleus", "human_fast", "human_slow")
LEVELS = (0.4, 0.2)  # mM
MAIN = ("twitch_force", "contraction_duration", "tetanus_half_relaxation", "resting_Ca", "resting_tension")
FATIGUE = ("mouse_edl", "human_fast")


def at(name: str, Mg: float | None) -> Model:
    """Give a fibre at a free Mg2+ (mM), or as it is."""
    return fresh(name) if Mg is None else fresh(name).with_(Mg=Mg)


def lost(name: str, Mg: float) -> str:
    """Say which share of the magnesium of a fibre is gone where its free Mg2+ has fallen to this (mM)."""
    try:
        return f"{1.0 - total_magnesium(at(name, Mg)) / total_magnesium(fresh(name)):.0%}"
    except NoRest:
        return NONE


def times(value: Measure, normal: Measure) -> str:
    """Say how many times as large a measure has become; a dash where it is undefined."""
    defined = not (value.reason or normal.reason) and normal.value
    return plain(value.value / normal.value) if defined else NONE


def low() -> str:
    """Say what settled low magnesium does to each fibre, against the same fibre at its normal."""
    readings = [READINGS[name] for name in MAIN]
    lines = []
    for name in FIBRES:
        normal = read_off(fresh(name), readings)
        for Mg in LEVELS:
            model = at(name, Mg)
            cells = [f"`{name}`", f"{fresh(name).value('Mg'):.2g} → {Mg:g}"]
            try:
                found = read_off(model, readings)
                more = found["resting_tension"].value - normal["resting_tension"].value
                tetanus = float(measure.peak(mgsim.simulate(fresh(name), PROTOCOLS["tetanus"]())))
                ratios = [times(found[one], normal[one]) for one in MAIN[:4]]
                lines.append([*cells, lost(name, Mg), *ratios, f"{100.0 * more / tetanus:.1f}"])
            except NoRest:
                lines.append([*cells, *[NONE] * 6])
    head = ["fibre", "free Mg²⁺, mM", "Mg lost", "twitch force ×", "twitch duration ×", "tetanus relaxation ×"]
    return table([*head, "resting Ca²⁺ ×", "resting tension + % of tetanus"], lines)


def mechanisms() -> str:
    """Say through which part of the fibre settled low magnesium acts: what is lost of the change without it."""
    columns = {}
    for name, Mg in (("mouse_edl", 0.4), ("human_fast", 0.2)):
        found = explain(fresh(name), Mg=Mg, read=MAIN[:2])
        for one in MAIN[:2]:
            columns[f"{READINGS[one].title}, `{name}` at {Mg:g} mM"] = found[one].shares()
    parts = list(dict.fromkeys(part for shares in columns.values() for part in shares if part != "interaction"))
    lines = []
    for part in parts:
        cells = [shares[part][0] if part in shares else None for shares in columns.values()]
        lines.append([part, *(NONE if cell is None or cell.reason else f"{round(cell.value) + 0:d}" for cell in cells)])
    return table(["% of the change lost when blind", *columns], lines)


def claim_3() -> str:
    """Say below which free magnesium a resting fibre contracts by itself, and what loss of magnesium that is."""
    lines = []
    for name in FIBRES:
        try:
            Mg = magnesium_threshold(fresh(name))
            cells = [f"{Mg:.2f}", lost(name, Mg), f"{magnesium_threshold(fresh(name), susceptible=1.0):.2f}"]
        except (NoValue, NoRest):
            cells = [NONE] * 3
        lines.append([f"`{name}`", f"{fresh(name).value('Mg'):.2g}", *cells])
    head = ["fibre", "normal free Mg²⁺, mM", "contracts by itself below, mM", "Mg lost there"]
    return table([*head, "with RyR1 of malignant hyperthermia, mM"], lines)


def claim_5() -> str:
    """Say what a loss of magnesium leaves of MgATP, and how far it changes work that tires."""
    lines = []
    for name in FATIGUE:
        for Mg in (None, 0.4, 0.2):
            model = at(name, Mg)
            cells = [f"`{name}`", f"{model.value('Mg'):.2g}"]
            try:
                run = mgsim.simulate(model, mgsim.fatigue(recovery="0 s", tests=None))
                ATP = [float(run[f"{form}_bulk"][0]) / 1000.0 for form in ("MgATP", "ATP")]
                found = fatigue_measures(run)
                cells += [lost(name, model.value("Mg")), f"{ATP[0]:.1f}", f"{ATP[1]:.1f}"]
                cells += [f"{float(found['fatigue_index']):.0%}", f"{float(found['highest_free_Mg']):.2f}"]
            except NoRest:
                cells += [NONE] * 5
            lines.append(cells)
    head = ["fibre", "free Mg²⁺, mM", "Mg lost", "MgATP, mM", "Mg-free ATP, mM", "force left after 100 tetani"]
    return table([*head, "highest free Mg²⁺ then, mM"], lines)


def claim_6() -> str:
    """Say how far ions outside shift what the sodium channels of the membrane feel, and the resting potential."""
    lines = []
    cases = {
        "Mg²⁺ 0.55 → 0.20 mM": {"Mg_o": "0.2 mM"},
        "Mg²⁺ → 0.20 and Ca²⁺ 1.3 → 0.7 mM": {"Mg_o": "0.2 mM", "Ca_o": "0.7 mM"},
        "Mg²⁺ → 4 mM": {"Mg_o": "4 mM"},
    }
    for title, ions in cases.items():
        run = mgsim.simulate(fresh("human_fast").with_(ions), mgsim.rest("10 ms"))
        rested = mgsim.simulate(fresh("human_fast"), mgsim.rest("10 ms"))
        shift, V = (float(run[one][0] - rested[one][0]) for one in ("dV_div", "V_sarcolemma"))
        lines.append([title, f"{shift:+.1f}", f"{V:+.1f}"])
    return table(["outside `human_fast`", "shift of the gates, mV", "resting potential, mV"], lines)


def claim_7() -> str:
    """Say how blood supply changes the recovery of phosphocreatine in the calf."""
    calf = fresh("human_triceps_surae")
    found = {supply: recovery_after(calf.suddenly(oxygen(supply))) for supply in ("normal", "congested")}
    return (
        f"Time constant of phosphocreatine recovery in `human_triceps_surae`: {found['normal']:.0f} s with normal "
        f"flow, {found['congested']:.0f} s with a congested outflow."
    )


def band() -> str:
    """Carry the published spreads to what low magnesium does to a twitch."""
    protocol = mgsim.twitch(duration="0.2 s")
    normal, less = (
        mgsim.uncertainty.band(at("mouse_edl", Mg), protocol, traces=["force"], runs=100) for Mg in (None, 0.6)
    )
    change = less.change_from(normal)["amplitude"]
    return (
        f"Free Mg²⁺ of `mouse_edl` from 0.9 to 0.6 mM changes the twitch by {change.median:+.0f} % (median of 100 "
        f"draws; 5 to 95 %: {change.low:+.0f} to {change.high:+.0f} %)."
    )


BLOCKS: dict[str, Callable[[], str]] = {
    "extent": extent,
    "rows": rows,
    "scoreboard": scoreboard,
    "band": band,
    "low": low,
    "mechanisms": mechanisms,
    "claim-3": claim_3,
    "claim-5": claim_5,
    "claim-6": claim_6,
    "claim-7": claim_7,
}
