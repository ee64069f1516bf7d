"""Force of an intact fibre: twitch and tetanus."""

from __future__ import annotations

from mgsim import measure
from mgsim.evidence.experiments.recording import crossing, number, record
from mgsim.language.model import Model
from mgsim.protocol import train, twitch


def contraction_time(model: Model, temperature: str = "25 °C") -> float:
    """Return the time from the stimulus to the peak of the twitch, ms."""
    return number(measure.time_to_peak(record(model.at(temperature), twitch(duration="0.6 s"))))


def half_relaxation(model: Model, temperature: str = "25 °C") -> float:
    """Return the time from the peak of the twitch to half of it, ms."""
    return number(measure.half_relaxation(record(model.at(temperature), twitch(duration="0.8 s"))))


def tetanic_force(model: Model, rate: float = 150.0, temperature: str = "25 °C") -> float:
    """Return the highest force above rest of a tetanus of 0.4 s, kN/m²."""
    return number(measure.amplitude(record(model.at(temperature), train(rate, "0.4 s", after="0.1 s"))))


def twitch_to_tetanus(model: Model, temperature: str = "25 °C", rate: float = 150.0) -> float:
    """Return the force of the twitch over that of the tetanus."""
    single = number(measure.amplitude(record(model.at(temperature), twitch())))
    return single / tetanic_force(model, rate, temperature)


def without_parvalbumin(model: Model, read: str = "amplitude", temperature: str = "25 °C") -> float:
    """Return a measure of the twitch of a fibre without parvalbumin over that of the same fibre with it."""
    take = getattr(measure, read)
    with_it = model.at(temperature)
    normal, lacking = (record(m, twitch(duration="0.8 s")) for m in (with_it, with_it.without("Parvalbumin")))
    return number(take(lacking)) / number(take(normal))


def half_maximal_frequency(model: Model, temperature: str = "25 °C", top: float = 150.0) -> float:
    """Return the rate at which the force after the last pulse of 0.4 s is half of the full tetanus, Hz."""
    half = tetanic_force(model, top, temperature) / 2.0
    return crossing(lambda rate: late_force(model, rate, temperature) < half, 5.0, top)


def late_force(model: Model, rate: float, temperature: str = "25 °C") -> float:
    """Return the highest force above rest after the last pulse of a train of 0.4 s, kN/m²."""
    result = record(model.at(temperature), train(rate, "0.4 s", after="0.1 s"))
    late = result.window(result.protocol.onsets[-1], result.protocol.duration)["force"]
    return float(late.max() - result["force"][0])


def fade(model: Model, rate: float = 50.0, temperature: str = "25 °C") -> float:
    """Return the force at the end of a train of 0.4 s over the highest in it."""
    return number(measure.end_to_peak(record(model.at(temperature), train(rate, "0.4 s", after="0.1 s"))))
