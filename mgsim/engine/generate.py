"""From an assembled system to the source text of its program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mgsim.engine import emit
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
        self.parameters = list(self.system.parameter_symbols.values())
        self.state_index: dict[Symbol, int] = {q.symbol: i for i, q in enumerate(self.system.states)}
        self.hoisted = self._hoist()

    @property
    def size(self) -> int:
        """Number of states."""
        return len(self.system.states)

    @cached_property
    def derivatives(self) -> list[dict[int, Expr]]:
        """Exact Jacobian, row by row."""
        return jacobian(self.system.derivatives, self.state_index)

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
    def store_size(self) -> int:
        """Length of the store that ``consts`` fills."""
        self._extend(self.entries)
        return max(len(self.hoisted), 1)

    @cached_property
    def entries(self) -> list[Expr]:
        """The Jacobian's entries in order."""
        return [self.derivatives[i][j] for i, j in self.pattern]

    def constants(self) -> dict[str, int]:
        """The sizes that the stepper needs."""
        return {"N": self.size, "NNZ": len(self.pattern), "NW": len(self.plan.entries)}

    def slot(self, node: Expr) -> int:
        """Where ``consts`` stores the value of an expression of parameters."""
        return self.hoisted[node]

    def _hoist(self) -> dict[Expr, int]:
        """Find the expressions that depend on parameters alone and are used by others that do not."""
        system = self.system
        parameters = set(self.parameters)
        fixed: dict[Expr, bool] = {}
        wanted: dict[Expr, int] = {}

        def is_fixed(node: Expr) -> bool:
            known = fixed.get(node)
            if known is None:
                known = (
                    node in parameters if isinstance(node, Symbol) else all([is_fixed(a) for a in node.args])
                )
                fixed[node] = known
            return known

        def visit(roots: Iterable[Expr]) -> None:
            seen: set[Expr] = set()
            stack = list(roots)
            while stack:
                node = stack.pop()
                if node in seen:
                    continue
                seen.add(node)
                if is_fixed(node):
                    if node.op != "const":
                        wanted.setdefault(node, len(wanted))
                else:
                    stack.extend(node.args)

        self._is_fixed = is_fixed
        for node in [*system.volumes, *(q.scale for q in system.states)]:
            is_fixed(node)
            wanted.setdefault(node, len(wanted))
        visit(system.derivatives)
        visit(system.output_laws)
        return wanted

    def source(self) -> str:
        """Write the functions of the model as text: consts, rhs, jacobian, factor, solve, outputs."""
        system = self.system
        entries = self.entries
        # Differentiating makes new expressions of parameters alone; they are folded into the same store.
        self._extend(entries)
        given: dict[Expr, str] = {s: f"p[{i}]" for i, s in enumerate(self.parameters)}
        leaves: dict[Expr, str] = {e: f"c[{i}]" for e, i in self.hoisted.items() if e.op != "const"}
        leaves |= {s: f"y[{i}]" for s, i in self.state_index.items()}
        leaves |= {s: f"u[{i}]" for i, s in enumerate(system.inputs)}
        args = "y: array, u: array, c: array"
        position = {p: k for k, p in enumerate(self.pattern)}
        return "\n\n".join(
            [
                emit.LINOID.strip() + "\n",
                emit.function(
                    "consts", "p: array, c: array", given, "c", [(i, e) for e, i in self.hoisted.items()]
                ),
                emit.function("rhs", f"{args}, f: array", leaves, "f", list(enumerate(system.derivatives))),
                emit.function("jacobian", f"{args}, J: array", leaves, "J", list(enumerate(entries))),
                emit.factor_source(self.plan, position),
                emit.solve_source(self.plan),
                emit.function(
                    "outputs", f"{args}, o: array", leaves, "o", list(enumerate(system.output_laws))
                ),
                emit.OUTPUTS_ALL.strip() + "\n",
            ]
        )

    def _extend(self, roots: Iterable[Expr]) -> None:
        seen: set[Expr] = set()
        stack = list(roots)
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            if self._is_fixed(node):
                if node.op != "const":
                    self.hoisted.setdefault(node, len(self.hoisted))
            else:
                stack.extend(node.args)
