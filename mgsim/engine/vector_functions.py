"""Exponential, logarithm and what gates are made of, in vector registers, as LLVM IR.

Correct to one unit in the last place, and the same on every machine that fuses products and sums.
"""

from __future__ import annotations

import math

from mgsim.engine.lower_writer import Value
from mgsim.engine.program import LINOID, SERIES_BELOW

LANES = 4
VECTOR = f"<{LANES} x double>"
VECTOR_ONLY = ("linoid", "logistic")
"""Functions around an exponential that have no other form than the one in vector registers."""


def vector_functions() -> str:
    """Write the functions that `gather` calls, and those that it replaces and that have no other form."""
    parts = [_exponential(), _logarithm(), _logistic(), _linoid()]
    for name in VECTOR_ONLY:
        parts += [
            f"define internal double @mgsim_one_{name}(double %x) alwaysinline nounwind {{",
            f"  %v = insertelement {VECTOR} zeroinitializer, double %x, i64 0",
            f"  %w = call {VECTOR} @mgsim_{name}({VECTOR} %v)",
            f"  %r = extractelement {VECTOR} %w, i64 0",
            "  ret double %r",
            "}",
        ]
    return "\n".join(parts)


class _Vector:
    """The lines of one function of a vector %x."""

    def __init__(self, name: str) -> None:
        self.lines = [f"define internal {VECTOR} @mgsim_{name}({VECTOR} %x) alwaysinline nounwind {{"]

    def put(self, name: str, operation: str, left: str, right: str, kind: str = "double") -> None:
        self.lines.append(f"  %{name} = {operation} <{LANES} x {kind}> {left}, {right}")

    def fused(self, name: str, factor: str, other: str, addend: str) -> None:
        self.put(f"{name}.p", "fmul contract", factor, other)
        self.put(name, "fadd contract", f"%{name}.p", addend)

    def call(self, name: str, function: str, argument: str) -> None:
        self.lines.append(f"  %{name} = call {VECTOR} @{function}({VECTOR} {argument})")

    def choose(self, name: str, test: str, value: str, otherwise: str) -> None:
        self.lines.append(f"  %{name} = select <{LANES} x i1> %{test}, {VECTOR} {value}, {VECTOR} %{otherwise}")

    def text(self, result: str) -> str:
        return "\n".join([*self.lines, f"  ret {VECTOR} %{result}", "}"])


def _real(number: float) -> str:
    return "<" + ", ".join([f"double {Value.number(float(number)).text}"] * LANES) + ">"


def _whole(number: int) -> str:
    return "<" + ", ".join([f"i64 {number}"] * LANES) + ">"


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
    f.put("near", "fcmp olt", "%square", _real(SERIES_BELOW**2))
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
    f.lines.append(f"  %bits = bitcast {VECTOR} %t to <{LANES} x i64>")
    f.put("power", "shl", "%bits", _whole(52), "i64")
    f.lines.append(f"  %e.bits = bitcast {VECTOR} %e to <{LANES} x i64>")
    f.put("y.bits", "add", "%e.bits", "%power", "i64")
    f.lines.append(f"  %y = bitcast <{LANES} x i64> %y.bits to {VECTOR}")
    f.put("over", "fcmp ogt", "%x", _real(709.782712893384))
    f.put("under", "fcmp olt", "%x", _real(-708.3964185322641))
    f.choose("z", "over", _real(math.inf), "y")
    f.choose("result", "under", _real(0.0), "z")
    return f.text("result")


_LOG = (
    0.666666666666667, 0.3999999999989938, 0.28571428626031065, 0.2222221112572281, 0.18182889786191042,
    0.15331699633543858, 0.14616721179861816,
)  # fmt: skip
"""2 artanh(s) = 2 s + s^3 times this polynomial of s^2 up to s = 0.172, to 5e-18: its values at Chebyshev points."""


def _logarithm() -> str:
    """Write log for a vector.

    x = 2^n (1 + f) with 1 + f between the roots of 1/2 and 2; log(1 + f) = 2 artanh(s) with s = f/(2 + f), summed
    so that f itself is the largest term. A number too small to be normal counts as zero.
    """
    f = _Vector("log")
    whole, root_half, exponent_zero = 0x4330000000000000, 0x3FE6A09E667F3BCD, 0x3FF0000000000000
    f.lines.append(f"  %bits = bitcast {VECTOR} %x to <{LANES} x i64>")
    f.put("shifted", "add", "%bits", _whole(exponent_zero - root_half), "i64")
    f.put("k", "lshr", "%shifted", _whole(52), "i64")
    f.put("k.bits", "or", "%k", _whole(whole), "i64")
    f.lines.append(f"  %k.real = bitcast <{LANES} x i64> %k.bits to {VECTOR}")
    f.put("n", "fsub", "%k.real", _real(2.0**52 + 1023.0))
    f.put("scale", "sub", "%k", _whole(1023), "i64")
    f.put("scale.bits", "shl", "%scale", _whole(52), "i64")
    f.put("m.bits", "sub", "%bits", "%scale.bits", "i64")
    f.lines.append(f"  %m = bitcast <{LANES} x i64> %m.bits to {VECTOR}")
    f.put("f", "fsub", "%m", _real(1.0))
    f.put("d", "fadd", "%m", _real(1.0))
    f.put("s", "fdiv", "%f", "%d")
    f.put("z", "fmul", "%s", "%s")
    below = _real(_LOG[-1])
    for k, c in enumerate(reversed(_LOG[:-1])):
        f.fused(f"p{k}", below, "%z", _real(c))
        below = f"%p{k}"
    f.put("h", "fmul", "%f", "%f")
    f.put("half", "fmul", "%h", _real(0.5))
    f.fused("r", below, "%z", "%half")
    f.put("low", "fmul", "%n", _real(1.90821492927058770002e-10))
    f.fused("sr", "%s", "%r", "%low")
    f.put("a", "fsub", "%half", "%sr")
    f.put("b", "fsub", "%a", "%f")
    f.put("high", "fmul", "%n", _real(6.93147180369123816490e-01))
    f.put("y", "fsub", "%high", "%b")
    f.put("negative", "fcmp olt", "%x", _real(0.0))
    f.put("small", "fcmp olt", "%x", _real(2.2250738585072014e-308))
    f.put("finite", "fcmp olt", "%x", _real(math.inf))
    f.lines.append(f"  %large = select <{LANES} x i1> %finite, {VECTOR} %y, {VECTOR} %x")
    f.choose("positive", "small", _real(-math.inf), "large")
    f.choose("result", "negative", _real(math.nan), "positive")
    return f.text("result")
