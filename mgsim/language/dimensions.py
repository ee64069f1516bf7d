"""The unit check: each line of a mechanism is followed from its symbols' units to its own."""

from __future__ import annotations

from fractions import Fraction

from mgsim.language.declaration import Declaration, Define, Rate, Reaction
from mgsim.language.errors import InputError
from mgsim.language.expression import ZERO, Expr, Symbol, text
from mgsim.language.mechanism import Mechanism
from mgsim.language.units import UnitError, unit

Dims = tuple[Fraction | int, ...]
NONE: Dims = (0, 0, 0, 0, 0, 0)
_CONCENTRATION = unit("µM").dims
_TIME = unit("ms").dims
_BASE = ("m", "kg", "s", "A", "K", "mol")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class UnitMismatch(InputError):
    """An equation adds, compares or equates quantities of different dimension."""


def readable(dims: Dims) -> str:
    """Write a dimension in µM and ms where these make it, else in SI base units.

    Examples
    --------
    >>> readable(unit("mM²/s").dims), readable(unit("N/m").dims)
    ('µM² ms⁻¹', 'kg s⁻²')
    """
    length, mass, time, current, warmth, amount = dims
    if amount and length == -3 * amount and not (mass or current or warmth):
        powers = [("µM", amount), ("ms", time)]
    else:
        powers = list(zip(_BASE, dims, strict=True))
    parts = [base + ("" if e == 1 else _raised(e)) for base, e in powers if e]
    return " ".join(parts) or "1 (dimensionless)"


def _raised(power: Fraction | int) -> str:
    return str(power).translate(_RAISED) if power == int(power) else f"^({power})"


def _times(a: Dims, b: Dims, sign: int = 1) -> Dims:
    return tuple(x + sign * y for x, y in zip(a, b, strict=True))


def _unit_of(dims: Dims, named: dict[Dims, str]) -> str:
    return named.get(dims) or readable(dims)


class _Check:
    def __init__(self, mechanism: type[Mechanism]):
        self.mechanism = mechanism
        self.memo: dict[Expr, Dims] = {}
        self.named: dict[Dims, str] = {}
        self.where = ""

    def fail(self, what: str) -> UnitMismatch:
        return UnitMismatch(f"{self.mechanism.__name__}.{self.where}: {what}")

    def of(self, node: Expr) -> Dims:
        found = self.memo.get(node)
        if found is None:
            found = self.memo[node] = self._of(node)
        return found

    def _of(self, node: Expr) -> Dims:
        if isinstance(node, Define) and not node.unit:
            return self.of(node.definition)
        if isinstance(node, Declaration):
            dims = unit(node.unit).dims
            self.named.setdefault(dims, node.unit)
            return dims
        if isinstance(node, Symbol) or node.op == "const":
            return NONE
        args = [self.of(a) for a in node.args]
        if node.op in ("add", "sub"):
            # A literal zero or a bare number beside a quantity is a mistake too: it would hide a unit.
            if args[0] != args[1]:
                a, b = (_unit_of(d, self.named) for d in args)
                raise self.fail(f"cannot add {a} and {b} in '{text(node)}'")
            return args[0]
        if node.op == "mul":
            return _times(args[0], args[1])
        if node.op == "div":
            return _times(args[0], args[1], -1)
        if node.op == "neg":
            return args[0]
        if node.op == "sqrt":
            return tuple(Fraction(e) / 2 for e in args[0])
        if node.op == "pow" and args[1] == NONE and node.args[1].op == "const":
            n = Fraction(node.args[1].value).limit_denominator(1000)
            return tuple(e * n for e in args[0])
        for dims, arg in zip(args, node.args, strict=True):
            if dims != NONE:
                raise self.fail(
                    f"{node.op} needs a dimensionless argument, '{text(arg)}' is in {_unit_of(dims, self.named)}"
                )
        return NONE

    def equal(self, law: Expr, wanted: Dims, wanted_text: str) -> None:
        if law is ZERO:
            return  # nothing at all is nothing in every unit
        got = self.of(law)
        if got != wanted:
            raise self.fail(f"'{text(law)}' is in {_unit_of(got, self.named)}, it has to be in {wanted_text}")


def check_units(mechanism: type[Mechanism]) -> None:
    """Check every line of a mechanism.

    Raises
    ------
    UnitMismatch
        With the mechanism, the line and both units.
    """
    check = _Check(mechanism)
    for declared in mechanism.declarations.values():
        check.where = f"{declared.name} (line {declared.line})"
        try:
            own = unit(declared.unit).dims if declared.unit else NONE
        except UnitError as error:
            raise UnitError(f"{mechanism.__name__}.{check.where}: {error}") from None
        if isinstance(declared, Define) and declared.unit:
            check.equal(declared.definition, own, declared.unit)
        elif isinstance(declared, Define):
            check.of(declared.definition)
        elif isinstance(declared, Reaction):
            check.equal(declared.law, _times(_CONCENTRATION, _TIME, -1), "µM/ms")
        elif isinstance(declared, Rate):
            wanted = _times(unit(declared.state.unit).dims, _TIME, -1)
            check.equal(declared.law, wanted, f"{declared.state.unit}/ms".replace("1/ms", "ms⁻¹"))
