"""``mgsim validate``: the model beside what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from mgsim.app.screen import print_json, progress

if TYPE_CHECKING:
    from rich.table import Table

    from mgsim.evidence.scoreboard import Row, Scoreboard

_COLOURS = {"within 1": "green", "met": "green", "within 2": "yellow"}


def validate(
    *,
    only: Annotated[tuple[str, ...], Parameter(name="--only")] = (),
    json: Annotated[bool, Parameter(name="--json")] = False,
    notes: Annotated[bool, Parameter(name="--notes")] = False,
    jobs: Annotated[int, Parameter(name="--jobs")] = 2,
) -> int:
    """Compare the model with published measurements, and count what is met and what is missed.

    z is the distance between the two in units of the measured spread. Rows used in fitting (calibrate) and
    rows that never were (predict) are counted apart; a row in parentheses informs and does not count.

    For example:

        mgsim validate
        mgsim validate --only T22 --only release
        mgsim validate --json

    Parameters
    ----------
    only
        A row such as T22 or T2*, or a topic such as release; may be given several times.
    json
        Print one JSON object instead of tables.
    notes
        Say under each table what has to be known about every row, not only why a row is missed.
    jobs
        How many experiments run at the same time.
    """
    from mgsim.evidence.validate import validate as compare

    with progress("comparing with measurements") as tell:
        board = compare(only or None, jobs=jobs, on_progress=tell)
    if json:
        print_json(board.as_dict())
    else:
        show(board, notes=notes)
    return 0


def show(board: Scoreboard, *, notes: bool = False) -> None:
    """Print the scoreboard: a table for each topic, the reasons of what is missed, and the counts."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:  # in a file or a pipe there is no width to keep to
        console = Console(highlight=False, width=160)
    for topic, rows in board.topics().items():
        console.print(_table(topic, rows))
        for row in rows:
            if row.note and (notes or not row.favourable):
                console.print(f"  {row.measurement.id}: {row.note}.", markup=False, style="dim")
        console.print()
    for line in summary(board):
        console.print(line, markup=False)


def summary(board: Scoreboard) -> list[str]:
    """Say in a line for each role how many rows are met and how many are missed."""
    lines = []
    for role, done in (("calibrate", "used in fitting"), ("predict", "never used in fitting")):
        counts = board.counts(role)
        total = sum(counts.values())
        if total:
            parts = ", ".join(f"{n} {verdict}" for verdict, n in counts.items() if n)
            lines.append(
                f"{role} ({done}): {parts}; {board.share(role):.0%} of {total} within 2 spreads or with the sign"
            )
    informing = [row for row in board.rows if not row.measurement.decides]
    if informing:
        lines.append(
            f"{len(informing)} more rows inform only; {sum(row.favourable for row in informing)} of them "
            "are within 2 spreads or have the sign"
        )
    return lines


def _table(topic: str, rows: list[Row]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=topic, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("row", no_wrap=True)
    table.add_column("quantity", ratio=1)
    table.add_column("measured", justify="right", no_wrap=True)
    table.add_column("model", justify="right", no_wrap=True)
    table.add_column("unit", no_wrap=True)
    table.add_column("z", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("role", no_wrap=True)
    for row in rows:
        own = row.measurement
        verdict = row.verdict if own.decides else f"({row.verdict})"
        table.add_row(
            own.id,
            own.quantity,
            _target(row),
            f"{row.model:.3g}" if not row.reason else "-",
            "" if own.unit == "1" else own.unit,
            "" if row.z is None else f"{row.z:+.1f}",
            Text(verdict, style=_COLOURS.get(row.verdict, "red")),
            own.role,
        )
    return table


def _target(row: Row) -> str:
    own = row.measurement
    if own.kind == "sign":
        return f"{own.relation} {own.value:g}"
    mark = "" if own.spread is not None else "*"
    return f"{own.value:g} ± {own.allowed:.2g}{mark}"
