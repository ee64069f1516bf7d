"""``mgsim list`` and ``mgsim info``: which fibres there are, and every number of one with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mgsim.app.preparation import fibre_named, fibres
from mgsim.app.screen import number, print_json, table

if TYPE_CHECKING:
    from mgsim.language.model import Model


def list_fibres(*, json: bool = False) -> None:
    """List the fibres.

    For example:

        mgsim list
        mgsim list --json

    Parameters
    ----------
    json
        Print one JSON object instead of a table.
    """
    found = {name: model.description for name, model in fibres().items()}
    if json:
        print_json(found)
    else:
        print(table(["fibre", ""], [[name, text] for name, text in found.items()]))


def info(fibre: str, /, *, json: bool = False) -> None:
    """Show what a fibre is made of: parameters with their sources, states, conserved amounts.

    For example:

        mgsim info mouse_edl
        mgsim info mouse_edl --json

    Parameters
    ----------
    fibre
        The fibre; mgsim list names them.
    json
        Print one JSON object instead of tables.
    """
    about = describe(fibre_named(fibre))
    if json:
        print_json(about)
    else:
        print(text(about))


def describe(model: Model) -> dict[str, Any]:
    """Collect what a preparation is made of as plain data.

    Returns
    -------
    dict
        Name, description, temperature, and by name: anchors, parameters, states at rest, conservation laws
        (their total in µmol per litre of myoplasmic water), evidence grades and sources.
    """
    from mgsim.evidence.sources import source
    from mgsim.language.declaration import EVIDENCE
    from mgsim.resting_state import resolve

    rest = resolve(model)
    states = rest.program.system.states
    declared = {path: d for path, d in model.declared.items() if path != "T"}
    parameters = {
        path: {
            "value": model.value(path),
            "unit": d.unit,
            "meaning": d.meaning,
            "source": d.source,
            "evidence": d.evidence,
            "note": _preset(model, path) or d.note,
            "spread": d.spread,
            "spread_is": d.spread_is,
            "q10": d.q10,
            "at": d.at,
        }
        for path, d in declared.items()
    }
    anchors = {
        a.name: {
            "value": model.value(a.name),
            "unit": a.unit,
            "meaning": a.meaning,
            "source": a.source,
            "evidence": a.evidence,
            "spread": a.spread,
            "spread_is": a.spread_is,
        }
        for a in model.anchors
    }
    laws = {
        law.name: {
            "sum": {states[i].name: k for i, k in sorted(law.coefficients.items())},
            "total": float(row @ rest.rest),
            "unit": "µM",
            "fixed_by": law.anchor.name if law.anchor is not None else "its own total",
        }
        for law, row in zip(rest.laws, rest.law_rows(), strict=True)
    }
    keys = sorted({d.source for d in declared.values()} | {a.source for a in model.anchors})
    return {
        "fibre": model.name,
        "description": model.description,
        "temperature": {"value": round(model.value("T") - 273.15, 6), "unit": "°C"},
        "anchors": anchors,
        "parameters": parameters,
        "states": {
            q.name: {"rest": float(y) / q.factor, "unit": q.unit, "meaning": q.meaning}
            for q, y in zip(states, rest.rest, strict=True)
        },
        "outputs": {q.name: {"unit": q.unit, "meaning": q.meaning} for q in rest.program.system.outputs},
        "conservation_laws": laws,
        "evidence_grades": EVIDENCE,
        "sources": {key: source(key).cite() for key in keys},
    }


def _preset(model: Model, path: str) -> str:
    """Say where a preparation has a value of its own: source and grade are those of another number."""
    d = model.declared[path]
    if model.preset.get(path, d.number) == d.number:
        return ""
    unit = "" if d.unit == "1" else f" {d.unit}"
    return f"own value of {model.name}; source and grade belong to {number(d.number)}{unit}"


def text(about: dict[str, Any]) -> str:
    """Write what `describe` collected for people."""
    blocks = [
        f"{about['fibre']}: {about['description']}, {number(about['temperature']['value'])} °C",
        _titled("Set at rest (change with --set)", _numbers(about["anchors"])),
        _titled("Parameters (change with --set)", _numbers(about["parameters"])),
        _titled("States, and their values at rest", _states(about["states"])),
        _titled("Outputs", _columns({n: [o["unit"], o["meaning"]] for n, o in about["outputs"].items()})),
        _titled("Conserved, per litre of myoplasmic water", _laws(about["conservation_laws"])),
        _titled("Grades of evidence", _columns({k: [v] for k, v in about["evidence_grades"].items()})),
        _titled("Sources", "\n".join(f"{key}: {cited}" for key, cited in about["sources"].items())),
    ]
    return "\n\n".join(blocks)


def _titled(title: str, body: str) -> str:
    return f"{title}\n{'-' * len(title)}\n{body}"


def _columns(rows: dict[str, list[str]]) -> str:
    first, *others = ([name, *cells] for name, cells in rows.items())
    return table(first, others)


def _numbers(entries: dict[str, Any]) -> str:
    rows = []
    for name, entry in entries.items():
        meaning = entry["meaning"]
        if entry.get("q10") is not None:
            meaning += f" (at {entry['at']}, Q10 {number(entry['q10'])})"
        if entry["spread"] is not None:
            meaning += f" (± {number(entry['spread'])}{' ' * bool(entry['spread_is'])}{entry['spread_is']})"
        if entry.get("note"):
            meaning += f" [{entry['note']}]"
        value = number(entry["value"])
        rows.append([name, value, entry["unit"], entry["evidence"], entry["source"], meaning])
    return table(["name", "value", "unit", "grade", "source", "meaning"], rows, right=[1])


def _states(states: dict[str, Any]) -> str:
    rows = [[name, number(s["rest"]), s["unit"], s["meaning"]] for name, s in states.items()]
    return table(["name", "at rest", "unit", "meaning"], rows, right=[1])


def _laws(laws: dict[str, Any]) -> str:
    lines = []
    for name, law in laws.items():
        terms = [state if abs(k) == 1 else f"{abs(k)} {state}" for state, k in law["sum"].items()]
        signs = ["- " if k < 0 else "+ " for k in law["sum"].values()]
        joined = " ".join(sign + term for sign, term in zip(signs, terms, strict=True))
        lines.append(f"{name} = {joined.removeprefix('+ ')}")
        lines.append(f"    {number(law['total'])} {law['unit']}, fixed by {law['fixed_by']}")
    return "\n".join(lines)
