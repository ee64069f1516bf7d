"""One run by mgsim and by SciPy's solvers: the same equations, the same pulses, the same output times.

Each peer is given its best: the exact Jacobian where it helps, the tolerance of each state that mgsim uses,
a fresh start at each edge of a pulse, and as little around the equations as Python allows.
"""

from __future__ import annotations

import ast
import ctypes
import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import odeint, solve_ivp

import mgsim
from mgsim.engine import emit, rosenbrock
from mgsim.engine.integrate import Segment, integrate
from mgsim.engine.kernel import compile_native
from mgsim.resting_state import Resolved, resolve
from mgsim.segments import MS, segments_of

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Job:
    """What is computed: a fibre at rest, its stimuli as segments of constant input, and when to look.

    Attributes
    ----------
    start : Resolved
    segments : list of Segment
        ms.
    times : ndarray
        ms; every edge that falls on one of these is a point of both segments.
    """

    start: Resolved
    segments: list[Segment]
    times: Vector

    @classmethod
    def make(cls, protocol: mgsim.Protocol, every: float = 1.0) -> Job:
        """Prepare a protocol of pulses on the fast mouse fibre, seen each `every` ms."""
        start = resolve(mgsim.fibre.mouse_edl())
        end = protocol.duration * MS
        segments = segments_of(start, protocol, [], 0.0, end)
        times = np.arange(round(end / every) + 1) * every
        return cls(start, segments, times)

    def traces(self, rows: Vector) -> dict[str, Vector]:
        """Free calcium and force of some states."""
        found = self.start.program.outputs(rows, self.start.c)
        names = [q.name for q in self.start.program.system.outputs]
        return {name: found[:, names.index(name)] for name in ("Ca", "force")}

    def inside(self, segment: Segment, last: bool) -> Vector:
        """Output times in [start, stop), the last segment with its end."""
        stop = len(self.times) if last else np.searchsorted(self.times, segment.stop)
        return self.times[np.searchsorted(self.times, segment.start) : stop]


def run_mgsim(job: Job, rtol: float) -> Vector:
    """Integrate with mgsim's own engine."""
    start = job.start
    done = integrate(start.program.kernels, start.rest, job.segments, job.times, start.c, start.scales, rtol)
    if done.status != "done":
        raise RuntimeError(done.message)
    return done.Y


# --- SciPy's LSODA on generated Python ------------------------------------------------------------------


class PlainLsoda:
    """`solve_ivp(method="LSODA")` on the generated right-hand side and Jacobian as plain Python.

    Parameters
    ----------
    job : Job
    exact : bool
        Give LSODA the generated Jacobian; otherwise it takes differences.
    """

    def __init__(self, job: Job, exact: bool) -> None:
        self.job, self.exact = job, exact
        program = job.start.program.program
        # mgsim's own Jacobian computes the rates too; LSODA has no use for them there.
        entries = [(f"J[{k}]", e) for k, e in enumerate(program.functions["jacobian"][program.size :])]
        alone = emit.function("entries", "y: array, u: array, c: array, J: array", program.leaves, entries)
        space = _python(program.source() + "\n" + alone)
        self._rhs, self._jacobian = space["rhs"], space["entries"]
        self.c = job.start.c.tolist()
        self.n, self.entries = program.size, len(program.pattern)
        self.place = program.pattern_arrays

    def __call__(self, rtol: float) -> Vector:
        """Integrate, starting anew at each edge."""
        job, c, n = self.job, self.c, self.n
        rhs, jacobian, place, entries = self._rhs, self._jacobian, self.place, self.entries
        y, found = job.start.rest, []
        for segment in job.segments:
            u = segment.u.tolist()

            def f(_t: float, y: Vector, u: list[float] = u) -> list[float]:
                rates = [0.0] * n
                rhs(y.tolist(), u, c, rates)
                return rates

            def jac(_t: float, y: Vector, u: list[float] = u) -> Vector:
                values = [0.0] * entries
                jacobian(y.tolist(), u, c, values)
                dense = np.zeros((n, n))
                dense[place] = values
                return dense

            times = job.inside(segment, segment is job.segments[-1])
            done = solve_ivp(
                f,
                (segment.start, segment.stop),
                y,
                method="LSODA",
                t_eval=np.append(times, segment.stop) if not len(times) or times[-1] < segment.stop else times,
                rtol=rtol,
                atol=rtol * job.start.scales,
                **({"jac": jac} if self.exact else {}),
            )
            if not done.success:
                raise RuntimeError(done.message)
            found.append(done.y.T[: len(times)])
            y = done.y[:, -1]
        return np.concatenate(found)


def _python(source: str) -> dict[str, Any]:
    """Run generated source as it stands, with nothing that guards it: the fastest form that Python has."""
    tree = _Inline().visit(ast.parse(source))
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
    space: dict[str, Any] = {"exp": math.exp, "log": math.log, "sqrt": math.sqrt, "linoid": _linoid}
    exec(compile(tree, "<generated>", "exec"), space)
    return space


class _Inline(ast.NodeTransformer):
    """Write a gate where it stands: a call costs more than what it calls."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "logistic":
            gate = ast.parse("1.0 / (1.0 + exp(-x))", mode="eval").body
            gate.right.right.args[0].operand = node.args[0]  # type: ignore[attr-defined]
            return ast.copy_location(ast.fix_missing_locations(gate), node)
        return node


def _linoid(x: float) -> float:
    return x / (1.0 - math.exp(-x)) if abs(x) > 1e-5 else 1.0 + 0.5 * x


# --- SciPy's odeint on compiled functions ---------------------------------------------------------------


class CompiledOdeint:
    """`odeint` with the compiled right-hand side and Jacobian.

    Parameters
    ----------
    job : Job
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.grids = []
        for segment in job.segments:
            times = job.inside(segment, segment is job.segments[-1])
            grid = np.unique(np.concatenate([[segment.start, segment.stop], times]))
            first = int(np.searchsorted(grid, times[0])) if len(times) else 0
            self.grids.append((segment, grid, slice(first, first + len(times))))
        compiled = job.start.program
        n, entries, n_inputs = compiled.program.size, len(compiled.program.pattern), len(compiled.system.inputs)
        sizes = {"Y": n, "U": max(1, n_inputs), "C": len(job.start.c), "F": n, "J": entries, "D": n * n}
        ends = np.cumsum(list(sizes.values()))
        memory = np.zeros(ends[-1])
        self.y, self.u, c, self.f, _, dense = np.split(memory, ends[:-1])
        c[:] = job.start.c
        self.dense = dense.reshape(n, n)
        self._memory = memory
        names = [f"IN_{name}" for name in list(sizes)[1:]]
        constants = {
            **rosenbrock.constants(n, entries, compiled.program.constants()["NW"], n_inputs),
            **dict(zip(names, ends[:-1].tolist(), strict=True)),
            "N_OUTPUTS": len(compiled.system.outputs),
        }
        model, packed = compiled.program.source(), _by_column(compiled.program.pattern, n)
        source = "\n".join([model, rosenbrock.source(), packed])
        self._kernels = compile_native(source, constants, ("packed_rhs", "packed_jacobian"))
        self._rhs, self._jacobian = (
            partial(ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(self._kernels.addresses[name]), memory.ctypes.data)
            for name in ("packed_rhs", "packed_jacobian")
        )

    def __call__(self, rtol: float) -> Vector:
        """Integrate, starting anew at each edge."""
        state, rates, dense, rhs, jacobian, u = self.y, self.f, self.dense, self._rhs, self._jacobian, self.u
        job = self.job
        options = {"col_deriv": True, "rtol": rtol, "atol": rtol * job.start.scales, "mxstep": 1_000_000}

        def jac(y: Vector, _t: float) -> Vector:
            state[...] = y
            jacobian()
            return dense

        def f(y: Vector, _t: float) -> Vector:
            state[...] = y
            rhs()
            return rates

        y, found = job.start.rest, []
        for segment, grid, wanted in self.grids:
            u[:] = segment.u
            rows = odeint(f, y, grid, Dfun=jac, **options)
            found.append(rows[wanted])
            y = rows[-1]
        return np.concatenate(found)


def _by_column(pattern: list[tuple[int, int]], n: int) -> str:
    """Write the functions that odeint calls.

    All is in one piece of memory, for a call from Python costs by the argument. The Jacobian is stored column
    by column, which odeint reads fastest.
    """
    y_u_c = "tail(m, 0), tail(m, IN_U), tail(m, IN_C)"
    scatter = [f"    d[{j * n + i}] = J[{k}]" for k, (i, j) in enumerate(pattern)]
    return "\n".join(
        [
            f"def packed_rhs(m: array) -> None:\n    rhs({y_u_c}, tail(m, IN_F))\n",
            f"def packed_jacobian(m: array) -> None:\n    jacobian({y_u_c}, tail(m, IN_F), tail(m, IN_J))",
            "    scatter(tail(m, IN_J), tail(m, IN_D))\n",
            "def scatter(J: array, d: array) -> None:",
            *scatter,
        ]
    )
