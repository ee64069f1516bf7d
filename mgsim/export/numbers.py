"""The numbers of a model as plain lists and text: what a program needs beside its equations, and where it rests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.language.units import temperature, unit
from mgsim.resting_state import Resolved, resolve


def numbers_of(model: Model) -> dict[str, Any]:
    """Describe a model that rests: states, outputs, parameters, anchors, conservation laws and the rest itself.

    Parameters
    ----------
    model : Model
        A preparation at its steady rest; parameters may have been changed with ``with_`` and ``at``.

    Returns
    -------
    dict
        Ready for JSON. Values are in internal units (mV, ms, µM); a displayed value is one of them over `factor`.

    Raises
    ------
    InputError
        For a model that is clamped, blind or not at its steady rest, or whose rest is not stable.
    """
    _refuse(model)
    resolved = resolve(model)
    system, program = resolved.program.system, resolved.program.program
    return {
        "name": model.name,
        "description": model.description,
        "changed": {path: {"value": v, "unit": model.unit_of(path)} for path, v in model.changes.items()},
        "states": [
            {
                "name": q.name,
                "unit": q.unit,
                "meaning": q.meaning,
                "factor": q.factor,
                "place": q.place,
                "amount": q.unit != "mV" and not q.name.startswith("q_"),
                "scale": program.slot(q.scale),
                "volume": program.slot(volume),
            }
            for q, volume in zip(system.states, system.volumes, strict=True)
        ],
        "outputs": [
            {"name": q.name, "unit": q.unit, "meaning": q.meaning, "factor": q.factor} for q in system.outputs
        ],
        "inputs": [s.name for s in system.inputs],
        "parameters": _parameters(resolved),
        "pulse": next((i for i, p in enumerate(system.parameter_symbols) if p.endswith(".pulse_width")), -1),
        "anchors": [
            {
                "name": a.name,
                "unit": a.unit,
                "meaning": a.meaning,
                "factor": unit(a.unit).factor,
                "value": model.value(a.name) * unit(a.unit).factor,
            }
            for a in model.anchors
        ],
        "laws": _laws(resolved),
        "pattern": [[i, j] for i, j in program.pattern],
        "start": resolved.rest.tolist(),
    }


def _refuse(model: Model) -> None:
    clamped = model.clamped != model.bath or bool(model.held)
    for wrong, what in (
        (model.kind != "steady" or bool(model.sudden), f"an {model.kind} or sudden change"),
        (clamped, "what is clamped"),
        (bool(model.blinded), "a blind mechanism"),
        (bool(model.counted), "a counted pool"),
    ):
        if wrong:
            raise InputError(
                f"{model.name}: {what} cannot be exported; export the fibre at its steady rest, changed by with_ "
                "or at, and make the sudden change in JavaScript"
            )


def _parameters(resolved: Resolved) -> list[dict[str, Any]]:
    system = resolved.program.system
    found = []
    for path, value in zip(system.parameter_symbols, resolved.parameters.tolist(), strict=True):
        declared = system.constants.get(path)
        if declared is not None:  # what is held for good, such as a bath
            found.append({"path": path, "unit": declared.unit, "factor": declared.factor, "value": value})
            continue
        d = system.parameters[path]
        signed = value < 0.0 or unit(d.unit).dims == unit("mV").dims
        entry: dict[str, Any] = {"path": path, "unit": d.unit, "factor": unit(d.unit).factor, "value": value}
        entry |= {"meaning": d.meaning, "source": d.source, "evidence": d.evidence, "signed": signed}
        if d.q10 is not None and d.at is not None:
            entry |= {"q10": d.q10, "at": temperature(d.at)}
        found.append(entry)
    return found


def _laws(resolved: Resolved) -> list[Mapping[str, Any]]:
    model, system = resolved.model, resolved.program.system
    names = [a.name for a in model.anchors]
    found: list[Mapping[str, Any]] = []
    for law in resolved.laws:
        anchor = law.anchor
        of = anchor.of if anchor else ()
        chosen = [
            i
            for i, q in enumerate(system.states)
            if q.name in of or (q.species in of and q.place in model.cytosol)
        ]
        found.append(
            {
                "name": law.name,
                "carrier": system.index[law.carrier],
                "coefficients": sorted(law.coefficients.items()),
                "anchor": names.index(anchor.name) if anchor else -1,
                "chosen": chosen,
            }
        )
    return found
