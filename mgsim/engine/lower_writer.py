"""Turn kernel functions into LLVM IR text: the lines and the values."""

from __future__ import annotations

import ast
import struct
from typing import NamedTuple

from mgsim.engine.program import Function, KernelError, Program

LLVM = {"array": "ptr", "ints": "ptr", "real": "double", "integer": "i64", "condition": "i1", None: "void"}
"""The LLVM type of each kind."""

ELEMENT = {"array": "real", "ints": "integer"}
"""The kind of an element of each kind of array."""


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


class Writer:
    """The lines of one function while it is written, and what is known about its names and elements."""

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

    def forget(self, array: str) -> None:
        """Take nothing as known about the elements of an array."""
        for key in [k for k in self.known if k[0] == array]:
            del self.known[key]

    def rejoin(self, after: str, learned: dict[tuple[str, str], str]) -> None:
        """End a side branch: what was loaded only there is not known afterwards."""
        self.emit(f"br label %{after}")
        self.known = {key: value for key, value in learned.items() if self.known.get(key) == value}
        self.start(after)
