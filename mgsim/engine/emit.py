"""Straight-line source of a model: the functions the stepper calls, written from the expression graph.

The text is plain Python and at the same time the subset that is compiled to native code, so both run the
same operations in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mgsim.engine.sparse import Factorisation
from mgsim.language.expression import Expr, Symbol, linoid

_INLINE_DEPTH = 12


class Writer:
    """Write expressions as statements; what is used more than once gets a name."""

    def __init__(self, leaves: Mapping[Expr, str]):
        self.leaves = dict(leaves)
        self.lines: list[str] = []
        self.names: dict[Expr, str] = {}
        self.uses: dict[Expr, int] = {}

    def count(self, roots: Sequence[Expr]) -> None:
        """Count how often each node is used by what will be written."""
        stack = list(roots)
        for root in roots:
            self.uses[root] = self.uses.get(root, 0) + 1
        seen: set[Expr] = set()
        while stack:
            node = stack.pop()
            if node in seen or node in self.leaves:
                continue
            seen.add(node)
            for a in operands(node):
                self.uses[a] = self.uses.get(a, 0) + 1
                stack.append(a)

    def value(self, node: Expr, depth: int = 0) -> str:
        """Return text for a node's value, writing the statements it needs first."""
        if node in self.leaves:
            return self.leaves[node]
        if node in self.names:
            return self.names[node]
        if node.op == "const":
            return f"({node.value!r})" if node.value < 0 else repr(node.value)
        if isinstance(node, Symbol):
            raise KeyError(f"symbol {node.name} has no value")
        shared = self.uses.get(node, 2) > 1 or depth >= _INLINE_DEPTH or node.op == "dlinoid"
        text = self._operation(node, 0 if shared else depth + 1)
        if not shared:
            return text
        name = f"x{len(self.names)}"
        self.lines.append(f"    {name} = {text}")
        self.names[node] = name
        return name

    def _operation(self, node: Expr, depth: int) -> str:
        values = [self.value(a, depth) for a in operands(node)]
        if node.op in ("add", "sub", "mul", "div"):
            sign = {"add": "+", "sub": "-", "mul": "*", "div": "/"}[node.op]
            return f"({values[0]} {sign} {values[1]})"
        if node.op == "neg":
            return f"(-{values[0]})"
        if node.op in ("exp", "linoid", "log", "logistic", "sqrt"):
            return f"{node.op}({values[0]})"
        if node.op == "pow":
            return f"exp({values[1]} * log({values[0]}))"
        return f"{node.op}({', '.join(values)})"


def operands(node: Expr) -> tuple[Expr, ...]:
    """What a node is written from: its arguments, and for the derivative of linoid its value."""
    return node.args if node.op != "dlinoid" else (*node.args, linoid(node.args[0]))


# l is linoid(x). Near zero the quotient loses digits; the series is exact to rounding there.
DLINOID = """
def dlinoid(x: real, l: real) -> real:
    if abs(x) < 0.1:
        s = x * x
        return 0.5 + x * (1.0 / 6.0 - s * (1.0 / 180.0 - s * (1.0 / 5040.0 - s / 151200.0)))
    return l * (1.0 - l + x) / x
"""


OUTPUTS_ALL = """
def outputs_all(rows: array, u: array, c: array, o: array, n: integer) -> None:
    for i in range(n):
        outputs(tail(rows, i * N), u, c, tail(o, i * N_OUTPUTS))
"""


def in_good_order(
    stores: Sequence[tuple[str, Expr]], groups: Sequence[int], leaves: Mapping[Expr, str]
) -> list[tuple[str, Expr]]:
    """Put groups of stores in an order in which few values wait for their last use.

    What waits has to be put aside and fetched again, which makes the code longer than the processor's cache for it.
    """
    needed: dict[int, set[Expr]] = {}
    for (_, root), group in zip(stores, groups, strict=True):
        seen = needed.setdefault(group, set())
        stack = [root]
        while stack:
            node = stack.pop()
            if node not in seen and node not in leaves and node.args:
                seen.add(node)
                stack += operands(node)
    users: dict[Expr, int] = {}
    for nodes in needed.values():
        for node in nodes:
            users[node] = users.get(node, 0) + 1
    shared = {group: {node for node in nodes if users[node] > 1} for group, nodes in needed.items()}
    waiting: set[Expr] = set()
    order: list[int] = []

    def added(group: int) -> tuple[int, int]:
        """How many more values wait after a group than before."""
        nodes = shared[group]
        return sum(node not in waiting for node in nodes) - sum(users[node] == 1 for node in nodes), group

    while shared:
        best = min(shared, key=added)
        for node in shared.pop(best):
            users[node] -= 1
            (waiting.add if users[node] else waiting.discard)(node)
        order.append(best)
    place = {group: k for k, group in enumerate(order)}
    return [stores[k] for k in sorted(range(len(stores)), key=lambda k: place[groups[k]])]


def function(name: str, signature: str, leaves: Mapping[Expr, str], stores: Sequence[tuple[str, Expr]]) -> str:
    """Write one function that puts values where the texts of `stores` say, such as ``f[0]``."""
    writer = Writer(leaves)
    writer.count([e for _, e in stores])
    for place, e in stores:
        writer.lines.append(f"    {place} = {writer.value(e)}")
    return f"def {name}({signature}) -> None:\n" + "\n".join(writer.lines or ["    return"]) + "\n"


def factor_source(plan: Factorisation, entry: Mapping[tuple[int, int], int]) -> str:
    """Write ``factor(J, hg, W)``: W = L D U of I/hg - J, L and U with a unit diagonal and D inverted.

    Row by row, so that no more than one row is alive at a time and the rest is read where it is needed. What is
    factored is J - I/hg, which has the same L and U and spares a change of sign for every entry.
    """
    place = {position: k for k, position in enumerate(plan.entries)}
    lower, upper = _rows(plan), dict(zip(plan.order, plan.upper, strict=True))
    lines = ["def factor(J: array, hg: real, W: array) -> None:", "    d = 1.0 / hg"]
    # With a second name for W its elements are read again where they are needed, and not put aside twice.
    lines.append("    V = tail(W, 0)")
    for i in plan.order:
        known = set()
        for j in (*lower[i], i, *upper[i]):
            value = f"J[{entry[i, j]}]" if (i, j) in entry else "0.0" if i == j else ""
            if value:
                known.add(j)
                lines.append(f"    w{j} = {value}" + " - d" * (i == j))
        for k in lower[i]:
            lines.append(f"    W[{place[i, k]}] = w{k} * p{k}")
            for j in upper[k]:
                product = f"w{k} * W[{place[k, j]}]"
                lines.append(f"    w{j} = w{j} - {product}" if j in known else f"    w{j} = -({product})")
                known.add(j)
        lines += [f"    p{i} = 1.0 / w{i}", f"    W[{place[i, i]}] = -p{i}"]
        lines += [f"    W[{place[i, j]}] = w{j} * p{i}" for j in upper[i]]
    return "\n".join(lines) + "\n"


def solve_source(plan: Factorisation) -> str:
    """Write ``solve(W, b)``: forward and back substitution in place, each value used as soon as it is there."""
    place = {position: k for k, position in enumerate(plan.entries)}
    above: dict[int, list[int]] = {k: [] for k in plan.order}
    for i, right in zip(plan.order, plan.upper, strict=True):
        for k in right:
            above[k].append(i)
    lines = ["def solve(W: array, b: array) -> None:"]
    loaded: set[int] = set()

    def value(k: int) -> str:
        if k in loaded:
            return f"b{k}"
        loaded.add(k)
        return f"b[{k}]"

    for k, below in zip(plan.order, plan.lower, strict=True):
        if k not in loaded:
            lines.append(f"    b{k} = {value(k)}")
        lines += [f"    b{i} = {value(i)} - W[{place[i, k]}] * b{k}" for i in below]
        lines.append(f"    b{k} = b{k} * W[{place[k, k]}]")
    for k in reversed(plan.order):
        lines += [f"    b{i} = b{i} - W[{place[i, k]}] * b{k}" for i in reversed(above[k])]
        lines.append(f"    b[{k}] = b{k}")
    return "\n".join(lines) + "\n"


def _rows(plan: Factorisation) -> dict[int, list[int]]:
    """For each row, the columns left of its diagonal, in the order in which they are eliminated."""
    rows: dict[int, list[int]] = {k: [] for k in plan.order}
    for k, below in zip(plan.order, plan.lower, strict=True):
        for i in below:
            rows[i].append(k)
    return rows
