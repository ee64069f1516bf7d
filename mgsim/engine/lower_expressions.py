"""Turn kernel functions into LLVM IR text: the expressions."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from mgsim.engine.lower_calls import write_call
from mgsim.engine.lower_inline import is_harmless
from mgsim.engine.lower_writer import ELEMENT, LLVM, Value, Writer
from mgsim.engine.program import Function, Program

_REAL_OPS = {
    ast.Add: "fadd contract",
    ast.Sub: "fsub contract",
    ast.Mult: "fmul contract",
    ast.Div: "fdiv contract",
}
_INTEGER_OPS = {ast.Add: "add nsw", ast.Sub: "sub nsw", ast.Mult: "mul nsw"}
# As in Python, every comparison with NaN is false, except that NaN is unequal to everything.
_REAL_COMPARISONS = {
    ast.Lt: "olt",
    ast.LtE: "ole",
    ast.Gt: "ogt",
    ast.GtE: "oge",
    ast.Eq: "oeq",
    ast.NotEq: "une",
}
_INTEGER_COMPARISONS = {
    ast.Lt: "slt",
    ast.LtE: "sle",
    ast.Gt: "sgt",
    ast.GtE: "sge",
    ast.Eq: "eq",
    ast.NotEq: "ne",
}


class Expressions(Writer):
    """A writer of expressions."""

    def __init__(self, program: Program, function: Function) -> None:
        super().__init__(program, function)
        self._handlers: dict[type, Callable[[Any], Value]] = {
            ast.Name: self._name,
            ast.Constant: self._constant,
            ast.BinOp: self._binop,
            ast.UnaryOp: self._unary,
            ast.Subscript: self._subscript,
            ast.Compare: self._compare,
            ast.BoolOp: self._boolean,
            ast.IfExp: self._choice,
            ast.Call: self._call_value,
        }

    def expression(self, node: ast.expr) -> Value:
        """Write an expression and give its value."""
        handler = self._handlers.get(type(node))
        if handler is None:
            raise self.error(f"{type(node).__name__} is not part of the subset", node)
        return handler(node)

    def condition(self, node: ast.expr) -> str:
        """Write a test and give its i1 operand."""
        value = self.expression(node)
        if value.kind != "condition":
            raise self.error("a test must be a comparison", node)
        return value.text

    def _name(self, node: ast.Name) -> Value:
        name = node.id
        value = self.values.get(name)
        if value is not None:
            return value
        if name in self.named:
            kind, slot = self.named[name]
            return Value(kind, self.assign(f"load {LLVM[kind]}, ptr {slot}"))
        constant = self.program.constants.get(name)
        if isinstance(constant, int | float):
            return Value.number(constant)
        raise self.error(f"{name!r} has no value here", node)

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, bool):
            return Value("condition", "true" if node.value else "false")
        if isinstance(node.value, int | float):
            return Value.number(node.value)
        raise self.error("only numbers may be written", node)

    def _binop(self, node: ast.BinOp) -> Value:
        return self.binary(node.op, self.expression(node.left), self.expression(node.right), node)

    def binary(self, op: ast.operator, left: Value, right: Value, node: ast.AST) -> Value:
        """Write an arithmetic operation."""
        kind = type(op)
        if left.kind == right.kind == "integer" and kind is not ast.Div:
            name = _INTEGER_OPS.get(kind)
            if name is None:
                raise self.error(f"integers have + - and *, not {kind.__name__}", node)
            a, b = left.number_value(), right.number_value()
            if a is not None and b is not None:
                return Value.number(a + b if kind is ast.Add else a - b if kind is ast.Sub else a * b)
            return Value("integer", self.assign(f"{name} i64 {left.text}, {right.text}"))
        name = _REAL_OPS.get(kind)
        if name is None:
            raise self.error(f"reals have + - * and /, not {kind.__name__}", node)
        if left.kind != "real":
            left = self.convert(left, "real", node, "the left side")
        if right.kind != "real":
            right = self.convert(right, "real", node, "the right side")
        return Value("real", self.assign(f"{name} double {left.text}, {right.text}"))

    def _unary(self, node: ast.UnaryOp) -> Value:
        if isinstance(node.op, ast.Not):
            return Value("condition", self.assign(f"xor i1 {self.condition(node.operand)}, true"))
        if isinstance(node.op, ast.USub):
            if isinstance(node.operand, ast.Constant) and isinstance(node.operand.value, int | float):
                return Value.number(-node.operand.value)
            value = self.expression(node.operand)
            if value.kind == "integer":
                return self.binary(ast.Sub(), Value.number(0), value, node)
            return Value(
                "real", self.assign(f"fneg double {self.convert(value, 'real', node, 'the operand').text}")
            )
        if isinstance(node.op, ast.UAdd):
            return self.expression(node.operand)
        raise self.error("this operator is not part of the subset", node)

    # --- elements -----------------------------------------------------------------------------------

    def _element(self, node: ast.Subscript) -> tuple[str, str, str]:
        """Kind, array operand and index operand of an element."""
        if not isinstance(node.value, ast.Name):
            raise self.error("only a named array has elements", node)
        index = self.expression(node.slice)
        if index.kind != "integer":
            raise self.error("an index must be an integer", node)
        name = node.value.id
        constant = self.program.constants.get(name)
        if isinstance(constant, tuple):
            return "constant", f"@{name}", index.text
        array = self._name(node.value)
        if array.kind not in ELEMENT:
            raise self.error(f"{name!r} is not an array", node)
        return ELEMENT[array.kind], array.text, index.text

    def _subscript(self, node: ast.Subscript) -> Value:
        kind, array, index = self._element(node)
        if kind == "constant":
            if index[0] != "%":
                items = self.program.constants[array[1:]]
                assert isinstance(items, tuple)
                if not 0 <= int(index) < len(items):
                    raise self.error(f"the tuple has {len(items)} items", node)
                return Value.number(float(items[int(index)]))
            kind = "real"
        elif (array, index) in self.known:
            return Value(kind, self.known[array, index])
        place = self.assign(f"getelementptr inbounds {LLVM[kind]}, ptr {array}, i64 {index}")
        value = self.assign(f"load {LLVM[kind]}, ptr {place}")
        if self.forwards:
            self.known[array, index] = value
        return Value(kind, value)

    def store_element(self, node: ast.Subscript, value: Value) -> None:
        """Write one element of an array."""
        kind, array, index = self._element(node)
        if kind == "constant":
            raise self.error("a constant cannot be changed", node)
        value = self.convert(value, kind, node, "the element")
        place = self.assign(f"getelementptr inbounds {LLVM[kind]}, ptr {array}, i64 {index}")
        self.emit(f"store {LLVM[kind]} {value.text}, ptr {place}")
        if self.forwards:
            if index[0] == "%":  # it may be any element
                self.forget(array)
            else:
                for key in [k for k in self.known if k[0] == array and k[1][0] == "%"]:
                    del self.known[key]
            self.known[array, index] = value.text

    # --- conditions ---------------------------------------------------------------------------------

    def _compare(self, node: ast.Compare) -> Value:
        if len(node.ops) != 1:
            raise self.error("write a chained comparison with and", node)
        left, right = self.expression(node.left), self.expression(node.comparators[0])
        op = type(node.ops[0])
        if op not in _REAL_COMPARISONS:
            raise self.error("this comparison is not part of the subset", node)
        if left.kind == right.kind == "integer":
            return Value("condition", self.assign(f"icmp {_INTEGER_COMPARISONS[op]} i64 {left.text}, {right.text}"))
        left = self.convert(left, "real", node, "the left side")
        right = self.convert(right, "real", node, "the right side")
        return Value("condition", self.assign(f"fcmp {_REAL_COMPARISONS[op]} double {left.text}, {right.text}"))

    def _boolean(self, node: ast.BoolOp) -> Value:
        stop = isinstance(node.op, ast.Or)
        value = self.condition(node.values[0])
        if self.straight and is_harmless(node):
            for following in node.values[1:]:
                value = self.assign(f"{'or' if stop else 'and'} i1 {value}, {self.condition(following)}")
            return Value("condition", value)
        for following in node.values[1:]:
            first, more, after = self.current, self.label(), self.label()
            self.emit(f"br i1 {value}, label %{after if stop else more}, label %{more if stop else after}")
            self.start(more)
            learned = dict(self.known)
            second, last = self.condition(following), self.current
            self.rejoin(after, learned)
            early = "true" if stop else "false"
            value = self.assign(f"phi i1 [ {early}, %{first} ], [ {second}, %{last} ]")
        return Value("condition", value)

    def _choice(self, node: ast.IfExp) -> Value:
        test = self.condition(node.test)
        if self.straight and is_harmless(node):
            return self.select(test, self.expression(node.body), self.expression(node.orelse), node)
        yes, no, after = self.label(), self.label(), self.label()
        self.emit(f"br i1 {test}, label %{yes}, label %{no}")
        learned = dict(self.known)
        self.start(yes)
        left, left_end = self.expression(node.body), self.current
        self.emit(f"br label %{after}")
        self.known = dict(learned)
        self.start(no)
        right = self.expression(node.orelse)
        left, right = self._alike(left, right, node)
        right_end = self.current
        self.rejoin(after, learned)
        incoming = f"[ {left.text}, %{left_end} ], [ {right.text}, %{right_end} ]"
        return Value(left.kind, self.assign(f"phi {LLVM[left.kind]} {incoming}"))

    def select(self, test: str, left: Value, right: Value, node: ast.AST) -> Value:
        """Write a choice between two values that are both known."""
        left, right = self._alike(left, right, node)
        kind = LLVM[left.kind]
        return Value(left.kind, self.assign(f"select i1 {test}, {kind} {left.text}, {kind} {right.text}"))

    def _alike(self, left: Value, right: Value, node: ast.AST) -> tuple[Value, Value]:
        """Give two values one kind; only a literal changes, which needs no instruction."""
        if left.number_value() is not None and right.kind == "real":
            left = self.convert(left, "real", node, "the first value")
        elif right.number_value() is not None and left.kind == "real":
            right = self.convert(right, "real", node, "the second value")
        if left.kind != right.kind:
            raise self.error(f"one value is {left.kind}, the other {right.kind}", node)
        return left, right

    def _call_value(self, node: ast.Call) -> Value:
        value = write_call(self, node, statement=False)
        assert value is not None
        return value
