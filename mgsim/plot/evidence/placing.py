"""Where the names of points go: beside their points, and over as little else as possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points

_LETTER, _HEIGHT = 0.58, 1.15  # width of a letter and height of a line, in sizes of type
_ACROSS, _UP = (0.0, 1.0, -1.0), (0.0, 1.2, -1.2, 2.3, -2.3, 3.4, -3.4)


@dataclass(frozen=True)
class Name:
    """A text that belongs to a point, both in points."""

    text: str
    x: float
    y: float


def box_of(text: str, left: float, middle: float, size: float) -> Box:
    """Return about what room a text takes that begins at `left`, around the height `middle`."""
    return (left, middle - size * _HEIGHT / 2, left + len(text) * size * _LETTER, middle + size * _HEIGHT / 2)


def around(x: float, y: float, half: float) -> Box:
    """Return the room of a point."""
    return (x - half, y - half, x + half, y + half)


def overlap(one: Box, other: Box) -> float:
    """Return the area that two boxes share.

    Examples
    --------
    >>> overlap((0.0, 0.0, 2.0, 2.0), (1.0, 1.0, 3.0, 3.0))
    1.0
    """
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def place(
    names: Sequence[Name], taken: Iterable[Box], inside: Box, size: float, *, gap: float = 9.0
) -> list[tuple[float, float]]:
    """Find for each name the nearest free room.

    Parameters
    ----------
    names : sequence of Name
        The texts.
    taken : iterable of tuple
        Room that is taken by points, curves and other texts.
    inside : tuple
        Where names may stand.
    size : float
        Size of type, in points.
    gap : float
        Distance from a point to its name.

    Returns
    -------
    list of tuple of float
        Left end and middle height of each text.
    """
    boxes, found = list(taken), []
    for name in names:
        best, least = (name.x + gap, name.y), float("inf")
        width = len(name.text) * size * _LETTER
        for up, across in product(_UP, _ACROSS):
            if up == across == 0.0:
                continue
            left = name.x + across * gap - (width if across < 0 else width / 2 if across == 0 else 0.0)
            middle = name.y + up * size * 1.1
            box = box_of(name.text, left, middle, size)
            cost = sum(overlap(box, other) for other in boxes) + 0.4 * size * (abs(up) + (across < 0))
            cost += 20.0 * (width * size * _HEIGHT - overlap(box, inside))
            if cost < least:
                best, least = (left, middle), cost
        found.append(best)
        boxes.append(box_of(name.text, *best, size))
    return found
