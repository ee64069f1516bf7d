"""Mechanisms: classes whose body is the methods section of a paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from mgsim.language.declaration import Declaration, Reaction, Shared, Slot, State
from mgsim.language.errors import InputError, need, unknown
from mgsim.language.expression import Expr, Operand, as_expr

_ARROW = re.compile(r"⇌|<=>|<->|→|->")
_TERM = re.compile(r"^(?:(\d+)\s*)?([A-Za-z_]\w*)$")


@dataclass(frozen=True, eq=False)
class Place:
    """Where a mechanism stands: a compartment with a volume, or a wall between two.

    Parameters
    ----------
    name : str
        Suffix of the species that lie in it.
    volume : expression
        Litres per litre of myoplasmic water.
    roles : mapping of str to str
        For a wall: which compartments are its ``inside`` and ``outside``.
    slots : mapping of str to expression
        What it supplies for the slots of the mechanisms placed there.
    """

    name: str
    volume: Expr = field(default_factory=lambda: as_expr(1.0))
    roles: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, Expr] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Placed:
    """A mechanism at a place."""

    mechanism: type[Mechanism]
    place: Place | None = None
    slots: Mapping[str, Expr] = field(default_factory=dict)


class Mechanism:
    """A piece of the cell, written down once: its parameters, states and reactions.

    A subclass holds declarations only. Mechanisms are final: they are not subclassed further, and they are
    used as classes, never instantiated.
    """

    declarations: ClassVar[dict[str, Declaration]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__mro__[1] is not Mechanism:
            raise InputError(f"{cls.__name__} extends {cls.__mro__[1].__name__}; mechanisms are final")
        cls.declarations = {n: d for n, d in vars(cls).items() if isinstance(d, Declaration)}
        for name, declared in cls.declarations.items():
            if declared.name != name:
                raise InputError(f"{cls.__name__}.{name} is another name for {declared.name}; use one name")
            if isinstance(declared, Reaction):
                declared.stoichiometry = _parse(cls, declared)

    def __init__(self) -> None:
        raise TypeError(
            f"{type(self).__name__} is used as a class: put it, or {type(self).__name__}.at(place), in a model"
        )

    @classmethod
    def at(cls, place: Place, **slots: Operand) -> Placed:
        """Stand this mechanism in a place; several places may have their own copy."""
        need(f"the place of {cls.__name__}", place, Place, "bulk of mgsim.fibre.geometry")
        known = [n for n, d in cls.declarations.items() if isinstance(d, Slot)]
        for name in slots:
            if name not in known:
                raise unknown(f"slot of {cls.__name__}", name, known)
        return Placed(cls, place, {n: as_expr(v) for n, v in slots.items()})


def _parse(mechanism: type[Mechanism], reaction: Reaction) -> dict[str, int]:
    where = f"{mechanism.__name__}.{reaction.name} (line {reaction.line})"
    sides = _ARROW.split(reaction.equation)
    if len(sides) != 2:
        raise InputError(f"{where}: {reaction.equation!r} needs one arrow, as in 'Ca + P ⇌ CaP'")
    known = [n for n, d in mechanism.declarations.items() if isinstance(d, (State, Shared))]
    total: dict[str, int] = {}
    for sign, side in zip((-1, 1), sides, strict=True):
        terms = [t.strip() for t in side.split("+")]
        for term in terms if side.strip() else ():
            match = _TERM.match(term)
            if not match or match[1] == "0":
                raise InputError(
                    f"{where}: cannot read {term!r} in {reaction.equation!r}; write e.g. 'Ca + 2 P ⇌ CaP2'"
                )
            if match[2] not in known:
                raise InputError(f"{where}: {unknown('species', match[2], known)}")
            total[match[2]] = total.get(match[2], 0) + sign * int(match[1] or 1)
    changed = {n: k for n, k in total.items() if k}
    if not changed:
        raise InputError(f"{where}: {reaction.equation!r} changes nothing")
    return changed
