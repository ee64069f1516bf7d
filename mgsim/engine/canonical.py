"""Rewrite expressions so that they cost less: the same values to rounding, with fewer and cheaper operations.

What depends on parameters alone is gathered into factors and offsets that are computed once, so that a division
by a parameter becomes a multiplication, and a chain such as ``(V - a - b)/k`` one product and one sum.
An expression that is used more than once is never taken apart: a flux stays one number wherever it flows,
and what leaves one place arrives in another to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import frexp

from mgsim.language.expression import ONE, ZERO, Expr, Symbol, add, constant, div, logistic, mul, neg, rebuild, sub

_SUM = ("add", "sub", "neg")
_PRODUCT = ("mul", "div")


def canonical(roots: Sequence[Expr], is_fixed: Callable[[Expr], bool], *, merge: bool) -> list[Expr]:
    """Rewrite expressions.

    Parameters
    ----------
    roots : sequence of Expr
    is_fixed : callable
        Whether an expression depends on parameters alone.
    merge : bool
        Put the divisors of a product together, for one division; otherwise each becomes a reciprocal, which
        derivatives can share.
    """
    rewrite = _Rewrite(roots, is_fixed, merge)
    return [rewrite(root) for root in roots]


class _Rewrite:
    """Rewriting of some expressions, with the count of how often each is used."""

    def __init__(self, roots: Iterable[Expr], is_fixed: Callable[[Expr], bool], merge: bool):
        self.is_fixed = is_fixed
        self.merge = merge
        self.done: dict[Expr, Expr] = {}
        self.heights: dict[Expr, int] = {}
        self.uses: dict[Expr, int] = {}
        for root in roots:
            self._count(root)

    def _count(self, root: Expr) -> None:
        stack = [root]
        while stack:
            node = stack.pop()
            self.uses[node] = self.uses.get(node, 0) + 1
            if self.uses[node] == 1 and not self.is_fixed(node):
                stack += node.args

    def __call__(self, node: Expr) -> Expr:
        found = self.done.get(node)
        if found is None:
            if isinstance(node, Symbol) or self.is_fixed(node):
                found = node
            elif node.op in _SUM:
                found = self._sum(node)
            elif node.op in _PRODUCT:
                found = self._product(node)
            else:
                found = rebuild(node, tuple(self._argument(a) for a in node.args))
            self.done[node] = found
        return found

    def _alone(self, node: Expr) -> bool:
        return self.uses[node] == 1 and not self.is_fixed(node)

    def _height(self, node: Expr) -> int:
        """Operations between a value and the states: what is deep comes last, when it is there."""
        found = self.heights.get(node)
        if found is None:
            found = 1 + max((self._height(a) for a in node.args), default=0) if not self.is_fixed(node) else 0
            self.heights[node] = found
        return found

    # --- arguments of functions ---------------------------------------------------------------------

    def _argument(self, node: Expr) -> Expr:
        """Write an argument as ``offset + slope*x`` with both fixed, whatever else uses its parts."""
        slope, base, offset = self._straight(node)
        return node if base is None else add(offset, mul(slope, self(base)))

    def _straight(self, node: Expr) -> tuple[Expr, Expr | None, Expr]:
        """Slope, base and offset of an expression as a straight line; its base is itself if nothing simpler is."""
        if self.is_fixed(node):
            return ZERO, None, node
        if node.op in _SUM:
            slope, base, offset = self._straight(node.args[-1])
            if node.op != "add":
                slope, offset = neg(slope), neg(offset)
            if len(node.args) == 1:
                return slope, base, offset
            slope0, base0, offset0 = self._straight(node.args[0])
            if base is None or base0 is None or base is base0:
                return add(slope0, slope), base0 if base is None else base, add(offset0, offset)
        elif node.op in _PRODUCT and self.is_fixed(node.args[1]):
            slope, base, offset = self._straight(node.args[0])
            change = mul if node.op == "mul" else div
            return change(slope, node.args[1]), base, change(offset, node.args[1])
        elif node.op == "mul" and self.is_fixed(node.args[0]):
            slope, base, offset = self._straight(node.args[1])
            return mul(node.args[0], slope), base, mul(node.args[0], offset)
        return ONE, node, ZERO

    # --- sums ---------------------------------------------------------------------------------------

    def _sum(self, node: Expr) -> Expr:
        offset, terms = self._terms(node)
        terms.sort(key=lambda term: self._height(term[1]))
        if offset is ZERO:
            first = next((k for k, (sign, _) in enumerate(terms) if sign > 0), None)
            if first is None:
                return neg(_added(ZERO, [(1, term) for _, term in terms]))
            offset = terms.pop(first)[1]
        return _added(offset, terms)

    def _terms(self, node: Expr) -> tuple[Expr, list[tuple[int, Expr]]]:
        """The part of a sum that is fixed, and the others with their signs."""
        offset = ZERO
        terms: list[tuple[int, Expr]] = []
        stack = [(1, node)]
        while stack:
            sign, inner = stack.pop()
            if self.is_fixed(inner):
                offset = add(offset, inner) if sign > 0 else sub(offset, inner)
            elif inner.op in _SUM and (inner is node or self._alone(inner)):
                last = -sign if inner.op != "add" else sign
                stack += [(last, inner.args[-1])] + ([(sign, inner.args[0])] if len(inner.args) > 1 else [])
            else:
                term = self(inner)
                terms.append((-sign, term.args[0]) if term.op == "neg" else (sign, term))
        return offset, terms

    # --- products -----------------------------------------------------------------------------------

    def _product(self, node: Expr) -> Expr:
        number, fixed = 1.0, ONE
        above: list[tuple[Expr, Expr]] = []
        below: list[Expr] = []
        stack = [(node, False)]
        while stack:
            inner, inverse = stack.pop()
            if inner.op == "const" and inner.value != 0.0:
                number = number / inner.value if inverse else number * inner.value
            elif self.is_fixed(inner):
                fixed = div(fixed, inner) if inverse else mul(fixed, inner)
            elif inner is node or (self._alone(inner) and inner.op in (*_PRODUCT, "neg")):
                if inner.op == "neg":
                    number = -number
                if len(inner.args) > 1:
                    stack.append((inner.args[1], inverse != (inner.op == "div")))
                stack.append((inner.args[0], inverse))
            else:
                factor = self(inner)
                if factor.op == "neg":
                    number, factor = -number, factor.args[0]
                gate = _gate(factor) if inverse else None
                if gate is not None:
                    above.append((inner, gate))
                elif inverse:
                    below.append(factor)
                else:
                    above.append((inner, factor))
        if number < 0.0:
            return neg(self._multiplied(-number, fixed, above, below))
        return self._multiplied(number, fixed, above, below)

    def _multiplied(self, number: float, fixed: Expr, above: list[tuple[Expr, Expr]], below: list[Expr]) -> Expr:
        """Write a product of a number, what is fixed, factors (before and after rewriting) and divisors."""
        # A factor such as 3 is kept apart: with it the volume of a place would be rounded differently for one flux.
        apart = fixed is not ONE and frexp(number)[0] != 0.5
        factor = fixed if apart else mul(constant(number), fixed)
        if len(above) == 1 and not below and not apart and self._alone(above[0][0]):
            spread = self._spread(factor, above[0][1])
            if spread is not None:
                return spread
        result = constant(number) if apart else factor
        for _, part in sorted(above, key=lambda pair: self._height(pair[1])):
            result = mul(result, part)
        divisors = sorted(below, key=self._height)
        if divisors and self.merge:
            whole = divisors[0]
            for divisor in divisors[1:]:
                whole = mul(whole, divisor)
            result = div(result, whole)
        else:
            for divisor in divisors:
                result = mul(result, div(ONE, divisor))
        return mul(result, fixed) if apart else result

    def _spread(self, factor: Expr, total: Expr) -> Expr | None:
        """Turn ``factor*(offset + term)`` into ``factor*offset + factor*term``, one product and one sum."""
        if factor is ONE or total.op not in ("add", "sub") or not self.is_fixed(total.args[0]):
            return None
        offset, term = total.args
        if term.op == "mul" and self.is_fixed(term.args[0]):
            term = mul(mul(factor, term.args[0]), term.args[1])
        elif term.op in ("add", "sub"):
            return None
        else:
            term = mul(factor, term)
        return rebuild(total, (mul(factor, offset), term))


def _gate(divisor: Expr) -> Expr | None:
    """Give 1/(1 + exp(x)) as the function that it is."""
    if divisor.op == "add" and divisor.args[0] is ONE and divisor.args[1].op == "exp":
        return logistic(_minus(divisor.args[1].args[0]))
    return None


def _minus(line: Expr) -> Expr:
    """Change the sign of ``offset + slope*x`` where it costs nothing."""
    if line.op in ("add", "sub"):
        other = sub if line.op == "add" else add
        return other(neg(line.args[0]), line.args[1])
    return neg(line)


def _added(start: Expr, terms: list[tuple[int, Expr]]) -> Expr:
    for sign, term in terms:
        start = add(start, term) if sign > 0 else sub(start, term)
    return start
