"""Force of intact fibres: twitch, tetanus and what lies between."""

from __future__ import annotations

from mgsim import measure
from mgsim.curve import Curve
from mgsim.evidence.curves.picture import Fibres, Mark, Picture, above_rest, dots
from mgsim.evidence.experiments.recording import number, record
from mgsim.evidence.experiments.twitch import late_force, tetanic_force
from mgsim.protocol import train, twitch

TIME = "time since the stimulus (ms)"
WARM = "25 °C"


def twitches(fibres: Fibres) -> Picture:
    """Draw the twitch of a fast and a slow fibre, each in % of its peak."""
    lines, marks = [], []
    for k, (name, label, row) in enumerate((("mouse_edl", "fast", "T20"), ("mouse_soleus", "slow", "T20.soleus"))):
        result = record(fibres[name].at(WARM), twitch(duration="0.8 s"))
        full = number(measure.amplitude(result))
        top = number(measure.time_to_peak(result))
        lines.append(above_rest(label, result, "force", until=0.2, scale=100.0 / full))
        marks += [Mark(f"{row}.TTP", 100.0, "x", line=k), Mark(f"{row}.HRT", 50.0, "x", start=top, line=k)]
    return Picture(
        "Twitch of EDL (fast) and soleus (slow), 25 °C", TIME, "force (% of the peak)", tuple(lines), tuple(marks),
        says="Half-relaxation is counted from the model's own peak.",
    )  # fmt: skip


def tetanus(fibres: Fibres) -> Picture:
    """Draw twitch and tetanus of the fast and of the slow fibre."""
    lines, marks = [], []
    for k, (name, label, row) in enumerate((("mouse_edl", "fast", "T20"), ("mouse_soleus", "slow", "T20.soleus"))):
        model = fibres[name].at(WARM)
        full = tetanic_force(fibres[name])
        single = record(model, twitch())
        fused = record(model, train(150.0, "0.4 s", after="0.1 s"))
        lines += [
            above_rest(f"{label}, twitch", single, "force", until=0.5, scale=100.0 / full),
            above_rest(f"{label}, 150 Hz", fused, "force", until=0.5, scale=100.0 / full),
        ]
        marks.append(Mark(f"{row}.ratio", number(measure.time_to_peak(single)), scale=100.0, line=2 * k))
    return Picture("Twitch and tetanus, 25 °C", TIME, "force (% of the tetanus)", tuple(lines), tuple(marks))


def force_frequency(fibres: Fibres) -> Picture:
    """Draw the force after the last pulse of 0.4 s against the rate of the pulses."""
    rates = (5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 85, 100, 125, 150)
    lines = []
    for name, label in (("mouse_edl", "fast"), ("mouse_soleus", "slow")):
        model = fibres[name]
        full = tetanic_force(model)
        lines.append(dots(label, rates, [100.0 * late_force(model, float(rate)) / full for rate in rates]))
    return Picture(
        "Force against the rate of stimulation, 25 °C", "rate (Hz)", "force (% of 150 Hz)", tuple(lines),
        (Mark("T20.half_Hz", 50.0, "x"),), says="Force after the last pulse of a train of 0.4 s.",
    )  # fmt: skip


def fade(fibres: Fibres) -> Picture:
    """Draw a train at 50 Hz."""
    result = record(fibres["mouse_edl"].at(WARM), train(50.0, "0.4 s", after="0.1 s"))
    curve = Curve(result, "force")
    full = number(measure.amplitude(result))
    return Picture(
        "A train at 50 Hz, fast fibre, 25 °C", TIME, "force (% of the highest)",
        (above_rest("model", result, "force", until=0.5, scale=100.0 / full),),
        (Mark("T20.fade", 1000.0 * (curve.last + curve.interval - curve.first), scale=100.0),),
        says="The train ends one interval after its last pulse.",
    )  # fmt: skip


def without_parvalbumin(fibres: Fibres) -> Picture:
    """Draw the twitch of the fast fibre with parvalbumin and without it."""
    warm = fibres["mouse_edl"].at(WARM)
    normal, lacking = (record(m, twitch(duration="0.8 s")) for m in (warm, warm.without("Parvalbumin")))
    full, own = (number(measure.amplitude(r)) for r in (normal, lacking))
    when, later = (number(measure.time_to_peak(r)) for r in (normal, lacking))
    fall = number(measure.half_relaxation(normal))
    lines = (
        above_rest("without", lacking, "force", until=0.2, scale=100.0 / full),
        above_rest("with", normal, "force", until=0.2, scale=100.0 / full),
    )
    marks = (
        Mark("PV.force", later, scale=100.0),
        Mark("PV.time", 100.0 * own / full, "x", scale=when),
        Mark("PV.relaxation", 50.0 * own / full, "x", start=later, scale=fall),
    )
    return Picture(
        "Twitch with and without parvalbumin, 25 °C", TIME, "force (% of the twitch with it)", lines, marks,
        says="Time to peak and half-relaxation should both be longer without parvalbumin.",
    )  # fmt: skip

