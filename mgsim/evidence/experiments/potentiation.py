"""What recent contractions leave in a muscle: phosphate on its light chains, and a stronger twitch."""

from __future__ import annotations

from mgsim.evidence.experiments.recording import record
from mgsim.language.model import Model
from mgsim.protocol import train


def staircase(
    model: Model, rate: float = 10.0, length: float = 15.0, temperature: str = "25 °C", phosphate_acts: bool = True
) -> float:
    """Return how much stronger the last twitch of a slow train is than the first, %.

    Where phosphate does not act, light chains are phosphorylated as ever, but the filament does not notice.
    """
    fibre = model if phosphate_acts else model.with_({"ThinFilament.gain": 0.0})
    result = record(fibre.at(temperature), train(rate, length, after="50 ms"), "1 ms")
    time, force, onsets = result.time, result["force"], result.protocol.onsets

    def rise(start: float) -> float:
        inside = (time >= start) & (time < start + 1.0 / rate)
        return float(force[inside].max() - force[inside][0])

    return 100.0 * (rise(float(onsets[-1])) / rise(float(onsets[0])) - 1.0)


def potentiation(model: Model, rate: float = 10.0, length: float = 15.0, temperature: str = "25 °C") -> float:
    """Return by which factor phosphate on light chains changes the growth of a twitch in a slow train."""
    with_it, without = (staircase(model, rate, length, temperature, acts) for acts in (True, False))
    return (100.0 + with_it) / (100.0 + without)


def phosphorylation(
    model: Model, rate: float, length: float, temperature: str, after: float = 2.0, over: str = "difference"
) -> float:
    """Return the share of light chains phosphorylated after a train.

    `over` says against the share at rest as what: its "difference", or its "ratio".
    """
    result = record(model.at(temperature), train(rate, length, after=after), "50 ms")
    share = result["phosphorylated"]
    return float(share[-1] - share[0]) if over == "difference" else float(share[-1] / share[0])
