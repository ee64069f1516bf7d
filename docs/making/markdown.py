"""Pieces of Markdown that generated pages are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*\[\]<>|$])")
_IONS = {"Ca2+": "Ca²⁺", "Mg2+": "Mg²⁺", "Na+": "Na⁺", "K+": "K⁺", "H+": "H⁺", "Cl-": "Cl⁻"}
_ION = re.compile(r"\b(Ca2\+|Mg2\+|Na\+|K\+|H\+|Cl-)(?!\w)")


def plain(text: str) -> str:
    """Write text as it is, whatever stands in it."""
    return " ".join(_SPECIAL.sub(r"\\\1", ions(text)).split())


def ions(text: str) -> str:
    """Write ions with their charges above, as in Ca²⁺."""
    return _ION.sub(lambda ion: _IONS[ion[1]], text)


def docstring(text: str) -> str:
    """Write a docstring as Markdown: its paragraphs, with code in backticks."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return ions("\n".join(lines)).replace("*", "\\*").replace("<", "\\<")


def first_sentence(text: str) -> str:
    """Take the first sentence of a docstring, as it is."""
    paragraph = " ".join(text.strip().partition("\n\n")[0].split())
    return plain(re.split(r"(?<=[.])\s+(?=[A-Z])", paragraph)[0])


def code(text: str) -> str:
    """Write a name as code."""
    return f"`{text}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; nothing where there are no rows."""
    body = [f"| {' | '.join(cell or ' ' for cell in row)} |" for row in rows]
    if not body:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *body])


def page(*blocks: str) -> str:
    """Put blocks under each other; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"
