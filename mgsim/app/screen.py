"""What is written on the screen: tables, one JSON object, and a bar while one has to wait."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

_PATIENCE = 0.6  # s; a shorter wait shows no bar


def number(value: float) -> str:
    """Write a number with three digits, or all of a large one.

    Examples
    --------
    >>> number(21.34), number(26134.2), number(0.00012)
    ('21.3', '26134', '0.00012')
    """
    return f"{value:.0f}" if 1000 <= abs(value) < 1e7 else f"{value:.3g}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Set rows of text in columns, those numbered in `right` flush right.

    Examples
    --------
    >>> print(table(["measure", "value"], [["peak", "64.6"], ["ripple", "9"]], right=[1]))
    measure  value
    peak      64.6
    ripple       9
    """
    widths = [max(len(row[k]) for row in [head, *rows]) for k in range(len(head))]
    lines = []
    for row in [head, *rows]:
        cells = [
            cell.rjust(width) if k in right else cell.ljust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def print_json(value: Any) -> None:
    """Print one JSON object, in plain ASCII where the reader may know nothing else."""
    import json

    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not utf8, allow_nan=False, indent=2))


def complain(text: str) -> None:
    """Write one line on stderr."""
    print(f"mgsim: {text}", file=sys.stderr)


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None] | None]:
    """Give a function that is told the share that is done, or None where nobody watches.

    The bar appears on stderr, only on a terminal, and only once it has taken a while.
    """
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(what)
    try:
        yield bar.tell
    finally:
        bar.close()


class _Bar:
    """A bar that appears when the wait gets long."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = perf_counter()
        self.shown: Any = None
        self.task: Any = None

    def tell(self, share: float) -> None:
        if self.shown is None:
            if perf_counter() - self.began < _PATIENCE:
                return
            from rich.console import Console
            from rich.progress import Progress

            self.shown = Progress(console=Console(stderr=True), transient=True)
            self.task = self.shown.add_task(self.what, total=1.0)
            self.shown.start()
        self.shown.update(self.task, completed=share)

    def close(self) -> None:
        if self.shown is not None:
            self.shown.stop()
