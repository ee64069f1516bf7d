"""``mgsim validate``: the model beside what was measured."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from mgsim.app.screen import print_json, progress

if TYPE_CHECKING:
    from rich.table import Table

    from mgsim.evidence.scoreboard import Row, Scoreboard

_LEGEND = (
    "measured ± spread, * where 15 % stand for a spread that is not published; z = (model - measured) / spread;",
    "fit: used in fitting; in parentheses: informs only, because it is recalled or decided by another row.",
    "",
)
_COLOURS = {"within 1": "green", "met": "green", "within 2": "yellow"}


def validate(
    *,
    only: Annotated[tuple[str, ...], Parameter(name="--only")] = (),
    json: Annotated[bool, Parameter(name="--json")] = False,
    notes: Annotated[bool, Parameter(name="--notes")] = False,
    html: Annotated[str | None, Parameter(name="--html")] = None,
    jobs: Annotated[int, Parameter(name="--jobs")] = 2,
) -> int:
    """Compare the model with published measurements, and count what is met and what is missed.

    z is the distance between the two in units of the measured spread. Rows used in fitting (calibrate) and
    rows that never were (predict) are counted apart; a row in parentheses informs and does not count.

    For example:

        mgsim validate
        mgsim validate --only T22 --only release
        mgsim validate --json
        mgsim validate --html report.html

    Parameters
    ----------
    only
        A row such as T22 or T2*, or a topic such as release; may be given several times.
    json
        Print one JSON object instead of tables.
    notes
        Say under each table what has to be known about every row, not only why a row is missed.
    html
        Also write a report for the browser, in one file: the tables, and the curves beside the published points.
    jobs
        How many experiments run at the same time.
    """
    from time import perf_counter

    from mgsim.app.report import report_path, write_report
    from mgsim.evidence.curves.picture import Fibres
    from mgsim.evidence.measurements import select
    from mgsim.evidence.validate import validate as compare

    if html is not None:
        report_path(html)
    fibres = Fibres()
    for measurement in select(only or None):
        fibres[measurement.preparation]  # made once, so that rows and curves share their runs
    began = perf_counter()
    with progress("comparing with measurements") as tell:
        board = compare(only or None, jobs=jobs, on_progress=tell, preparations=fibres)
    if html is not None:
        write_report(html, board, fibres, only, jobs, perf_counter() - began)
    if json:
        print_json(board.as_dict())
        return 0
    show(board, notes=notes)
    if html is not None:
        print(f"\nwrote {html}")
    return 0


def show(board: Scoreboard, *, notes: bool = False, width: int | None = None) -> None:
    """Print the scoreboard: a table for each topic, the reasons of what is missed, and the counts.

    Parameters
    ----------
    board : Scoreboard
        What to print.
    notes : bool
        Print what has to be known about the rows that are met, too.
    width : int, optional
        Characters in a line; those of the terminal where it is not given.
    """
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False, width=width)
    if width is None and not console.is_terminal:  # in a file or a pipe there is no width to keep to
        console = Console(highlight=False, width=150)
    for topic, rows in board.topics().items():
        console.print(_table(topic, rows))
        for row in rows:
            note = row.note if notes else row.why
            if note:
                text = Text(f"{row.measurement.id}: {note}.", style="dim")
                console.print(Padding(text, (0, 0, 0, 2)))
        console.print()
    for line in [*_LEGEND, *summary(board)]:
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

    table = Table(title=topic, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("row", no_wrap=True)
    table.add_column("quantity", ratio=1, min_width=12)
    table.add_column("measured", justify="right", no_wrap=True)
    table.add_column("model", justify="right", no_wrap=True)
    table.add_column("unit", no_wrap=True)
    table.add_column("z", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("", no_wrap=True)
    for row in rows:
        own = row.measurement
        verdict = row.verdict if own.decides else f"({row.verdict})"
        table.add_row(
            own.id,
            own.quantity,
            _target(row),
            _short(row.model),
            "" if own.unit == "1" else own.unit,
            "" if row.z is None else f"{row.z:+.1f}",
            Text(verdict, style=_COLOURS.get(row.verdict, "red")),
            "fit" if own.role == "calibrate" else "",
        )
    return table


def _target(row: Row) -> str:
    own = row.measurement
    if own.kind == "sign":
        return f"{own.relation} {own.value:g}"
    mark = "" if own.spread is not None else "*"
    return f"{own.value:g} ± {own.allowed:.2g}{mark}"


def _short(value: float) -> str:
    """Write three digits, but none behind the fourth decimal; a dash where there is no value."""
    return "-" if math.isnan(value) else f"{value:.3g}" if abs(value) >= 0.01 else f"{value:.4f}"
