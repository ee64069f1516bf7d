"""Conservation laws, found from the stoichiometry: whole-number combinations that no reaction changes."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd


def conservation_laws(
    columns: Sequence[dict[int, int]], size: int, last: Sequence[int] = ()
) -> list[dict[int, int]]:
    """Find a basis of the left null space of a stoichiometric matrix, in exact arithmetic.

    Parameters
    ----------
    columns : sequence of dict
        For each reaction, the change of each species by index.
    size : int
        Number of species.
    last : sequence of int
        Species that each name a law: a basis is chosen in which as many laws as possible hold exactly one of them.

    Returns
    -------
    list of dict
        For each law the coefficient of each species with a part in it; ordered as `last` where named by it.
    """
    order = [i for i in range(size) if i not in set(last)] + list(reversed(last))
    position = {species: k for k, species in enumerate(order)}
    rows = []
    for column in columns:
        row = [0] * size
        for species, change in column.items():
            row[position[species]] = change
        rows.append(row)
    pivots = _eliminate(rows, size)
    laws = []
    for free in (k for k in range(size) if k not in pivots):
        denominator = 1
        for r in pivots.values():
            lead = rows[r][next(k for k in range(size) if rows[r][k])]
            denominator = (
                denominator * abs(lead) // gcd(denominator, abs(lead)) if rows[r][free] else denominator
            )
        law = {order[free]: denominator}
        for pivot, r in pivots.items():
            if rows[r][free]:
                law[order[pivot]] = -rows[r][free] * denominator // rows[r][pivot]
        shared = 0
        for coefficient in law.values():
            shared = gcd(shared, coefficient)
        laws.append({i: c // shared for i, c in sorted(law.items())})
    rank = {species: k for k, species in enumerate(last)}
    laws.sort(key=lambda law: min((rank[i] for i in law if i in rank), default=size))
    return laws


def _eliminate(rows: list[list[int]], size: int) -> dict[int, int]:
    """Bring whole-number rows to reduced echelon form in place; return the row of each pivot column."""
    pivots: dict[int, int] = {}
    used = 0
    for k in range(size):
        r = next((i for i in range(used, len(rows)) if rows[i][k]), None)
        if r is None:
            continue
        rows[used], rows[r] = rows[r], rows[used]
        pivot = rows[used]
        for i, row in enumerate(rows):
            if i != used and row[k]:
                a, b = pivot[k], row[k]
                g = gcd(a, b)
                a, b = a // g, b // g
                new = [a * x - b * y for x, y in zip(row, pivot, strict=True)]
                shared = 0
                for x in new:
                    shared = gcd(shared, x)
                rows[i] = [x // shared for x in new] if shared > 1 else new
        pivots[k] = used
        used += 1
    return pivots
