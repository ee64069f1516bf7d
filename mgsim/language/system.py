"""What a model becomes when it is assembled: states, rates of change, stoichiometry, outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mgsim.language.declaration import Parameter
from mgsim.language.expression import ONE, Expr, Symbol
from mgsim.language.laws import conservation_laws
from mgsim.language.mechanism import Place, Placed
from mgsim.language.units import unit


def ledger_of(state: str) -> str:
    """Name the state that books what a protocol's clamp gives to or takes from another one."""
    return f"{state} taken by the clamp"


def counter_of(pool: str, reaction: str) -> str:
    """Name the state that counts what a reaction has given to a pool, or taken from it."""
    return f"{pool} from {reaction}"


@dataclass(frozen=True)
class Quantity:
    """A state or an output of an assembled system."""

    name: str
    symbol: Symbol
    unit: str
    meaning: str
    place: str = ""
    species: str = ""
    scale: Expr = ONE
    initial: float = 0.0

    @property
    def factor(self) -> float:
        """Internal value per displayed value."""
        return unit(self.unit).factor


@dataclass(frozen=True)
class Structure:
    """What makes two programs different: everything but the values of parameters."""

    mechanisms: tuple[Placed, ...]
    places: tuple[Place, ...]
    clamped: tuple[str, ...] = ()
    blind: tuple[tuple[str, str], ...] = ()
    held: tuple[str, ...] = ()
    structural: tuple[tuple[str, float], ...] = ()
    counted: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pools: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass
class System:
    """An assembled model: states, their rates of change, parameters, outputs and conservation laws."""

    parameters: dict[str, Parameter] = field(default_factory=dict)
    parameter_symbols: dict[str, Symbol] = field(default_factory=dict)
    states: list[Quantity] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    counters: list[str] = field(default_factory=list)
    inputs: list[Symbol] = field(default_factory=list)
    volumes: list[Expr] = field(default_factory=list)
    derivatives: list[Expr] = field(default_factory=list)
    columns: list[dict[int, int]] = field(default_factory=list)
    amounts: set[int] = field(default_factory=set)
    outputs: list[Quantity] = field(default_factory=list)
    output_laws: list[Expr] = field(default_factory=list)
    constants: dict[str, Quantity] = field(default_factory=dict)
    _laws: dict[tuple[int, ...], list[dict[int, int]]] = field(default_factory=dict, repr=False)

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each state by name."""
        return {q.name: i for i, q in enumerate(self.states)}

    @property
    def ledgers(self) -> set[str]:
        """The states that only book: what clamps take, and what reactions give to a counted pool."""
        return {ledger_of(name) for name in self.held} | set(self.counters)

    def laws(self, carriers: Sequence[str] = ()) -> list[dict[int, int]]:
        """Find the conservation laws; each carrier that can names one of its own. Gates have none."""
        wanted = tuple(self.index[c] for c in carriers if c in self.index)
        if wanted not in self._laws:
            taking_part = {i for column in self.columns for i in column}
            found = conservation_laws(self.columns, len(self.states), wanted)
            self._laws[wanted] = [law for law in found if set(law) & taking_part]
        return self._laws[wanted]
