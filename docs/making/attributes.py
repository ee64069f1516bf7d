"""A Sphinx extension for docstrings that describe several attributes in one entry, as in ``low, high : float``."""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

_ENTRY = re.compile(r"^(\w+(?:, \w+)+) : (.*)$")


def split(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    """Write one entry for each attribute, all with the same description, since napoleon expects that."""
    if "Attributes" not in lines:
        return
    start = lines.index("Attributes") + 2
    written = lines[:start]
    i = start
    while i < len(lines):
        entry = _ENTRY.match(lines[i])
        if not entry:
            written.append(lines[i])
            i += 1
            continue
        end = i + 1
        while end < len(lines) and lines[end].startswith(" "):
            end += 1
        for one in entry[1].split(", "):
            written += [f"{one} : {entry[2]}", *lines[i + 1 : end]]
        i = end
    lines[:] = written


def setup(app: Sphinx) -> dict[str, bool]:
    """Go before napoleon."""
    app.connect("autodoc-process-docstring", split, priority=300)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
