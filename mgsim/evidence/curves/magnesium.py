"""Magnesium on the release channel: in skinned fibres and on the channel by itself."""

from __future__ import annotations

import math

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, dots, law, since
from mgsim.evidence.experiments.bath import skinned
from mgsim.evidence.experiments.depolarisation import CHELATED, depolarised_force, held_at_rest
from mgsim.evidence.experiments.filament import saturated_force
from mgsim.evidence.experiments.recording import record
from mgsim.evidence.experiments.ryanodine_receptor import depolarised_permeability, open_share, resting_leak
from mgsim.evidence.experiments.threshold import SUSCEPTIBLE, highest_force, with_susceptible
from mgsim.protocol import rest
from mgsim.resting_state import NoRest

FREE = "free Mg²⁺ (mM)"
MEASURED = (0.13, 1.86)  # mM, over which the exponent of release events was measured
EXPONENT = -1.6
HALF = 0.174  # mM that halve the permeability of a depolarised fibre
ANCHOR = 0.1  # mM at which normal channels are as open as susceptible ones at their threshold


def threshold(fibres: Fibres) -> Picture:
    """Draw the force of skinned fibres against free magnesium."""
    levels = np.geomspace(0.05, 1.0, 25)
    lines: list[Line] = []
    marks: list[Mark] = []
    fast, slow = fibres["mouse_edl"], fibres["mouse_soleus"]
    for label, model, share, row in (
        ("normal", fast, 0.0, "T22.normal"),
        ("heterozygote", fast, 0.5, "T22.het"),
        ("homozygote", fast, 1.0, "T22.mhs"),
        ("slow, normal", slow, 0.0, "T22.soleus"),
    ):
        full = saturated_force(model)
        fibre = with_susceptible(model, share)
        try:
            force = np.array([100.0 * highest_force(fibre, float(Mg)) / full for Mg in levels])
        except NoRest:  # the row says so; the other fibres are shown all the same
            force = np.full(len(levels), math.nan)
        marks.append(Mark(row, 10.0, "x", line=len(lines)))
        lines.append(Line(label, levels, force))
    return Picture(
        "Magnesium at which a skinned fibre contracts by itself", FREE, "highest force within 30 s (%)",
        tuple(lines), tuple(marks), log="x",
        says="A tenth of the full force counts as contraction. Heterozygote and homozygote for malignant hyperthermia.",
    )  # fmt: skip


def events(fibres: Fibres) -> Picture:
    """Draw the leak of resting channels against free magnesium, beside the law of release events."""
    levels = np.geomspace(0.1, 2.0, 30)
    model = fibres["mouse_edl"]
    inside = np.geomspace(*MEASURED, 30)
    lines = (
        Line("model", levels, np.array([resting_leak(model, f"{Mg} mM") for Mg in levels])),
        law("frog, Mg⁻¹·⁶", inside, inside**EXPONENT),
    )
    marks = tuple(Mark(f"T26.{Mg:g}", Mg) for Mg in (0.6, 0.4, 0.2))
    return Picture(
        "Release events of a resting fibre", FREE, "events over those at 1 mM", lines, marks, log="xy",
        from_zero=False, says="The law is drawn over the range in which it was measured.",
    )  # fmt: skip


def permeability(fibres: Fibres) -> Picture:
    """Draw the permeability of a depolarised fibre against free magnesium."""
    levels = np.geomspace(0.1, 3.0, 30)
    model = fibres["mouse_edl"]
    lines = (
        Line("model", levels, np.array([depolarised_permeability(model, f"{Mg} mM") for Mg in levels])),
        law("rat, 174 µM", levels, (1.0 + 1.0 / HALF) / (1.0 + levels / HALF)),
    )
    none, normal = (open_share(model, Mg_junction=Mg, **{"Release.p": 1.0}) for Mg in (0.0, 1000.0))
    half = Mark("P40", none / normal / 2.0, "x")
    marks = (half, *(Mark(f"T27.{Mg:g}", Mg) for Mg in (0.6, 0.4, 0.2)))
    return Picture(
        "Release permeability of a depolarised fibre", FREE, "permeability over that at 1 mM", lines, marks, log="x",
        says="The law is inhibition at one site, half at 174 µM. P40 is where the model is half of what it is "
        "without Mg²⁺.",
    )  # fmt: skip


def parameter_free(fibres: Fibres) -> Picture:
    """Draw the drive of the channel from binding constants alone, beside the law of release events."""
    levels = np.geomspace(0.1, 2.0, 30)
    model = fibres["mouse_edl"]
    inside = np.geomspace(*MEASURED, 30)
    lines = (
        Line("pig constants", levels, np.array([resting_leak(model, f"{Mg} mM", Ca="0.1 µM") for Mg in levels])),
        law("frog, Mg⁻¹·⁶", inside, inside**EXPONENT),
    )
    marks = tuple(Mark(f"3b.{Mg:g}", Mg) for Mg in (0.8, 0.6, 0.4, 0.3, 0.2))
    return Picture(
        "RyR1 from binding constants, without any fit", FREE, "drive over that at 1 mM", lines, marks, log="xy",
        from_zero=False, says="Constants of pig reticulum at 0.1 µM Ca²⁺ beside release events of frog fibres.",
    )  # fmt: skip


def parameter_free_threshold(fibres: Fibres) -> Picture:
    """Draw the drive of normal and susceptible channels over that of normal ones at their threshold."""
    levels = np.geomspace(0.05, 1.0, 40)
    fixed = {"Release.p": 0.0, "Release.h": 1.0, "Ca_junction": 0.1}
    model = fibres["mouse_edl"]
    normal, other = (
        np.array([open_share(m, Mg_junction=1000.0 * float(Mg), **fixed) for Mg in levels])
        for m in (model, model.with_(SUSCEPTIBLE))
    )
    wanted = open_share(model, Mg_junction=1000.0 * ANCHOR, **fixed)
    lines = tuple(
        Line(label, levels, ((1.0 - share) * normal + share * other) / wanted)
        for label, share in (("normal", 0.0), ("half", 0.5), ("susceptible", 1.0))
    )
    marks = (Mark("3b.het", 1.0, "x", line=1), Mark("3b.mhs", 1.0, "x", line=2))
    return Picture(
        "Thresholds from binding constants alone", FREE, "drive over normal at 0.1 mM", lines, marks, log="xy",
        from_zero=False, says="Read where a curve crosses 1: as open as normal channels are when a normal fibre "
        "contracts.",
    )  # fmt: skip


def depolarised(fibres: Fibres) -> Picture:
    """Draw the force of a skinned fibre on depolarisation against free magnesium."""
    levels = (0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0)
    model = fibres["mouse_edl"]
    force = {Mg: depolarised_force(model, f"{Mg} mM", "1 s") for Mg in levels}
    curve = dots("model", levels, [force[Mg] / force[1.0] for Mg in levels])
    marks = (Mark("T31.3mM", 3.0), Mark("T31.10mM", 10.0), Mark("T35.Cl", 3.0, scale=force[0.3] / force[1.0]))
    return Picture(
        "Force on a depolarisation of 1 s", FREE, "force over that at 1 mM", (curve,), marks, log="x",
        says="Skinned fibre, sealed tubules stepped to 0 mV. T35.Cl compares 3 with 0.3 mM.",
    )  # fmt: skip


def emptying(fibres: Fibres) -> Picture:
    """Draw how low magnesium empties the reticulum of a skinned fibre."""
    result = record(skinned(fibres["mouse_edl"], {"Mg": "0.05 mM", **held_at_rest(fibres["mouse_edl"])}), rest(30.0))
    left = result["Ca_store"] / result["Ca_store"][0]
    return Picture(
        "Ca²⁺ of the reticulum at 0.05 mM Mg²⁺", "time in the bath (s)", "share of Ca²⁺ left",
        (since("model", result.time, left, until=30.0, unit=1.0),), (Mark("T31.store", 30.0),),
        says="Skinned fibre, free Ca²⁺ held at its resting level.",
    )  # fmt: skip


def step_to_none(fibres: Fibres) -> Picture:
    """Draw the release that 4 µM magnesium triggers, with calcium free and with calcium held."""
    model = fibres["mouse_edl"]
    free = record(skinned(model, {"Mg": "4 µM"}), rest(10.0), "1 ms")
    held = record(skinned(model, {"Mg": "4 µM", "Ca": CHELATED}), rest(10.0), "1 ms")
    more = record(skinned(model, {"Mg": "110 µM"}), rest(10.0), "1 ms")
    lines = tuple(
        since(label, result.time, result["J_rel"], until=1.0)
        for label, result in (("4 µM", free), ("4 µM, Ca²⁺ held", held), ("110 µM", more))
    )
    top, low = (float(r["J_rel"].max()) for r in (free, more))
    at = [1000.0 * float(r.time[r["J_rel"].argmax()]) for r in (free, held)]
    marks = (Mark("T35.release", at[0], scale=low), Mark("T35.blocked", at[1], scale=top, line=1))
    return Picture(
        "Release triggered by very low Mg²⁺", "time since the step (ms)", "release flux (µM/ms)", lines, marks,
        log="y", from_zero=False,
        says=f"Held means {CHELATED}, as by EGTA. The level of T35.release is the highest release at 110 µM.",
    )  # fmt: skip
