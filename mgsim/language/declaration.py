"""The words a mechanism is written with: parameter, state, shared, define, reaction, transport, rate, output."""

from __future__ import annotations

import sys

from mgsim.language.errors import InputError
from mgsim.language.expression import Expr, Operand, Symbol, as_expr

EVIDENCE = {
    "R": "read in the paper",
    "K": "read in published model code",
    "C": "computed from read values",
    "M": "recalled, not verified",
    "M+": "recalled, fairly sure",
    "M-": "recalled, order of magnitude only",
    "F": "fitted by mgsim",
    "D": "a design choice of mgsim",
}
SPREADS = {
    "SD": "standard deviation between fibres, animals or persons",
    "SEM": "standard error of the mean",
    "range": "half of a range",
    "": "given without saying what it is",
}


def _line_of_caller() -> int:
    return sys._getframe(2).f_lineno


class Declaration(Symbol):
    """A named line of a mechanism; it is a symbol, so it stands in the equations after it."""

    __slots__ = ("unit", "meaning", "line", "owner")

    def __init__(self, unit: str, meaning: str, line: int):
        super().__init__()
        self.unit = unit
        self.meaning = meaning
        self.line = line
        self.owner: type | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        if not self.name:
            self.name = name
            self.owner = owner


def checked_spread(meaning: str, spread: float | None, spread_is: str) -> float | None:
    """Refuse a spread that is none, or one of an unknown kind."""
    if spread_is not in SPREADS:
        kinds = ", ".join(kind for kind in SPREADS if kind)
        raise InputError(f"spread_is={spread_is!r} of {meaning!r} is none of {kinds}; leave it out if it is not said")
    if spread is None and spread_is:
        raise InputError(f"{meaning!r} says what its spread is, but has none; give spread= too")
    if spread is not None and not 0.0 < spread < float("inf"):
        raise InputError(f"the spread of {meaning!r} is {spread}; it has to be more than zero")
    return spread


class Parameter(Declaration):
    """A number with unit, meaning, source, evidence grade and, for a rate, its Q10."""

    __slots__ = ("number", "source", "evidence", "q10", "at", "spread", "spread_is", "note", "structural")

    def __init__(
        self,
        number: float,
        unit: str,
        meaning: str,
        *,
        source: str,
        evidence: str,
        q10: float | None = None,
        at: str | None = None,
        spread: float | None = None,
        spread_is: str = "",
        note: str = "",
        structural: bool = False,
        line: int = 0,
    ):
        super().__init__(unit, meaning, line)
        if evidence not in EVIDENCE:
            raise InputError(f"evidence {evidence!r} of {meaning!r} is none of {', '.join(EVIDENCE)}")
        if (q10 is None) != (at is None):
            raise InputError(
                f"{meaning!r} needs both q10= and at= (the temperature it was measured at), or none"
            )
        self.number = float(number)
        self.source = source
        self.evidence = evidence
        self.q10 = q10
        self.at = at
        self.spread = checked_spread(meaning, spread, spread_is)
        self.spread_is = spread_is
        self.note = note
        self.structural = structural


TEMPERATURE = Parameter(
    298.15, "K", "temperature", source="MgsimDesign", evidence="D", note="set by the preset"
)
TEMPERATURE.name = "T"


class State(Declaration):
    """A quantity of this mechanism alone that has a rate of change."""

    __slots__ = ("initial", "scale", "at")

    def __init__(self, unit: str, meaning: str, initial: float, scale: Operand | None, at: str, line: int):
        super().__init__(unit, meaning, line)
        self.initial = initial
        self.scale = None if scale is None else as_expr(scale)
        self.at = at


class Shared(Declaration):
    """A quantity that mechanisms have in common; it is joined by species and place when a model is assembled."""

    __slots__ = ("species", "at", "scale", "initial")

    def __init__(
        self,
        unit: str,
        meaning: str,
        species: str | None,
        at: str,
        scale: float | None,
        initial: float,
        line: int,
    ):
        super().__init__(unit, meaning, line)
        self.species = species
        self.at = at
        self.scale = scale
        self.initial = initial

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        if self.species is None:
            self.species = name


class Slot(Declaration):
    """A factor that the place supplies, such as the share of membrane that lies in it."""

    __slots__ = ("default",)

    def __init__(self, unit: str, meaning: str, default: Operand, line: int):
        super().__init__(unit, meaning, line)
        self.default = as_expr(default)


class Stimulus(Declaration):
    """An input that is constant between two edges of the protocol, such as 1 during a pulse and else 0."""

    __slots__ = ("channel",)

    def __init__(self, unit: str, meaning: str, channel: str, line: int):
        super().__init__(unit, meaning, line)
        self.channel = channel


class Define(Declaration):
    """A named intermediate. With `public` it can be read by other mechanisms as a shared quantity."""

    __slots__ = ("definition", "public", "at", "is_output")

    def __init__(
        self,
        definition: Operand,
        unit: str,
        meaning: str,
        public: str | None,
        at: str,
        is_output: bool,
        line: int,
    ):
        super().__init__(unit, meaning, line)
        self.definition = as_expr(definition)
        self.public = public
        self.at = at
        self.is_output = is_output


class Reaction(Declaration):
    """A conversion of species at a rate; as a symbol it is its own rate."""

    __slots__ = ("equation", "law", "is_transport", "stoichiometry")

    def __init__(self, equation: str, law: Operand, is_transport: bool, meaning: str, line: int):
        super().__init__("µM/ms", meaning, line)
        self.equation = equation
        self.law = as_expr(law)
        self.is_transport = is_transport
        self.stoichiometry: dict[str, int] = {}


class Rate(Declaration):
    """The time derivative of a state that is no amount: a gate, an occupancy, a filter."""

    __slots__ = ("state", "law")

    def __init__(self, state: Expr, law: Operand, line: int):
        super().__init__("", "", line)
        if not isinstance(state, State):
            raise InputError("rate(...) takes a state of its own mechanism first, then its time derivative")
        self.state = state
        self.law = as_expr(law)


def parameter(
    number: float,
    unit: str,
    meaning: str,
    *,
    source: str,
    evidence: str,
    q10: float | None = None,
    at: str | None = None,
    spread: float | None = None,
    spread_is: str = "",
    note: str = "",
    structural: bool = False,
) -> Parameter:
    """Declare a number that the equations use.

    Parameters
    ----------
    number, unit, meaning
        The value, its unit as pint reads it, and what it is in plain words.
    source : str
        A key of ``references.bib``.
    evidence : str
        How the number was come by: a key of `EVIDENCE`.
    q10, at
        Factor per 10 K and the temperature at which `number` holds, for a rate.
    spread : float, optional
        Published spread, in `unit`, for bands of uncertainty; of a range, half of its width.
    spread_is : {"SD", "SEM", "range", ""}
        What it is: see `SPREADS`. Empty where the source does not say, or where that was not read.
    note : str
        What the source does not say: a fit target, a reason to leave a range.
    structural : bool
        True for a whole number that shapes the equations (a number of binding sites): it is written into
        them, and changing it makes another program.
    """
    return Parameter(
        number,
        unit,
        meaning,
        source=source,
        evidence=evidence,
        q10=q10,
        at=at,
        spread=spread,
        spread_is=spread_is,
        note=note,
        structural=structural,
        line=_line_of_caller(),
    )


def state(
    unit: str, meaning: str, *, initial: float = 0.0, scale: Operand | None = None, at: str = "here"
) -> State:
    """Declare a quantity of this mechanism alone.

    Parameters
    ----------
    unit, meaning
        Unit and plain words.
    initial : float
        Where the search for the resting state starts, in `unit`; never used as an initial condition.
    scale : expression, optional
        The size below which a change means nothing (for tolerances); 1 of its unit unless given.
    at : str
        The place it lies in; the mechanism's own unless given.
    """
    return State(unit, meaning, initial, scale, at, _line_of_caller())


def shared(
    unit: str,
    meaning: str,
    *,
    species: str | None = None,
    at: str = "here",
    scale: float | None = None,
    initial: float = 0.0,
) -> Shared:
    """Declare a quantity that this mechanism has in common with others.

    Parameters
    ----------
    unit, meaning
        Unit and plain words.
    species : str, optional
        Its name in the model; the attribute's name unless given.
    at : str
        ``"here"`` (where the mechanism is placed), a role of that place (``"inside"``, ``"outside"``), the name
        of another place, or ``"cell"`` and the like; ``""`` for something that lies nowhere.
    scale, initial
        As for :func:`state`, in `unit`.
    """
    return Shared(unit, meaning, species, at, scale, initial, _line_of_caller())


def slot(unit: str, meaning: str, *, default: Operand = 1.0) -> Slot:
    """Declare a factor that the place supplies, such as its membrane area."""
    return Slot(unit, meaning, default, _line_of_caller())


def stimulus(meaning: str) -> Stimulus:
    """Declare the input that is 1 during a pulse and 0 otherwise."""
    return Stimulus("1", meaning, "stimulus", _line_of_caller())


def drive(unit: str, meaning: str, *, channel: str) -> Stimulus:
    """Declare another input that is constant between two edges of the protocol, and zero at rest.

    Parameters
    ----------
    unit, meaning
        Unit and plain words.
    channel : str
        The name by which a protocol gives its value; mechanisms that name the same one read the same.
    """
    return Stimulus(unit, meaning, channel, _line_of_caller())


def define(
    definition: Operand, unit: str = "", meaning: str = "", *, public: str | None = None, at: str = "here"
) -> Define:
    """Name an intermediate; give `unit` to have its dimension checked, `public` to let other mechanisms read it."""
    return Define(definition, unit, meaning, public, at, False, _line_of_caller())


def output(definition: Operand, unit: str, meaning: str) -> Define:
    """Name a quantity that every result carries."""
    return Define(definition, unit, meaning, None, "", True, _line_of_caller())


def reaction(equation: str, law: Operand, meaning: str = "") -> Reaction:
    """Declare a conversion within one place, such as ``reaction("Ca + P ⇌ CaP", kon*Ca*P - koff*CaP)``.

    The rate is per litre of that place.
    """
    return Reaction(equation, law, False, meaning, _line_of_caller())


def transport(equation: str, law: Operand, meaning: str = "") -> Reaction:
    """Declare a conversion between places. The rate is an amount per litre of myoplasmic water."""
    return Reaction(equation, law, True, meaning, _line_of_caller())


def rate(state: Expr, law: Operand) -> Rate:
    """Declare the time derivative of a gate, an occupancy or a filter: ``rate(m, (m_inf - m)/tau)``."""
    return Rate(state, law, _line_of_caller())
