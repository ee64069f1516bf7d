"""The grades of evidence, and how many numbers of each fibre have which."""

from __future__ import annotations

from collections import Counter

from making.markdown import page, table
from mgsim.language.declaration import EVIDENCE, SPREADS
from mgsim.language.model import Model


def grades_page(fibres: dict[str, Model]) -> str:
    """Write what the grades mean, and count them."""
    counted = {name: Counter(d.evidence for path, d in m.declared.items() if path != "T") for name, m in fibres.items()}
    return page(
        "(grades)=",
        "# Grades of evidence",
        "Every parameter has a grade, which says how its number was come by.",
        table(["grade", "the number was"], [[f"**{grade}**", said] for grade, said in EVIDENCE.items()]),
        "## How many numbers have which",
        "A fibre may have a value of its own for a number. The grade counted here is that of the number in its "
        "mechanism; such values were fitted or chosen.",
        table(
            ["fibre", *EVIDENCE],
            [[name, *(str(counts[g]) if counts[g] else "" for g in EVIDENCE)] for name, counts in counted.items()],
        ),
        "## Spreads",
        "Where a paper gives a spread, the number has it, and [bands](../howto/bands.md) are drawn from it.",
        table(["spread", "what it is"], [[kind or "(none said)", said] for kind, said in SPREADS.items()]),
    )
