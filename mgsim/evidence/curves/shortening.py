"""Shortening: speed against load, and what MgATP does to it."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture
from mgsim.evidence.experiments.shortening import half_saturation, relation, unloaded_speed


def speed_against_load(fibres: Fibres) -> Picture:
    """Draw the speed of mouse EDL and soleus against load, warm."""
    lines, share = [], np.linspace(0.0, 1.0, 41)
    for name, rate in (("mouse_edl", "150 Hz"), ("mouse_soleus", "100 Hz")):
        hill = relation(fibres[name], rate, 0.5, "35 °C").hill
        lines.append(Line(name.partition("_")[2], 100.0 * share, np.asarray(hill.speed(share))))
    marks = (Mark("P76.mouse.35", 0.0, line=0), Mark("P76.soleus", 0.0, line=1))
    return Picture(
        "Speed against load at 35 °C", "load (% of isometric force)", "speed (lengths per second)",
        tuple(lines), marks, says="Hill's curves through the model's speeds at loads of 5 to 70 %.",
    )  # fmt: skip


def speed_against_MgATP(fibres: Fibres) -> Picture:
    """Draw the speed of unloaded shortening against MgATP."""
    levels = np.geomspace(0.03, 5.0, 20)
    lines, marks = [], []
    for k, (warmth, row) in enumerate((("5 °C", "T44.frog"), ("10 °C", "T44.rabbit"))):
        speed = np.array([unloaded_speed(fibres["mouse_edl"], warmth, f"{m:.6g} mM") for m in levels])
        end = speed[-1] * (1.0 + half_saturation(fibres["mouse_edl"], warmth) / levels[-1])
        lines.append(Line(warmth, levels, 100.0 * speed / end))
        marks.append(Mark(row, 50.0, "x", line=k))
    return Picture(
        "Speed of unloaded shortening against MgATP", "MgATP (mM)", "speed (% of the end)", tuple(lines),
        tuple(marks), log="x",
        says="The end is that of the hyperbola, a little above the speed at 5 mM.",
    )  # fmt: skip
