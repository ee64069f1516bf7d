"""Free calcium of the cytosol after stimulation.

Free calcium is the spatial mean, as a low-affinity dye such as furaptra reports it once its own signal has
been turned into calcium. The dye's own buffering is not simulated.
"""

from __future__ import annotations

from mgsim import measure
from mgsim.evidence.experiments.recording import approach_rate, number, record, stimulated
from mgsim.language.model import Model
from mgsim.protocol import voltage_clamp
from mgsim.result import Result


def peak_calcium(model: Model, temperature: str = "16 °C") -> float:
    """Return how far free calcium rises after one action potential, µM."""
    return number(measure.amplitude(stimulated(model.at(temperature), [0.0], 0.1), "Ca"))


def calcium_half_duration(model: Model, temperature: str = "16 °C") -> float:
    """Return how long the calcium transient of one action potential stays above half its height, ms."""
    return number(measure.half_duration(stimulated(model.at(temperature), [0.0], 0.3), "Ca"))


def peak_CaATP(model: Model, temperature: str = "16 °C") -> float:
    """Return how far CaATP rises after one action potential, µM."""
    return number(measure.amplitude(stimulated(model.at(temperature), [0.0], 0.1), "CaATP"))


def decay_times(model: Model, temperature: str = "16 °C", rate: float = 67.0, count: int = 5) -> list[float]:
    """Return the time from the peak to half of it after the last of 1, 2, ... `count` pulses, ms."""
    warm = model.at(temperature)
    found = []
    for n in range(1, count + 1):
        result = stimulated(warm, [k / rate for k in range(n)], 0.5)
        found.append(number(measure.half_relaxation(result, "Ca")))
    return found


def slowing_of_decay(model: Model, *, progressive: bool = False) -> float:
    """Return the least ratio of a decay time in a train to the first or, if `progressive`, to the one before."""
    times = decay_times(model)
    before = times[:-1] if progressive else times[:1] * (len(times) - 1)
    return min(later / earlier for later, earlier in zip(times[1:], before, strict=True))


def transient(model: Model, Mg: str, temperature: str, volts: str | None) -> Result:
    """Record one transient at a free Mg2+ that was changed a minute before, by pulse or by voltage step."""
    cell = model.at(temperature).acute(Mg=Mg)
    if volts is None:
        return stimulated(cell, [0.0], 1.0, "0.1 ms")
    return record(cell, voltage_clamp(volts, "100 ms", after="2 s"), "0.1 ms")


def transient_at_low_magnesium(
    model: Model, Mg: str = "0.1 mM", temperature: str = "16 °C", volts: str | None = "0 mV", control: str = "1 mM"
) -> float:
    """Return the peak of the calcium transient at low free Mg2+ over that at the control level."""
    low, normal = (number(measure.amplitude(transient(model, m, temperature, volts), "Ca")) for m in (Mg, control))
    return low / normal


def decay_at_low_magnesium(
    model: Model, Mg: str = "0.1 mM", temperature: str = "16 °C", volts: str | None = "0 mV", control: str = "1 mM"
) -> float:
    """Return the rate constant of decay of the transient at low free Mg2+ over that at the control level."""
    low, normal = (_decay_rate(transient(model, m, temperature, volts)) for m in (Mg, control))
    return low / normal


def _decay_rate(result: Result, skip: float = 0.015, span: float = 0.5) -> float:
    """Return the rate of an exponential, with its final level free, fitted to free calcium after the stimulus, s⁻¹.

    `skip` leaves out the fastest part (s after the end of a step, or after the peak that follows a pulse).
    """
    time = result.time
    begin = (result.protocol.holds[0].stop if result.protocol.holds else float(time[result["Ca"].argmax()])) + skip
    part = (time >= begin) & (time <= begin + span)
    return approach_rate(time[part][::10], result["Ca"][part][::10])
