"""Potassium and sodium: muscles in a bath with more potassium, and muscle that works to exhaustion."""

from __future__ import annotations

from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, dots, since
from mgsim.evidence.experiments.effort import ONSET
from mgsim.evidence.experiments.exercise import exhausted
from mgsim.evidence.experiments.potassium import calcium_left, force_left

LEVELS = (4.0, 7.0, 9.0, 10.0, 11.0, 12.0, 13.0)  # mM
CALF = "human_triceps_surae"
PLASMA = 7.0  # mM in intense work


def force(fibres: Fibres) -> Picture:
    """Draw the tetanic force of fast and slow muscle against the potassium of the bath."""
    lines: list[Line] = []
    marks: list[Mark] = []
    for name, label, rate, row, K in (
        ("mouse_edl", "fast", 90.0, "EDL", 11.0),
        ("mouse_soleus", "slow", 60.0, "soleus", 13.0),
    ):
        for salbutamol, words, part in ((False, "", ""), (True, ", salbutamol", "pump.")):
            marks.append(Mark(f"T61.{part}{row}", K, line=len(lines)))
            left = [force_left(fibres[name], level, rate, salbutamol=salbutamol) for level in LEVELS]
            lines.append(dots(f"{label}{words}", LEVELS, left))
    return Picture(
        "Tetanic force in a bath with more K⁺", "K⁺ of the bath (mM)", "force over that at 4 mM", tuple(lines),
        tuple(marks), says="Salbutamol stimulates the Na/K pump.",
    )  # fmt: skip


def calcium(fibres: Fibres) -> Picture:
    """Draw the rise of calcium in a short train against the potassium of the bath."""
    levels = (4.0, 6.0, 8.0, 10.0, 12.0, 15.0)
    left = [calcium_left(fibres["mouse_edl"], K) for K in levels]
    return Picture(
        "Ca²⁺ of a short train in a bath with more K⁺", "K⁺ of the bath (mM)", "rise over that in the usual bath",
        (dots("model", levels, left),), (Mark("T62.10mM", 10.0), Mark("T62.15mM", 15.0)),
        says="It should be potentiated at 10 mM and depressed at 15 mM.",
    )  # fmt: skip


def exercise(fibres: Fibres) -> Picture:
    """Draw the potassium of the cell through three bouts of work."""
    result = exhausted(fibres[CALF])
    level = result["K_cell"] / 1000.0
    end = float(result.time[-1] - ONSET)
    marks = tuple(Mark(row, end, start=float(level[0]), scale=-1.0) for row in ("T58.K", "T59.K"))
    return Picture(
        "K⁺ of muscle cells in exhausting work", "time (s)", "K⁺ of the cell (mM)",
        (since("model", result.time - ONSET, level, until=end, unit=1.0),), marks, from_zero=False,
        says="Three bouts of work with pauses; the published falls are drawn from the model's rest.",
    )  # fmt: skip


def interstitium(fibres: Fibres) -> Picture:
    """Draw the potassium around the cell through three bouts of work."""
    result = exhausted(fibres[CALF], plasma=PLASMA)
    level, width = result["K_interstitium"] / 1000.0, 100
    means = [level[i : i + width].mean() for i in range(int(ONSET / 0.05), len(level) - width, width)]
    time = [5.0 * (k + 1) for k in range(len(means))]
    return Picture(
        "K⁺ around muscle cells in exhausting work", "time (s)", "K⁺ of the interstitium (mM)",
        (dots("model", time, means),), (Mark("T59.interstitium", time[max(range(len(means)), key=means.__getitem__)]),),
        says="Means over 5 s; the highest one decides.",
    )  # fmt: skip
