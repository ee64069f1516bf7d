"""How a model shows itself: in a line, and as a page in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mgsim.language.model import Model


def in_a_line(model: Model) -> str:
    """Say what a model is and what was changed about it.

    Examples
    --------
    >>> import mgsim
    >>> in_a_line(mgsim.fibre.mouse_edl().with_(Mg="0.2 mM").at("30 °C").blind("Release", "Mg"))
    'mouse_edl at 30 °C with Mg=0.2 mM, Release blind to Mg'
    """
    said = [f"{k}={v:g} {model.unit_of(k)}" for k, v in model.changes.items() if k != "T"]
    said += [f"{_level(model, k, v)} {model.kind}" for k, v in model.levels.items()]
    said += [f"{k}={v:g} {model.unit_of(k)} suddenly".replace(" 1 ", " ") for k, v in model.sudden.items()]
    clamps = {k: v for k, v in model.clamped.items() if k not in model.levels and k not in model.bath}
    said += [f"{_level(model, k, v)} clamped" for k, v in clamps.items()]
    said += [f"{mechanism} blind to {species}" for mechanism, species in model.blinded]
    said += model.edits
    if model.kind != "steady" and not model.levels:
        said.append(model.kind)
    warmth = f" at {model.value('T') - 273.15:g} °C"
    return f"{model.name}{warmth}" + (" with " + ", ".join(said) if said else "")


def as_page(model: Model) -> str:
    """Write what a model is, what can be set at its rest, and its mechanisms with what each is about."""
    anchors = [(a.name, f"{model.value(a.name):g} {a.unit}", a.meaning) for a in model.anchors]
    kinds = dict.fromkeys(placed.mechanism for placed in model.mechanisms)
    parts = [(kind.__name__, (kind.__doc__ or "").strip().partition("\n")[0]) for kind in kinds]
    return (
        f"<p>{escape(str(model))}: {escape(model.description)}</p>"
        + _table(("set at rest", "value", "meaning"), anchors)
        + _table(("mechanism", "what it is"), parts)
    )


def _level(model: Model, name: str, level: float) -> str:
    return f"{name}={level:g} {model.resolve_states(name)[0].unit}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [_row("th", head), *(_row("td", row) for row in rows)]
    return f"<table>{''.join(lines)}</table>"


def _row(tag: str, cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
