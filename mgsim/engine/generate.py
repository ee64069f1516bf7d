"""From an assembled system to the source text of its program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mgsim.engine import emit
from mgsim.engine.canonical import canonical
from mgsim.engine.derive import jacobian
from mgsim.engine.sparse import Factorisation, plan
from mgsim.language.expression import Expr, Symbol
from mgsim.language.system import System


@dataclass
class Program:
    """The straight-line program of a system; states, parameters and inputs are in the system's order.

    The text of the functions is written when it is first asked for; a program found in the cache never is.
    """

    system: System

    def __post_init__(self) -> None:
        system = self.system
        self.parameters = list(system.parameter_symbols.values())
        self.state_index: dict[Symbol, int] = {q.symbol: i for i, q in enumerate(system.states)}
        self._fixed: dict[Expr, bool] = dict.fromkeys(self.parameters, True)
        self.hoisted: dict[Expr, int] = {}
        for node in [*system.volumes, *(q.scale for q in system.states)]:
            self.hoisted.setdefault(node, len(self.hoisted))

    @property
    def size(self) -> int:
        """Number of states."""
        return len(self.system.states)

    @cached_property
    def rates(self) -> list[Expr]:
        """Rates of change of the states, in the form from which derivatives are taken."""
        return canonical(self.system.derivatives, self.is_fixed, merge=False)

    @cached_property
    def derivatives(self) -> list[dict[int, Expr]]:
        """Exact Jacobian, row by row."""
        return jacobian(self.rates, self.state_index)

    @cached_property
    def pattern(self) -> list[tuple[int, int]]:
        """Positions of the Jacobian's entries, in the order in which ``jacobian`` stores them."""
        return [(i, j) for i, row in enumerate(self.derivatives) for j in sorted(row)]

    @cached_property
    def plan(self) -> Factorisation:
        """Elimination plan."""
        return plan(self.size, self.pattern)

    @cached_property
    def pattern_arrays(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows and columns of the Jacobian's entries."""
        table = np.array(self.pattern, dtype=np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    @cached_property
    def functions(self) -> dict[str, list[Expr]]:
        """What each function of the model stores: the rates, the rates with the Jacobian's entries, the outputs."""
        system, fixed = self.system, self.is_fixed
        entries = [self.derivatives[i][j] for i, j in self.pattern]
        found = {
            "rhs": canonical(system.derivatives, fixed, merge=True),
            "jacobian": canonical([*self.rates, *entries], fixed, merge=False),
            "outputs": canonical(system.output_laws, fixed, merge=True),
        }
        for roots in found.values():
            self._hoist(roots)
        return found

    @cached_property
    def leaves(self) -> dict[Expr, str]:
        """Where the model's functions find values: in the store c, the states y and the inputs u."""
        found = {e: f"c[{i}]" for e, i in self.hoisted.items() if e.op != "const"}
        found.update({s: f"y[{i}]" for s, i in self.state_index.items()})
        found.update({s: f"u[{i}]" for i, s in enumerate(self.system.inputs)})
        return found

    @property
    def store_size(self) -> int:
        """Length of the store that ``consts`` fills."""
        return len(self.hoisted) if self.functions else 0

    def constants(self) -> dict[str, int]:
        """The sizes that the stepper needs."""
        return {"N": self.size, "NNZ": len(self.pattern), "NW": len(self.plan.entries)}

    def slot(self, node: Expr) -> int:
        """Where ``consts`` stores the value of an expression of parameters."""
        return self.hoisted[node]

    def is_fixed(self, node: Expr) -> bool:
        """Tell whether an expression depends on parameters alone."""
        known = self._fixed.get(node)
        if known is None:
            known = not isinstance(node, Symbol) and all([self.is_fixed(a) for a in node.args])
            self._fixed[node] = known
        return known

    def _hoist(self, roots: Iterable[Expr]) -> None:
        """Give a place in the store to what depends on parameters alone and is used by what does not."""
        seen: set[Expr] = set()
        stack = list(roots)
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            if not self.is_fixed(node):
                stack.extend(node.args)
            elif node.op != "const":
                self.hoisted.setdefault(node, len(self.hoisted))

    def source(self) -> str:
        """Write the functions of the model as text: consts, rhs, jacobian, factor, solve, outputs."""
        functions, n = self.functions, self.size  # asked for first: they decide what the store holds
        given: dict[Expr, str] = {s: f"p[{i}]" for i, s in enumerate(self.parameters)}
        leaves = self.leaves
        args = "y: array, u: array, c: array"
        position = {p: k for k, p in enumerate(self.pattern)}
        stores = [(f"c[{i}]", e) for e, i in self.hoisted.items()]
        rates = [(f"f[{i}]", e) for i, e in enumerate(functions["rhs"])]
        rates = emit.in_good_order(rates, range(n), leaves)
        both = [(f"f[{i}]" if i < n else f"J[{i - n}]", e) for i, e in enumerate(functions["jacobian"])]
        both = emit.in_good_order(both, [_row(place, self.pattern)[0] for place, _ in both], leaves)
        outputs = [(f"o[{i}]", e) for i, e in enumerate(functions["outputs"])]
        return "\n\n".join(
            [
                emit.DLINOID.strip() + "\n",
                emit.function("consts", "p: array, c: array", given, stores),
                emit.function("rhs", f"{args}, f: array", leaves, rates),
                emit.function("jacobian", f"{args}, f: array, J: array", leaves, both),
                emit.factor_source(self.plan, position),
                emit.solve_source(self.plan),
                emit.function("outputs", f"{args}, o: array", leaves, outputs),
                emit.OUTPUTS_ALL.strip() + "\n",
            ]
        )


def _row(place: str, pattern: list[tuple[int, int]]) -> tuple[int, int]:
    """Row of a rate or an entry."""
    number = int(place[2:-1])
    return (number, -1) if place[0] == "f" else pattern[number]
