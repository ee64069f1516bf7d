"""The report of ``mgsim validate --html``: what is run for it, and how it is written."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mgsim.app.screen import progress
from mgsim.language.errors import InputError
from mgsim.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from mgsim.evidence.curves.picture import Fibres
    from mgsim.evidence.scoreboard import Scoreboard


def report_path(path: str) -> Path:
    """Return where a report could be written now; use it before anything is run.

    Raises
    ------
    InputError
        For another suffix than .html or .htm, or where the file cannot be written.
    """
    from mgsim.whole_file import writable

    if not path.lower().endswith((".html", ".htm")):
        raise InputError(f"a report is saved as .html; {path!r} ends otherwise")
    return writable(path)


def write_report(path: str, board: Scoreboard, fibres: Fibres, only: Sequence[str], jobs: int, seconds: float) -> None:
    """Draw the curves behind the rows and write the report, whole or not at all.

    Parameters
    ----------
    path : str
        The file.
    board : Scoreboard
        The rows.
    fibres : Fibres
        The preparations that the rows were computed with.
    only : sequence of str
        What was asked for; a part has no null model.
    jobs : int
        Experiments that run at the same time.
    seconds : float
        How long the rows took.
    """
    from time import perf_counter

    from mgsim.evidence.curves.draw import draw_all
    from mgsim.evidence.curves.index import NULL_MODEL, pictures_of
    from mgsim.evidence.without_row import without_row
    from mgsim.plot.evidence.page import report
    from mgsim.whole_file import whole_file

    entries = pictures_of({row.measurement.id for row in board.rows})
    null_model = () if only else NULL_MODEL
    began = perf_counter()
    with progress("drawing the curves") as tell:
        pictures = draw_all((*entries, *null_model), fibres, jobs, tell)
    about = _provenance(fibres, only, path, seconds, perf_counter() - began)
    page = report(board, entries, pictures, null_model, () if only else without_row(), about)
    with whole_file(path) as part:
        part.write_text(page, encoding="utf-8")


def _provenance(fibres: Fibres, only: Sequence[str], path: str, rows: float, curves: float) -> dict[str, str]:
    import platform
    from datetime import datetime

    import numpy as np

    words = ["mgsim", "validate", *(word for one in only for word in ("--only", one)), "--html", path]
    used = ", ".join(f"{name} ({fibres[name].description})" for name in sorted(fibres))
    return {
        "mgsim": __version__,
        "written": datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z"),
        "command": shlex.join(words),
        "fibres": used,
        "time": f"{rows:.0f} s for the rows, {curves:.0f} s for the curves",
        "with": f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.system()} {platform.machine()}",
    }
