"""All fits, by name and in the order in which they build on each other."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from mgsim.evidence.calibrate.fit import Closing, Fit
from mgsim.language.errors import InputError, unknown

MODULES = ("mouse_edl",)


def steps() -> dict[str, Fit | Closing]:
    """Give every fit and closure by its id, such as "mouse_edl.release", what comes first before what needs it."""
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
    """Give by fibre the fitted parameters that no fit frees, each with the reason."""
    found: dict[str, Mapping[str, str]] = {}
    for module in MODULES:
        own = import_module(f"mgsim.evidence.calibrate.{module}").CHOSEN
        found |= own
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
