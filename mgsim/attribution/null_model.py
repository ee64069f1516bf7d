"""The null model: magnesium as a buffer only, which is what a gate that sees magnesium has to add to."""

from __future__ import annotations

from mgsim.attribution.sight import blinded, parts_of, seen_from
from mgsim.language.errors import need
from mgsim.language.model import Model

BUFFERS = ("parvalbumin", "ATP buffer", "energy metabolism")


def buffers_only(model: Model, normal: Model | None = None) -> Model:
    """Let magnesium act as a buffer only: it competes with calcium, and neither gates nor fuels anything.

    Parvalbumin and ATP see the new free Mg2+, and so do the other molecules that hold it (phosphocreatine, ADP,
    phosphate). RyR1, thin filament, SERCA, cross-bridges and the Na/K pump go on as at the normal magnesium. What a
    fibre does beyond this model is what the gates add.

    Parameters
    ----------
    model : Model
        The fibre with its changed magnesium, such as ``mouse_edl().with_(Mg="0.2 mM")``; steady, acute or skinned.
    normal : Model, optional
        The fibre whose resting magnesium the blind mechanisms see. Without it, the preparation itself, before
        anything was changed.

    Returns
    -------
    Model
        The same fibre, blind; at the normal magnesium it rests as the normal fibre does.

    Raises
    ------
    InputError
        Where `normal` is another preparation, at another temperature, or is itself disturbed.

    Examples
    --------
    >>> import mgsim
    >>> fibre = mgsim.fibre.mouse_edl()
    >>> str(buffers_only(fibre.with_(Mg="0.2 mM"))).count("blind to Mg")
    6
    """
    need("model", model, Model, "mgsim.fibre.mouse_edl()")
    model = model if normal is None else seen_from(model, normal)
    return blinded(model, "Mg", [part for part in parts_of(model, "Mg") if part.name not in BUFFERS])
