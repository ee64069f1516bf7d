"""Where pictures are drawn, and how they become files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mgsim.language.errors import InputError
from mgsim.whole_file import whole_file, writable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SUFFIXES = (".png", ".pdf", ".svg")


def panels_for(ax: Any, rows: int, columns: int) -> np.ndarray[Any, Any]:
    """Return the axes to draw in as an array of rows and columns: those given, or those of a new figure."""
    if ax is not None:
        given = np.atleast_1d(np.asarray(ax, dtype=object))
        if given.size != rows * columns:
            raise InputError(f"this picture needs {rows * columns} axes; got {given.size}")
        return given.reshape(rows, columns)
    import matplotlib.pyplot as plt

    size = (16.0, 9.0) if columns > 1 else (10.5, 3.0 + 2.7 * rows)
    with plt.rc_context({"figure.constrained_layout.h_pad": 0.12, "figure.constrained_layout.w_pad": 0.2}):
        _, axes = plt.subplots(rows, columns, figsize=size, squeeze=False, layout="constrained")
    return axes


def root_figure(ax: Any) -> Figure:
    """Return the whole figure that axes stand in, with every matplotlib that is supported."""
    figure: Figure = ax.figure.figure
    return figure


def picture_path(path: str | os.PathLike[str]) -> Path:
    """Return the path where a picture could be saved now; use it before a long simulation.

    Raises
    ------
    InputError
        For another suffix than .png, .pdf or .svg, or where the file cannot be written.
    """
    if Path(path).suffix.lower() not in _SUFFIXES:
        raise InputError(f"a picture is saved as .png, .pdf or .svg; {str(path)!r} ends in none of them")
    return writable(path)


def save(ax: Any, path: str | os.PathLike[str]) -> None:
    """Write the figure that holds these axes to a .png, .pdf or .svg file, whole or not at all.

    Raises
    ------
    InputError
        For another suffix, or where the file cannot be written.
    """
    suffix = picture_path(path).suffix.lower()
    first = np.atleast_1d(np.asarray(ax, dtype=object)).flat[0]
    with whole_file(path) as part:
        root_figure(first).savefig(part, dpi=150, format=suffix[1:], facecolor="white")
