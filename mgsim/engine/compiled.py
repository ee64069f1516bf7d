"""A system as a compiled program: the kernels, and the constants a set of parameters gives."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mgsim.engine import rosenbrock
from mgsim.engine.generate import Program
from mgsim.engine.kernel import Kernels, compile_python, load
from mgsim.language.expression import Expr, Symbol
from mgsim.language.system import System

Vector = NDArray[np.float64]
EXPORTS = ("advance_all", "consts", "rhs", "jacobian", "outputs_all")


class Compiled:
    """What runs: made once for each structure of a model.

    Parameters
    ----------
    system : System
        The assembled model.
    backend : {"native", "python"}
        ``"native"`` uses LLVM where it is installed; ``"python"`` runs the same source as plain Python.
    """

    def __init__(self, system: System, backend: str = "native"):
        self.system = system
        self.program = Program(system)
        sizes = self.program.constants()
        method = rosenbrock.constants(sizes["N"], sizes["NNZ"], sizes["NW"], len(system.inputs))
        constants = {**method, "N_OUTPUTS": len(system.outputs)}
        if backend == "python":
            self.kernels: Kernels = compile_python(self._source, constants, EXPORTS)
        else:
            self.kernels = load(self._source, constants, EXPORTS, key=self.key)

    def _source(self) -> str:
        return self.program.source() + "\n" + rosenbrock.source()

    @cached_property
    def key(self) -> str:
        """Identity of the program: its expression graph and the code that turns it into text."""
        digest = hashlib.sha256(_own_source())
        graph = [*self.system.derivatives, *self.system.output_laws, *self.system.volumes]
        symbols = [*self.program.parameters, *self.program.state_index, *self.system.inputs]
        digest.update(_fingerprint([*graph, *(q.scale for q in self.system.states)], symbols).encode())
        return digest.hexdigest()

    def constants(self, parameters: Vector) -> Vector:
        """Evaluate everything that depends on parameters alone."""
        c = np.zeros(self.program.store_size)
        self.kernels.consts(parameters, c)
        return c

    def scales(self, c: Vector) -> Vector:
        """Size of each state, for tolerances; where there are no sites at all, 1 of its unit."""
        declared = ((c[self.program.slot(q.scale)], q.factor) for q in self.system.states)
        return np.array([scale if scale > 0.0 else factor for scale, factor in declared])

    def volumes(self, c: Vector) -> Vector:
        """Volume of each state's place, per litre of myoplasmic water."""
        return np.array([c[self.program.slot(v)] for v in self.system.volumes])

    def rates(self, y: Vector, u: Vector, c: Vector) -> Vector:
        """Time derivative of every state, per ms."""
        f = np.zeros(self.program.size)
        self.kernels.rhs(y, u, c, f)
        return f

    def jacobian(self, y: Vector, u: Vector, c: Vector) -> Vector:
        """Exact Jacobian as a dense matrix, for the solution of the rest."""
        entries = np.zeros(len(self.program.pattern))
        self.kernels.jacobian(y, u, c, np.zeros(self.program.size), entries)
        dense = np.zeros((self.program.size, self.program.size))
        rows, columns = self.program.pattern_arrays
        dense[rows, columns] = entries
        return dense

    def outputs(self, rows: Vector, c: Vector) -> Vector:
        """Values of the outputs for states of shape (n, states), as (n, outputs)."""
        rows = np.ascontiguousarray(rows)
        found = np.zeros((len(rows), max(len(self.system.outputs), 1)))
        u = np.zeros(max(len(self.system.inputs), 1))
        self.kernels.outputs_all(rows.reshape(-1), u, c, found.reshape(-1), len(rows))
        return found[:, : len(self.system.outputs)]


@lru_cache(maxsize=1)
def _own_source() -> bytes:
    """The text of the modules that write and compile programs: another text, another cache entry."""
    engine = Path(__file__).parent
    language = engine.parent / "language"
    texts = [p.read_bytes() for p in sorted([*engine.glob("*.py"), language / "expression.py"])]
    return hashlib.sha256(b"".join(texts)).digest()


def _fingerprint(roots: list[Expr], symbols: list[Symbol]) -> str:
    """Write a graph so that equal text means an equal program."""
    number: dict[Expr, int] = {s: i for i, s in enumerate(symbols)}
    lines: list[str] = []

    def visit(node: Expr) -> int:
        known = number.get(node)
        if known is None:
            inside = [visit(a) for a in node.args]
            known = number[node] = len(number)
            lines.append(f"{node.op}{inside}{node.value!r}")
        return known

    ends = [visit(r) for r in roots]
    return "\n".join([*lines, str(ends), str(len(symbols))])


_made: dict[tuple[int, str], tuple[System, Compiled]] = {}


def compiled(system: System, backend: str = "native") -> Compiled:
    """Compile a system, or give what was compiled for it before in this process."""
    key = (id(system), backend)
    if key not in _made:
        _made[key] = (system, Compiled(system, backend))
    return _made[key][1]
