"""Motor units: their twitch, and the force they keep in Burke's test."""

from __future__ import annotations

import numpy as np

from mgsim import measure
from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, above_rest
from mgsim.evidence.experiments.recording import number, record
from mgsim.fatiguing import fatigue
from mgsim.protocol import twitch
from mgsim.tiring import tetani

WARM = "37 °C"


def twitches(fibres: Fibres) -> Picture:
    """Draw the twitch of a fast and of a slow fibre at body temperature."""
    lines, marks = [], []
    for k, (name, label) in enumerate((("mouse_edl", "fast"), ("mouse_soleus", "slow"))):
        result = record(fibres[name].at(WARM), twitch(duration="0.6 s"))
        full = number(measure.amplitude(result))
        lines.append(above_rest(label, result, "force", until=0.12, scale=100.0 / full))
        marks.append(Mark(f"T17.{label}", 100.0, "x", line=k))
    return Picture(
        "Twitch of fast and slow fibres, 37 °C", "time since the stimulus (ms)", "force (% of the peak)",
        tuple(lines), tuple(marks), says="Limits of cat motor units: fast ones below 30 ms, slow ones above 40 ms.",
    )  # fmt: skip


def burke(fibres: Fibres) -> Picture:
    """Draw the force of each of the trains of Burke's test."""
    lines, marks = [], []
    for k, (name, label, row) in enumerate((("mouse_edl", "fast", "T19.FF"), ("mouse_soleus", "slow", "T19.S"))):
        each = tetani(record(fibres[name].at(WARM), fatigue("burke", recovery="0 s"), every="5 ms"))
        lines.append(Line(label, np.arange(1.0, each.work + 1), each.relative[: each.work]))
        marks.append(Mark(row, float(each.work), line=k))
    return Picture(
        "Force in Burke's test of fatigue, 37 °C", "train", "force over the first train", tuple(lines), tuple(marks),
        says="330 ms at 40 Hz every second for two minutes. Limits and values of cat motor units.",
    )  # fmt: skip
