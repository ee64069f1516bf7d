"""Release of calcium by action potentials."""

from __future__ import annotations

import numpy as np

from mgsim.curve import Curve
from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, above_rest, approach, dots, law, published
from mgsim.evidence.experiments.recording import ONSET, NoValue, stimulated
from mgsim.evidence.experiments.release import (
    RECOVERY,
    recovery_rate,
    relative_skinned_release,
    release_in_train,
    released,
    second_release,
)

TIME = "time since the stimulus (ms)"


def flux(fibres: Fibres) -> Picture:
    """Draw the release flux of one action potential."""
    result = stimulated(fibres["mouse_edl"].at("16 °C"), [0.0], 0.05, "0.02 ms")
    curve = Curve(result, "J_rel")
    when, top = curve.peak(curve.first)
    begin = 1000.0 * (curve.rise_to(top / 2, curve.first, when) - curve.first)
    marks = (Mark("T5.peak", 1000.0 * (when - curve.first)), Mark("T5.width", top / 2, "x", start=begin))
    return Picture(
        "Release flux of one action potential, 16 °C", TIME, "release flux (µM/ms)",
        (above_rest("model", result, "J_rel", until=0.008),), marks,
        says="The duration is read at half of the model's height, from where the model rises through it.",
    )  # fmt: skip


def amount(fibres: Fibres) -> Picture:
    """Draw the calcium released since the stimulus, in a fast and a slow fibre."""
    lines, last = [], {}
    for name, label in (("mouse_edl", "fast"), ("mouse_soleus", "slow")):
        model = fibres[name].at("16 °C")
        result = stimulated(model, [0.0], 0.06)
        flux = result["J_rel"] - result["J_rel"][0]
        time = result.time - ONSET
        summed = np.concatenate(([0.0], np.cumsum((flux[1:] + flux[:-1]) / 2 * np.diff(1000.0 * time))))
        inside = (time >= 0.0) & (time <= 0.0501)
        level = float(np.interp(0.0, time, summed))
        lines.append(Line(label, 1000.0 * time[inside], summed[inside] - level))
        last[name] = released(fibres[name])
    marks = (Mark("T9", 50.0), Mark("T4", 48.0, scale=last["mouse_soleus"], line=None))
    return Picture(
        "Ca²⁺ released by one action potential, 16 °C", TIME, "released (µM of myoplasmic water)",
        tuple(lines), marks, says="T4 is the fast fibre over the slow one: its published ratio is drawn on the "
        "slow fibre of the model.",
    )  # fmt: skip


def train(fibres: Fibres) -> Picture:
    """Draw the release of each pulse of a train over that of the first."""
    pulses = range(1, 6)
    values = [release_in_train(fibres["mouse_edl"], n) for n in pulses]
    return Picture(
        "Release in a train at 67 Hz, 16 °C", "action potential", "release over the first",
        (dots("model", pulses, values),), (Mark("T5.second", 2.0), Mark("T5.fifth", 5.0)),
    )  # fmt: skip


def recovery(fibres: Fibres) -> Picture:
    """Draw how a second release recovers with the interval between two action potentials."""
    model = fibres["mouse_edl"]
    second = [second_release(model, t) for t in RECOVERY]
    fine = np.geomspace(RECOVERY[0], RECOVERY[-1], 80)
    rate = published("T7.rate")
    lines = [
        dots("model", RECOVERY, second),
        law(f"{rate:g} s⁻¹ (T7.rate)", fine, approach(rate, RECOVERY, second, fine)),
    ]
    try:
        own = recovery_rate(model)
        lines.append(Line(f"its fit, {own:.3g} s⁻¹", fine, approach(own, RECOVERY, second, fine)))
    except NoValue:
        pass  # the row of T7.rate says why there is none
    return Picture(
        "Recovery of release, 16 °C", "time between two action potentials (s)", "second release over the first",
        tuple(lines), (Mark("T7.level", 2.0),), log="x",
        says="Exponentials through the model's values, one with the published rate and one with its own.",
    )  # fmt: skip


def against_magnesium(fibres: Fibres) -> Picture:
    """Draw the action-potential release of a skinned fibre against the free magnesium of its bath."""
    levels = (0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
    values = [relative_skinned_release(fibres["mouse_edl"], f"{Mg} mM") for Mg in levels]
    return Picture(
        "Release by an action potential in a skinned fibre", "free Mg²⁺ (mM)", "release over that at 1 mM",
        (dots("model", levels, values),), (Mark("T29.Mg", 3.0),), log="x",
    )  # fmt: skip


def against_ATP(fibres: Fibres) -> Picture:
    """Draw the action-potential release of a skinned fibre against the ATP of its bath."""
    levels = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
    values = [relative_skinned_release(fibres["mouse_edl"], ATP=level) for level in levels]
    return Picture(
        "Release in a skinned fibre at less ATP", "total ATP (mM)", "release over that at full ATP",
        (dots("model", levels, values),), (Mark("T29.ATP1", 1.0), Mark("T29.ATP0.5", 0.5)), log="x",
    )  # fmt: skip
