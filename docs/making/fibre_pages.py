"""A page for each fibre: what fixes its rest, its mechanisms, its states at rest and what is conserved."""

from __future__ import annotations

from typing import Any

from making.bibliography import cited
from making.markdown import code, first_sentence, page, plain, table
from making.mechanism_pages import number, places_of, quantity
from mgsim.app.info import describe
from mgsim.language.model import Model


def fibre_page(model: Model) -> str:
    """Write the page of one fibre; its rest is computed for it."""
    about = describe(model)
    said, warmth = plain(model.description), number(about["temperature"]["value"])
    return page(
        f"(fibre-{model.name})=",
        f"# {model.name}",
        f"{said[:1].upper()}{said[1:]}, at {warmth} °C.",
        f"```python\nimport mgsim\nfibre = mgsim.fibre.{_function(model)}()\n```",
        "## What fixes its rest",
        "These can be set, as in `fibre.with_(Mg=\"0.4 mM\")`; the rest of the cell follows.",
        _anchors(about["anchors"]),
        "## Mechanisms",
        _mechanisms(model),
        "## States at rest",
        _states(about["states"]),
        "## What is conserved",
        "Sums that no reaction changes, per litre of myoplasmic water.",
        _laws(about["conservation_laws"]),
    )


def fibres_table(fibres: dict[str, Model]) -> str:
    """Write which fibres there are."""
    rows = []
    for name, model in fibres.items():
        states, parameters = len(model.system.states), len(model.declared)
        rows.append([f"{{ref}}`{name} <fibre-{name}>`", plain(model.description), str(states), str(parameters)])
    return table(["fibre", "", "states", "numbers"], rows)


def _function(model: Model) -> str:
    from mgsim import fibre

    (name,) = (name for name in fibre.__all__ if getattr(fibre, name)().name == model.name)
    return name


def _anchors(anchors: dict[str, Any]) -> str:
    rows = []
    for name, a in anchors.items():
        value = quantity(a["value"], a["unit"])
        if a["spread"] is not None:
            value += f" (± {number(a['spread'])} {a['spread_is']})"
        said = f"{cited(a['source'])}, {{ref}}`{a['evidence']} <grades>`"
        rows.append([code(name), value, plain(a["meaning"]), said])
    return table(["name", "value", "meaning", "source, grade"], rows)


def _mechanisms(model: Model) -> str:
    rows = []
    for mechanism in dict.fromkeys(p.mechanism for p in model.mechanisms):
        name = mechanism.__name__
        what = first_sentence(mechanism.__doc__ or "")
        rows.append([f"{{ref}}`{name} <mechanism-{name}>`", what, ", ".join(places_of(mechanism, model))])
    return table(["mechanism", "what it is", "where"], rows)


def _states(states: dict[str, Any]) -> str:
    rows = []
    for name, s in states.items():
        rows.append([code(name), quantity(float(f"{s['rest']:.4g}"), s["unit"]), plain(s["meaning"])])
    return table(["name", "at rest", "meaning"], rows)


def _laws(laws: dict[str, Any]) -> str:
    rows = []
    for name, law in laws.items():
        terms = []
        for state, k in law["sum"].items():
            terms.append(f"{'− ' if k < 0 else '+ '}{'' if abs(k) == 1 else f'{abs(k)} '}{code(state)}")
        total = quantity(float(f"{law['total']:.4g}"), law["unit"])
        rows.append([code(name), " ".join(terms).removeprefix("+ "), total, plain(law["fixed_by"])])
    return table(["name", "sum", "total", "fixed by"], rows)
