"""A change that no rest survives, such as poison or a cuff: made to a rested fibre at the start of a recording."""

from __future__ import annotations

from collections.abc import Mapping

from mgsim.evidence.experiments.recording import record
from mgsim.language.model import Model
from mgsim.protocol import Protocol
from mgsim.result import Result


def record_after(model: Model, changes: Mapping[str, float | str], protocol: Protocol, every: float) -> Result:
    """Record from the rest of a model, with parameters changed at the first moment.

    Parameters
    ----------
    model : Model
        The preparation; its rest is where the recording starts.
    changes : mapping of str to float or str
        Parameters that are changed, as `Model.with_` takes them.
    protocol : Protocol
        Stimuli without clamps.
    every : float
        Time between samples, s.

    Raises
    ------
    NoValue
        When the simulation ends early.
    """
    return record(model.suddenly(changes), protocol, every)
