"""Small stiff problems in the kernel subset, with dense linear algebra written as loops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mgsim.engine import rosenbrock
from mgsim.engine.kernel import Kernels, compile_native, compile_python

BACKENDS = ("native", "python")

_DENSE = """
def factor(J: array, hg: real, W: array) -> None:
    for i in range(N * N):
        W[i] = -J[i]
    for i in range(N):
        W[i * N + i] += 1.0 / hg
    for p in range(N):
        for r in range(p + 1, N):
            W[r * N + p] = W[r * N + p] / W[p * N + p]
            for q in range(p + 1, N):
                W[r * N + q] -= W[r * N + p] * W[p * N + q]


def solve(W: array, b: array) -> None:
    for r in range(N):
        for q in range(r):
            b[r] -= W[r * N + q] * b[q]
    for m in range(N):
        r = N - 1 - m
        for q in range(r + 1, N):
            b[r] -= W[r * N + q] * b[q]
        b[r] = b[r] / W[r * N + r]
"""


@dataclass(frozen=True)
class Problem:
    """y' = f(y), with the rows of f and of its Jacobian as expressions of y[i], u[i] and c[i]."""

    f: tuple[str, ...]
    J: tuple[tuple[str, ...], ...]
    y0: tuple[float, ...]
    scale: tuple[float, ...]
    stop: float
    end: tuple[float, ...] = ()
    n_inputs: int = 0

    @property
    def n(self) -> int:
        return len(self.f)

    def model(self) -> str:
        """The model functions as kernel source."""
        arguments = "y: array, u: array, c: array"
        lines = [f"def rhs({arguments}, f: array) -> None:"]
        lines += [f"    f[{i}] = {row}" for i, row in enumerate(self.f)]
        lines += ["", "", f"def jacobian({arguments}, f: array, J: array) -> None:", "    rhs(y, u, c, f)"]
        lines += [f"    J[{i * self.n + j}] = {e}" for i, row in enumerate(self.J) for j, e in enumerate(row)]
        return "\n".join(lines) + "\n" + _DENSE

    def kernels(self, backend: str = "native", method: rosenbrock.Method = rosenbrock.RODAS5P) -> Kernels:
        """Compile with the time loop; every function is exported."""
        source = self.model() + rosenbrock.source(method)
        constants = rosenbrock.constants(self.n, self.n**2, self.n**2, self.n_inputs, method)
        exports = ["advance_all", "rhs", "jacobian", "factor", "solve", "stages", "dense"]
        compiler = compile_native if backend == "native" else compile_python
        return compiler(source, constants, exports)

    def start(self) -> np.ndarray:
        return np.array(self.y0)

    def scales(self) -> np.ndarray:
        return np.array(self.scale)


# Reference solutions at the end: Mazzia & Magherini, Test Set for Initial Value Problem Solvers 2.4
# (Bari, 2008), and Hairer & Wanner, Solving Ordinary Differential Equations II, IV.10.
ROBER = Problem(
    f=(
        "-0.04 * y[0] + 1e4 * y[1] * y[2]",
        "0.04 * y[0] - 1e4 * y[1] * y[2] - 3e7 * y[1] * y[1]",
        "3e7 * y[1] * y[1]",
    ),
    J=(
        ("-0.04", "1e4 * y[2]", "1e4 * y[1]"),
        ("0.04", "-1e4 * y[2] - 6e7 * y[1]", "-1e4 * y[1]"),
        ("0.0", "6e7 * y[1]", "0.0"),
    ),
    y0=(1.0, 0.0, 0.0),
    scale=(1e-8, 1e-13, 1.0),
    stop=1e11,
    end=(0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050),
)
HIRES = Problem(
    f=(
        "-1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007",
        "1.71 * y[0] - 8.75 * y[1]",
        "-10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4]",
        "8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3]",
        "-1.745 * y[4] + 0.43 * y[5] + 0.43 * y[6]",
        "-280.0 * y[5] * y[7] + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6]",
        "280.0 * y[5] * y[7] - 1.81 * y[6]",
        "-280.0 * y[5] * y[7] + 1.81 * y[6]",
    ),
    J=(
        ("-1.71", "0.43", "8.32", "0.0", "0.0", "0.0", "0.0", "0.0"),
        ("1.71", "-8.75", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0"),
        ("0.0", "0.0", "-10.03", "0.43", "0.035", "0.0", "0.0", "0.0"),
        ("0.0", "8.32", "1.71", "-1.12", "0.0", "0.0", "0.0", "0.0"),
        ("0.0", "0.0", "0.0", "0.0", "-1.745", "0.43", "0.43", "0.0"),
        ("0.0", "0.0", "0.0", "0.69", "1.71", "-280.0 * y[7] - 0.43", "0.69", "-280.0 * y[5]"),
        ("0.0", "0.0", "0.0", "0.0", "0.0", "280.0 * y[7]", "-1.81", "280.0 * y[5]"),
        ("0.0", "0.0", "0.0", "0.0", "0.0", "-280.0 * y[7]", "1.81", "-280.0 * y[5]"),
    ),
    y0=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0057),
    scale=(1e-3,) * 8,
    stop=321.8122,
    end=(
        0.7371312573325668e-3,
        0.1442485726316185e-3,
        0.5888729740967575e-4,
        0.1175651343283149e-2,
        0.2386356198831331e-2,
        0.6238968252742796e-2,
        0.2849998395185769e-2,
        0.2850001604814231e-2,
    ),
)
OREGO = Problem(
    f=(
        "77.27 * (y[1] + y[0] * (1.0 - 8.375e-6 * y[0] - y[1]))",
        "(y[2] - (1.0 + y[0]) * y[1]) / 77.27",
        "0.161 * (y[0] - y[2])",
    ),
    J=(
        ("77.27 * (1.0 - 2.0 * 8.375e-6 * y[0] - y[1])", "77.27 * (1.0 - y[0])", "0.0"),
        ("-y[1] / 77.27", "-(1.0 + y[0]) / 77.27", "1.0 / 77.27"),
        ("0.161", "0.0", "-0.161"),
    ),
    y0=(1.0, 2.0, 3.0),
    scale=(1.0, 1.0, 1.0),
    stop=360.0,
    end=(0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3),
)
VDPOL = Problem(
    f=("y[1]", "1e6 * ((1.0 - y[0] * y[0]) * y[1] - y[0])"),
    J=(("0.0", "1.0"), ("1e6 * (-2.0 * y[0] * y[1] - 1.0)", "1e6 * (1.0 - y[0] * y[0])")),
    y0=(2.0, 0.0),
    scale=(1.0, 1.0),
    stop=2.0,
    end=(0.1706167732170483e1, -0.8928097010247975),
)
# A limit cycle with a mild stiffness, driven by its input: for segments, budgets and outputs.
BRUSSELATOR = Problem(
    f=("u[0] + y[0] * y[0] * y[1] - (c[0] + 1.0) * y[0]", "c[0] * y[0] - y[0] * y[0] * y[1]"),
    J=(("2.0 * y[0] * y[1] - c[0] - 1.0", "y[0] * y[0]"), ("c[0] - 2.0 * y[0] * y[1]", "-y[0] * y[0]")),
    y0=(1.5, 3.0),
    scale=(1.0, 1.0),
    stop=20.0,
    n_inputs=1,
)
