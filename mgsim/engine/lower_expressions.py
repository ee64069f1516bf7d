"""Turn kernel functions into LLVM IR text: the expressions."""

from __future__ import annotations

import ast
import struct
from typing import NamedTuple

from mgsim.engine.program import INTRINSICS, Function, KernelError, Program

LLVM = {"array": "ptr", "ints": "ptr", "real": "double", "integer": "i64", "condition": "i1", None: "void"}
"""The LLVM type of each kind."""

_ELEMENT = {"array": "real", "ints": "integer"}
_REAL_OPS = {ast.Add: "fadd contract", ast.Sub: "fsub contract", ast.Mult: "fmul contract", ast.Div: "fdiv contract"}
_INTEGER_OPS = {ast.Add: "add nsw", ast.Sub: "sub nsw", ast.Mult: "mul nsw"}
# As in Python, every comparison with NaN is false, except that NaN is unequal to everything.
_REAL_COMPARISONS = {ast.Lt: "olt", ast.LtE: "ole", ast.Gt: "ogt", ast.GtE: "oge", ast.Eq: "oeq", ast.NotEq: "une"}
_INTEGER_COMPARISONS = {ast.Lt: "slt", ast.LtE: "sle", ast.Gt: "sgt", ast.GtE: "sge", ast.Eq: "eq", ast.NotEq: "ne"}


class Value(NamedTuple):
    """An LLVM operand and its kind."""

    kind: str
    text: str

    @staticmethod
    def number(number: int | float) -> Value:
        """Make a literal."""
        if isinstance(number, int):
            return Value("integer", str(int(number)))
        return Value("real", "0x" + struct.pack(">d", number).hex().upper())

    def number_value(self) -> int | None:
        """Give the number of an integer literal, None for anything else."""
        return int(self.text) if self.kind == "integer" and self.text[0] != "%" else None


class WidenName(Exception):
    """A local name first held an integer and then takes a real."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Expressions:
    """The state while one function is written, and its expressions."""

    def __init__(self, program: Program, function: Function) -> None:
        self.program = program
        self.function = function
        self.straight = False
        self.forwards = False  # whether loads and stores are remembered
        self.lines: list[str] = []
        self.slots: list[str] = []
        self.values: dict[str, Value] = {}  # parameters, and in straight-line functions every local
        self.named: dict[str, tuple[str, str]] = {}  # locals in stack slots: kind and slot
        self.known: dict[tuple[str, str], str] = {}  # elements already loaded or stored, by array and index
        self.current = "entry"
        self.count = 0
        self._handlers = {
            ast.Name: self._name, ast.Constant: self._constant, ast.BinOp: self._binop, ast.UnaryOp: self._unary,
            ast.Subscript: self._subscript, ast.Compare: self._compare, ast.BoolOp: self._boolean,
            ast.IfExp: self._choice, ast.Call: self._call_value,
        }

    # --- writing ------------------------------------------------------------------------------------

    def emit(self, text: str) -> None:
        """Append one instruction."""
        self.lines.append("  " + text)

    def assign(self, text: str) -> str:
        """Append one instruction and give the name of its value."""
        self.count += 1
        name = f"%v{self.count}"
        self.lines.append(f"  {name} = {text}")
        return name

    def label(self) -> str:
        """Make a new label."""
        self.count += 1
        return f"b{self.count}"

    def start(self, label: str) -> None:
        """Begin a basic block."""
        self.current = label
        self.lines.append(f"{label}:")

    def error(self, message: str, node: ast.AST) -> KernelError:
        """Make an error that names the place."""
        text = ast.unparse(node).splitlines()[0]
        return KernelError(f"{self.function.name}, line {getattr(node, 'lineno', '?')}: {message}: {text}")

    # --- values -------------------------------------------------------------------------------------

    def expression(self, node: ast.expr) -> Value:
        """Write an expression and give its value."""
        handler = self._handlers.get(type(node))
        if handler is None:
            raise self.error(f"{type(node).__name__} is not part of the subset", node)
        return handler(node)  # type: ignore[operator]

    def convert(self, value: Value, kind: str | None, node: ast.AST, what: str) -> Value:
        """Make a value of the wanted kind; only an integer becomes something else, a real."""
        if value.kind == kind:
            return value
        if value.kind == "integer" and kind == "real":
            number = value.number_value()
            if number is not None:
                return Value.number(float(number))
            return Value("real", self.assign(f"sitofp i64 {value.text} to double"))
        raise self.error(f"{what} should be {kind}, not {value.kind}", node)

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
            return Value("real", self.assign(f"fneg double {self.convert(value, 'real', node, 'the operand').text}"))
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
        if array.kind not in _ELEMENT:
            raise self.error(f"{name!r} is not an array", node)
        return _ELEMENT[array.kind], array.text, index.text

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
                self._forget(array)
            else:
                for key in [k for k in self.known if k[0] == array and k[1][0] == "%"]:
                    del self.known[key]
            self.known[array, index] = value.text

    def _forget(self, array: str) -> None:
        for key in [k for k in self.known if k[0] == array]:
            del self.known[key]

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
        for following in node.values[1:]:
            first, more, after = self.current, self.label(), self.label()
            self.emit(f"br i1 {value}, label %{after if stop else more}, label %{more if stop else after}")
            self.start(more)
            learned = dict(self.known)
            second, last = self.condition(following), self.current
            self._rejoin(after, learned)
            early = "true" if stop else "false"
            value = self.assign(f"phi i1 [ {early}, %{first} ], [ {second}, %{last} ]")
        return Value("condition", value)

    def _choice(self, node: ast.IfExp) -> Value:
        test = self.condition(node.test)
        yes, no, after = self.label(), self.label(), self.label()
        self.emit(f"br i1 {test}, label %{yes}, label %{no}")
        learned = dict(self.known)
        self.start(yes)
        left, left_end = self.expression(node.body), self.current
        self.emit(f"br label %{after}")
        self.known = dict(learned)
        self.start(no)
        right = self.expression(node.orelse)
        if left.number_value() is not None and right.kind == "real":  # a literal needs no instruction
            left = self.convert(left, "real", node, "the first value")
        elif right.number_value() is not None and left.kind == "real":
            right = self.convert(right, "real", node, "the second value")
        right_end = self.current
        self._rejoin(after, learned)
        if left.kind != right.kind:
            raise self.error(f"one value is {left.kind}, the other {right.kind}", node)
        incoming = f"[ {left.text}, %{left_end} ], [ {right.text}, %{right_end} ]"
        return Value(left.kind, self.assign(f"phi {LLVM[left.kind]} {incoming}"))

    def _rejoin(self, after: str, learned: dict[tuple[str, str], str]) -> None:
        """End a side branch: what was loaded only there is not known afterwards."""
        self.emit(f"br label %{after}")
        self.known = {key: value for key, value in learned.items() if self.known.get(key) == value}
        self.start(after)

    # --- calls --------------------------------------------------------------------------------------

    def _call_value(self, node: ast.Call) -> Value:
        value = self.call(node, statement=False)
        assert value is not None
        return value

    def call(self, node: ast.Call, *, statement: bool) -> Value | None:
        """Write a call of an intrinsic or of another function of the source."""
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self.error("call a function by its name with positional arguments", node)
        name = node.func.id
        arguments = [self.expression(a) for a in node.args]
        callee = self.program.functions.get(name)
        if callee is None:
            if name not in INTRINSICS:
                known = ", ".join([*INTRINSICS, *self.program.functions])
                raise self.error(f"there is no function {name!r} (known: {known})", node)
            return self._intrinsic(name, arguments, node)
        if len(arguments) != len(callee.parameters):
            raise self.error(f"{name} takes {len(callee.parameters)} arguments, not {len(arguments)}", node)
        operands = []
        for value, (parameter, kind) in zip(arguments, callee.parameters, strict=True):
            value = self.convert(value, kind, node, f"argument {parameter!r}")
            operands.append(f"{LLVM[kind]} {value.text}")
            if value.kind in _ELEMENT:
                self._forget(value.text)
        text = f"call {LLVM[callee.returns]} @{name}({', '.join(operands)})"
        if callee.returns is None:
            if not statement:
                raise self.error(f"{name} returns nothing", node)
            self.emit(text)
            return None
        return Value(callee.returns, self.assign(text))

    def _intrinsic(self, name: str, arguments: list[Value], node: ast.Call) -> Value:
        wanted = {"max": 2, "min": 2, "tail": 2}.get(name, 1)
        while name in ("max", "min") and len(arguments) > 2:
            arguments = [self._extreme(name, arguments[0], arguments[1], node), *arguments[2:]]
        if len(arguments) != wanted:
            raise self.error(f"{name} takes {wanted} argument{'s' if wanted > 1 else ''}", node)
        first = arguments[0]
        if name == "tail":
            if first.kind not in _ELEMENT or arguments[1].kind != "integer":
                raise self.error("tail takes an array and an integer", node)
            self.known, self.forwards = {}, False  # two names may now mean one element
            element = LLVM[_ELEMENT[first.kind]]
            place = f"getelementptr inbounds {element}, ptr {first.text}, i64 {arguments[1].text}"
            return Value(first.kind, self.assign(place))
        if name in ("max", "min"):
            return self._extreme(name, first, arguments[1], node)
        if name == "abs" and first.kind == "integer":
            return Value("integer", self.assign(f"call i64 @llvm.abs.i64(i64 {first.text}, i1 false)"))
        if name == "int":
            value = self.convert(first, "real", node, "the argument")
            return Value("integer", self.assign(f"fptosi double {value.text} to i64"))
        value = self.convert(first, "real", node, "the argument")
        if name == "float":
            return value
        function = {"abs": "fabs"}.get(name, name)
        return Value("real", self.assign(f"call double @llvm.{function}.f64(double {value.text})"))

    def _extreme(self, name: str, first: Value, second: Value, node: ast.Call) -> Value:
        """Python's rule: the second only if it is beyond the first, so a NaN in the first stays."""
        kind = "integer" if first.kind == second.kind == "integer" else "real"
        first, second = (self.convert(v, kind, node, "the argument") for v in (first, second))
        order = {"max": "gt", "min": "lt"}[name]
        compare = f"icmp s{order} i64" if kind == "integer" else f"fcmp o{order} double"
        test = self.assign(f"{compare} {second.text}, {first.text}")
        return Value(kind, self.assign(f"select i1 {test}, {LLVM[kind]} {second.text}, {LLVM[kind]} {first.text}"))
