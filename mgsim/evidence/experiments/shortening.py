"""Fibres that shorten: force against speed, what that costs, and what MgATP and fatigue do to it."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.experiments.bath import atp_bath, skinned
from mgsim.evidence.experiments.cost import BULK
from mgsim.evidence.experiments.filament import SATURATING
from mgsim.evidence.experiments.recording import NoValue, crossing, number, once, record
from mgsim.language.model import Model
from mgsim.language.units import quantity
from mgsim.mechanics import ForceVelocity, force_velocity, shortening_speed, tension, work
from mgsim.protocol import Protocol, pulses, rest, train
from mgsim.result import Result

DENSITY = 1.06  # kg per litre of muscle
FREE_ENERGY = 50.0  # kJ per mol of ATP, as He1999 took it


# ----------------------------------------------------------------------------------------- force against speed
@once
def relation(model: Model, rate: str, length: float, temperature: str | None = None) -> ForceVelocity:
    """Release a fibre to many loads in the middle of a tetanus of `length` (s)."""
    fibre = model if temperature is None else model.at(temperature)
    return force_velocity(fibre, train(rate, length, after="10 ms"), length / 2.0)


def fastest(model: Model, rate: str, length: float = 0.5, temperature: str | None = None) -> float:
    """Return Vmax of Hill's curve, reference lengths per second."""
    return relation(model, rate, length, temperature).hill.fastest


def curvature(model: Model, rate: str, length: float = 0.5, temperature: str | None = None) -> float:
    """Return a/F0 of Hill's curve."""
    return relation(model, rate, length, temperature).hill.curvature


def isotonic_power(model: Model, rate: str, length: float = 0.5, temperature: str | None = None) -> float:
    """Return the highest power of shortening under a load, W per kg of muscle."""
    return float(np.nanmax(relation(model, rate, length, temperature).power)) / DENSITY


# --------------------------------------------------------------------------------------------- skinned fibres
def _activated(model: Model, temperature: str, MgATP: str | None = None) -> Model:
    cold = model.at(temperature)
    bath: dict[str, float | str] = {"Mg": "1 mM", "Ca": 10.0 ** (6.0 - SATURATING)}
    if MgATP is not None:
        share = atp_bath(cold, 1.0, "1 mM")["MgATP"]
        bath |= atp_bath(cold, quantity(MgATP, like="µM", name="MgATP") / share, "1 mM")
    return skinned(cold, bath)


def _released(model: Model, load: str, settled: float = 4.0, after: float = 1.0) -> Result:
    return record(model, rest(settled + after).afterloaded(load, start=settled), every="0.2 ms")


def unloaded_speed(model: Model, temperature: str, MgATP: str) -> float:
    """Return how fast a fully activated skinned fibre shortens under no load, reference lengths per second."""
    return number(shortening_speed(_released(_activated(model, temperature, MgATP), "0 kN/m²"), 4.0))


def half_saturation(model: Model, temperature: str = "5 °C", enough: str = "5 mM") -> float:
    """Return the MgATP (mM) at which unloaded shortening is half as fast as with `enough` of it.

    A hyperbola has half of its end value a little later than half of what it has at 5 mM; the end is reckoned with.
    """
    most, top = unloaded_speed(model, temperature, enough), quantity(enough, like="mM", name="MgATP")

    def too_slow(MgATP: float) -> bool:
        half = 0.5 * most * (1.0 + MgATP / top)  # of the end value that this half-saturation implies
        return unloaded_speed(model, temperature, f"{MgATP:.6g} mM") < half

    return crossing(too_slow, 2e-2, 5.0, 0.02)


@once
def _costs(model: Model, temperature: str) -> tuple[float, np.ndarray]:
    """Return ATP split by heads at fixed length (µM/ms), and in shortening: rows of load, speed, ATP, share bound."""
    fibre = _activated(model, temperature)
    held = record(fibre, rest(4.0), every="1 ms")
    isometric = float(held["J_ATP_XB"][-1])
    rows = []
    for share in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        load = share * float(tension(held)[-1])
        result = _released(fibre, f"{load} kN/m²")
        gone = (fibre.value("Sarcomere.length") - result["sarcomere_length"]) / fibre.value("Sarcomere.L_0")
        late = (gone > 0.02) & (gone < 0.04)
        speed = number(shortening_speed(result, 4.0))
        rows.append((load, speed, float(result["J_ATP_XB"][late].mean()), float(result["stiffness"][late].mean())))
    return isometric, np.array(rows)


def cost_of_speed(model: Model, temperature: str = "12 °C") -> float:
    """Return the ATP that a skinned fibre splits in unloaded shortening over that at fixed length."""
    isometric, rows = _costs(model, temperature)
    return float(rows[0, 2] / isometric)


def bound_at_speed(model: Model, temperature: str = "12 °C") -> float:
    """Return the share of heads that are bound in unloaded shortening."""
    return float(_costs(model, temperature)[1][0, 3])


def efficiency(model: Model, temperature: str = "12 °C") -> float:
    """Return the highest power over the free energy of the ATP that heads split, 50 kJ/mol."""
    _, rows = _costs(model, temperature)
    spent = FREE_ENERGY * BULK * model.value("Geometry.f_i") * rows[:, 2]
    return float((rows[:, 0] * rows[:, 1] / spent).max())


def cost_of_stretch(model: Model, speed: float = 0.5, temperature: str = "25 °C") -> float:
    """Return the ATP that a skinned fibre splits while it is stretched (lengths per second) over that before."""
    stretched = rest(4.2).moved(0.05, 4.0, 0.05 / speed)
    result = record(_activated(model, temperature), stretched, every="1 ms")
    during = (result.time > 4.0 + 0.02 / speed) & (result.time < 4.0 + 0.05 / speed)
    return float(result["J_ATP_XB"][during].mean() / result["J_ATP_XB"][result.time < 4.0][-1])


# -------------------------------------------------------------------------------------------------- work loops
def work_loop(rate: float, strain: float, lead: float, length: float, cycles: int, pulse: float) -> Protocol:
    """Return sawtooth cycles about the usual length, with a burst of stimuli in each.

    Parameters
    ----------
    rate : float
        Cycles per second.
    strain : float
        From end to end, as a share of the reference length.
    lead, length : float
        The burst begins this long before shortening, and lasts; as shares of a cycle.
    cycles : int
        How many.
    pulse : float
        Stimuli per second in a burst, Hz.
    """
    period = 1.0 / rate
    begin = 0.05 + period
    times = [
        begin + k * period - lead * period + i / pulse
        for k in range(cycles)
        for i in range(max(1, int(length * period * pulse)))
    ]
    protocol = pulses(times, duration=begin + cycles * period + 0.02)
    protocol = protocol.moved(strain / 2.0, begin - period / 2.0, period / 2.0)
    for k in range(cycles):
        start = begin + k * period
        protocol = protocol.moved(-strain, start, period / 2.0)
        if k < cycles - 1:
            protocol = protocol.moved(strain, start + period / 2.0, period / 2.0)
    return protocol


def loop_power(model: Model, rate: float, pulse: float, temperature: str = "37 °C") -> float:
    """Return the highest mean power of work loops (W per kg of muscle), over strains, timings and bursts.

    Net work of the second of three cycles, from one begin of shortening to the next.
    """
    fibre = model.at(temperature)
    period, best = 1.0 / rate, -np.inf
    for strain in (0.06, 0.1, 0.14):
        for lead in (0.0, 0.1):
            for length in (0.15, 0.3):
                result = record(fibre, work_loop(rate, strain, lead, length, 3, pulse), every="0.2 ms")
                start = 0.05 + 2.0 * period
                best = max(best, float(work(result, start, start + period)) * rate / DENSITY)
    return best


# ----------------------------------------------------------------------------------------------------- fatigue
@once
def _tired(
    model: Model, share: float, rate: float = 50.0, length: float = 1.0, period: float = 4.0
) -> tuple[float, ...]:
    """Return Vmax, a/F0 and highest power before and after contractions without blood, force down to a share."""
    ischaemic = model.suddenly({"Mitochondria.supply": 0.0})
    onset, most = 0.05, 40

    def series(count: int) -> Protocol:
        times = [onset + k * period + i / rate for k in range(count) for i in range(int(length * rate))]
        return pulses(times, duration=onset + (count - 1) * period + length + 0.01)

    result = record(ischaemic, series(most), every="10 ms")
    peaks = [
        float(tension(result)[(result.time >= onset + k * period) & (result.time < onset + k * period + length)].max())
        for k in range(most)
    ]
    low = next((k for k, peak in enumerate(peaks) if peak <= share * peaks[0]), None)
    if low is None:
        raise NoValue(f"after {most} contractions force is still {peaks[-1] / peaks[0]:.0%} of the first")
    found: list[float] = []
    for k in (0, low):
        fv = force_velocity(ischaemic, series(k + 1), onset + k * period + 0.5 * length, (0.1, 0.2, 0.35, 0.5, 0.65))
        found += [fv.hill.fastest, fv.hill.curvature, fv.hill.power * fv.hill.fastest * fv.isometric]
    return tuple(found)


def fatigued(model: Model, of: str, share: float = 0.641) -> float:
    """Return "Vmax", "power" (as shares of the first contraction) or "a/F0" when force has fallen to a share."""
    fresh_v, _, fresh_p, v, curve, p = _tired(model, share)
    return {"Vmax": v / fresh_v, "power": p / fresh_p, "a/F0": curve}[of]
