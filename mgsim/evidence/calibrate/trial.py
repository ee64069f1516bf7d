"""A fibre with trial values, and one whose rest is closed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mgsim.evidence.calibrate.fit import Closing, Fit
from mgsim.evidence.closure import Closure, close_energy
from mgsim.language.errors import InputError, unknown
from mgsim.language.model import Model

POOLS = ("creatine", "phosphate")
CLOSED = ("Mitochondria.G_sh", "Mitochondria.g_0", "Mitochondria.y_0", "Glycolysis.J_0")


def fibre_named(name: str) -> Model:
    """Take a preparation as committed.

    Raises
    ------
    InputError
        For an unknown one.
    """
    from mgsim import fibre

    if name not in fibre.__all__:
        raise unknown("fibre", name, fibre.__all__)
    found: Model = getattr(fibre, name)()
    return found


def trial(fit: Fit, base: Model, values: Mapping[str, float]) -> Model:
    """Give a fibre trial values by path, and let follow what is tied to them."""
    model = base.with_(values)
    if fit.tied:
        model = model.with_({path: tie(base, model) for path, tie in fit.tied.items()})
    return model


def closed(model: Model, closing: Closing) -> tuple[Model, Closure]:
    """Close the rest of a fibre with what it costs now; return it and what closes it."""
    bare = replace(model, changes={k: v for k, v in model.changes.items() if k not in POOLS})
    found = close_energy(bare, PCr=closing.PCr, Cr=closing.Cr, Pi=closing.Pi)
    missing = [path for path in CLOSED if path not in found.parameters]
    if missing:
        raise InputError(f"{closing.id}: the closure does not give {', '.join(missing)}")
    return bare.with_({**found.parameters, **{k: float(v) for k, v in found.totals.items()}}), found
