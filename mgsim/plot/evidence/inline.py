"""A matplotlib figure as SVG that stands inside a page and takes its colours from it, light or dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# What is drawn in one of these colours becomes the page's colour of that name.
INK, QUIET, FAINT, PAPER, BAND = "#111111", "#666666", "#c9c9c9", "#fefefe", "#e3edf5"
LINES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9")
_NAMES = {INK: "ink", QUIET: "quiet", FAINT: "faint", PAPER: "paper", BAND: "band"} | {
    colour: f"c{k + 1}" for k, colour in enumerate(LINES)
}
SIZE = 10.0  # points; a picture is as wide as a telephone
_ID = re.compile(r'\bid="([^"]+)"')
_TO_ID = re.compile(r'(url\(#|href="#)([^")]+)')
_HEX = re.compile(r"#[0-9a-f]{6}\b")
_FONT = re.compile(r"'DejaVu Sans'[^;\"]*")


@contextmanager
def page_style() -> Iterator[None]:
    """Draw with the page's ink on no ground, with text that stays text."""
    import matplotlib as mpl

    inked = ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
    style: dict[Any, Any] = {name: INK for name in inked} | {
        "svg.fonttype": "none",
        "font.family": ["DejaVu Sans"],
        "font.size": SIZE,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.facecolor": "none",
        "figure.facecolor": "none",
        "savefig.facecolor": "none",
        "axes.titlesize": SIZE,
        "axes.titlelocation": "left",
        "lines.solid_capstyle": "round",
    }
    with mpl.rc_context(style):
        yield


def inline(figure: Figure, name: str, title: str, description: str) -> str:
    """Return a figure as an SVG element.

    Parameters
    ----------
    figure : Figure
        Drawn under `page_style`.
    name : str
        Once in the page: the ids inside begin with it.
    title, description : str
        What a screen reader says: the name of the picture, and what is seen in it.
    """
    import matplotlib as mpl

    text = StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(text, format="svg", metadata={"Date": None})
    svg = text.getvalue()
    head, body = svg[svg.index("<svg") :].split(">", 1)
    body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", body, flags=re.DOTALL)
    body = _ID.sub(rf'id="{name}-\1"', body.replace("xlink:href", "href"))
    body = _TO_ID.sub(rf"\1{name}-\2", body)
    body = _HEX.sub(lambda m: f"var(--{_NAMES[m[0]]})" if m[0] in _NAMES else m[0], body)
    body = _FONT.sub("var(--face)", body)
    body = re.sub(r"\n\s*", "\n", body)
    box = re.search(r'viewBox="[^"]+"', head)
    assert box is not None
    about = (
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    labels = f'aria-labelledby="{name}-title" aria-describedby="{name}-desc"'
    return f'<svg {box[0]} role="img" {labels}>{about}{body}'
