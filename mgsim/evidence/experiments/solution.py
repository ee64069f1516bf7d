"""A solution in a test tube: the model's own binding of magnesium to metabolites, without a cell around it.

The tube holds free Ca2+ at nothing and the pH where it is wanted; magnesium finds its free level by the same
reactions that run in the cell.
"""

from __future__ import annotations

from dataclasses import replace

from mgsim.evidence.experiments.recording import NoValue
from mgsim.language.declaration import define, parameter
from mgsim.language.mechanism import Mechanism, Placed
from mgsim.language.model import Anchor, Model
from mgsim.resting_state import resolve

MECHANISMS = ("Physics", "Geometry", "Chemistry", "ATPBinding", "PhosphateBinding")
LIGANDS = ("ATP", "ADP", "AMP", "IMP", "PCr", "Pi")
TRACE = 1e-6  # mM, for what is not in the tube

# What a resting muscle holds, mM, and what one holds after heavy work.
RESTING = {"ATP": 8.2, "PCr": 33.0, "Pi": 4.0}
WORKED = {"PCr": 8.0, "Pi": 28.0}


class Acidity(Mechanism):
    """A buffer that holds the pH."""

    set_pH = parameter(7.0, "1", "pH of the solution", source="MgsimDesign", evidence="D")
    pH = define(set_pH * 1.0, "1", "pH of the solution", public="pH", at="")


def tube(model: Model, Mg: float, pH: float, temperature: str, salt: float, **totals: float) -> Model:
    """Take the model's chemistry out of the cell.

    Parameters
    ----------
    model : Model
        The preparation whose constants are used.
    Mg : float
        Free Mg2+, mM.
    pH, temperature, salt
        Acidity, temperature with its unit, and ionic strength in M.
    **totals : float
        Total ATP, ADP, AMP, IMP, PCr and Pi, mM, with and without Mg2+.
    """
    near = [p for p in model.mechanisms if p.place is None or p.place.name == "bulk"]
    parts = tuple(p for p in near if p.mechanism.__name__ in MECHANISMS)
    if len({p.mechanism.__name__ for p in parts}) < len(MECHANISMS):
        raise NoValue(f"{model.name} has no chemistry of its metabolites")
    own = {p.mechanism.__name__ for p in parts} | {"T"}
    anchors = [_anchor("Mg", ("Mg_bulk",), Mg)]
    for name in LIGANDS:
        forms = (f"{name}_bulk", f"Mg{name}_bulk")
        anchors.append(_anchor(name, forms, totals.get(name, TRACE)))
    held = {"Ca_bulk": 0.0}
    bare = replace(
        model,
        name=f"{model.name}_solution",
        mechanisms=(*parts, Placed(Acidity)),
        anchors=tuple(anchors),
        preset={k: v for k, v in model.preset.items() if k.partition(".")[0] in own},
        changes={k: v for k, v in model.changes.items() if k.partition(".")[0] in own},
        guess={},
        clamped=held,
        bath=held,
        cytosol=("bulk",),
    )
    return bare.at(temperature).with_({"Chemistry.I": salt, "Acidity.set_pH": pH})


def _anchor(name: str, of: tuple[str, ...], value: float) -> Anchor:
    return Anchor(name, of[0], value, "mM", f"{name} of the solution", "MgsimDesign", "D", of=of)


def settled(solution: Model) -> dict[str, float]:
    """Let a solution settle; return its concentrations by name, mM, and its public constants."""
    found = resolve(solution)
    system = found.program.system
    states = {q.name.removesuffix("_bulk"): float(v) / 1000.0 for q, v in zip(system.states, found.rest, strict=True)}
    values = found.program.outputs(found.rest[None], found.c)[0]
    return states | {q.name: float(v) / q.factor for q, v in zip(system.outputs, values, strict=True)}


def apparent_dissociation(
    model: Model, ligand: str, temperature: str = "37 °C", pH: float = 7.0, salt: float = 0.18
) -> float:
    """Return the dissociation constant of Mg2+ and a ligand, whatever the ligand's protons do, mM.

    `ligand` is ATP, ADP, PCr or Pi; `salt` is the ionic strength, M.
    """
    found = settled(tube(model, 0.5, pH, temperature, salt, **{ligand: 1.0}))
    return found["Mg"] * found[ligand] / found[f"Mg{ligand}"]


def creatine_kinase_ratio(
    model: Model, Mg: float, pH: float = 7.0, temperature: str = "37 °C", salt: float = 0.18
) -> float:
    """Return [ATP][Cr]/[ADP][PCr] of the totals at equilibrium of creatine kinase, at a free Mg2+ (mM)."""
    found = settled(tube(model, Mg, pH, temperature, salt, ATP=1.0, ADP=1.0, PCr=1.0))
    creatine = found["K_CK"] * found["MgADP"] * found["PCr"] / found["MgATP"]
    return creatine  # the totals of ATP, ADP and PCr are 1 mM each


def free_magnesium_after_work(
    model: Model, start: float, ATP: float, pH: float = 6.7, temperature: str = "37 °C", salt: float = 0.18
) -> float:
    """Return the free Mg2+ (mM) of a muscle's metabolites after work, its total Mg2+ kept.

    Parameters
    ----------
    model : Model
        The preparation whose constants are used.
    start : float
        Free Mg2+ at rest, mM.
    ATP : float
        ATP that is left, mM; the rest of it has become IMP.
    pH, temperature, salt
        Acidity after work; temperature; ionic strength in M.
    """
    before = resolve(tube(model, start, 7.05, temperature, salt, **RESTING))
    rows = zip(before.laws, before.law_rows(), strict=True)
    total = next(float(row @ before.rest) for law, row in rows if law.carrier == "Mg_bulk")
    worked = tube(model, start, pH, temperature, salt, ATP=ATP, IMP=RESTING["ATP"] - ATP, **WORKED)
    kept = Anchor("Mg", "Mg_bulk", total / 1000.0, "mM", "Mg²⁺ of the solution", "MgsimDesign", "D")
    return settled(replace(worked, anchors=(kept, *worked.anchors[1:])))["Mg"]
