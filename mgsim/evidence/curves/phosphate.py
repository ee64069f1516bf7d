"""Phosphate in the bath of a skinned fibre."""

from __future__ import annotations

from mgsim.evidence.curves.picture import Fibres, Mark, Picture, dots
from mgsim.evidence.experiments.phosphate import force_with, release_lost

ADDED = (1.0, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0)  # mM


def force(fibres: Fibres) -> Picture:
    """Draw the force at saturating calcium against phosphate, cold and warm."""
    model = fibres["mouse_edl"]
    cold = force_with(model, 25.0, "5 °C")
    lines = tuple(
        dots(warmth, (0.0, *ADDED), [1.0, *(force_with(model, added, warmth) for added in ADDED)])
        for warmth in ("10 °C", "5 °C", "30 °C")
    )
    marks = (Mark("P74", 25.0), Mark("P74.warm", 25.0, scale=cold, line=2))
    return Picture(
        "Force against phosphate, cold and warm", "phosphate added (mM)", "force over that without", lines, marks,
        says="P74.warm is what 25 mM leaves at 30 °C over 5 °C: its published ratio is drawn on the model at 5 °C.",
    )  # fmt: skip


def release(fibres: Fibres) -> Picture:
    """Draw the release that is lost after ten seconds in phosphate."""
    levels = (5.0, 10.0, 20.0, 30.0, 50.0)
    lost = [100.0 * release_lost(fibres["mouse_edl"], Pi) for Pi in levels]
    marks = tuple(Mark(f"T33.{Pi:g}mM", Pi, scale=100.0) for Pi in (10.0, 20.0, 50.0))
    return Picture(
        "Release lost after 10 s in phosphate", "phosphate (mM)", "release lost (%)",
        (dots("model", levels, lost),), marks,
    )  # fmt: skip
