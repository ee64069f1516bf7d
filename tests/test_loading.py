"""What a protocol says about length and load."""

import pytest

import mgsim
from mgsim.loading import Loading, Move
from mgsim.protocol import Protocol

TRAIN = mgsim.train("100 Hz", "0.3 s")


@pytest.mark.parametrize(
    "protocol",
    [
        mgsim.twitch().at_length("2.8 µm"),
        TRAIN.at_length("2.6 µm").afterloaded("30%", start="0.1 s"),
        TRAIN.moved("-5%", "0.1 s", "10 ms").moved("5%", "0.11 s", "10 ms"),
    ],
)
def test_dictionary_round_trip(protocol):
    assert Protocol.from_dict(protocol.as_dict()) == protocol
    assert protocol.describe() == Protocol.from_dict(protocol.as_dict()).describe()


def test_a_protocol_without_load_is_written_as_before():
    assert "loading" not in TRAIN.as_dict() and Protocol.from_dict(TRAIN.as_dict()).loading is None


def test_description_says_what_is_done():
    words = TRAIN.moved("-5%", "0.1 s", "10 ms").describe()
    assert words.endswith("shortened by 0.05 of its length from 100 ms to 110 ms.")
    assert "lifting 80 kN/m²" in TRAIN.afterloaded("80 kN/m²").describe()


def test_values_of_the_inputs():
    loading = Loading(load="30%", free=0.1)
    assert (loading.value("free", 0.05), loading.value("free", 0.1)) == (0.0, 1.0)
    moved = Loading(moves=(Move(-0.05, 0.1, 0.2),))
    assert moved.value("speed", 0.1) == pytest.approx(-0.5) and moved.value("speed", 0.2) == 0.0
    assert loading.tension(200.0) == pytest.approx(60.0)
    assert Loading(load="80 kPa").tension(1.0) == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: TRAIN.at_length("24 µm"), "sarcomeres are 1 to 5 µm"),
        (lambda: TRAIN.at_length("2 s"), "length"),
        (lambda: TRAIN.afterloaded("-5%"), "zero or more"),
        (lambda: TRAIN.afterloaded(80), "with its unit"),
        (lambda: TRAIN.afterloaded("80 mV"), "load"),
        (lambda: TRAIN.afterloaded("30%", start="2 s"), "after the recording"),
        (lambda: TRAIN.moved("-5%", "0.1 s", "2 s"), "after the recording"),
        (lambda: TRAIN.moved("-80%", "0.1 s", "10 ms"), "at most 60%"),
        (lambda: TRAIN.moved("-5%", "0.1 s", "10 ms").moved("5%", "0.105 s", "10 ms"), "overlap"),
        (lambda: TRAIN.moved("-5%", "0.1 s", "10 ms").afterloaded("30%"), "either lifts a load or is moved"),
        (lambda: TRAIN.at_length("2.6 µm").then(TRAIN), "join protocols first"),
        (lambda: Loading.from_dict({"lenght": 2.4}), "length"),
    ],
)
def test_misuse_is_answered_in_one_line(make, words):
    with pytest.raises(mgsim.InputError, match=words) as error:
        make()
    assert "\n" not in str(error.value)


def test_a_model_without_sarcomeres_cannot_be_loaded():
    bare = mgsim.fibre.mouse_edl().without("Sarcomere")
    with pytest.raises(mgsim.InputError, match="Sarcomere"):
        mgsim.simulate(bare, mgsim.twitch().at_length("2.8 µm"))


def test_a_motor_does_not_move_a_tendon():
    tied = mgsim.on_tendon(mgsim.fibre.mouse_edl())
    with pytest.raises(mgsim.InputError, match="tendon"):
        mgsim.simulate(tied, TRAIN.moved("-5%", "0.1 s", "10 ms"))
    with pytest.raises(mgsim.InputError, match="already"):
        mgsim.on_tendon(tied)


def test_saved_results_keep_the_load(tmp_path):
    result = mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.twitch(duration="50 ms").afterloaded("10 kN/m²"))
    result.save(tmp_path / "r.json")
    assert mgsim.load(tmp_path / "r.json").protocol == result.protocol
    assert result.provenance["parameters"]["SeriesElasticity.load"]["value"] == 10.0
