"""Random parameter sets: every number of a fibre changed at once, and what becomes of a run."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

import mgsim
from mgsim.language.units import unit
from mgsim.protocol import Protocol
from mgsim.resting_state import NoRest, Resolved, resolve
from tests.identities.cases import CASES, protocol_of

TABLE = CASES["random"]
_UNITS = {"Chemistry.molar", "Chemistry.kelvin", "Chemistry.T_0"}
_KEPT = {"T", "Physics.F", "Physics.R", "Milieu.Cl_b", "Mitochondria.f_A0", *_UNITS}
_MILLIVOLT = unit("mV").dims


def drawn(model: mgsim.Model, seed: int, factor: float, slopes: float) -> mgsim.Model:
    """Change every number of a model: ratios by up to a factor, midpoints by a few of their slopes.

    The bath stays neutral: its chloride follows its cations.
    """
    chance = np.random.default_rng([TABLE["seed"], seed])
    changes: dict[str, float] = {}
    for path, declared in model.declared.items():
        number = model.value(path)
        # Lengths of a sarcomere and coefficients of one curve belong together; drawn apart they mean nothing.
        together = path.startswith("Sarcomere.") or declared.source == "ClarkeGlew1980"
        if path in _KEPT or declared.structural or number == 0.0 or together:
            continue
        slope = TABLE["slope_of"].get(path)
        if slope is not None:
            width = slope if isinstance(slope, float) else abs(model.value(slope))
            changes[path] = number + width * slopes * chance.uniform(-1.0, 1.0)
        else:
            ratio = factor ** chance.uniform(-1.0, 1.0)
            # A share stays one: its odds are multiplied.
            odds = number / (1.0 - number) * ratio if path in TABLE["shares"] else 0.0
            changes[path] = odds / (1.0 + odds) if odds else number * ratio
    for anchor in model.anchors:
        if anchor.of:
            changes[anchor.name] = model.value(anchor.name) * factor ** chance.uniform(-1.0, 1.0)
    if "Milieu.Na_b" in changes:
        others = sum(model.value(ion) * sign for ion, sign in (("Na_b", 1), ("K_b", 1), ("Cl_b", -1)))
        # With too little sodium to balance the other anions, sodium makes up for it.
        cations = max(changes["Milieu.Na_b"] + changes["Milieu.K_b"], others + 1.0)
        changes["Milieu.Na_b"] = cations - changes["Milieu.K_b"]
        changes["Milieu.Cl_b"] = cations - others
    return model.with_(changes)


def midpoints(model: mgsim.Model) -> set[str]:
    """The parameters of a model that are a potential of either sign, and so have no ratio scale."""
    return {
        path
        for path, declared in model.declared.items()
        if unit(declared.unit).dims == _MILLIVOLT and (declared.number < 0.0 or path in TABLE["slope_of"])
    }


@dataclass
class Tally:
    """What became of the runs, and every violation by seed."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: dict[int, str] = field(default_factory=dict)
    longest: float = 0.0


def tally(fibre: str, seeds: range, factor: float, slopes: float) -> Tally:
    """Run a fibre with many parameter sets."""
    counted, model = Tally(), getattr(mgsim.fibre, fibre)()
    for seed in seeds:
        began = time.perf_counter()
        outcome, wrong = _one(drawn(model, seed, factor, slopes))
        counted.longest = max(counted.longest, time.perf_counter() - began)
        counted.outcomes[outcome] += 1
        if wrong:
            counted.wrong[seed] = wrong
    return counted


def violation(result: mgsim.Result, start: Resolved) -> str:
    """Say what a result holds that no fibre can: a trace that is no number, a negative amount, a full site too many."""
    for name, trace in result.traces.items():
        if not np.all(np.isfinite(trace)):
            return f"{name} is not finite"
    rtol = result.provenance["rtol"]
    for q, scale in zip(start.program.system.states, start.scales, strict=True):
        if q.unit == "mV" or q.species == "q" or q.name in (*start.program.system.ledgers, *TABLE["signed"]):
            continue
        least = float(result[q.name].min()) * q.factor
        if least < -rtol * scale:
            return f"{q.name} falls to {least / scale:.3g} of its scale"
        if q.unit == "1" and float(result[q.name].max()) > 1.0 + rtol:
            return f"{q.name} rises to {result[q.name].max()}"
    for total, sites in TABLE["sites"].items():
        if total in start.model.declared and all(site in result for site in sites):
            most = max(start.model.value(total), 1e-300)
            filled = sum(result[site] for site in sites).max()
            if filled > most * (1.0 + 10.0 * rtol):
                return f"{' + '.join(sites)} fill {filled / most:.6g} of {total}"
    return ""


def random_protocol(chance: np.random.Generator) -> Protocol:
    """Draw pulses anywhere, and clamps that begin and end anywhere, edges of the recording included."""
    duration = 0.1
    onsets = np.sort(chance.uniform(0.0, duration, chance.integers(0, 6)))
    kept = [t for t, gap in zip(onsets, np.diff(onsets, prepend=-1.0), strict=True) if gap > 1e-3]
    if chance.random() < 0.3:
        kept = [0.0, *kept[1:]]
    protocol = mgsim.pulses(kept, duration=duration)
    for name in TABLE["clamps"][chance.integers(len(TABLE["clamps"]))]:
        low, high, of = TABLE["levels"][name]
        begin, end = np.sort(chance.uniform(0.0, duration, 2)).round(6)
        begin, end = (0.0 if chance.random() < 0.2 else begin), (duration if chance.random() < 0.2 else end)
        if end > begin:
            protocol = protocol.held(name, f"{chance.uniform(low, high):.6g} {of}", begin, end)
    return protocol


def _one(model: mgsim.Model) -> tuple[str, str]:
    protocol = protocol_of(TABLE["protocol"])
    try:
        result = mgsim.simulate(model, protocol, every="1 ms", step_budget=TABLE["steps"], time_budget=TABLE["seconds"])
    except NoRest as error:
        return "no rest", "" if "\n" not in str(error) else "a message of several lines"
    if not result.outcome.ok:
        return result.outcome.kind, "" if result.outcome.message else "an outcome without a message"
    return "done", violation(result, resolve(model))
