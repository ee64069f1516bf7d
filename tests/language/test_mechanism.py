"""What a class body may hold, and what only the joining of mechanisms can see."""

from __future__ import annotations

import pytest

from mgsim.language.assembly import Structure, System, assemble
from mgsim.language.declaration import (
    define,
    parameter,
    rate,
    reaction,
    shared,
    slot,
    state,
    stimulus,
    transport,
)
from mgsim.language.errors import InputError
from mgsim.language.mechanism import Mechanism, Place, Placed


def rate_constant(unit: str = "ms⁻¹"):
    return parameter(1.0, unit, "a rate", source="Textbook", evidence="D")


def one(mechanism: type[Mechanism]) -> System:
    """Assemble a single mechanism that stands nowhere in particular."""
    return assemble(Structure((Placed(mechanism),), ()))


# ------------------------------------------------------------------ what a class body may hold
def test_misuse_of_a_class_body_is_refused():
    with pytest.raises(InputError, match="'Z' of 'a rate' is none of R, K"):
        parameter(1.0, "ms⁻¹", "a rate", source="Textbook", evidence="Z")
    with pytest.raises(InputError, match="needs both q10= and at="):
        parameter(1.0, "ms⁻¹", "a rate", source="Textbook", evidence="D", q10=2.0)
    with pytest.raises(InputError, match="takes a state of its own mechanism first"):
        rate(state("1", "gate") * 2.0, 1.0)
    with pytest.raises(TypeError, match="cannot stand in an equation"):
        reaction("→ P", "k*P")
    with pytest.raises(TypeError, match="no if"):
        bool(stimulus("pulse") - 1.0)


def test_mechanisms_are_final_and_never_instantiated():
    class Sites(Mechanism):
        pass

    with pytest.raises(InputError, match="mechanisms are final"):

        class Other(Sites):
            pass

    with pytest.raises(TypeError, match="used as a class"):
        Sites()
    with pytest.raises(InputError, match="unknown slot of Sites 'area'"):
        Sites.at(Place("wall"), area=2.0)
    with pytest.raises(InputError, match="use one name"):

        class Twice(Mechanism):
            k = rate_constant()
            j = k


# ------------------------------------------------------------------ what only the assembly can see
def test_a_shared_name_that_nobody_makes_is_refused():
    class Reader(Mechanism):
        k = rate_constant()
        P = state("µM", "x")
        Cs = shared("µM", "free caesium")
        flow = reaction("⇌ P", k * Cs)

    class Maker(Mechanism):
        k = rate_constant()
        Ca = shared("µM", "free calcium")
        flow = reaction("Ca →", k * Ca)

    with pytest.raises(
        InputError, match=r"Reader\.Cs \(line \d+\) shares 'Cs', which no mechanism makes.*did you mean Ca"
    ):
        assemble(Structure((Placed(Reader), Placed(Maker)), ()))


def test_a_reaction_stays_in_one_place():
    class Leak(Mechanism):
        k = rate_constant()
        inner = shared("µM", "in", species="A", at="inside")
        outer = shared("µM", "out", species="A", at="outside")
        flow = reaction("inner ⇌ outer", k * (inner - outer))

    wall = Place("wall", roles={"inside": "cell", "outside": "bath"})
    with pytest.raises(
        InputError, match=r"Leak\.flow \(line \d+\) is a reaction between bath and cell: write transport"
    ):
        assemble(Structure((Placed(Leak, wall),), (Place("cell"), Place("bath"))))


def test_an_unknown_place_a_circle_and_a_foreign_symbol_are_refused():
    class Lost(Mechanism):
        k = rate_constant()
        A = shared("µM", "a", at="celll")
        flow = transport("A →", k * A)

    with pytest.raises(InputError, match=r"Lost\.A \(line \d+\): unknown place 'celll'; did you mean cell"):
        assemble(Structure((Placed(Lost),), (Place("cell"),)))

    class First(Mechanism):
        a = shared("1", "a", species="b", at="")
        x = define(a * 2.0, "1", "x", public="c", at="")

    class Second(Mechanism):
        a = shared("1", "a", species="c", at="")
        x = define(a * 2.0, "1", "x", public="b", at="")

    with pytest.raises(InputError, match="go round in a circle: b → c → b"):
        assemble(Structure((Placed(First), Placed(Second)), ()))

    class Thief(Mechanism):
        P = state("µM", "x")
        flow = reaction("⇌ P", Foreign.k * P)

    with pytest.raises(InputError, match="Thief uses k, which belongs to another mechanism"):
        one(Thief)


class Foreign(Mechanism):
    k = rate_constant()


def test_a_state_that_nothing_changes_is_refused():
    class Idle(Mechanism):
        m = state("1", "gate")
        area = slot("1", "unused")

    with pytest.raises(InputError, match=r"state Idle\.m has neither a rate nor a reaction"):
        one(Idle)
