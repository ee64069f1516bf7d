"""A page for each mechanism: what it is, its chemistry, its equations, its numbers and where they come from."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

import mgsim.fibre
from making.bibliography import cited
from making.markdown import code, docstring, page, plain, table
from mgsim.export import latex
from mgsim.export.latex_names import symbol
from mgsim.language.declaration import (
    Declaration,
    Define,
    Parameter,
    Rate,
    Reaction,
    Shared,
    Slot,
    State,
    Stimulus,
)
from mgsim.language.expression import symbols_of
from mgsim.language.mechanism import Mechanism
from mgsim.language.model import Model

Kind = TypeVar("Kind", bound=Declaration)


def mechanisms() -> dict[str, type[Mechanism]]:
    """Give every mechanism of mgsim by its name, also those that no fibre has by itself."""
    for module in iter_modules(mgsim.fibre.__path__, "mgsim.fibre."):
        import_module(module.name)
    found = {kind.__name__: kind for kind in Mechanism.__subclasses__() if kind.__module__.startswith("mgsim.")}
    return dict(sorted(found.items()))


def mechanism_page(mechanism: type[Mechanism], fibres: dict[str, Model]) -> str:
    """Write the page of one mechanism."""
    name = mechanism.__name__
    having = {title: model for title, model in fibres.items() if places_of(mechanism, model)}
    first, _, others = docstring(mechanism.__doc__ or "").partition("\n\n")
    module = mechanism.__module__.replace(".", "/")
    return page(
        f"(mechanism-{name})=",
        f"# {name}",
        first,
        others,
        f"{_where(having)}; written in `{module}.py`.",
        _chemistry(mechanism),
        _equations(mechanism),
        _parameters(mechanism),
        _own_values(mechanism, having),
        _reads(mechanism),
    )


def _where(having: dict[str, Model]) -> str:
    names = ", ".join(f"{{ref}}`{title} <fibre-{title}>`" for title in having)
    return f"In {names}" if having else "In no fibre by itself: `fibre.plus(...)` adds it"


def places_of(mechanism: type[Mechanism], model: Model) -> list[str]:
    """Give where a mechanism stands in a fibre; "" where it has no place."""
    return [p.place.name if p.place else "" for p in model.mechanisms if p.mechanism is mechanism]


def number(value: float) -> str:
    """Write a number of a table, with a power of ten where it is very small or large."""
    text = f"{value:.6g}"
    digits, e, exponent = text.partition("e")
    return f"{digits} × 10{_raised(str(int(exponent)))}" if e else text


def _raised(power: str) -> str:
    return power.translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def unit_text(unit: str) -> str:
    """Write a unit, with powers above; 1 is none."""
    return "" if unit == "1" else re.sub(r"\*\*(-?\d)", lambda power: _raised(power[1]), unit)


def quantity(value: float, unit: str) -> str:
    """Write a number with its unit, of which 1 is none."""
    return f"{number(value)} {unit_text(unit)}".rstrip()


def _chemistry(mechanism: type[Mechanism]) -> str:
    lines = [e for e in latex.equations(mechanism) if e.kind == "reaction"]
    rows = [[f"${e.chemistry}$", f"${e.latex.partition(' = ')[0]}$"] for e in lines]
    written = table(["what becomes of what", "rate"], rows)
    return f"## Reactions\n\n{written}" if rows else ""


def _equations(mechanism: type[Mechanism]) -> str:
    blocks = []
    for line in latex.equations(mechanism):
        said = [line.meaning, f"({unit_text(line.unit)})" if line.meaning and unit_text(line.unit) else ""]
        words = " ".join(plain(part) for part in said if part)
        blocks.append(f"$$\n{line.latex}\n$$")
        if words:
            blocks.append(f"{{.said}}\n{words}")
    return page("## Equations", *blocks) if blocks else ""


def _parameters(mechanism: type[Mechanism]) -> str:
    rows = []
    for d in _declared(mechanism, Parameter):
        value = quantity(d.number, d.unit)
        if d.spread is not None:
            value += f" (± {number(d.spread)}{' ' * bool(d.spread_is)}{d.spread_is})"
        meaning = plain(d.meaning)
        if d.q10 is not None:
            meaning += f"; Q₁₀ {number(d.q10)}, value at {d.at}"
        if d.note:
            meaning += f". *{plain(d.note)}*"
        source = f"{cited(d.source)}, {{ref}}`{d.evidence} <grades>`"
        rows.append([f"${symbol(d)}$ {code(d.name)}", value, meaning, source])
    return f"## Parameters\n\n{table(['name', 'value', 'meaning', 'source, grade'], rows)}" if rows else ""


def _own_values(mechanism: type[Mechanism], having: dict[str, Model]) -> str:
    """Say which fibres have values of their own, to which source and grade above do not belong."""
    rows = []
    for d in _declared(mechanism, Parameter):
        path = f"{mechanism.__name__}.{d.name}"
        own = {title: m.preset[path] for title, m in having.items() if m.preset.get(path, d.number) != d.number}
        said = "; ".join(f"{title} {quantity(value, d.unit)}" for title, value in own.items())
        if own:
            rows.append([f"${symbol(d)}$ {code(d.name)}", said])
    if not rows:
        return ""
    return page(
        "### Values of single fibres",
        "Fitted or chosen for that fibre; source and grade in the table above belong to the value there.",
        table(["name", "value in"], rows),
    )


def _reads(mechanism: type[Mechanism]) -> str:
    kinds: dict[type[Declaration], str] = {
        State: "its own state",
        Shared: "shared",
        Slot: "given by the place",
        Stimulus: "by the protocol",
    }
    read = [(d, title) for kind, title in kinds.items() for d in _declared(mechanism, kind)]
    for d in _of_others(mechanism):
        owner = d.owner.__name__ if d.owner else ""
        read.append((d, f"of {{ref}}`{owner} <mechanism-{owner}>`" if owner else "of the fibre"))
    rows = [[f"${symbol(d)}$ {code(d.name)}", plain(d.meaning), unit_text(d.unit), title] for d, title in read]
    return f"## States and what it reads\n\n{table(['name', 'meaning', 'unit', ''], rows)}" if rows else ""


def _of_others(mechanism: type[Mechanism]) -> list[Declaration]:
    """Give the numbers of other mechanisms that stand in the equations of this one."""
    laws = [d.definition for d in _declared(mechanism, Define)]
    laws += [d.law for d in _declared(mechanism, Rate)] + [d.law for d in _declared(mechanism, Reaction)]
    own = set(mechanism.declarations.values())
    found = {s for s in symbols_of(laws) if isinstance(s, Declaration) and s not in own}
    return sorted(found, key=lambda d: d.name)


def _declared(mechanism: type[Mechanism], kind: type[Kind]) -> list[Kind]:
    return [d for d in mechanism.declarations.values() if isinstance(d, kind)]
