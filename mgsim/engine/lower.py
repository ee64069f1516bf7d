"""Turn kernel functions into LLVM IR text: the statements.

Straight-line functions keep every name as a value and forward stores to later loads, so that ten
thousand generated statements need no optimiser; functions with loops keep names in stack slots,
which LLVM turns into registers.
"""

from __future__ import annotations

import ast

from mgsim.engine.exponentials import gather
from mgsim.engine.lower_calls import write_call
from mgsim.engine.lower_expressions import Expressions
from mgsim.engine.lower_writer import LLVM, Value, WidenName
from mgsim.engine.program import Function, Program, is_straight
from mgsim.engine.vector_functions import vector_functions

_INTRINSIC_DECLARATIONS = """
declare double @llvm.fabs.f64(double)
declare double @llvm.sqrt.f64(double)
declare double @llvm.exp.f64(double)
declare double @llvm.log.f64(double)
declare i64 @llvm.abs.i64(i64, i1)
"""


def lower(program: Program, exports: set[str], *, only: set[str] | None = None) -> str:
    """Write LLVM IR text for a program.

    Parameters
    ----------
    program : Program
    exports : set of str
        Functions visible from outside the module.
    only : set of str, optional
        Write only these functions, and declare the others.

    Raises
    ------
    KernelError
        If a function leaves the subset.
    """
    names = set(program.functions) if only is None else only
    parts = [_INTRINSIC_DECLARATIONS, vector_functions()]
    for name, constant in program.constants.items():
        if isinstance(constant, tuple):
            items = ", ".join("double " + Value.number(float(v)).text for v in constant)
            parts.append(f"@{name} = private unnamed_addr constant [{len(constant)} x double] [{items}]")
    for name, function in program.functions.items():
        if name in names:
            parts.append(_lower_function(program, function, name in exports))
        else:
            parts.append(f"declare {LLVM[function.returns]} @{name}({_kinds(function)}) nounwind")
    return "\n".join(parts)


def _kinds(function: Function) -> str:
    return ", ".join(LLVM[kind] + (" noalias" if LLVM[kind] == "ptr" else "") for _, kind in function.parameters)


def _lower_function(program: Program, function: Function, exported: bool) -> str:
    widened: set[str] = set()
    while True:  # a local that first looked like an integer and then takes a real starts the function again
        try:
            return _Body(program, function, widened).text(exported)
        except WidenName as found:
            widened.add(found.name)


class _Body(Expressions):
    """The statements of one function."""

    def __init__(self, program: Program, function: Function, widened: set[str]) -> None:
        super().__init__(program, function)
        self.widened = widened
        self.loops: list[tuple[str, str]] = []
        self.terminated = False

    def text(self, exported: bool) -> str:
        function = self.function
        self.straight = self.forwards = is_straight(function.body)
        signature = []
        for name, kind in function.parameters:
            signature.append(f"{LLVM[kind]}{' noalias' if LLVM[kind] == 'ptr' else ''} %{name}")
            self.values[name] = Value(kind, f"%{name}")
        if not self.straight:
            self._spill_assigned_parameters()
        self._block(function.body)
        if not self.terminated:
            if function.returns is not None:
                raise self.error("not every path returns a value", function.body[-1])
            self.emit("ret void")
        if self.straight:
            self.lines = gather(self.lines)
        linkage = "" if exported else "internal "
        result = LLVM[function.returns]
        head = f"define {linkage}{result} @{function.name}({', '.join(signature)}) nounwind {{"
        return "\n".join([head, "entry:", *self.slots, *self.lines, "}"])

    def _spill_assigned_parameters(self) -> None:
        assigned = {
            n.id
            for s in self.function.body
            for n in ast.walk(s)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        for name, _ in self.function.parameters:
            if name in assigned:
                value = self.values.pop(name)
                self._store_name(name, value)

    def _block(self, body: list[ast.stmt]) -> None:
        for statement in body:
            if self.terminated:
                raise self.error("this statement can never run", statement)
            handler = getattr(self, "_" + type(statement).__name__.lower(), None)
            if handler is None:
                raise self.error(f"{type(statement).__name__} is not part of the subset", statement)
            handler(statement)

    # --- assignment ---------------------------------------------------------------------------------

    def _assign(self, node: ast.Assign) -> None:
        if len(node.targets) != 1:
            raise self.error("write one assignment a line", node)
        self._store(node.targets[0], self.expression(node.value))

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value is None:
            raise self.error("a declaration needs a value", node)
        self._store(node.target, self.expression(node.value))

    def _augassign(self, node: ast.AugAssign) -> None:
        value = self.binary(node.op, self.expression(node.target), self.expression(node.value), node)
        self._store(node.target, value)

    def _store(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            if target.id in self.program.constants:
                raise self.error(f"{target.id!r} is a constant", target)
            if self.straight:
                self.values[target.id] = value
            else:
                self._store_name(target.id, value)
        elif isinstance(target, ast.Subscript):
            self.store_element(target, value)
        else:
            raise self.error("assign to a name or to an element", target)

    def _store_name(self, name: str, value: Value) -> None:
        kind, slot = self.named.get(name, (None, f"%slot.{name}"))
        if kind is None:
            kind = "real" if name in self.widened and value.kind == "integer" else value.kind
            self.named[name] = (kind, slot)
            self.slots.append(f"  {slot} = alloca {LLVM[kind]}")
        elif kind == "integer" and value.kind == "real":
            raise WidenName(name)
        value = self.convert(value, kind, self.function.body[0], f"{name!r}")
        self.emit(f"store {LLVM[kind]} {value.text}, ptr {slot}")

    # --- control ------------------------------------------------------------------------------------

    def _expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Call):
            raise self.error("an expression alone does nothing", node)
        write_call(self, node.value, statement=True)

    def _pass(self, node: ast.Pass) -> None:
        pass

    def _return(self, node: ast.Return) -> None:
        kind = self.function.returns
        if (node.value is None) != (kind is None):
            raise self.error(f"{self.function.name} is declared to return {kind}", node)
        if node.value is None:
            self.emit("ret void")
        else:
            value = self.convert(self.expression(node.value), kind, node, "the returned value")
            self.emit(f"ret {LLVM[kind]} {value.text}")
        self.terminated = True

    def _if(self, node: ast.If) -> None:
        yes, no, after = self.label(), self.label(), self.label()
        test = self.condition(node.test)
        self.emit(f"br i1 {test}, label %{yes}, label %{no if node.orelse else after}")
        ends = []
        for label, body in ((yes, node.body), (no, node.orelse)):
            if body:
                self.start(label)
                self._block(body)
                ends.append(self.terminated)
                self._jump(after)
            else:
                ends.append(False)
        if all(ends):
            self.terminated = True
        else:
            self.start(after)

    def _while(self, node: ast.While) -> None:
        test, body, after = self.label(), self.label(), self.label()
        self._jump(test)
        self.start(test)
        self.emit(f"br i1 {self.condition(node.test)}, label %{body}, label %{after}")
        self._loop(node, body, test, after)
        self.start(after)

    def _for(self, node: ast.For) -> None:
        call = node.iter
        if not (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "range"
            and 1 <= len(call.args) <= 3
            and isinstance(node.target, ast.Name)
        ):
            raise self.error("a for loop runs over range(...) with one name", node)
        limits = [self.expression(a) for a in call.args]
        if any(limit.kind != "integer" for limit in limits):
            raise self.error("the limits of range must be integers", node)
        first, stop = ("0", limits[0].text) if len(limits) == 1 else (limits[0].text, limits[1].text)
        step = limits[2].number_value() if len(limits) == 3 else 1
        if not step:
            raise self.error("the step of range must be a constant other than 0", node)
        counter = f"%counter.{self.label()}"
        self.slots.append(f"  {counter} = alloca i64")
        self.emit(f"store i64 {first}, ptr {counter}")
        test, body, following, after = self.label(), self.label(), self.label(), self.label()
        self._jump(test)
        self.start(test)
        now = self.assign(f"load i64, ptr {counter}")
        more = self.assign(f"icmp {'slt' if step > 0 else 'sgt'} i64 {now}, {stop}")
        self.emit(f"br i1 {more}, label %{body}, label %{after}")
        self.start(body)
        self._store_name(node.target.id, Value("integer", now))
        inside = self.label()
        self._jump(inside)
        self._loop(node, inside, following, after)
        self.start(following)
        now = self.assign(f"load i64, ptr {counter}")
        self.emit(f"store i64 {self.assign(f'add nsw i64 {now}, {step}')}, ptr {counter}")
        self._jump(test)
        self.start(after)

    def _loop(self, node: ast.For | ast.While, body: str, following: str, after: str) -> None:
        if node.orelse:
            raise self.error("a loop with else is not part of the subset", node)
        self.start(body)
        self.loops.append((following, after))
        self._block(node.body)
        self.loops.pop()
        self._jump(following)

    def _break(self, node: ast.Break) -> None:
        self._jump(self.loops[-1][1])
        self.terminated = True

    def _continue(self, node: ast.Continue) -> None:
        self._jump(self.loops[-1][0])
        self.terminated = True

    def _jump(self, label: str) -> None:
        if not self.terminated:
            self.emit(f"br label %{label}")

    def start(self, label: str) -> None:
        super().start(label)
        self.terminated = False
