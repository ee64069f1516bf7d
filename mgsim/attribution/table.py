"""Plain text in columns."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

_WIDEST = 15  # characters of a heading, before it takes a second line


def set_in_columns(titles: Sequence[str], units: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows in columns under titles of several lines; the first column is flush left, the others right.

    Examples
    --------
    >>> print(set_in_columns(["", "half-relaxation of a tetanus"], ["", "ms"], [["normal", "36.8"]]))
            half-relaxation
               of a tetanus
                         ms
    normal             36.8
    """
    broken = [wrap(title, _WIDEST, break_on_hyphens=False) for title in titles]
    deep = max(map(len, broken))
    head = [[""] * (deep - len(lines)) + lines + [unit] for lines, unit in zip(broken, units, strict=True)]
    columns = [[*top, *(row[k] if row else "" for row in rows)] for k, top in enumerate(head)]
    widths = [max(map(len, column)) for column in columns]
    lines = []
    for cells in zip(*columns, strict=True):
        first, *others = cells
        line = [first.ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(others, widths[1:], strict=True))]
        lines.append("  ".join(line).rstrip())
    return "\n".join(lines)
