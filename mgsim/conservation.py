"""The conservation laws of a model, each with the anchor that fixes it at rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mgsim.language.model import Anchor, Model
from mgsim.language.system import ledger_of
from mgsim.language.units import unit

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Law:
    """A conservation law: whole-number coefficients of states, and the anchor that fixes it at rest."""

    name: str
    carrier: str
    coefficients: Mapping[int, int]
    anchor: Anchor | None


def laws_of(model: Model) -> tuple[Law, ...]:
    """Find a model's conservation laws and give each its anchor and its name."""
    system = model.system
    anchors = {a.carrier: a for a in model.anchors}
    own = [f"Ca_{p}" for p in model.cytosol[-1:]]
    carriers = [c for c in (*anchors, *own) if c in system.index]
    names = [q.name for q in system.states]
    found = []
    for coefficients in system.laws(carriers):
        carrier = next((c for c in carriers if system.index[c] in coefficients), names[max(coefficients)])
        if carrier in carriers:
            carriers.remove(carrier)
        anchor = anchors.get(carrier)
        if anchor and not anchor.of and _as_text(coefficients, names) != _whole_law(model, carrier):
            anchor = None  # the clamp has changed the law; its total is that of the undisturbed rest
        species = system.states[system.index[carrier]].species or carrier
        held = {
            system.index[ledger_of(names[i])]: k for i, k in coefficients.items() if names[i] in system.held
        }
        name = f"total {species}" if anchor is None or anchor.of else anchor.name
        found.append(Law(name, carrier, {**coefficients, **held}, anchor))
    return tuple(found)


def _as_text(coefficients: Mapping[int, int], names: list[str]) -> dict[str, int]:
    return {names[i]: k for i, k in coefficients.items()}


def _whole_law(model: Model, carrier: str) -> dict[str, int] | None:
    """Give the law of a carrier as it is before anything is clamped."""
    if model.clamped == model.bath:
        system = model.system
    else:
        system = replace(model, clamped=model.bath, held=()).system
    names = [q.name for q in system.states]
    carriers = [a.carrier for a in model.anchors] + [f"Ca_{p}" for p in model.cytosol[-1:]]
    for law in system.laws([c for c in carriers if c in system.index]):
        if system.index[carrier] in law:
            return _as_text(law, names)
    return None


def law_rows(laws: tuple[Law, ...], volumes: Vector) -> Vector:
    """Write laws as rows over concentrations, in µmol per litre of myoplasmic water."""
    rows = np.zeros((len(laws), len(volumes)))
    for r, law in enumerate(laws):
        for i, k in law.coefficients.items():
            rows[r, i] = k * volumes[i]
    return rows


def anchor_row(anchor: Anchor, law: Law, model: Model, volumes: Vector) -> tuple[Vector, float]:
    """Write an anchor as a row over concentrations and its value."""
    number = model.value(anchor.name) * unit(anchor.unit).factor
    row = np.zeros(len(volumes))
    if not anchor.of:
        for i, k in law.coefficients.items():
            row[i] = k * volumes[i]
        return row, number
    states = model.system.states
    chosen = [
        i
        for i, q in enumerate(states)
        if q.name in anchor.of or (q.species in anchor.of and q.place in model.cytosol)
    ]
    whole = {q.place: volumes[i] for i, q in enumerate(states) if i in chosen}
    for i in chosen:
        row[i] = volumes[i] / sum(whole.values())
    return row, number
