"""What ``docs/credibility.md`` counts: numbers by grade, measurements by purpose, rows by verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from mgsim import fibre as preparations
from mgsim.app.screen import number
from mgsim.evidence.measurements import ROLES, measurements
from mgsim.evidence.scoreboard import NO_VALUE, NOT_MET, OUTSIDE, WITHIN_2, Row, Scoreboard
from mgsim.evidence.validate import validate
from mgsim.evidence.without_row import without_row
from mgsim.language.model import Model

NONE = "–"
GRADES = {"R": "read in a paper", "K": "from published model code", "C": "computed from such numbers",
          "F": "fitted", "M": "recalled and not yet looked up", "D": "chosen"}


@lru_cache
def fresh(name: str) -> Model:
    """Make a fibre once, so that all who ask share its compiled code and its rest."""
    found: Model = getattr(preparations, name)()
    return found


def table(head: Sequence[str], rows: Sequence[Sequence[str]], words: Sequence[int] = (0,)) -> str:
    """Set a Markdown table, all columns but those of words flush right."""
    rule = ["---" if k in words else "---:" for k in range(len(head))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def plain(value: float) -> str:
    """Write a ratio with two digits behind the point, or one where it is large."""
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def extent() -> str:
    """Count states, parameters and the grades of their evidence."""
    lines = []
    for name in ("mouse_edl", "human_fast"):
        model = fresh(name)
        grades = Counter(d.evidence[0] for path, d in model.declared.items() if path != "T")
        parts = ", ".join(f"{grades[grade]} {meaning}" for grade, meaning in GRADES.items())
        lines.append(f"- `{name}`: {len(model.system.states)} states and {sum(grades.values())} numbers ({parts}).")
    return "\n".join(lines)


def rows() -> str:
    """Count measurements: those with a row by what they are for, and those without."""
    all_rows = measurements()
    role = Counter(row.role for row in all_rows if row.decides)
    informing = sum(not row.decides for row in all_rows)
    return (
        f"{len(all_rows)} rows compare a fibre with a measurement: {role['calibrate']} were used in fitting, "
        f"{role['predict']} never were, and {informing}\ninform without counting, because they are recalled or "
        f"another row already decides. {len({row.source for row in all_rows})} sources stand behind them.\n"
        f"{len(without_row())} measurements have no row."
    )


@lru_cache
def board() -> Scoreboard:
    """Run all rows once."""
    return validate()


def one_row(id: str) -> str:
    """Say in a few words where one row stands: model, measurement and verdict."""
    row, own = board()[id], board()[id].measurement
    unit = "" if own.unit == "1" else f" {own.unit}"
    wanted = f"{own.relation} {own.value:g}" if own.kind == "sign" else f"{own.value:g}"
    model = NONE if row.verdict == NO_VALUE else number(row.model)
    verdict = {OUTSIDE: "missed", NOT_MET: "missed", NO_VALUE: "missed", WITHIN_2: "within 2 spreads"}
    return f"{model} for {wanted}{unit}: {verdict.get(row.verdict, 'met')}"


def scoreboard() -> str:
    """Say by topic how many rows are met, and name the missed ones."""
    lines = []
    for topic, found in board().topics().items():
        deciding = [row for row in found if row.measurement.decides]
        missed = ", ".join(row.measurement.id for row in deciding if not row.favourable)
        lines.append([topic, *(_met(deciding, role) for role in ROLES), missed or "none"])
    lines.append(["**all**", *(f"**{_met(board().rows, role)}**" for role in ROLES), NONE])
    outside = [row for row in board().rows if row.measurement.decides and not row.favourable]
    unknown = sum(row.why == "the reason is not known" for row in outside)
    share = {role: f"{board().share(role):.0%}" for role in ROLES}
    return (
        table(["topic", "used in fitting", "never used", "missed"], lines, words=(0, 3))
        + f"\n\nWithin 2 spreads or with the sign: {share['calibrate']} of the rows used in fitting, "
        f"{share['predict']} of those never used. Of {len(outside)} missed\nrows {len(outside) - unknown} say why; for "
        f"{unknown} the reason is not known."
    )


def _met(found: Sequence[Row], role: str) -> str:
    own = [row for row in found if row.measurement.decides and row.measurement.role == role]
    return f"{sum(row.favourable for row in own)} of {len(own)}" if own else NONE
