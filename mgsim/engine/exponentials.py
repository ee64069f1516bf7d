"""Compute the exponentials of straight-line code four at a time.

A model's rates hold dozens of exponentials that do not depend on each other. One call of the C
library for each would cost a third of the whole function; here they are gathered, level by level of
what they need, and computed in vector registers, correct to one unit in the last place.
"""

from __future__ import annotations

import math
import re

from mgsim.engine.lower_writer import Value

_LANES = 4
_FEWEST = 3
_EXP = "call double @llvm.exp.f64(double "
_OPERAND = re.compile(r"%[A-Za-z_][\w.]*")
_BASE = re.compile(r"getelementptr inbounds \w+, ptr (%[\w.]+),")
_VECTOR = f"<{_LANES} x double>"


def gather(lines: list[str]) -> list[str]:
    """Reorder the instructions of one basic block so that its exponentials stand together.

    Lines that cannot be reordered safely, because an array is both read and written or a function
    with arrays is called, are given back as they are.
    """
    if sum(_EXP in line for line in lines) < _FEWEST or not _may_reorder(lines):
        return lines
    operands = [_OPERAND.findall(line) for line in lines]
    made = {names[0]: i for i, names in enumerate(operands) if " = " in lines[i]}
    levels: dict[int, list[int]] = {}
    depth: dict[str, int] = {}
    for i, line in enumerate(lines):
        level = max((depth.get(name, 0) for name in operands[i]), default=0)
        if _EXP in line:
            levels.setdefault(level, []).append(i)
            level += 1
        if " = " in line:
            depth[operands[i][0]] = level
    done = [False] * len(lines)
    ordered: list[str] = []
    for level in sorted(levels):
        for i in _needed(levels[level], operands, made, done):
            ordered.append(lines[i])
        for start in range(0, len(levels[level]), _LANES):
            ordered += _together([lines[i] for i in levels[level][start : start + _LANES]], len(ordered))
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


def _together(lines: list[str], number: int) -> list[str]:
    """Write up to four exponentials as one call."""
    if len(lines) < _FEWEST:
        return lines
    vector, written = "zeroinitializer", []
    for lane, line in enumerate(lines):
        argument = line[line.index(_EXP) + len(_EXP) : -1]
        written.append(f"  %e{number}.{lane} = insertelement {_VECTOR} {vector}, double {argument}, i64 {lane}")
        vector = f"%e{number}.{lane}"
    written.append(f"  %e{number} = call {_VECTOR} @mgsim_exp({_VECTOR} {vector})")
    for lane, line in enumerate(lines):
        name = line.split(" = ")[0].strip()
        written.append(f"  {name} = extractelement {_VECTOR} %e{number}, i64 {lane}")
    return written


def vector_exponential() -> str:
    """Write the function that `gather` calls.

    exp(x) = 2^n exp(r) with n the nearest integer to x / ln 2 and abs(r) < 0.35; ln 2 is split so that
    n times its first part is exact, exp(r) is its Taylor polynomial of degree 13, and 2^n is multiplied
    in two halves so that results near zero and infinity come out.
    """
    c = [1.0 / math.factorial(k) for k in range(14)]
    lines = [f"define internal {_VECTOR} @mgsim_exp({_VECTOR} %x) alwaysinline nounwind {{"]

    def put(name: str, operation: str, left: str, right: str, kind: str = "double") -> None:
        lines.append(f"  %{name} = {operation} <{_LANES} x {kind}> {left}, {right}")

    def real(number: float) -> str:
        return "<" + ", ".join([f"double {Value.number(number).text}"] * _LANES) + ">"

    def whole(number: int) -> str:
        return "<" + ", ".join([f"i64 {number}"] * _LANES) + ">"

    def fused(name: str, factor: str, other: str, addend: str) -> None:
        put(f"{name}.p", "fmul contract", factor, other)
        put(name, "fadd contract", f"%{name}.p", addend)

    magic = 6755399441055744.0  # adding it leaves the nearest integer in the low bits
    fused("t", "%x", real(1.0 / math.log(2.0)), real(magic))
    put("n", "fsub", "%t", real(magic))
    fused("hi", "%n", real(-6.93147180369123816490e-01), "%x")
    fused("r", "%n", real(-1.90821492927058770002e-10), "%hi")
    put("r2", "fmul", "%r", "%r")
    put("r4", "fmul", "%r2", "%r2")
    for k in range(2, 14, 2):
        fused(f"a{k}", "%r", real(c[k + 1]), real(c[k]))
    for k in range(2, 14, 4):
        fused(f"b{k}", "%r2", f"%a{k + 2}", f"%a{k}")
    fused("q1", "%r4", "%b10", "%b6")
    fused("q0", "%r4", "%q1", "%b2")
    fused("s", "%r2", "%q0", "%r")
    put("e", "fadd", "%s", real(1.0))
    lines.append(f"  %bits = bitcast {_VECTOR} %t to <{_LANES} x i64>")
    put("k", "sub", "%bits", whole(0x4338000000000000), "i64")
    put("k.up", "add", "%k", whole(2046), "i64")
    put("half", "lshr", "%k.up", whole(1), "i64")
    put("other", "sub", "%k.up", "%half", "i64")
    for part in ("half", "other"):
        put(f"{part}.bits", "shl", f"%{part}", whole(52), "i64")
        lines.append(f"  %{part}.real = bitcast <{_LANES} x i64> %{part}.bits to {_VECTOR}")
    put("y1", "fmul", "%e", "%half.real")
    put("y", "fmul", "%y1", "%other.real")
    put("over", "fcmp ogt", "%x", real(709.782712893384))
    put("under", "fcmp olt", "%x", real(-745.133219101942))
    for name, test, value, otherwise in (("z", "over", math.inf, "y"), ("result", "under", 0.0, "z")):
        lines.append(f"  %{name} = select <{_LANES} x i1> %{test}, {_VECTOR} {real(value)}, {_VECTOR} %{otherwise}")
    return "\n".join([*lines, f"  ret {_VECTOR} %result", "}"])
