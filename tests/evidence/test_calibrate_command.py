"""``mgsim calibrate``: what it prints, writes, reads again and answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mgsim.app.command_line import main
from mgsim.evidence.calibrate import register
from mgsim.evidence.calibrate.fit import Fit, Free
from mgsim.evidence.calibrate.target import aim
from mgsim.language.model import Model

LEAK = "Reticulum.k_pl"


def leak(model: Model) -> float:
    return model.value(LEAK) / register.fibre_named("mouse_edl").value(LEAK)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fits that cost nothing: one aims near what is committed, one far from it, one moves what its aim does not see."""
    model, known = register.fibre_named("mouse_edl"), register.steps()

    def around(path: str) -> Free:
        return Free(path, model.value(path) / 10, model.value(path) * 10, reason="around it")

    def fit(name: str, path: str, wanted: float) -> Fit:
        return Fit(name, "mouse_edl", (around(path),), (aim("leak", leak, wanted, 0.01, "1", "MgsimDesign"),))

    given = (("small", LEAK, 1.005), ("off", LEAK, 1.5), ("other", "CalciumEntry.J_lk", 1.0))
    monkeypatch.setattr(register, "steps", lambda: known | {f"mouse_edl.{g[0]}": fit(*g) for g in given})


def test_list_names_fits_and_what_was_chosen_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", "list"]) == 0
    text = capsys.readouterr().out
    assert "mouse_edl.small" in text and "chosen by hand for mouse_soleus" in text and "T46.plateau" in text
    assert main(["calibrate", "list", "--json"]) == 0
    about = json.loads(capsys.readouterr().out)
    assert {"fit": "mouse_edl.small", "frees": ["Reticulum.k_pl"], "aims": ["leak"], "needs": [], "note": ""} in about[
        "fits"
    ]


def test_what_is_found_is_shown_saved_and_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "found.json"
    assert main(["calibrate", "mouse_edl.off", "--write", str(file), "--preset"]) == 0
    text = capsys.readouterr().out
    assert '"Reticulum.k_pl": ' in text and "settled" in text and "around it" in text
    saved = json.loads(file.read_text(encoding="utf-8"))
    own = saved["fits"][0]["parameters"]["Reticulum.k_pl"]
    assert own["unit"] == "ms⁻¹" and own["value"] == pytest.approx(1.5 * own["committed"], rel=1e-3)
    assert main(["calibrate", "mouse_edl.off", "--from", str(file), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)["fits"][0]["parameters"]["Reticulum.k_pl"]
    assert again["start"] == pytest.approx(own["value"]) and again["committed"] == own["committed"]


def test_what_other_fits_found_in_the_file_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "found.json"
    assert main(["calibrate", "mouse_edl.off", "--write", str(file)]) == 0
    capsys.readouterr()
    assert main(["calibrate", "mouse_edl.other", "--from", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fits"][0]["targets"]["leak"]["before"] == pytest.approx(1.5, rel=1e-3)


def test_better_trials_are_said_where_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", "mouse_edl.off", "--verbose"]) == 0
    lines = capsys.readouterr().err.splitlines()
    squares = [float(line.rpartition(" ")[2]) for line in lines]
    assert len(squares) > 1 and squares == sorted(squares, reverse=True)


def test_check_says_whether_the_committed_values_are_found_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", "mouse_edl.small", "--check"]) == 0
    assert main(["calibrate", "mouse_edl.off", "--check", "--seed", "3"]) == 1
    assert "not found again: Reticulum.k_pl" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["mouse_edl.smal"], "mouse_edl.small"),
        (["mouse_edl.small", "--from", "nowhere"], "committed or scattered"),
        (["mouse_edl.small", "--jobs", "0"], "at least one trial"),
        (["mouse_edl.small", "--write", "no/such/folder/x.json"], "does not exist"),
    ],
)
def test_wrong_words_get_one_line(words: list[str], answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", *words]) == 2
    said = capsys.readouterr().err
    assert answer in said and said.count("\n") == 1


def test_another_file_is_no_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}", encoding="utf-8")
    assert main(["calibrate", "mouse_edl.small", "--from", str(file)]) == 2
    assert "no file that mgsim calibrate --write made" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["mouse_edl.membrane", "mouse_edl.phosphate", "mouse_edl.closure", "human_slow.contraction"]
)
def test_committed_values_are_reached_from_elsewhere(name: str) -> None:
    assert main(["calibrate", name, "--check"]) == 0
