"""Compute the exponentials and logarithms of straight-line code four at a time.

A model's rates hold dozens of them that do not depend on each other. One call of the C
library for each would cost a third of the whole function; here they are gathered, level by level of
what they need, and computed in vector registers, correct to one unit in the last place.
"""

from __future__ import annotations

import re

from mgsim.engine.vector_functions import LANES, VECTOR, VECTOR_ONLY

_FEWEST = 3
_CALLS = {name: f"call double @llvm.{name}.f64(double " for name in ("log", "exp")}
_CALLS |= {name: f"call double @mgsim_one_{name}(double " for name in VECTOR_ONLY}
_OPERAND = re.compile(r"%[A-Za-z_][\w.]*")
_BASE = re.compile(r"getelementptr inbounds \w+, ptr (%[\w.]+),")


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
            for start in range(0, len(alike), LANES):
                ordered += _together(name, alike[start : start + LANES], len(ordered))
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
    if len(lines) < _FEWEST and function == "exp":
        return lines
    vector, written = "zeroinitializer", []
    for lane, line in enumerate(lines):
        argument = line[line.index(call) + len(call) : -1]
        written.append(f"  %e{number}.{lane} = insertelement {VECTOR} {vector}, double {argument}, i64 {lane}")
        vector = f"%e{number}.{lane}"
    written.append(f"  %e{number} = call {VECTOR} @mgsim_{function}({VECTOR} {vector})")
    for lane, line in enumerate(lines):
        name = line.split(" = ")[0].strip()
        written.append(f"  {name} = extractelement {VECTOR} %e{number}, i64 {lane}")
    return written
