"""A protocol as plain lists, numbers and text, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from mgsim.holds import Hold
from mgsim.language.errors import InputError, unknown
from mgsim.loading import Loading

if TYPE_CHECKING:
    from mgsim.protocol import Protocol

_HOLD = [f.name for f in fields(Hold)]


def plain(protocol: Protocol) -> dict[str, Any]:
    """Return the fields of a protocol, ready for JSON; a loading is there only where something is loaded."""
    return {
        "name": protocol.name,
        "duration": protocol.duration,
        "onsets": list(protocol.onsets),
        "holds": [{name: getattr(hold, name) for name in _HOLD} for hold in protocol.holds],
        "rate": protocol.rate,
        **({"loading": protocol.loading.as_dict()} if protocol.loading else {}),
    }


def read(given: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return the fields that a protocol is made of, from what `plain` gave."""
    found = _checked(given, "protocol", names, needed=("name", "duration"))
    found["onsets"] = tuple(found.get("onsets", ()))
    found["holds"] = tuple(Hold(**_checked(h, "clamp", _HOLD, needed=_HOLD)) for h in found.get("holds", ()))
    if found.get("loading") is not None:
        found["loading"] = Loading.from_dict(found["loading"])
    return found


def _checked(given: Mapping[str, Any], what: str, names: Sequence[str], needed: Sequence[str]) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise InputError(f"a {what} is written as named fields; got {given!r}")
    for name in given:
        if name not in names:
            raise unknown(f"field of a {what}", str(name), names)
    missing = [name for name in needed if name not in given]
    if missing:
        raise InputError(f"a {what} needs {', '.join(missing)}")
    return dict(given)
