"""What is said to someone who puts a model together in a way that cannot be meant."""

import pytest

import mgsim
from mgsim.fibre.geometry import bulk
from mgsim.language import InputError, Mechanism, parameter, reaction, shared, state


def dye():
    class Dye(Mechanism):
        """A calcium dye."""

        total = parameter(100.0, "µM", "dye", source="MgsimDesign", evidence="D")
        k_on = parameter(0.1, "µM⁻¹ ms⁻¹", "Ca²⁺ on", source="MgsimDesign", evidence="D")
        k_off = parameter(9.8, "ms⁻¹", "Ca²⁺ off", source="MgsimDesign", evidence="D")
        Ca = shared("µM", "free Ca²⁺")
        CaD = state("µM", "dye holding Ca²⁺")
        bind = reaction("Ca <-> CaD", k_on * Ca * (total - CaD) - k_off * CaD)

    return Dye


FIBRE = mgsim.fibre.mouse_edl()


def said(action) -> str:
    with pytest.raises(InputError) as caught:
        action()
    return str(caught.value)


def test_a_mechanism_stands_once_in_a_place():
    kind = dye()
    assert "Dye stands twice in bulk" in said(lambda: FIBRE.plus(kind.at(bulk)).plus(kind.at(bulk)).system)
    assert "Dye stands twice in bulk" in said(lambda: FIBRE.plus(dye().at(bulk)).plus(dye().at(bulk)).system)
    junction = next(p for p in FIBRE.places if p.name == "junction")
    assert FIBRE.plus(kind.at(bulk), kind.at(junction)).system.index["Dye.CaD[junction]"]
    assert "two different mechanisms are called Dye" in said(
        lambda: FIBRE.plus(dye().at(bulk), dye().at(junction)).system
    )


def test_places_and_mechanisms_are_no_names():
    assert "has to be a Place" in said(lambda: dye().at("bulk"))
    assert "plus takes a mechanism" in said(lambda: FIBRE.plus("Dye"))


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (lambda: mgsim.simulate(FIBRE, "twitch"), "protocol has to be a Protocol, such as mgsim.twitch()"),
        (lambda: mgsim.simulate(mgsim.twitch(), FIBRE), "model has to be a Model"),
        (lambda: mgsim.simulate(mgsim.fibre.mouse_edl, mgsim.twitch()), "has to be called: mouse_edl()"),
        (lambda: mgsim.measure.peak(FIBRE), "what is measured has to be a Result"),
        (lambda: mgsim.measure.all_measures(FIBRE), "what is measured has to be a Result"),
        (lambda: mgsim.plot.traces(FIBRE), "a picture needs one or more results"),
        (lambda: FIBRE.with_(magnesium="0.2 mM"), "amounts that can be set at rest: Mg, ATP"),
    ],
)
def test_what_goes_where(action, words):
    assert words in said(action)


def test_a_model_shows_itself():
    changed = FIBRE.with_(ATP="6 mM").clamp(Ca_bulk="1 µM").at("30 °C")
    assert repr(changed) == "<Model: mouse_edl at 30 °C with ATP=6 mM, Ca_bulk=1 µM clamped>"
    page = FIBRE._repr_html_()
    assert "<td>Mg</td><td>0.9 mM</td>" in page and "<td>Parvalbumin</td>" in page
    assert page.count("<table>") == page.count("</table>") == 2


def test_what_was_added_and_removed_is_told():
    changed = FIBRE.plus(dye().at(bulk)).without("Parvalbumin")
    assert str(changed) == "mouse_edl at 25 °C with Dye added, Parvalbumin removed"
    result = mgsim.simulate(changed, mgsim.rest("1 ms"))
    assert result.provenance["edits"] == ["Dye added", "Parvalbumin removed"]
    assert result.provenance["clamped"] == {}


def test_a_clamp_without_a_rest_names_only_what_was_asked_for():
    assert "with Ca_bulk, Ca_junction clamped for good there is no rest" in said(
        lambda: mgsim.simulate(FIBRE.clamp(Ca="1 µM"), mgsim.rest("1 ms"))
    )
