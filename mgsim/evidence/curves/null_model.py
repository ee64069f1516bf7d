"""The null model: relaxation against free magnesium where magnesium is a buffer only, and where it also gates."""

from __future__ import annotations

import math
from collections.abc import Callable

from mgsim import measure
from mgsim.attribution.null_model import buffers_only
from mgsim.evidence.curves.picture import Fibres, Picture, Points, dots
from mgsim.evidence.experiments.recording import NoValue, number, record
from mgsim.language.model import Model
from mgsim.protocol import Protocol, train
from mgsim.protocol import twitch as single
from mgsim.resting_state import NoRest

WARM = "20 °C"  # of the published model
LEVELS = (1.19, 0.9, 0.7, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1)  # mM

NORMAL = 0.9  # mM

# Half-relaxation after the last stimulus of 0.5 s (ms) in the model of Shorten and others (2007), whose magnesium
# only buffers; computed from its published code after its calcium and magnesium had settled.
PEER_LEVELS = (1.19, 0.5, 0.25, 0.1)
PEER = {50: (36.0, 50.0, 59.0, 70.0), 100: (62.0, 86.0, 103.0, 121.0)}


def tetanus(fibres: Fibres, rate: int) -> Picture:
    """Draw half-relaxation after a tetanus of half a second against free magnesium."""

    def read(model: Model) -> float:
        return _half_relaxation(model, train(float(rate), "0.5 s", after="1.5 s"), "last stimulus")

    slower = PEER[rate][2] / PEER[rate][0]
    return _against(
        fibres, f"Half-relaxation after 0.5 s at {rate} Hz, 20 °C", read,
        (Points("Shorten 2007", PEER_LEVELS, PEER[rate]),),
        says=f"Points: the model of Shorten and others (2007), in which Mg²⁺ only buffers; {slower:.2g} times from "
        f"{PEER_LEVELS[0]:g} to {PEER_LEVELS[2]:g} mM.",
    )  # fmt: skip


def slow_train(fibres: Fibres) -> Picture:
    """Draw half-relaxation after half a second at 50 Hz."""
    return tetanus(fibres, 50)


def fast_train(fibres: Fibres) -> Picture:
    """Draw half-relaxation after half a second at 100 Hz."""
    return tetanus(fibres, 100)


def twitch(fibres: Fibres) -> Picture:
    """Draw half-relaxation of the twitch against free magnesium."""
    return _against(
        fibres, "Half-relaxation of the twitch, 20 °C",
        lambda model: _half_relaxation(model, single(duration="1.5 s"), "maximum"),
    )  # fmt: skip


def strength(fibres: Fibres) -> Picture:
    """Draw the force of the twitch against free magnesium."""
    return _against(
        fibres, "Force of the twitch, 20 °C",
        lambda model: number(measure.amplitude(record(model, single(duration="1.5 s")))),
        y="force (kN/m²)",
    )  # fmt: skip


def _against(
    fibres: Fibres,
    title: str,
    read: Callable[[Model], float],
    points: tuple[Points, ...] = (),
    *,
    y: str = "half-relaxation (ms)",
    says: str = "",
) -> Picture:
    model = fibres["mouse_edl"].at(WARM)
    full = [_or_nothing(read, model.with_(Mg=f"{Mg} mM")) for Mg in LEVELS]
    null = [_or_nothing(read, buffers_only(model.with_(Mg=f"{Mg} mM"))) for Mg in LEVELS]
    lines = (dots("full model", LEVELS, full), dots("buffers only", LEVELS, null))
    normal = LEVELS.index(NORMAL)
    low = max((k for k in range(normal, len(LEVELS)) if math.isfinite(full[k] + null[k])), default=normal)
    found = (
        f"From {NORMAL:g} to {LEVELS[low]:g} mM: {full[low] / full[normal]:.2g} times in the full model, "
        f"{null[low] / null[normal]:.2g} times with buffers only. "
    )
    return Picture(title, "free Mg²⁺ at rest (mM)", y, lines, points=points, says=found + says, log="x")


def _or_nothing(read: Callable[[Model], float], model: Model) -> float:
    """Return what is read, or NaN where the fibre has no rest or does not relax."""
    try:
        return read(model)
    except (NoValue, NoRest):
        return math.nan


def _half_relaxation(model: Model, protocol: Protocol, since: str) -> float:
    return number(measure.half_relaxation(record(model, protocol), since=since))
