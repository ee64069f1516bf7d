"""Cut straight-line code into pieces that a compiler still takes on, and find what passes between them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """Some statements of a straight-line function.

    Attributes
    ----------
    body : list of ast.stmt
    taken : dict of str to int
        Local names that earlier pieces set and this one reads, with their place in what is passed.
    left : dict of str to int
        Local names that this piece sets and later ones read.
    room : int
        Places needed for the whole function.
    """

    body: list[ast.stmt]
    taken: dict[str, int]
    left: dict[str, int]
    room: int


def cut(body: Sequence[ast.stmt], longest: int) -> list[Piece]:
    """Cut statements into pieces of at most `longest` of them.

    Raises
    ------
    ValueError
        If a name stands for a part of an array and passes from one piece to another: an array of numbers cannot
        carry it.
    """
    count = -(-len(body) // longest)
    size = -(-len(body) // count)
    parts = [list(body[k : k + size]) for k in range(0, len(body), size)]
    views = {n for statement in body if _is_view(statement) for n in _names(statement, ast.Store)}
    sets_of: list[set[str]] = [{n for s in part for n in _names(s, ast.Store)} for part in parts]
    reads = [_read_before_set(part) for part in parts]
    everywhere = set().union(*sets_of)
    places: dict[str, int] = {}
    live: list[set[str]] = [set() for _ in parts]
    wanted: set[str] = set()
    for k in range(len(parts) - 1, -1, -1):
        live[k] = wanted & sets_of[k]
        wanted = (wanted - sets_of[k]) | (reads[k] & everywhere)
    for names in live:
        for name in sorted(names):
            if name in views:
                raise ValueError(f"{name} is a part of an array; it cannot pass between pieces")
            places.setdefault(name, len(places))
    before: set[str] = set()
    pieces = []
    for part, sets, first, after in zip(parts, sets_of, reads, live, strict=True):
        taken = {n: places[n] for n in sorted(first & before)}
        pieces.append(Piece(part, taken, {n: places[n] for n in sorted(after)}, len(places)))
        before |= sets
    return pieces


def _read_before_set(part: Sequence[ast.stmt]) -> set[str]:
    known: set[str] = set()
    found: set[str] = set()
    for statement in part:
        read = _names(statement, ast.Load)
        if isinstance(statement, ast.AugAssign):
            read |= _names(statement.target, ast.Store)
        found |= read - known
        known |= _names(statement, ast.Store)
    return found


def _is_view(statement: ast.stmt) -> bool:
    value = getattr(statement, "value", None)
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "tail"


def _names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    """Names that are set or read; what is called is no value."""
    called = {id(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}
    return {
        n.id
        for n in ast.walk(node)
        if isinstance(n, ast.Name) and isinstance(n.ctx, context) and id(n) not in called
    }
