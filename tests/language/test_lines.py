"""The lines of a mechanism are read when they are written: reactions and units, with errors that say where."""

from __future__ import annotations

import numpy as np
import pytest

from mgsim.engine.compiled import Compiled
from mgsim.language.assembly import Structure, System, assemble
from mgsim.language.declaration import (
    define,
    parameter,
    rate,
    reaction,
    shared,
    state,
)
from mgsim.language.dimensions import UnitMismatch
from mgsim.language.errors import InputError
from mgsim.language.expression import exp
from mgsim.language.mechanism import Mechanism, Placed
from mgsim.language.units import UnitError


def rate_constant(unit: str = "ms⁻¹"):
    return parameter(1.0, unit, "a rate", source="Textbook", evidence="D")


def one(mechanism: type[Mechanism]) -> System:
    """Assemble a single mechanism that stands nowhere in particular."""
    return assemble(Structure((Placed(mechanism),), ()))


def stoichiometry(equation: str) -> dict[str, int]:
    class Buffer(Mechanism):
        k = rate_constant()
        Ca = shared("µM", "free")
        P = state("µM", "empty site")
        CaP = state("µM", "full site")
        bind = reaction(equation, k * Ca)

    return Buffer.declarations["bind"].stoichiometry


@pytest.mark.parametrize(
    ("equation", "changes"),
    [
        ("Ca + P ⇌ CaP", {"Ca": -1, "P": -1, "CaP": 1}),
        ("Ca+P<=>CaP", {"Ca": -1, "P": -1, "CaP": 1}),
        ("2 Ca + P → CaP", {"Ca": -2, "P": -1, "CaP": 1}),
        ("10Ca -> CaP", {"Ca": -10, "CaP": 1}),
        ("Ca + Ca → CaP", {"Ca": -2, "CaP": 1}),
        ("Ca + P → P + CaP", {"Ca": -1, "CaP": 1}),
        ("→ CaP", {"CaP": 1}),
        ("CaP ⇌", {"CaP": -1}),
    ],
)
def test_a_reaction_is_read(equation, changes):
    assert stoichiometry(equation) == changes


@pytest.mark.parametrize(
    ("equation", "complaint"),
    [
        ("Ca → Ca", "changes nothing"),
        ("Ca + CaPP ⇌ P", "unknown species 'CaPP'; did you mean CaP"),
        ("k → P", "unknown species 'k'"),
        ("Ca P → CaP", "cannot read 'Ca P'"),
        ("1.5 Ca → P", "cannot read '1.5 Ca'"),
        ("-1 Ca → P", "cannot read '-1 Ca'"),
        ("0 Ca → P", "cannot read '0 Ca'"),
        ("Ca + → P", "cannot read ''"),
        ("Ca + + P → CaP", "cannot read ''"),
        ("Ca ⇌ P → CaP", "needs one arrow"),
        ("Ca = P", "needs one arrow"),
        ("", "needs one arrow"),
    ],
)
def test_a_reaction_that_makes_no_sense_is_refused_with_its_line(equation, complaint):
    with pytest.raises(InputError) as caught:
        stoichiometry(equation)
    message = str(caught.value)
    assert complaint in message
    assert message.startswith("Buffer.bind (line ")
    assert "\n" not in message


def line_of(mechanism: type[Mechanism], name: str) -> str:
    return f"(line {mechanism.declarations[name].line})"


def test_adding_different_units_names_mechanism_line_and_both_units():
    class Pump(Mechanism):
        k = rate_constant()
        K = parameter(1.0, "µM", "a constant", source="Textbook", evidence="D")
        P = state("µM", "what is pumped")
        wrong = define(k + K)
        flow = reaction("⇌ P", k * P)

    with pytest.raises(UnitMismatch) as caught:
        one(Pump)
    assert str(caught.value) == f"Pump.wrong {line_of(Pump, 'wrong')}: cannot add ms⁻¹ and µM in 'k + K'"


def test_a_bare_number_beside_a_quantity_is_refused():
    class Gate(Mechanism):
        k = rate_constant()
        m = state("1", "gate")
        dm = rate(m, 1.0 - k)

    with pytest.raises(UnitMismatch, match=r"Gate\.dm \(line \d+\): cannot add 1 \(dimensionless\) and ms⁻¹"):
        one(Gate)


@pytest.mark.parametrize(
    ("unit", "law", "wanted"),
    [
        ("µM", lambda k, P: k * P * P, "µM/ms"),
        ("µM", lambda k, P: P, "µM/ms"),
        ("µM", lambda k, P: k, "µM/ms"),
    ],
)
def test_a_reaction_has_to_be_a_change_of_concentration(unit, law, wanted):
    class Pump(Mechanism):
        k = rate_constant()
        P = state(unit, "what is pumped")
        flow = reaction("⇌ P", law(k, P))

    with pytest.raises(UnitMismatch, match=rf"Pump\.flow \(line \d+\): .* is in .*, it has to be in {wanted}"):
        one(Pump)


def test_a_rate_has_to_fit_its_state():
    class Filter(Mechanism):
        k = rate_constant()
        V = state("mV", "filtered")
        dV = rate(V, k * V * k)

    with pytest.raises(UnitMismatch, match=r"Filter\.dV \(line \d+\): .* it has to be in mV/ms"):
        one(Filter)


def test_an_exponent_is_a_number_and_a_declared_unit_is_checked():
    class Curve(Mechanism):
        k = rate_constant()
        V = state("mV", "potential")
        dV = rate(V, k * V * exp(V))

    with pytest.raises(UnitMismatch, match=r"Curve\.dV \(line \d+\): exp needs a dimensionless argument, 'V' is in mV"):
        one(Curve)

    class Named(Mechanism):
        k = rate_constant()
        V = state("mV", "potential")
        slope = define(k * V, "mV", "not a potential")
        dV = rate(V, k * V)

    with pytest.raises(UnitMismatch, match=r"Named\.slope \(line \d+\): 'k\*V' is in .*, it has to be in mV"):
        one(Named)


def test_a_unit_that_cannot_be_read_names_the_line():
    class Typo(Mechanism):
        k = parameter(1.0, "ms⁻¹ µMM", "a rate", source="Textbook", evidence="D")
        P = state("µM", "x")
        flow = reaction("⇌ P", k * P)

    with pytest.raises(UnitError, match=rf"Typo\.k \(line {Typo.declarations['k'].line}\): .*µMM.*did you mean µM"):
        one(Typo)


def test_units_of_other_scale_join_in_internal_ones():
    class Slow(Mechanism):
        k = rate_constant("s⁻¹")
        P = state("mM", "amount", initial=1.0)
        flow = reaction("P →", k * P)

    program = Compiled(one(Slow), "python")
    c = program.constants(np.array([298.15, 1e-3]))  # 1/s is 0.001/ms
    assert program.rates(np.array([1000.0]), np.zeros(0), c)[0] == -1.0
    assert program.scales(c)[0] == 1000.0
