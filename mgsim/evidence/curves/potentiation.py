"""The staircase: a twitch that grows in a slow train, and the phosphate on light chains behind it."""

from __future__ import annotations

import numpy as np

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, since
from mgsim.evidence.experiments.potentiation import staircase
from mgsim.evidence.experiments.recording import ONSET, record
from mgsim.protocol import train

RATE, LENGTH, WARM = 10.0, 15.0, "25 °C"


def growth(fibres: Fibres) -> Picture:
    """Draw the growth of the twitch in a slow train, with phosphate that acts and without."""
    model = fibres["mouse_edl"]
    times = (0.5, 1.0, 2.0, 4.0, 7.0, 11.0, LENGTH)
    values = {acts: [100.0 + staircase(model, RATE, t, WARM, acts) for t in times] for acts in (True, False)}
    lines = tuple(
        Line(label, np.array([0.0, *times]), np.array([100.0, *values[acts]]))
        for label, acts in (("phosphate acts", True), ("it does not", False))
    )
    marks = (
        Mark("staircase", LENGTH, scale=values[False][-1]),
        Mark("staircase.alone", LENGTH, start=100.0, line=1),
    )
    return Picture(
        "The staircase of a fast fibre, 10 Hz, 25 °C", "time (s)", "last twitch (% of the first)", lines, marks,
        from_zero=False, says="The published ratio with and without the kinase is drawn on the model without it.",
    )  # fmt: skip


def phosphorylation(fibres: Fibres) -> Picture:
    """Draw the phosphate on light chains in a slow train."""
    after = 2.0
    result = record(fibres["mouse_edl"].at(WARM), train(RATE, f"{LENGTH} s", after=after), "50 ms")
    share = result["phosphorylated"]
    return Picture(
        "Phosphate on light chains, 10 Hz, 25 °C", "time (s)", "phosphorylated, over rest",
        (since("model", result.time - ONSET, share / share[0], until=LENGTH + after, unit=1.0),),
        (Mark("staircase.phosphate", float(result.time[-1] - ONSET)),),
    )  # fmt: skip
