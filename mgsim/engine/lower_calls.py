"""Turn kernel functions into LLVM IR text: the calls."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mgsim.engine.lower_inline import is_choice, write_inline
from mgsim.engine.lower_writer import ELEMENT, LLVM, Value
from mgsim.engine.program import INTRINSICS
from mgsim.engine.vector_functions import VECTOR_ONLY

if TYPE_CHECKING:
    from mgsim.engine.lower_expressions import Expressions


def write_call(body: Expressions, node: ast.Call, *, statement: bool) -> Value | None:
    """Write a call of an intrinsic or of another function of the source."""
    if not isinstance(node.func, ast.Name) or node.keywords:
        raise body.error("call a function by its name with positional arguments", node)
    name = node.func.id
    arguments = [body.expression(a) for a in node.args]
    callee = body.program.functions.get(name)
    if callee is None:
        if name not in INTRINSICS:
            known = ", ".join([*INTRINSICS, *body.program.functions])
            raise body.error(f"there is no function {name!r} (known: {known})", node)
        return _intrinsic(body, name, arguments, node)
    if len(arguments) != len(callee.parameters):
        raise body.error(f"{name} takes {len(callee.parameters)} arguments, not {len(arguments)}", node)
    arguments = [
        body.convert(value, kind, node, f"argument {parameter!r}")
        for value, (parameter, kind) in zip(arguments, callee.parameters, strict=True)
    ]
    if body.straight and is_choice(callee):
        return write_inline(body, callee, arguments)
    operands = []
    for value, (_, kind) in zip(arguments, callee.parameters, strict=True):
        operands.append(f"{LLVM[kind]} {value.text}")
        if value.kind in ELEMENT:
            body.forget(value.text)
    text = f"call {LLVM[callee.returns]} @{name}({', '.join(operands)})"
    if callee.returns is None:
        if not statement:
            raise body.error(f"{name} returns nothing", node)
        body.emit(text)
        return None
    return Value(callee.returns, body.assign(text))


def _intrinsic(body: Expressions, name: str, arguments: list[Value], node: ast.Call) -> Value:
    wanted = {"max": 2, "min": 2, "tail": 2}.get(name, 1)
    while name in ("max", "min") and len(arguments) > 2:
        arguments = [_extreme(body, name, arguments[0], arguments[1], node), *arguments[2:]]
    if len(arguments) != wanted:
        raise body.error(f"{name} takes {wanted} argument{'s' if wanted > 1 else ''}", node)
    first = arguments[0]
    if name == "tail":
        if first.kind not in ELEMENT or arguments[1].kind != "integer":
            raise body.error("tail takes an array and an integer", node)
        body.known, body.forwards = {}, False  # two names may now mean one element
        element = LLVM[ELEMENT[first.kind]]
        place = f"getelementptr inbounds {element}, ptr {first.text}, i64 {arguments[1].text}"
        return Value(first.kind, body.assign(place))
    if name in ("max", "min"):
        return _extreme(body, name, first, arguments[1], node)
    if name == "abs" and first.kind == "integer":
        return Value("integer", body.assign(f"call i64 @llvm.abs.i64(i64 {first.text}, i1 false)"))
    if name == "int":
        value = body.convert(first, "real", node, "the argument")
        return Value("integer", body.assign(f"fptosi double {value.text} to i64"))
    value = body.convert(first, "real", node, "the argument")
    if name == "float":
        return value
    if name in VECTOR_ONLY:
        return Value("real", body.assign(f"call double @mgsim_one_{name}(double {value.text})"))
    function = {"abs": "fabs"}.get(name, name)
    return Value("real", body.assign(f"call double @llvm.{function}.f64(double {value.text})"))


def _extreme(body: Expressions, name: str, first: Value, second: Value, node: ast.Call) -> Value:
    """Python's rule: the second only if it is beyond the first, so a NaN in the first stays."""
    kind = "integer" if first.kind == second.kind == "integer" else "real"
    first, second = (body.convert(v, kind, node, "the argument") for v in (first, second))
    order = {"max": "gt", "min": "lt"}[name]
    compare = f"icmp s{order} i64" if kind == "integer" else f"fcmp o{order} double"
    test = body.assign(f"{compare} {second.text}, {first.text}")
    return Value(kind, body.assign(f"select i1 {test}, {LLVM[kind]} {second.text}, {LLVM[kind]} {first.text}"))
