"""Fatigue by pulses that no longer excite: how much force comes back when they are made longer."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.experiments.recording import once, record
from mgsim.language.model import Model
from mgsim.protocol import pulses

RATE, LENGTH, PACE = 125.0, 0.5, 1.0  # Hz; s of a tetanus; s from one to the next
TRAINS, LONGER = 100, 5  # tetani until pulses become longer, and tetani with longer ones
SHORT, GAP = 1e-4, 1e-7  # s; length of a pulse, and what keeps two that follow each other apart
ONSET = 0.1  # s


@once
def forces(
    model: Model, times_longer: int, trains: int = TRAINS, temperature: str = "25 °C"
) -> tuple[float, float, float]:
    """Return the force of the first tetanus, of the last with short pulses, and the highest with longer ones.

    A longer pulse is short ones that follow each other at once; a short one moves as many ions as that of the
    preparation.
    """
    strength = model.value("Shock.P_stim") * model.value("Shock.pulse_width") / (1000.0 * SHORT)
    short = model.at(temperature).with_({"Shock.pulse_width": 1000.0 * (SHORT - GAP), "Shock.P_stim": strength})
    onsets = [
        round(ONSET + PACE * n + i / RATE + j * SHORT, 7)
        for n in range(trains + LONGER)
        for i in range(round(RATE * LENGTH))
        for j in range(times_longer if n >= trains else 1)
    ]
    result = record(short, pulses(onsets, duration=ONSET + PACE * (trains + LONGER)), every="5 ms")
    time, force = result.time, result["force"] - result["force"][0]
    peaks = [
        float(force[(time >= ONSET + PACE * n) & (time < ONSET + PACE * (n + 1))].max())
        for n in range(trains + LONGER)
    ]
    return peaks[0], peaks[trains - 1], float(np.max(peaks[trains:]))


def force_left(model: Model) -> float:
    """Return the force of the last tetanus with short pulses over the first."""
    first, last, _ = forces(model, 10)
    return last / first


def force_regained(model: Model, times_longer: int = 10) -> float:
    """Return the force that longer pulses bring back, as a share of the first tetanus."""
    first, last, longer = forces(model, times_longer)
    return (longer - last) / first
