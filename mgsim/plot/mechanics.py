"""Pictures of what a fibre does with its length: length against tension, and speed and power against load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.mechanics import ForceVelocity, LengthTension
from mgsim.plot import look
from mgsim.plot.figure import panels_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def length_tension(measured: LengthTension, ax: Axes | None = None) -> Axes:
    """Draw active, passive and total tension against the length of the sarcomere."""
    panel: Axes = panels_for(ax, 1, 1)[0, 0]
    look.tidy(panel)
    curves = {
        "total": measured.active + measured.passive,
        "active": measured.active,
        "passive": measured.passive,
    }
    shown = measured.active + measured.passive <= 1.4 * measured.active.max()
    for i, (name, values) in enumerate(curves.items()):
        style = look.line_style(i if name != "passive" else 3)
        panel.plot(measured.length[shown], values[shown], **style)
        place = {"total": -1, "active": int(np.argmax(measured.active[shown])), "passive": -10}[name]
        beside, side = {"total": ((10, 0), "left"), "active": ((0, 12), "center"), "passive": ((12, -16), "left")}[name]
        panel.annotate(name, (measured.length[shown][place], values[shown][place]), xytext=beside, ha=side,
                       textcoords="offset points", color=style["color"], fontsize=look.SIZE, fontweight="bold",
                       annotation_clip=False)  # fmt: skip
    panel.set_ylim(bottom=0)
    panel.set_xlabel("Length of the sarcomere (µm)", fontsize=look.SIZE)
    look.headline(panel, "Tension (kN/m²)")
    return panel


def force_velocity(
    measured: Mapping[str, ForceVelocity] | ForceVelocity, ax: Any = None, *, heading: str = ""
) -> np.ndarray[Any, Any]:
    """Draw speed of shortening and power against load, with Hill's curve through the speeds.

    Parameters
    ----------
    measured : ForceVelocity, or mapping of label to ForceVelocity
        What `mgsim.mechanics.force_velocity` gave; several fibres by their labels.
    ax : array of two Axes, optional
        Where to draw; without it a figure is made.
    heading : str, optional
        What the labels have in common.
    """
    many = {"": measured} if isinstance(measured, ForceVelocity) else dict(measured)
    panels: np.ndarray[Any, Any] = panels_for(ax, 2, 1)[:, 0]
    share = np.linspace(0.0, 1.0, 101)
    speeds, powers = [], []
    for i, one in enumerate(many.values()):
        hill = one.hill
        style = look.line_style(i)
        curve = np.asarray(hill.speed(share))
        speeds.append(curve)
        powers.append(share * one.isometric * curve)
        marks = {"linestyle": "", "marker": look.MARKERS[i % len(look.MARKERS)], "markersize": 9,
                 "color": style["color"], "zorder": 4}  # fmt: skip
        panels[0].plot(100 * share, curve, **style)
        panels[0].plot(100 * one.load / one.isometric, one.speed, **marks)
        panels[1].plot(100 * share, powers[-1], **style)
        panels[1].plot(100 * one.load / one.isometric, one.power, **marks)
    for panel, name in zip(panels, ("Speed of shortening (lengths per second)", "Power (W per litre)"), strict=True):
        look.tidy(panel)
        panel.set_xlim(0, 100)
        panel.set_ylim(bottom=0)
        look.headline(panel, name)
    panels[1].set_xlabel("Load (% of the isometric tension)", fontsize=look.SIZE)
    if len(many) > 1:
        look.label_curves(panels[1], list(many), powers, heading=heading)
    return panels
