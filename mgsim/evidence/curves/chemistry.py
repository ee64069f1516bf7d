"""Magnesium and metabolites in a test tube."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture
from mgsim.evidence.experiments.solution import apparent_dissociation, creatine_kinase_ratio, free_magnesium_after_work


def after_work(fibres: Fibres) -> Picture:
    """Draw the free magnesium of a muscle's metabolites against the ATP that is left."""
    left = np.array([8.1, 7.5, 7.0, 6.5, 6.0, 5.0, 4.0, 3.0, 2.0])
    lines, marks = [], []
    for k, (start, suffix) in enumerate(((0.5, ""), (0.8, ".high"))):
        free = [free_magnesium_after_work(fibres["mouse_edl"], start, float(ATP)) for ATP in left]
        lines.append(Line(f"{start:g} mM at rest", left, np.array(free)))
        marks += [Mark(f"T50.{ATP:g}{suffix}", ATP, line=k) for ATP in (8.1, 6.0, 4.0, 2.0)]
    return Picture(
        "Free Mg²⁺ as ATP becomes IMP", "ATP left (mM)", "free Mg²⁺ (mM)", tuple(lines), tuple(marks), reverse=True,
        says="pH 6.7, phosphocreatine 8 mM, phosphate 28 mM, total Mg²⁺ kept. It checks the program: "
        "the points are computed from the same constants.",
    )  # fmt: skip


def dissociation(fibres: Fibres) -> Picture:
    """Draw the apparent dissociation constant of magnesium and ATP against pH, at body and room temperature."""
    levels = np.linspace(6.3, 7.5, 13)
    lines = tuple(
        Line(
            warmth,
            levels,
            np.array([apparent_dissociation(fibres["mouse_edl"], "ATP", warmth, float(pH)) for pH in levels]),
        )
        for warmth in ("37 °C", "20 °C")
    )
    marks = (Mark("P15.37", 7.0), Mark("P15.acid", 6.5), Mark("P15.20", 7.0, line=1))
    return Picture(
        "Dissociation constant of Mg²⁺ and ATP", "pH", "apparent constant (mM)", lines, marks,
        says="It checks the program: the points are computed from the same constants.",
    )  # fmt: skip


def creatine_kinase(fibres: Fibres) -> Picture:
    """Draw the equilibrium of creatine kinase against free magnesium, at two pH."""
    levels = np.geomspace(0.1, 2.0, 16)
    lines, marks = [], []
    for k, (pH, suffix) in enumerate(((7.0, ""), (6.5, ".acid"))):
        ratio = [creatine_kinase_ratio(fibres["mouse_edl"], float(Mg), pH) for Mg in levels]
        lines.append(Line(f"pH {pH:g}", levels, np.array(ratio)))
        marks += [Mark(f"P17.{Mg:g}{suffix}", Mg, line=k) for Mg in (0.1, 0.25, 0.5, 1.0, 2.0)]
    return Picture(
        "Equilibrium of creatine kinase, 37 °C", "free Mg²⁺ (mM)", "[ATP][Cr] / [ADP][PCr]", tuple(lines),
        tuple(marks), log="x", says="It checks the program: the points are computed from the same constants.",
    )  # fmt: skip
