"""The runner and the command: quick rows really run, none is dropped, and what is printed can be read."""

import json
from dataclasses import replace

import pytest

from mgsim.app.validate import summary
from mgsim.app.validate import validate as command
from mgsim.evidence.measurements import measurements
from mgsim.evidence.validate import compare, validate
from mgsim.fibre import mouse_edl
from mgsim.language.errors import InputError


def test_quick_rows_run_in_the_order_of_the_table():
    told = []
    board = validate(["T26", "T5.peak"], on_progress=told.append)
    assert [row.measurement.id for row in board.rows] == ["T5.peak", "T26.0.6", "T26.0.4", "T26.0.2"]
    assert not any(row.reason for row in board.rows)
    assert told == pytest.approx([0.25, 0.5, 0.75, 1.0])
    assert summary(board)[0].endswith("of 1 within 2 spreads or with the sign")
    with pytest.raises(InputError, match="T26.0.6"):
        board["T26.0.5"]


def test_a_row_without_a_value_stays_and_says_why():
    dead = mouse_edl().with_(P_stim=0.0)  # no stimulus reaches the fibre
    board = validate(["T2", "T26.0.6"], jobs=1, preparations={"mouse_edl": dead})
    assert [row.verdict for row in board.rows][0] == "no value"
    assert "did not rise" in board["T2"].note
    assert board["T26.0.6"].verdict == "within 1"  # the channel by itself needs no stimulus


def test_an_error_in_an_experiment_is_not_taken_for_a_miss():
    row = next(row for row in measurements() if row.id == "T26.0.6")
    with pytest.raises((AttributeError, TypeError)):
        compare(row, None)
    wrong = replace(row, given={"Mg": "0.6 mV"})
    with pytest.raises(InputError, match="mV") as raised:
        compare(wrong, mouse_edl())
    assert raised.value.__notes__ == ["while row T26.0.6 was run"]


def test_a_fibre_without_a_rest_gives_no_value():
    row = next(row for row in measurements() if row.id == "T26.0.6")
    board_row = compare(row, mouse_edl().with_(V_ox="1 nM/s"))
    assert board_row.verdict == "no value" and "no resting state" in board_row.reason


def test_nothing_to_compare_with_gives_no_value(monkeypatch):
    row = next(row for row in measurements() if row.id == "T1")
    monkeypatch.setitem(row.__dict__, "run", lambda model: 1.0 / 0.0)
    assert compare(row, mouse_edl()).reason == "what it is compared with is nothing"


def test_at_least_one_job():
    with pytest.raises(InputError, match="at least one"):
        validate("T1", jobs=0)


def test_json_of_the_command(capsys):
    assert command(only=("T27", "3b.mhs"), json=True) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in shown["rows"]] == ["T27.0.6", "T27.0.4", "T27.0.2", "3b.mhs"]
    for row in shown["rows"][:3]:
        assert row["z"] == pytest.approx((row["model"] - row["target"]) / row["spread"])
        assert row["role"] == "calibrate"
    assert shown["rows"][3]["z"] is None and shown["rows"][3]["verdict"] in ("met", "not met")
    assert set(shown["counts"]) == {"calibrate", "predict"}


def test_table_of_the_command_names_rows_and_says_why_one_is_missed(capsys):
    assert command(only=("T27", "T35.Cl")) == 0
    shown = capsys.readouterr().out
    assert "T27.0.6" in shown and "magnesium and release" in shown
    assert "T35.Cl: As in toad" in " ".join(shown.split())
    assert "calibrate (used in fitting): " in shown and "predict (never used in fitting): " in shown


@pytest.mark.slow
def test_every_row_is_run():
    board = validate()
    assert [row.measurement.id for row in board.rows] == [m.id for m in measurements()]
    for row in board.rows:
        assert row.favourable or row.measurement.missed or row.measurement.conflict or row.measurement.same_as, row.note
