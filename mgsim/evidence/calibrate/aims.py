"""Experiments of fit aims that are no row of the table: the rest, the force-pCa curve, the cost of a tetanus."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from mgsim import measure
from mgsim.evidence.experiments.filament import steady
from mgsim.evidence.experiments.recording import NoValue, number, record
from mgsim.language.model import Model
from mgsim.protocol import train, twitch
from mgsim.resting_state import resolve

GRID = tuple(np.round(np.arange(8.0, 3.95, -0.125), 3))  # pCa of the baths
ONSET = 0.2  # s of a tetanus, after which it counts as steady


def at_rest(model: Model, trace: str) -> float:
    """Return a state or output at rest, in its own unit."""
    found = resolve(model)
    system = found.program.system
    if trace in system.index:
        return float(found.rest[system.index[trace]]) / system.states[system.index[trace]].factor
    names = [q.name for q in system.outputs]
    if trace not in names:
        raise NoValue(f"{model.name} has no {trace}")
    k = names.index(trace)
    return float(found.program.outputs(found.rest[None], found.c)[0, k]) / system.outputs[k].factor


def highest(model: Model, trace: str, temperature: str = "25 °C") -> float:
    """Return the highest value of a trace after one action potential."""
    return float(record(model.at(temperature), twitch(), "0.02 ms")[trace].max())


def spike_width(model: Model, temperature: str = "25 °C") -> float:
    """Return the duration of the action potential at half of its height, ms."""
    result = record(model.at(temperature), twitch(duration="30 ms"), "0.01 ms")
    return number(measure.half_duration(result, "V_sarcolemma"))


@lru_cache(maxsize=32)
def force_pCa(model: Model, Mg: str = "1 mM") -> np.ndarray:
    """Return steady force of a skinned fibre at the baths of `GRID`, over that at the highest calcium."""
    force = np.array([steady(model, float(p), Mg) for p in GRID])
    found: np.ndarray = force / force[-1]
    return found


def level_pCa(model: Model, level: float, Mg: str = "1 mM") -> float:
    """Return the pCa at which force reaches a share of its largest, read from a Hill plot of the nearest baths."""
    force = force_pCa(model, Mg)
    above = np.flatnonzero(force >= level)
    i = int(above[0]) if len(above) else 0
    if i == 0 or not 0.0 < force[i - 1] < force[i] < 1.0:
        raise NoValue(f"force does not rise through {level:g} of its largest between pCa {GRID[0]:g} and {GRID[-1]:g}")
    low, high, wanted = (float(np.log(v / (1.0 - v))) for v in (force[i - 1], force[i], level))
    return float(GRID[i - 1] + (wanted - low) / (high - low) * (GRID[i] - GRID[i - 1]))


def half_pCa(model: Model, Mg: str = "1 mM") -> float:
    """Return the pCa of half-maximal force."""
    return level_pCa(model, 0.5, Mg)


def hill(model: Model, Mg: str = "1 mM") -> float:
    """Return the mean slope of the Hill plot between a fifth and four fifths of the largest force."""
    return float(2.0 * np.log10(4.0) / (level_pCa(model, 0.2, Mg) - level_pCa(model, 0.8, Mg)))


def turnover(model: Model, rate: str = "100 Hz", length: float = 0.4, temperature: str | None = None) -> float:
    """Return how often a head splits ATP in the later part of a tetanus, s⁻¹."""
    fibre = model if temperature is None else model.at(temperature)
    result = record(fibre, train(rate, length, after="10 ms"), "1 ms")
    late = (result.time > min(ONSET, length / 2)) & (result.time < length)
    return 1000.0 * float(result["J_ATP_XB"][late].mean()) / fibre.value("CrossBridge.heads")


def tetanic_half_relaxation(model: Model, rate: str = "100 Hz", length: str = "0.4 s") -> float:
    """Return the time from the last stimulus of a tetanus to half of its force, ms."""
    return number(measure.half_relaxation(record(model, train(rate, length, after="0.6 s"), "0.5 ms")))


def half_rise(model: Model, rate: str = "100 Hz", length: str = "0.4 s") -> float:
    """Return the time from the first stimulus of a tetanus to half of its highest force, ms."""
    result = record(model, train(rate, length, after="10 ms"), "0.5 ms")
    force = result["force"] - result["force"][0]
    half, top = force.max() / 2.0, int(force.argmax())
    i = int(np.flatnonzero(force[: top + 1] >= half)[0])
    when = np.interp(half, force[i - 1 : i + 1], result.time[i - 1 : i + 1])
    return 1000.0 * float(when - result.protocol.onsets[0])


def tetanic_bearing(model: Model, rate: str = "100 Hz", length: str = "0.4 s") -> float:
    """Return the largest share of heads that bear force in a tetanus."""
    return float(record(model, train(rate, length, after="10 ms"), "1 ms")["bearing"].max())


def twitch_to_tetanus(model: Model, rate: str = "100 Hz", length: str = "0.8 s") -> float:
    """Return the force of a twitch over that of a long tetanus at the fibre's own temperature."""
    single = number(measure.amplitude(record(model, twitch(duration="0.8 s"), "0.5 ms")))
    return single / tetanic_force(model, rate, length)


def tetanic_force(model: Model, rate: str = "100 Hz", length: str = "0.8 s") -> float:
    """Return the highest force above rest of a tetanus at the fibre's own temperature, kN/m²."""
    return number(measure.amplitude(record(model, train(rate, length, after="50 ms"), "1 ms")))


def half_frequency(model: Model, rates: tuple[float, ...], top: str = "100 Hz", length: str = "0.8 s") -> float:
    """Return the rate (Hz) that gives half of the tetanus; read between `rates` by a straight line."""
    full = tetanic_force(model, top, length)
    shares = [tetanic_force(model, f"{f:g} Hz", length) / full for f in rates]
    if shares[0] >= 0.5:
        return rates[0] * 0.5 / shares[0]
    if shares[-1] < 0.5:
        return rates[-1] * 0.5 / shares[-1]
    i = next(k for k, share in enumerate(shares) if share >= 0.5)
    return rates[i - 1] + (0.5 - shares[i - 1]) / (shares[i] - shares[i - 1]) * (rates[i] - rates[i - 1])


def force_in_stretch(model: Model, speed: float = 0.3) -> float:
    """Return the force at the end of a stretch by 4 % (lengths per second) in a tetanus over that before it."""
    result = record(model, train("100 Hz", "0.5 s", after="10 ms").moved(0.04, 0.25, 0.04 / speed), "0.5 ms")
    before, end = np.interp([0.25, 0.25 + 0.04 / speed], result.time, result["force"])
    return float(end / before)
