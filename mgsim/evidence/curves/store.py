"""The calcium store, and what fibres do by themselves at very low magnesium."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Mark, Picture, dots, since
from mgsim.evidence.experiments.filament import saturated_force
from mgsim.evidence.experiments.recording import ONSET, record
from mgsim.evidence.experiments.saturated import force_against
from mgsim.evidence.experiments.spontaneous import WATCHED, force_in_bath
from mgsim.evidence.experiments.store import loaded_with_ADP
from mgsim.protocol import train


def contracting(fibres: Fibres) -> Picture:
    """Draw the force of a skinned fibre at very low magnesium."""
    model = fibres["mouse_edl"]
    seconds = 120.0
    force = force_in_bath(model, 0.05, seconds)
    full = saturated_force(model)
    time = np.arange(len(force)) * seconds / (len(force) - 1)
    early = time <= WATCHED
    marks = (
        Mark("T24.contracts", float(time[early][force[early].argmax()])),
        Mark("T24.subsides", seconds, scale=float(force.max() / full)),
    )
    return Picture(
        "A skinned fibre at 0.05 mM Mg²⁺", "time in the bath (s)", "force over full force",
        (since("model", time, force / full, until=seconds, unit=1.0),), marks,
        says="Published: it contracts, again and again (T24.repeats), and then subsides.",
    )  # fmt: skip


def tetanus(fibres: Fibres) -> Picture:
    """Draw what a tetanus leaves in the terminal cisternae."""
    length = 1.2
    result = record(fibres["mouse_edl"].at("25 °C"), train(100.0, length, after="10 ms"), every="1 ms")
    held = result["CaSR_terminal"] + result["Reticulum.CaQ"]
    return Picture(
        "Ca²⁺ of the terminal cisternae in a tetanus", "time since the first stimulus (ms)", "share that is gone",
        (since("model", result.time - ONSET, 1.0 - held / held[0], until=length + 0.009),),
        (Mark("P60", 1000.0 * length),),
    )  # fmt: skip


def ADP(fibres: Fibres) -> Picture:
    """Draw the calcium that an emptied reticulum gains, with little and with much ADP in the bath."""
    model = fibres["mouse_edl"]
    times = (2.0, 4.0, 10.0, 30.0, 100.0, 300.0)
    little, much = ([loaded_with_ADP(model, ADP, t) for t in times] for ADP in (0.01, 1.04))
    marks = (
        Mark("P68.rate", 4.0, scale=little[times.index(4.0)], line=1),
        Mark("P68.load", 300.0, scale=little[times.index(300.0)], line=1),
    )
    return Picture(
        "Loading of the reticulum with ADP in the bath", "time (s)", "Ca²⁺ gained (µM of myoplasmic water)",
        (dots("10 µM ADP", times, little), dots("1.04 mM ADP", times, much)), marks, log="x",
        says="Published ratios are drawn on the model's curve at 10 µM.",
    )  # fmt: skip


def force(fibres: Fibres) -> Picture:
    """Draw the force at saturating calcium against MgATP in the cold."""
    levels = (0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1.0, 5.0)
    values = [force_against(fibres["mouse_edl"], f"{MgATP} mM", "50 µM") for MgATP in levels]
    return Picture(
        "Force at saturating Ca²⁺ against MgATP, 5 °C", "MgATP (mM)", "force over that at 50 µM",
        (dots("model", levels, values),), (Mark("P72", 5.0),), log="x", says="At 1 mM free Mg²⁺.",
    )  # fmt: skip
