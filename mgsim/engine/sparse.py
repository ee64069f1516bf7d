"""Sparse LU without pivoting, planned once: an elimination order with little fill."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_WAIT = 5  # operations that one more stage in the longest chain is worth; measured on the fibre


@dataclass(frozen=True)
class Factorisation:
    """The plan of an LU factorisation of a matrix with a fixed pattern.

    Attributes
    ----------
    order : tuple of int
        Row (and column) eliminated at each stage.
    lower, upper : tuple of tuple of int
        For each stage, the rows below it that hold an entry in its column, and the columns right of it that
        hold an entry in its row; fill included.
    """

    order: tuple[int, ...]
    lower: tuple[tuple[int, ...], ...]
    upper: tuple[tuple[int, ...], ...]

    @property
    def entries(self) -> list[tuple[int, int]]:
        """Every position of the factors, diagonal first in each stage."""
        found = []
        for k, below, right in zip(self.order, self.lower, self.upper, strict=True):
            found.append((k, k))
            found += [(i, k) for i in below] + [(k, j) for j in right]
        return found


def plan(size: int, pattern: Iterable[tuple[int, int]]) -> Factorisation:
    """Choose an elimination order by Markowitz counts on the diagonal, and follow the fill.

    A stage that waits for many others counts as dearer: substitution takes as long as its longest chain of
    stages, not as its operations, and a little more fill for a much shorter chain is a good bargain.

    Parameters
    ----------
    size : int
        Order of the matrix.
    pattern : iterable of (row, column)
        Where it may be non-zero; the diagonal is added.
    """
    rows: list[set[int]] = [{i} for i in range(size)]
    columns: list[set[int]] = [{i} for i in range(size)]
    for i, j in pattern:
        rows[i].add(j)
        columns[j].add(i)
    left = set(range(size))
    stage = [0] * size  # length of the longest chain of stages before this one
    order, lower, upper = [], [], []
    while left:
        k = min(left, key=lambda i: ((len(rows[i]) - 1) * (len(columns[i]) - 1) + _WAIT * stage[i], i))
        left.discard(k)
        below, right = columns[k] - {k}, rows[k] - {k}
        for i in below:
            rows[i] |= right
            rows[i].discard(k)
        for j in right:
            columns[j] |= below
            columns[j].discard(k)
        for i in below | right:
            stage[i] = max(stage[i], stage[k] + 1)
        order.append(k)
        lower.append(tuple(sorted(below)))
        upper.append(tuple(sorted(right)))
    return Factorisation(tuple(order), tuple(lower), tuple(upper))
