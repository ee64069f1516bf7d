"""The force-pCa curve of skinned fibres and what magnesium and MgATP do to it."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, dots
from mgsim.evidence.experiments.filament import SATURATING, pCa50, saturated_force, steady
from mgsim.language.model import Model

FORCE = "force (% of that at pCa 4)"


def curve(
    label: str,
    model: Model,
    Mg: str,
    MgATP: str | None = None,
    trace: str = "bearing",
    ends: tuple[float, float] = (7.2, 4.8),
) -> Line:
    """Return a trace in % of its value at saturating calcium, against pCa."""
    pCa = np.linspace(*ends, 25)
    full = steady(model, SATURATING, Mg, MgATP, trace)
    return Line(label, pCa, np.array([100.0 * steady(model, float(p), Mg, MgATP, trace) / full for p in pCa]))


def against_magnesium(fibres: Fibres) -> Picture:
    """Draw the force-pCa curve at four levels of free magnesium."""
    model = fibres["mouse_edl"]
    lines = tuple(curve(f"{Mg} Mg²⁺", model, Mg) for Mg in ("0.05 mM", "1 mM", "2 mM", "3 mM"))
    marks = (
        Mark("T38.low", 50.0, "x", start=pCa50(model, "0.05 mM"), line=1),
        Mark("T38.high", 50.0, "x", start=pCa50(model, "1 mM"), line=3),
    )
    return Picture(
        "Force against pCa at rising Mg²⁺", "pCa", FORCE, lines, marks, reverse=True,
        says="Each published shift of pCa50 is drawn from the model's own curve that it is counted from. "
        "T37: with more Mg²⁺ the curve should move to the right and become less steep.",
    )  # fmt: skip


def against_MgATP(fibres: Fibres) -> Picture:
    """Draw the force-pCa curve at three levels of MgATP."""
    model = fibres["mouse_edl"]
    levels = ("4 mM", "100 µM", "30 µM")
    lines = tuple(curve(f"{MgATP} MgATP", model, "0.05 mM", MgATP) for MgATP in levels)
    start = pCa50(model, "0.05 mM", "4 mM")
    marks = (
        Mark("T40.pCa50.100", 50.0, "x", start=start, line=1),
        Mark("T40.pCa50.30", 50.0, "x", start=start, line=2),
    )
    return Picture(
        "Force against pCa at less MgATP", "pCa", FORCE, lines, marks, reverse=True,
        says="At 0.05 mM free Mg²⁺. Published shifts are those of heart muscle, drawn from the model's pCa50 at 4 mM.",
    )  # fmt: skip


def maximum(fibres: Fibres) -> Picture:
    """Draw the force at saturating calcium against MgATP."""
    model = fibres["mouse_edl"]
    levels = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 4.0)
    force = np.array([saturated_force(model, "0.05 mM", f"{MgATP} mM") for MgATP in levels])
    return Picture(
        "Force at saturating Ca²⁺ against MgATP", "MgATP (mM)", "force over that at 30 µM",
        (dots("model", levels, force / force[levels.index(0.03)]),), (Mark("T40.maximum", 4.0),), log="x",
        says="At 0.05 mM free Mg²⁺.",
    )  # fmt: skip


def saturated(fibres: Fibres) -> Picture:
    """Draw the force at saturating calcium against free magnesium."""
    model = fibres["mouse_edl"]
    levels = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
    force = np.array([saturated_force(model, f"{Mg} mM") for Mg in levels])
    return Picture(
        "Force at saturating Ca²⁺ against Mg²⁺", "free Mg²⁺ (mM)", "force over that at 0.05 mM",
        (dots("model", levels, force / force[0]),), (Mark("T37.maximum", 2.0),), log="x",
    )  # fmt: skip


def troponin(fibres: Fibres) -> Picture:
    """Draw the calcium on troponin against pCa at two levels of free magnesium."""
    model = fibres["mouse_edl"]
    lines = tuple(
        curve(f"{Mg} Mg²⁺", model, Mg, trace="troponin_Ca", ends=(7.5, 4.2)) for Mg in ("1 mM", "10 mM")
    )
    marks = (Mark("T41.troponin", 50.0, "x", start=pCa50(model, "1 mM", trace="troponin_Ca"), line=1),)
    return Picture(
        "Ca²⁺ on troponin at 1 and 10 mM Mg²⁺", "pCa", "sites with Ca²⁺ (% of that at pCa 4)", lines, marks,
        reverse=True, says="In the measurement the curve hardly moves.",
    )  # fmt: skip


def splitting(fibres: Fibres) -> Picture:
    """Draw the splitting of ATP against pCa at low and at high free magnesium."""
    model = fibres["mouse_edl"]
    levels = ("0.04 mM", "10 mM")
    lines = tuple(curve(f"{Mg} Mg²⁺", model, Mg, trace="J_ATP_XB", ends=(7.2, 4.2)) for Mg in levels)
    marks = (Mark("T41.ATPase", 50.0, "x", start=pCa50(model, "0.04 mM", trace="J_ATP_XB"), line=1),)
    return Picture(
        "ATP splitting of the filament at low and high Mg²⁺", "pCa", "ATP split (% of that at pCa 4)", lines, marks,
        reverse=True, says="In the measurement more Mg²⁺ moves the curve to the right.",
    )  # fmt: skip
