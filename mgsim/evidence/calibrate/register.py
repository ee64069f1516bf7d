"""All fits, by name and in the order in which they build on each other, and who answers for which number."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from mgsim.evidence.calibrate.fit import Closing, Fit
from mgsim.evidence.calibrate.trial import CLOSED, fibre_named
from mgsim.language.errors import InputError, unknown
from mgsim.language.model import Model

MODULES = ("mouse_edl", "mouse_soleus", "human")
BY_HAND = "by hand: "


def steps() -> dict[str, Fit | Closing]:
    """Give every fit and closure by its id, such as "mouse_edl.gates", what comes first before what needs it."""
    found: dict[str, Fit | Closing] = {}
    for module in MODULES:
        for step in import_module(f"mgsim.evidence.calibrate.{module}").FITS:
            for name in step.needs:
                if f"{step.fibre}.{name}" not in found:
                    raise InputError(f"{step.id} needs {name}, which does not stand before it")
            if step.id in found:
                raise InputError(f"{step.id} stands there twice")
            found[step.id] = step
    return found


def chosen() -> dict[str, Mapping[str, str]]:
    """Give by fibre the parameters that no fit frees, since they were chosen by hand, each with the reason."""
    found: dict[str, Mapping[str, str]] = {}
    for module in MODULES:
        found |= import_module(f"mgsim.evidence.calibrate.{module}").CHOSEN
    return found


def find(name: str) -> list[Fit | Closing]:
    """Find one fit by its id, or all of a fibre by the fibre's name, in their order.

    Raises
    ------
    InputError
        For a name that means none.
    """
    known = steps()
    if name in known:
        return [known[name]]
    found = [step for step in known.values() if step.fibre == name]
    if not found:
        raise unknown("fit", name, [*known, *{step.fibre for step in known.values()}])
    return found


def frees(step: Fit | Closing) -> list[str]:
    """Give the parameters that a fit or a closure finds; not those that only follow from them."""
    return [f.path for f in step.free] if isinstance(step, Fit) else list(CLOSED)


def fitted(model: Model) -> list[str]:
    """Give the parameters of a fibre whose values need an answer: those declared as fitted, and its own."""
    declared = [p for p, d in model.declared.items() if d.source == "MgsimFit" or d.evidence == "F"]
    return list(dict.fromkeys([*model.preset, *declared]))


def answers() -> dict[str, dict[str, list[str]]]:
    """Say for each fibre and each of its fitted parameters who answers for its value.

    Returns
    -------
    dict
        By fibre and path: the ids of the fits that free it, or why it was chosen by hand. A fibre that shares a
        value with another shares its answer. There has to be exactly one.
    """
    models = {name: fibre_named(name) for name in dict.fromkeys(s.fibre for s in steps().values())}
    own = {name: _own_answers(name) for name in models}
    found: dict[str, dict[str, list[str]]] = {}
    for name, model in models.items():
        found[name] = {}
        for path in fitted(model):
            said = own[name].get(path, [])
            for other, there in models.items():
                if not said and path in there.declared and there.value(path) == model.value(path):
                    said = own[other].get(path, [])
            found[name][path] = said
    return found


def _own_answers(fibre: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for step in steps().values():
        if step.fibre == fibre:
            for path in frees(step):
                said.setdefault(path, []).append(step.id)
    for path, reason in chosen().get(fibre, {}).items():
        said.setdefault(path, []).append(BY_HAND + reason)
    return said
