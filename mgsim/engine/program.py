"""Read the kernel subset of Python: functions on float arrays, and the constants they name.

The subset is small enough to be both plain Python and native code. A source is module text with
functions such as ``def rhs(y: array, u: array, c: array, f: array) -> None``; its kinds are

========== ==================== ==================
annotation in plain Python      in native code
========== ==================== ==================
array      memoryview of float  pointer to float64
ints       memoryview of int    pointer to int64
real       float                float64
integer    int                  int64
========== ==================== ==================

Two array arguments of one call must not overlap when one of them is written.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = ("array", "ints", "real", "integer")
"""The annotations of the subset."""

INTRINSICS = ("abs", "exp", "float", "int", "linoid", "log", "logistic", "max", "min", "sqrt", "tail")
"""The functions that every kernel source may call besides its own."""

SERIES_BELOW = 0.02
LINOID = (1.0 / 12.0, -1.0 / 720.0, 1.0 / 30240.0)
"""Where x / (1 - exp(-x)) loses digits, 1 + x/2 + x^2 times this polynomial of x^2 is exact to rounding."""

Number = int | float
Constant = int | float | tuple[int | float, ...]


class KernelError(ValueError):
    """Kernel source outside the subset: the message names the function, the line and what would be right."""


@dataclass(frozen=True)
class Function:
    """One function of a kernel source.

    Attributes
    ----------
    name : str
    parameters : tuple of (str, str)
        Name and kind of each parameter.
    returns : str or None
        "real", "integer" or None.
    body : list of ast.stmt
        The statements, without the docstring.
    """

    name: str
    parameters: tuple[tuple[str, str], ...]
    returns: str | None
    body: list[ast.stmt]


@dataclass
class Program:
    """A kernel source that was read: its functions and constants by name."""

    functions: dict[str, Function] = field(default_factory=dict)
    constants: dict[str, Constant] = field(default_factory=dict)


def read(source: str, constants: Mapping[str, Constant]) -> Program:
    """Read kernel source text.

    Parameters
    ----------
    source : str
        Module text. Imports and docstrings are skipped; ``NAME = number or tuple`` makes a constant.
    constants : mapping of str to number or tuple of numbers
        Constants given from outside; they win over those written in the source.

    Raises
    ------
    KernelError
        If something at module level is not part of the subset.
    """
    program = Program()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            program.functions[node.name] = _function(node)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            program.constants[node.targets[0].id] = _literal(node.value)
        elif not (isinstance(node, ast.Import | ast.ImportFrom) or _is_text(node)):
            raise KernelError(f"line {node.lineno}: only functions and constants may stand at module level")
    program.constants.update(constants)
    return program


def is_straight(body: list[ast.stmt]) -> bool:
    """Tell whether a body has no loops and no branches between statements."""
    return not any(isinstance(statement, ast.For | ast.While | ast.If) for statement in body)


def _function(node: ast.FunctionDef) -> Function:
    arguments = node.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults or arguments.posonlyargs:
        raise KernelError(f"{node.name}: parameters must be plain names without defaults")
    parameters = tuple((a.arg, _kind(a.annotation, f"{node.name}: parameter {a.arg!r}")) for a in arguments.args)
    returns: str | None = None
    if not (isinstance(node.returns, ast.Constant) and node.returns.value is None):
        returns = _kind(node.returns, f"{node.name}: return value")
        if returns not in ("real", "integer"):
            raise KernelError(f"{node.name}: a function returns real, integer or None, not {returns}")
    body = node.body[1:] if _is_text(node.body[0]) else node.body
    return Function(node.name, parameters, returns, body)


def _kind(node: ast.expr | None, what: str) -> str:
    if isinstance(node, ast.Name) and node.id in KINDS:
        return node.id
    raise KernelError(f"{what} needs an annotation, one of " + ", ".join(KINDS))


def _literal(node: ast.expr) -> Constant:
    value = ast.literal_eval(node)
    if isinstance(value, int | float):
        return value
    if isinstance(value, tuple) and all(isinstance(v, int | float) for v in value):
        return value
    raise KernelError(f"line {node.lineno}: a constant is a number or a tuple of numbers")


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
