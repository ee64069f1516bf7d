"""Distances, verdicts and counts."""

import json
import math

import pytest

from mgsim.evidence.measurements import Measurement
from mgsim.evidence.scoreboard import VERDICTS, Row, Scoreboard


def measured(id="X", value=10.0, spread=None, kind="number", relation="", **more):
    return Measurement(
        id=id, topic="t", quantity="q", value=value, unit=more.pop("unit", "ms"), species="mouse",
        temperature="25 °C", protocol="p", source="Textbook", evidence=more.pop("evidence", "R"),
        role=more.pop("role", "predict"), experiment="twitch.fade", kind=kind, relation=relation, spread=spread,
        spread_is="SD" if spread else "", **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "spread", "model", "z", "verdict"),
    [
        (10.0, 2.0, 10.0, 0.0, "within 1"),
        (10.0, 2.0, 12.0, 1.0, "within 1"),
        (10.0, 2.0, 7.9, -1.05, "within 2"),
        (10.0, 2.0, 6.0, -2.0, "within 2"),
        (10.0, 2.0, 14.1, 2.05, "outside"),
        (10.0, None, 11.5, 1.0, "within 1"),
        (-0.4, None, -0.46, -1.0, "within 1"),
        (-0.4, None, -0.3, 0.1 / 0.06, "within 2"),
    ],
)
def test_distance_in_units_of_the_spread(value, spread, model, z, verdict):
    row = Row(measured(value=value, spread=spread), model)
    assert row.z == pytest.approx(z)
    assert row.verdict == verdict
    assert ("15 %" in row.note) == (spread is None)


@pytest.mark.parametrize(
    ("relation", "model", "verdict"),
    [
        (">", 1.1, "met"),
        (">", 1.0, "not met"),
        (">=", 1.0, "met"),
        ("<", 0.9, "met"),
        ("<", 1.0, "not met"),
        ("<=", 1.0, "met"),
    ],
)
def test_sign_is_met_or_not(relation, model, verdict):
    row = Row(measured(value=1.0, kind="sign", relation=relation), model)
    assert row.verdict == verdict
    assert row.z is None


def test_reason_of_a_miss_is_shown_only_when_it_is_missed():
    own = measured(spread=1.0, missed="because")
    assert "because" in Row(own, 20.0).note
    assert not Row(own, 10.0).why and "because" not in Row(own, 10.0).note
    assert Row(measured(spread=1.0), 20.0).why == "the reason is not known"
    assert "no value: no rest" in Row(own, math.nan, "no rest").note


def board():
    return Scoreboard(
        (
            Row(measured("A", spread=1.0), 10.5),
            Row(measured("B", spread=1.0), 13.0),
            Row(measured("C", value=1.0, kind="sign", relation=">"), 2.0),
            Row(measured("D", spread=1.0), math.nan, "no rest"),
            Row(measured("E", spread=1.0, evidence="M+"), 99.0),
            Row(measured("F", spread=1.0, same_as="A"), 99.0),
            Row(measured("G", spread=1.0, role="calibrate"), 11.5),
        )
    )


def test_calibrated_and_predicted_are_counted_apart_and_what_informs_is_not_counted():
    counts = board().counts("predict")
    assert set(counts) == set(VERDICTS)
    assert {verdict: n for verdict, n in counts.items() if n} == {
        "within 1": 1,
        "outside": 1,
        "met": 1,
        "no value": 1,
    }
    assert board().share("predict") == pytest.approx(0.5)
    assert {verdict: n for verdict, n in board().counts("calibrate").items() if n} == {"within 2": 1}
    assert math.isnan(Scoreboard(()).share("predict"))


def test_json_has_every_row_and_null_for_what_is_undefined():
    text = json.dumps(board().as_dict(), allow_nan=False)
    rows = json.loads(text)["rows"]
    assert [row["id"] for row in rows] == list("ABCDEFG")
    wanted = {"id", "topic", "role", "target", "spread", "unit", "model", "z", "verdict", "source", "note"}
    assert all(wanted <= set(row) for row in rows)
    assert rows[3]["model"] is None and rows[3]["z"] is None and rows[3]["verdict"] == "no value"
    assert rows[2]["spread"] is None and rows[2]["relation"] == ">"
