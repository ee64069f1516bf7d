"""What mgsim says when it is asked for something impossible."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(ValueError):
    """Input that cannot be used: the message is one line with what, where and what would be right."""


def need(what: str, value: object, kind: type, example: str) -> None:
    """Refuse a value of another kind: ``need("model", "twitch", Model, "mgsim.fibre.mouse_edl()")``."""
    if not isinstance(value, kind):
        got = getattr(value, "__name__", "") if callable(value) else ""
        said = f"{got}, which has to be called: {got}()" if got else f"{type(value).__name__} {value!r:.40}"
        raise InputError(f"{what} has to be a {kind.__name__}, such as {example}; got {said}")


def unknown(what: str, name: str, known: Iterable[str], *, limit: int = 3) -> InputError:
    """Make the error for a mistyped name, with the nearest valid ones.

    Parameters
    ----------
    what : str
        The kind of thing that was named, as in "parameter".
    name : str
        The name that is not known.
    known : iterable of str
        The valid names.
    """
    names = sorted(set(known))
    folded = {n.casefold(): n for n in reversed(names)}
    near = get_close_matches(name.casefold(), folded, n=limit, cutoff=0.5)
    if near:
        hint = "did you mean " + ", ".join(folded[n] for n in near) + "?"
    elif len(names) <= 12:
        hint = "known: " + ", ".join(names)
    else:
        hint = "none of the " + str(len(names)) + " known names is near it"
    return InputError(f"unknown {what} {name!r}; {hint}")
