"""What a fibre does with its length: how much it pulls at each length, how fast it lifts each load, its work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mgsim.curve import area
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.measured import Measure
from mgsim.protocol import Protocol
from mgsim.result import Result
from mgsim.simulation import simulate

Vector = NDArray[np.float64]
LENGTHS = tuple(np.round(np.arange(1.3, 4.0, 0.05), 2).tolist())  # µm
LOADS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)  # of the isometric tension
_RECOIL, _SHORTENED = 0.015, 0.04  # of the reference length: speed is read between them, after elastic recoil


@dataclass(frozen=True)
class LengthTension:
    """Highest active and passive tension at each length of the sarcomere.

    Attributes
    ----------
    length : ndarray
        µm.
    active, passive : ndarray
        kN/m².
    """

    length: Vector
    active: Vector
    passive: Vector


@dataclass(frozen=True)
class Hill:
    """Hill's hyperbola through force and speed: (F/F0 + a/F0)(V + b) = (1 + a/F0) b, with b = Vmax a/F0.

    Attributes
    ----------
    fastest : float
        Vmax, reference lengths per second.
    curvature : float
        a/F0: the smaller, the more the curve sags.
    """

    fastest: float
    curvature: float

    def speed(self, share: Vector | float) -> Any:
        """Speed at a share of the isometric tension, reference lengths per second."""
        return self.fastest * self.curvature * (1.0 - share) / (share + self.curvature)

    @property
    def best(self) -> float:
        """Share of the isometric tension at which power is highest."""
        k = self.curvature
        return float(np.sqrt(k * (1.0 + k)) - k)

    @property
    def power(self) -> float:
        """Highest power over isometric tension times Vmax."""
        return float(self.best * self.speed(self.best) / self.fastest)


@dataclass(frozen=True)
class ForceVelocity:
    """Speed of shortening under each load, after release from an isometric contraction.

    Attributes
    ----------
    load : ndarray
        kN/m².
    speed : ndarray
        Reference lengths per second.
    isometric : float
        Tension before the release, kN/m².
    """

    load: Vector
    speed: Vector
    isometric: float

    @property
    def power(self) -> Vector:
        """Load times speed, kW per m³ of fibre (W per litre)."""
        product: Vector = self.load * self.speed
        return product

    @property
    def hill(self) -> Hill:
        """Hill's hyperbola fitted to loads up to 80 % of the isometric tension."""
        return fit_hill(self.load / self.isometric, self.speed)


def length_tension(model: Model, protocol: Protocol, lengths: Sequence[float] = LENGTHS) -> LengthTension:
    """Measure active and passive tension at fixed lengths of the sarcomere (µm), the same stimuli at each."""
    active, passive = [], []
    for length in lengths:
        result = _whole(model, protocol.at_length(float(length)))
        active.append(float(result["force"].max() - result["force"][0]))
        passive.append(float(result["passive_tension"][0]))
    return LengthTension(np.array(lengths, dtype=float), np.array(active), np.array(passive))


def force_velocity(
    model: Model, protocol: Protocol, start: float, loads: Sequence[float] = LOADS
) -> ForceVelocity:
    """Measure how fast a fibre shortens when it is released to a load in the middle of a contraction.

    Parameters
    ----------
    model : Model
        The preparation.
    protocol : Protocol
        Stimuli that hold a tetanus for some tenths of a second after `start`; or rest, of a skinned fibre in Ca2+.
    start : float
        When it is released, s.
    loads : sequence of float
        Shares of the tension at that moment.
    """
    held = _whole(model, protocol)
    isometric = float(np.interp(start, held.time, tension(held)))
    speeds = [
        float(shortening_speed(_whole(model, protocol.afterloaded(f"{share * isometric} kN/m²", start=start)), start))
        for share in loads
    ]
    return ForceVelocity(np.array(loads, dtype=float) * isometric, np.array(speeds), isometric)


def fit_hill(share: Vector, speed: Vector) -> Hill:
    """Fit Hill's hyperbola to speeds at shares of the isometric tension; those above 80 % deviate and are left out."""
    from scipy.optimize import least_squares

    part = (share <= 0.8) & np.isfinite(speed)
    if part.sum() < 3:
        raise InputError(f"Hill's curve needs speeds under three loads or more; got {int(part.sum())}")
    s, v = share[part], speed[part]

    def miss(z: Vector) -> Vector:
        apart: Vector = Hill(*np.exp(z)).speed(s) / v.max() - v / v.max()
        return apart

    fastest, curvature = np.exp(least_squares(miss, np.log([1.3 * v.max(), 0.25])).x)
    return Hill(float(fastest), float(curvature))


def tension(result: Result) -> Vector:
    """Return what the fibre pulls with, heads and passive tension together, kN/m²."""
    total: Vector = result["force"] + result["passive_tension"]
    return total


def shortening_speed(result: Result, start: float) -> Measure:
    """Return how fast a fibre shortens after its release at `start` (s), in reference lengths per second.

    Read between 1.5 and 4 % of shortening: elastic recoil is over by then, and filaments still overlap fully.
    """
    name, unit = "shortening_speed", "s⁻¹"
    reference = float(result.provenance["parameters"]["Sarcomere.L_0"]["value"])
    after = result.time >= start
    time, length = result.time[after], result["sarcomere_length"][after]
    gone = (length[0] - length) / reference
    if gone.max() < _SHORTENED:
        why = f"it shortened by {max(gone.max(), 0.0):.1%} only, not by {_SHORTENED:.0%}"
        return Measure(name, float("nan"), unit, why)
    end = int(np.argmax(gone >= _SHORTENED)) + 1
    marks = np.interp([_RECOIL, _SHORTENED], np.maximum.accumulate(gone[:end]), time[:end])
    return Measure(name, (_SHORTENED - _RECOIL) / float(marks[1] - marks[0]), unit)


def work(result: Result, start: float = 0.0, stop: float | None = None) -> Measure:
    """Return the work that the fibre did between two times (s), less what was done to it, in kJ per m³ of fibre."""
    reference = float(result.provenance["parameters"]["Sarcomere.L_0"]["value"])
    part = (result.time >= start) & (result.time <= (result.time[-1] if stop is None else stop))
    if part.sum() < 2:
        raise InputError(f"there is no recording between {start:g} s and {stop} s")
    done = -area(result["sarcomere_length"][part] / reference, tension(result)[part])
    return Measure("work", float(done), "kJ/m³")


def _whole(model: Model, protocol: Protocol) -> Result:
    result = simulate(model, protocol)
    if not result.outcome.ok:
        raise InputError(f"{model}: {result.outcome.message}")
    return result
