"""What holds the fibre: grips, a motor that moves them, or a load that hangs from it."""

from __future__ import annotations

from collections.abc import Callable

from mgsim.fibre.motion import FixedLength, HeadStrain, ImposedLength, SeriesElasticity
from mgsim.fibre.sarcomere import Sarcomere
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.loading import Loading


def on_tendon(model: Model, stretch: str | float = "3%") -> Model:
    """Tie a fibre to a tendon.

    Parameters
    ----------
    model : Model
        A fibre at fixed length.
    stretch : str or float
        How far the tendon gives at the isometric force of a tetanus (280 kN/m²), as a share of the fibre's length.

    Examples
    --------
    >>> from mgsim.fibre import mouse_edl
    >>> on_tendon(mouse_edl(), "3%").value("SeriesElasticity.give")
    0.03
    """
    _need_sarcomeres(model)
    if not _has(model, FixedLength.__name__):
        raise InputError(f"{model.name} is tied to a tendon already; set SeriesElasticity.give with with_")
    tied = model.without(FixedLength).plus(HeadStrain, SeriesElasticity)
    return tied.with_({"SeriesElasticity.give": stretch})


def at_its_length(model: Model, loading: Loading | None) -> Model:
    """Hold the sarcomeres of a model where a protocol wants them, or leave them where they are."""
    if loading is None:
        return model
    _need_sarcomeres(model)
    return model if loading.length is None else model.with_({"Sarcomere.length": loading.length})


def mounted(model: Model, loading: Loading | None, isometric: Callable[[], float]) -> Model:
    """Put a model into the apparatus that a protocol needs.

    Parameters
    ----------
    model : Model
        The preparation.
    loading : Loading or None
        What the protocol does to its length.
    isometric : callable
        Gives the highest tension (kN/m²) of the same experiment at fixed length; called where a load is relative.
    """
    if loading is None or not (loading.load or loading.moves):
        return model
    fixed = _has(model, FixedLength.__name__)
    if loading.moves:
        if not fixed:
            raise InputError(f"a motor moves a fibre, not its tendon: use {model.name} without SeriesElasticity")
        return model.without(FixedLength).plus(HeadStrain, ImposedLength)
    if fixed:
        model = model.without(FixedLength).plus(HeadStrain, SeriesElasticity)
    tension = loading.tension(isometric() if loading.relative else 1.0)
    return model.with_({"SeriesElasticity.load": tension})


def _has(model: Model, name: str) -> bool:
    return any(p.mechanism.__name__ == name for p in model.mechanisms)


def _need_sarcomeres(model: Model) -> None:
    for needed in (Sarcomere.__name__, "CrossBridge"):
        if not _has(model, needed):
            raise InputError(f"{model.name} has no {needed}: its length cannot be held, moved or loaded")
