"""Translate the kernel subset of Python into JavaScript: the same operations in the same order.

Arrays are Float64Array and Int32Array; a part of one is a `subarray`, so nothing is copied. Division,
exponentials and logarithms follow IEEE 754 in both languages.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from mgsim.engine.program import LINOID, SERIES_BELOW, Constant, Function, KernelError, Program, is_straight
from mgsim.export.pieces import Piece, cut

LONGEST = 400
"""Statements of one JavaScript function. V8 compiles none of more than 60 KB of its bytecode, and runs it slowly for
ever; the Jacobian of a fibre has 59."""

_BINARY: Mapping[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", 1),
    ast.Sub: ("-", 1),
    ast.Mult: ("*", 2),
    ast.Div: ("/", 2),
}
_COMPARE: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "===",
    ast.NotEq: "!==",
}
_CALLS = {"exp": "exp", "log": "Math.log", "sqrt": "Math.sqrt", "abs": "Math.abs", "int": "Math.trunc", "float": ""}

_RESERVED = frozenset(
    "case catch class const default delete enum export function new null switch this typeof var void".split()
)

INTRINSICS = f"""const exp = Math.exp;
const min = (a, b) => (b < a ? b : a);
const max = (a, b) => (b > a ? b : a);
const logistic = (x) => 1 / (1 + exp(-x));
function linoid(x) {{
  if (Math.abs(x) < {SERIES_BELOW!r}) {{
    const s = x * x;
    return 1 + 0.5 * x + s * ({LINOID[0]!r} + s * ({LINOID[1]!r} + s * {LINOID[2]!r}));
  }}
  return x / (1 - exp(-x));
}}
"""
"""What the translated functions call besides each other and Math."""


def javascript_of(program: Program, longest: int = LONGEST) -> str:
    """Translate all functions of a kernel program.

    Parameters
    ----------
    program : Program
        What `mgsim.engine.program.read` gave.
    longest : int
        A straight-line function of more statements is cut into several.

    Returns
    -------
    str
        Function declarations, to stand in one scope with `INTRINSICS`.

    Raises
    ------
    KernelError
        Where a statement or an expression is outside the subset.
    """
    texts, room = [], 0
    for function in program.functions.values():
        writer = _Writer(function, program.constants)
        if len(function.body) > longest and is_straight(function.body):
            pieces = cut(function.body, longest)
            room = max([room, *(p.room for p in pieces)])
            texts += writer.in_pieces(pieces)
        else:
            texts.append(writer.whole())
    return f"const passed = new Float64Array({room});\n" + "\n".join(texts) + "\n"


class _Writer:
    """One function."""

    def __init__(self, function: Function, constants: Mapping[str, Constant]):
        self.function = function
        self.constants = constants
        self.given = [_named(name) for name, _ in function.parameters]

    def whole(self) -> str:
        """Write the function as it stands."""
        return self._declare(self.function.name, self._block(self.function.body, "  "), self.function.body)

    def in_pieces(self, pieces: list[Piece]) -> list[str]:
        """Write it as several functions and one that calls them; what one needs of another is passed in an array."""
        name, arguments = self.function.name, ", ".join(self.given)
        texts = []
        for number, piece in enumerate(pieces):
            before = [f"  {n} = passed[{k}];" for n, k in piece.taken.items()]
            after = [f"  passed[{k}] = {n};" for n, k in piece.left.items()]
            lines = [*before, *self._block(piece.body, "  "), *after]
            texts.append(self._declare(f"{name}_{number}", lines, piece.body, piece.taken))
        calls = [f"  {name}_{number}({arguments});" for number in range(len(pieces))]
        return [*texts, f"function {name}({arguments}) {{\n" + "\n".join(calls) + "\n}"]

    def _declare(
        self, name: str, lines: list[str], body: list[ast.stmt], more: Mapping[str, int] | None = None
    ) -> str:
        own = dict.fromkeys(more or ())
        for statement in body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    own[_named(node.id)] = None
        own = {name: None for name in own if name not in self.given}
        declared = [f"  let {', '.join(own)};"] if own else []
        return f"function {name}({', '.join(self.given)}) {{\n" + "\n".join([*declared, *lines]) + "\n}"

    # ------------------------------------------------------------------------------ statements
    def _block(self, body: list[ast.stmt], indent: str) -> list[str]:
        return [line for statement in body for line in self._statement(statement, indent)]

    def _statement(self, node: ast.stmt, indent: str) -> list[str]:
        deeper = indent + "  "
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            return [f"{indent}{self.value(node.targets[0])} = {self.value(node.value)};"]
        if isinstance(node, ast.AugAssign) and type(node.op) in _BINARY:
            return [f"{indent}{self.value(node.target)} {_BINARY[type(node.op)][0]}= {self.value(node.value)};"]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            return [f"{indent}{self.value(node.value)};"]
        if isinstance(node, ast.Return):
            return [f"{indent}return{' ' + self.value(node.value) if node.value else ''};"]
        if isinstance(node, ast.Break | ast.Continue | ast.Pass):
            return [f"{indent}{type(node).__name__.lower()};"] if not isinstance(node, ast.Pass) else []
        if isinstance(node, ast.While) and not node.orelse:
            return [f"{indent}while ({self.value(node.test)}) {{", *self._block(node.body, deeper), f"{indent}}}"]
        if isinstance(node, ast.If):
            lines = [f"{indent}if ({self.value(node.test)}) {{", *self._block(node.body, deeper)]
            if node.orelse:
                lines += [f"{indent}}} else {{", *self._block(node.orelse, deeper)]
            return [*lines, f"{indent}}}"]
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and not node.orelse:
            return [self._loop(node, node.target.id, indent), *self._block(node.body, deeper), f"{indent}}}"]
        raise self._outside(node)

    def _loop(self, node: ast.For, i: str, indent: str) -> str:
        call = node.iter
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "range"):
            raise self._outside(node)
        bounds = [self.value(a) for a in call.args]
        start, stop = ("0", bounds[0]) if len(bounds) == 1 else (bounds[0], bounds[1])
        step = bounds[2] if len(bounds) == 3 else "1"
        if step.startswith("-"):
            raise self._outside(node)
        return f"{indent}for ({i} = {start}; {i} < {stop}; {i} += {step}) {{"

    # ------------------------------------------------------------------------------ expressions
    def value(self, node: ast.expr, outer: int = 0) -> str:
        """Write an expression; `outer` is how tightly what is around it binds."""
        if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
            sign, rank = _BINARY[type(node.op)]
            text = f"{self.value(node.left, rank)} {sign} {self.value(node.right, rank + 1)}"
            return f"({text})" if rank < outer else text
        if isinstance(node, ast.Name):
            known = self.constants.get(node.id)
            return repr(known) if isinstance(known, int | float) else _named(node.id)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return repr(node.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            return "true" if node.value else "false"
        if isinstance(node, ast.Subscript):
            return f"{self.value(node.value)}[{self.value(node.slice)}]"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return f"(-{self.value(node.operand, 3)})"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!({self.value(node.operand)})"
        if isinstance(node, ast.BoolOp):
            sign = " && " if isinstance(node.op, ast.And) else " || "
            return "(" + sign.join(self.value(v) for v in node.values) + ")"
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARE:
            sign = _COMPARE[type(node.ops[0])]
            return f"({self.value(node.left)} {sign} {self.value(node.comparators[0])})"
        if isinstance(node, ast.IfExp):
            return f"({self.value(node.test)} ? {self.value(node.body)} : {self.value(node.orelse)})"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            return self._call(node.func.id, [self.value(a) for a in node.args])
        raise self._outside(node)

    def _call(self, name: str, arguments: list[str]) -> str:
        if name == "tail":
            return f"{arguments[0]}.subarray({arguments[1]})"
        return f"{_CALLS.get(name, name)}({', '.join(arguments)})"

    def _outside(self, node: ast.AST) -> KernelError:
        line = getattr(node, "lineno", "?")
        return KernelError(f"{self.function.name}, line {line}: {ast.unparse(node)!r} has no JavaScript here")


def _named(name: str) -> str:
    """Keep a name apart from the words of JavaScript."""
    return f"{name}_" if name in _RESERVED else name
