"""Compute the exponentials of straight-line code four at a time.

A model's rates hold dozens of exponentials that do not depend on each other. One call of the C
library for each would cost a third of the whole function; here they are gathered, level by level of
what they need, and computed in vector registers, correct to one unit in the last place.
"""

from __future__ import annotations

import math
import re

from mgsim.engine.lower_writer import Value
from mgsim.engine.program import LINOID, SERIES_BELOW

_LANES = 4
_FEWEST = 3
VECTOR_ONLY = ("linoid", "logistic")
"""Functions around an exponential that have no other form than the one in vector registers."""

_CALLS = {"exp": "call double @llvm.exp.f64(double "} | {n: f"call double @mgsim_one_{n}(double " for n in VECTOR_ONLY}
_OPERAND = re.compile(r"%[A-Za-z_][\w.]*")
_BASE = re.compile(r"getelementptr inbounds \w+, ptr (%[\w.]+),")
_VECTOR = f"<{_LANES} x double>"


def gather(lines: list[str]) -> list[str]:
    """Reorder the instructions of one basic block so that its exponentials stand together.

    Lines that cannot be reordered safely, because an array is both read and written or a function
    with arrays is called, are given back as they are.
    """
    called = [_called(line) for line in lines]
    if sum(name != "" for name in called) < _FEWEST or not _may_reorder(lines):
        return lines
    operands = [_OPERAND.findall(line) for line in lines]
    made = {names[0]: i for i, names in enumerate(operands) if " = " in lines[i]}
    levels: dict[int, list[int]] = {}
    depth: dict[str, int] = {}
    for i, line in enumerate(lines):
        level = max((depth.get(name, 0) for name in operands[i]), default=0)
        if called[i]:
            levels.setdefault(level, []).append(i)
            level += 1
        if " = " in line:
            depth[operands[i][0]] = level
    done = [False] * len(lines)
    ordered: list[str] = []
    for level in sorted(levels):
        for i in _needed(levels[level], operands, made, done):
            ordered.append(lines[i])
        for name in _CALLS:
            alike = [lines[i] for i in levels[level] if called[i] == name]
            for start in range(0, len(alike), _LANES):
                ordered += _together(name, alike[start : start + _LANES], len(ordered))
        for i in levels[level]:
            done[i] = True
    return ordered + [line for i, line in enumerate(lines) if not done[i]]


def _may_reorder(lines: list[str]) -> bool:
    bases = {}
    read, written = set(), set()
    for line in lines:
        found = _BASE.search(line)
        if found:
            bases[line.split(" = ")[0].strip()] = found[1]
        elif " load " in line:
            read.add(bases.get(_OPERAND.findall(line)[-1]))
        elif line.startswith("  store "):
            written.add(bases.get(_OPERAND.findall(line)[-1]))
        elif line.endswith(":") or ("call " in line and ("ptr " in line or "call void" in line)):
            return False
    return not read & written


def _needed(wanted: list[int], operands: list[list[str]], made: dict[str, int], done: list[bool]) -> list[int]:
    """Collect what is not computed yet of all that some instructions need, in order, and mark it as done."""
    found = set()
    stack = [name for i in wanted for name in operands[i][1:]]
    while stack:
        i = made.get(stack.pop())
        if i is not None and not done[i]:
            done[i] = True
            found.add(i)
            stack += operands[i][1:]
    return sorted(found)


def _called(line: str) -> str:
    return next((name for name, call in _CALLS.items() if call in line), "")


def _together(function: str, lines: list[str], number: int) -> list[str]:
    """Write up to four calls as one."""
    call = _CALLS[function]
    if len(lines) < _FEWEST and function not in VECTOR_ONLY:
        return lines
    vector, written = "zeroinitializer", []
    for lane, line in enumerate(lines):
        argument = line[line.index(call) + len(call) : -1]
        written.append(f"  %e{number}.{lane} = insertelement {_VECTOR} {vector}, double {argument}, i64 {lane}")
        vector = f"%e{number}.{lane}"
    written.append(f"  %e{number} = call {_VECTOR} @mgsim_{function}({_VECTOR} {vector})")
    for lane, line in enumerate(lines):
        name = line.split(" = ")[0].strip()
        written.append(f"  {name} = extractelement {_VECTOR} %e{number}, i64 {lane}")
    return written


def vector_functions() -> str:
    """Write the functions that `gather` calls, and those that it replaces and that have no other form."""
    parts = [_exponential(), _logistic(), _linoid()]
    for name in VECTOR_ONLY:
        parts += [
            f"define internal double @mgsim_one_{name}(double %x) alwaysinline nounwind {{",
            f"  %v = insertelement {_VECTOR} zeroinitializer, double %x, i64 0",
            f"  %w = call {_VECTOR} @mgsim_{name}({_VECTOR} %v)",
            f"  %r = extractelement {_VECTOR} %w, i64 0",
            "  ret double %r",
            "}",
        ]
    return "\n".join(parts)


class _Vector:
    """The lines of one function of a vector %x."""

    def __init__(self, name: str) -> None:
        self.lines = [f"define internal {_VECTOR} @mgsim_{name}({_VECTOR} %x) alwaysinline nounwind {{"]

    def put(self, name: str, operation: str, left: str, right: str, kind: str = "double") -> None:
        self.lines.append(f"  %{name} = {operation} <{_LANES} x {kind}> {left}, {right}")

    def fused(self, name: str, factor: str, other: str, addend: str) -> None:
        self.put(f"{name}.p", "fmul contract", factor, other)
        self.put(name, "fadd contract", f"%{name}.p", addend)

    def call(self, name: str, function: str, argument: str) -> None:
        self.lines.append(f"  %{name} = call {_VECTOR} @{function}({_VECTOR} {argument})")

    def choose(self, name: str, test: str, value: str, otherwise: str) -> None:
        self.lines.append(f"  %{name} = select <{_LANES} x i1> %{test}, {_VECTOR} {value}, {_VECTOR} %{otherwise}")

    def text(self, result: str) -> str:
        return "\n".join([*self.lines, f"  ret {_VECTOR} %{result}", "}"])


def _real(number: float) -> str:
    return "<" + ", ".join([f"double {Value.number(float(number)).text}"] * _LANES) + ">"


def _whole(number: int) -> str:
    return "<" + ", ".join([f"i64 {number}"] * _LANES) + ">"


def _logistic() -> str:
    f = _Vector("logistic")
    f.put("minus", "fsub", _real(-0.0), "%x")
    f.call("e", "mgsim_exp", "%minus")
    f.put("d", "fadd", _real(1.0), "%e")
    f.put("result", "fdiv", _real(1.0), "%d")
    return f.text("result")


def _linoid() -> str:
    f = _Vector("linoid")
    f.put("minus", "fsub", _real(-0.0), "%x")
    f.call("e", "mgsim_exp", "%minus")
    f.put("d", "fsub", _real(1.0), "%e")
    f.put("far", "fdiv", "%x", "%d")
    f.put("square", "fmul", "%x", "%x")
    f.fused("s1", "%square", _real(LINOID[2]), _real(LINOID[1]))
    f.fused("s0", "%square", "%s1", _real(LINOID[0]))
    f.fused("half", "%x", _real(0.5), _real(1.0))
    f.fused("series", "%square", "%s0", "%half")
    f.call("size", f"llvm.fabs.v{_LANES}f64", "%x")
    f.put("near", "fcmp olt", "%size", _real(SERIES_BELOW))
    f.choose("result", "near", "%series", "far")
    return f.text("result")


_EXP = (
    0.5000000000000001, 0.16666666666666669, 0.04166666666662413, 0.008333333333330062, 0.0013888888917213717,
    0.00019841269863053618, 2.4801521295954376e-05, 2.7557268459997064e-06, 2.7620088445409746e-07,
    2.510038549551032e-08,
)  # fmt: skip
"""exp(r) = 1 + r + r^2 times this polynomial for abs(r) < ln(2)/2, to 2e-17: its values at Chebyshev points."""


def _exponential() -> str:
    """Write exp for a vector.

    exp(x) = 2^n exp(r) with n the nearest integer to x / ln 2; ln 2 is split so that n times its first part is
    exact. 2^n is added to the exponent, so that results that are not normal numbers become zero.
    """
    f = _Vector("exp")
    magic = 6755399441055744.0  # adding it leaves the nearest integer in the low bits
    f.fused("t", "%x", _real(1.0 / math.log(2.0)), _real(magic))
    f.put("n", "fsub", "%t", _real(magic))
    f.fused("hi", "%n", _real(-6.93147180369123816490e-01), "%x")
    f.fused("r", "%n", _real(-1.90821492927058770002e-10), "%hi")
    below = _real(_EXP[-1])
    for k, c in enumerate(reversed(_EXP[:-1])):
        f.fused(f"p{k}", below, "%r", _real(c))
        below = f"%p{k}"
    f.fused("q", below, "%r", _real(1.0))
    f.fused("e", "%q", "%r", _real(1.0))
    f.lines.append(f"  %bits = bitcast {_VECTOR} %t to <{_LANES} x i64>")
    f.put("power", "shl", "%bits", _whole(52), "i64")
    f.lines.append(f"  %e.bits = bitcast {_VECTOR} %e to <{_LANES} x i64>")
    f.put("y.bits", "add", "%e.bits", "%power", "i64")
    f.lines.append(f"  %y = bitcast <{_LANES} x i64> %y.bits to {_VECTOR}")
    f.put("over", "fcmp ogt", "%x", _real(709.782712893384))
    f.put("under", "fcmp olt", "%x", _real(-708.3964185322641))
    f.choose("z", "over", _real(math.inf), "y")
    f.choose("result", "under", _real(0.0), "z")
    return f.text("result")
