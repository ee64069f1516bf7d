"""Muscle that has lost magnesium for weeks."""

from __future__ import annotations

import math

from mgsim.evidence.curves.picture import Fibres, Mark, Picture, dots
from mgsim.evidence.experiments.deficiency import at_rest_against_normal, with_less
from mgsim.evidence.experiments.recording import NoValue
from mgsim.resting_state import NoRest

CALF = "human_triceps_surae"


def phosphocreatine(fibres: Fibres) -> Picture:
    """Draw phosphocreatine and free magnesium at rest against the share of magnesium that is lost."""
    model = fibres[CALF]
    lost = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
    level, free = [1.0], [1.0]
    for share in lost:
        try:
            level.append(at_rest_against_normal(model, "PCr_total_bulk", share))
            free.append(with_less(model, share).value("Mg") / model.value("Mg"))
        except (NoRest, NoValue):
            level.append(math.nan)
            free.append(math.nan)
    x = [0.0, *(100.0 * share for share in lost)]
    return Picture(
        "Rest of human muscle that has lost magnesium", "magnesium lost (%)", "over normal",
        (dots("phosphocreatine", x, level), dots("free Mg²⁺", x, free)), (Mark("T67.PCr", 25.0),),
        says="Most of a muscle's magnesium is bound, so free Mg²⁺ falls by more than the total.",
    )  # fmt: skip
