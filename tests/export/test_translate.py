"""The subset of Python in which the solver is written does in JavaScript what it does in Python."""

from __future__ import annotations

import ast
import json
import math
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mgsim.engine.kernel import compile_python
from mgsim.engine.program import KernelError, read
from mgsim.export.pieces import cut
from mgsim.export.translate import INTRINSICS, javascript_of
from tests.export.node import executable, needs_node

SOURCE = """
TABLE = 3
def inner(a: array, start: integer) -> real:
    part = tail(a, start)
    return part[0] - (part[1] - TABLE) / (2.0 / part[2])

def every(a: array, k: ints, new: real, o: array) -> integer:
    for i in range(1, 8, 2):
        if i == 5:
            continue
        o[i] = a[i] if not a[i] > new else -a[i]
        k[0] += i
    case = 0
    while case < 100:
        case += 1
        if o[1] > 0.0 and case >= TABLE or case == 50:
            break
    good = True
    if good:
        o[0] = min(a[0], new) + max(a[1], new) - abs(-a[2])
    else:
        o[0] = 0.0
    o[2] = exp(a[0]) + log(a[1]) * sqrt(a[2])
    o[4] = linoid(a[3]) + linoid(0.5 * new) + logistic(a[4])
    o[5] = inner(a, 2)
    o[6] = a[0] - (a[1] - a[2]) - a[3] / a[4] / a[5] * (a[6] + a[7])
    o[8] = a[0] / (a[0] - a[0])
    return case
"""
STRAIGHT = """
def straight(a: array, k: ints, new: real, o: array) -> integer:
""" + "\n".join(
    f"    x{i % 5} = a[{i % 8}] * {i + 1}.5 + {f'x{(i * 3) % 5}' if i > 5 else new}\n    o[{i % 9}] = x{i % 5}"
    for i, new in ((i, "new") for i in range(40))
)


def in_javascript(source: str, function: str, values: list[float], longest: int, folder: Path) -> dict[str, Any]:
    text = INTRINSICS + javascript_of(read(source, {}), longest)
    text += f"""
const k = new Int32Array(2); const o = new Float64Array(9);
const code = {function}(Float64Array.from({json.dumps(values)}), k, 0.013, o);
console.log(JSON.stringify({{ code: code ?? null, k: Array.from(k), o: Array.from(o, String) }}));"""
    file = folder / "kernel.mjs"
    file.write_text(text, encoding="utf-8")
    node = executable()
    assert node is not None
    done = subprocess.run([node, str(file)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@needs_node
@pytest.mark.parametrize(("source", "function"), [(SOURCE, "every"), (STRAIGHT, "straight")])
@pytest.mark.parametrize("longest", [3, 1000])
def test_every_statement_does_the_same(source: str, function: str, longest: int, tmp_path: Path) -> None:
    values = [0.7, 2.5, 3.25, 0.004, -1.5, 6.0, -0.25, 9.0]
    k, o = np.zeros(2, dtype=np.int64), np.zeros(9)
    code = getattr(compile_python(source, {}), function)(np.array(values), k, 0.013, o)
    answer = in_javascript(source, function, values, longest, tmp_path)
    assert answer["code"] == code and answer["k"] == k.tolist()
    for mine, theirs in zip(o.tolist(), map(float, (t.replace("Infinity", "inf") for t in answer["o"])), strict=True):
        assert theirs == pytest.approx(mine, rel=1e-14) or (math.isnan(mine) and math.isnan(theirs))


def test_what_has_no_javascript_is_refused() -> None:
    with pytest.raises(KernelError, match="f, line 3: .* has no JavaScript"):
        javascript_of(read("\ndef f(a: array) -> None:\n    a[0] = a[1] ** 2\n", {}))


def test_pieces_pass_on_what_later_ones_read_and_no_more() -> None:
    body = ast.parse("p = a[0]\nq = p + 1\nr = q * 2\no[0] = r\no[1] = p\no[2] = 3").body
    first, second, third = cut(body, 2)
    assert (set(first.taken), set(first.left)) == (set(), {"p", "q"})
    assert (set(second.taken), set(second.left)) == ({"q"}, set())
    assert (set(third.taken), set(third.left)) == ({"p"}, set())
    assert first.room == 2


def test_a_part_of_an_array_cannot_be_passed_on() -> None:
    body = ast.parse("p = tail(a, 2)\nq = p[0]\nr = p[1]\ns = 1").body
    with pytest.raises(ValueError, match="p is a part of an array"):
        cut(body, 2)
