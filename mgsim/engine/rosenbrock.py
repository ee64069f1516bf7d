"""Rosenbrock methods: their coefficients, and one step of them as kernel source.

One step of size h from y, for y' = f(y) with Jacobian J, in the form without matrix products
(Hairer & Wanner, Solving Ordinary Differential Equations II, IV.7):

    W = I / (h gamma) - J
    W U_s = f(y + sum_j a_sj U_j) + (1/h) sum_j C_sj U_j        for each stage s
    y1 = y + sum_j a_Sj U_j + U_S                                (the last stage; stiffly accurate)
    error = U_S
    y(theta) = (1 - theta) y + theta (y1 + (1 - theta) (d_0 + theta (d_1 + theta d_2))),  d_i = sum_j H_ij U_j

Sources: Rodas5P, G. Steinebach, BIT Numerical Mathematics 63:27 (2023); Rodas4P, G. Steinebach,
Order-reduction of ROW-methods for DAEs and method of lines applications (Darmstadt, 1995).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Method:
    """A Rosenbrock method in transformed form.

    Attributes
    ----------
    name : str
    order : int
        Order of y1; the embedded solution has one less.
    gamma : float
    a, C : rows of floats
        Row s belongs to stage s.
    H : rows of floats
        Dense output.
    """

    name: str
    order: int
    gamma: float
    a: Rows
    C: Rows
    H: Rows

    @property
    def stages(self) -> int:
        """Number of stages."""
        return len(self.a)


RODAS5P = Method(
    name="rodas5p",
    order=5,
    gamma=0.21193756319429014,
    a=(
        (),
        (3.0,),
        (2.849394379747939, 0.45842242204463923),
        (-6.954028509809101, 2.489845061869568, -10.358996098473584),
        (2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641),
        (
            -7.502846399306121,
            2.561846144803919,
            -11.627539656261098,
            -0.18268767659942256,
            0.030198172008377946,
        ),
        (
            -7.502846399306121,
            2.561846144803919,
            -11.627539656261098,
            -0.18268767659942256,
            0.030198172008377946,
            1.0,
        ),
        (
            -7.502846399306121,
            2.561846144803919,
            -11.627539656261098,
            -0.18268767659942256,
            0.030198172008377946,
            1.0,
            1.0,
        ),
    ),
    C=(
        (),
        (-14.155112264123755,),
        (-17.97296035885952, -2.859693295451294),
        (147.12150275711716, -1.41221402718213, 71.68940251302358),
        (165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306),
        (24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471),
        (
            30.91273214028599,
            -3.1208243349937974,
            77.79954646070892,
            34.28646028294783,
            -19.097331116725623,
            -28.087943162872662,
        ),
        (
            37.80277123390563,
            -3.2571969029072276,
            112.26918849496327,
            66.9347231244047,
            -40.06618937091002,
            -54.66780262877968,
            -9.48861652309627,
        ),
    ),
    H=(
        (
            25.948786856663858,
            -2.5579724845846235,
            10.433815404888879,
            -2.3679251022685204,
            0.524948541321073,
            1.1241088310450404,
            0.4272876194431874,
            -0.17202221070155493,
        ),
        (
            -9.91568850695171,
            -0.9689944594115154,
            3.0438037242978453,
            -24.495224566215796,
            20.176138334709044,
            15.98066361424651,
            -6.789040303419874,
            -6.710236069923372,
        ),
        (
            11.419903575922262,
            2.8879645146136994,
            72.92137995996029,
            80.12511834622643,
            -52.072871366152654,
            -59.78993625266729,
            -0.15582684282751913,
            4.883087185713722,
        ),
    ),
)
RODAS4P = Method(
    name="rodas4p",
    order=4,
    gamma=0.25,
    a=(
        (),
        (3.0,),
        (1.831036793486759, 0.4955183967433795),
        (2.304376582692669, -0.05249275245743001, -1.176798761832782),
        (-7.170454962423024, -4.741636671481785, -16.31002631330971, -1.062004044111401),
        (-7.170454962423024, -4.741636671481785, -16.31002631330971, -1.062004044111401, 1.0),
    ),
    C=(
        (),
        (-12.0,),
        (-8.791795173947035, -2.207865586973518),
        (10.81793056857153, 6.780270611428266, 19.5348594464241),
        (34.19095006749676, 15.49671153725963, 54.7476087596413, 14.16005392148534),
        (34.62605830930532, 15.30084976114473, 56.99955578662667, 18.40807009793095, -5.714285714285717),
    ),
    H=(
        (25.09876703708589, 11.62013104361867, 28.49148307714626, -5.664021568594133, 0.0, 0.0),
        (1.638054557396973, -0.7373619806678748, 8.47791821923899, 15.9925314877952, -1.882352941176471, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    ),
)

METHODS = {method.name: method for method in (RODAS5P, RODAS4P)}
"""The methods by name."""


def constants(n: int, nnz: int, nw: int, n_inputs: int, method: Method = RODAS5P) -> dict[str, int | float]:
    """Give the constants that the time loop is compiled with.

    Parameters
    ----------
    n : int
        Number of states.
    nnz : int
        Length of the array J that `jacobian` fills.
    nw : int
        Length of the array W that `factor` fills.
    n_inputs : int
        Number of inputs, the length of u.
    method : Method
    """
    sizes = {
        "AT_F": n,
        "AT_NEW": n,
        "AT_Z": n,
        "AT_STAGES": method.stages * n,
        "AT_DENSE": 3 * n,
        "AT_J": nnz,
        "AT_W": nw,
    }
    offsets: dict[str, int | float] = {}
    at = 0
    for name, size in sizes.items():
        offsets[name] = at
        at += -(-size // 8) * 8  # each begins a cache line if the whole does
    return offsets | {
        "N": n,
        "N_REST": n % 4,
        "N_INPUTS": n_inputs,
        "WORK_SIZE": at,
        "STAGES": method.stages,
        "GAMMA": method.gamma,
        "ORDER": method.order,
        "QUARTER_POWER": 0.25 / method.order,
        "EPSILON": sys.float_info.epsilon,
        "SMALLEST_STEP": 1e-30,
        "HUGE": 1e300,
    }


def source(method: Method = RODAS5P) -> str:
    """Give the kernel source of the time loop and of one step of a method."""
    files = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("advance.py", "segments.py")]
    return "\n".join([*files, _stages(method), _dense(method)])


def _stages(method: Method) -> str:
    lines = [
        "def stages(",
        "    y: array, u: array, c: array, f: array, W: array, h: real, z: array, new: array, U: array",
        ") -> None:",
        "    r = 1.0 / h",
        "    for i in range(N):",
        "        U[i] = f[i]",
        "    solve(W, U)",
    ]
    for s in range(1, method.stages):
        before, now = method.a[s - 1], method.a[s]
        if now[:-1] == before and now[-1] == 1.0:  # the point moves on by the last stage
            lines += ["    for i in range(N):", f"        z[i] = z[i] + U[{s - 1} * N + i]"]
        else:
            lines += ["    for i in range(N):", "        z[i] = y[i]" + _sum(now)]
        lines += [
            f"    U{s} = tail(U, {s} * N)",
            f"    rhs(z, u, c, U{s})",
            "    for i in range(N):",
            f"        U{s}[i] = U{s}[i] + r * ({_sum(method.C[s])[3:]})",
            f"    solve(W, U{s})",
        ]
    lines += ["    for i in range(N):", f"        new[i] = z[i] + U[{method.stages - 1} * N + i]"]
    return "\n".join(lines) + "\n"


def _dense(method: Method) -> str:
    lines = ["def dense(U: array, d: array) -> None:", "    for i in range(N):"]
    lines += [f"        d[{row} * N + i] = {_sum(H)[3:] or '0.0'}" for row, H in enumerate(method.H)]
    return "\n".join(lines) + "\n"


def _sum(weights: tuple[float, ...]) -> str:
    return "".join(f" + {w!r} * U[{j} * N + i]" for j, w in enumerate(weights) if w)
