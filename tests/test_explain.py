"""``mgsim explain``: table, JSON and picture say the same, and wrong input gets one line and code 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import mgsim
from mgsim.app.command_line import app, main
from mgsim.attribution import explain as module
from mgsim.attribution.sentence import what_does_it

CORE = ("explain", "--fibre", "calcium_core", "--read", "twitch_force", "--read", "resting_Ca")
LOW = (*CORE, "--set", "Mg=0.4 mM")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder; give its code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")

    def answer(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capsys.readouterr()

    return answer


@pytest.fixture(scope="module")
def found() -> Any:
    return mgsim.explain(mgsim.fibre.calcium_core(), Mg="0.4 mM", read=["twitch_force", "resting_Ca"])


def test_it_prints_the_table_and_the_sentence_of_the_numbers(run: Run, found: Any) -> None:
    assert run(*LOW) == (0, f"{found.table()}\n\n{what_does_it(found)}\n", "")
    assert run(*LOW, "--amounts") == (0, f"{found.table(amounts=True)}\n\n{what_does_it(found)}\n", "")


def test_json_is_what_python_gives(run: Run, found: Any) -> None:
    code, out, err = run(*LOW, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told == {**found.as_dict(), "said": what_does_it(found), "files": []}
    assert told["fibre"] == "mouse_edl_core"
    assert told["kind"] == "steady"
    assert told["parts"]["RyR1"] == ["Release"]
    assert told["mgsim"] == mgsim.__version__
    effect = told["effects"]["twitch_force"]
    assert effect["total"]["value"] == pytest.approx(effect["changed"]["value"] - effect["reference"]["value"])


def test_a_picture_is_drawn_where_it_is_asked_for(run: Run) -> None:
    code, out, _ = run(*LOW, "-o", "which.png")
    assert (code, out.splitlines()[-1]) == (0, "wrote which.png")
    assert Path("which.png").stat().st_size > 20_000


def test_no_picture_is_drawn_of_no_change(run: Run) -> None:
    code, out, _ = run(*CORE, "--set", "Mg=0.901 mM", "-o", "which.png")
    assert (code, out.splitlines()[-1]) == (0, "which.png was not written: there is no change to share out")
    assert not Path("which.png").exists()


def test_parameters_hold_before_and_after(run: Run) -> None:
    told = json.loads(run(*LOW, "--set", "PV_tot=600 µM", "--temperature", "20 °C", "--json")[1])
    assert told["changed"] == {"Mg": {"from": 0.9, "to": 0.4, "unit": "mM"}}
    assert told["parameters_changed_in_both"] == {"Parvalbumin.PV_tot": {"value": 600.0, "unit": "µM"}}
    assert told["temperature"] == {"value": 20.0, "unit": "°C"}


def test_options_reach_the_attribution(run: Run, monkeypatch: pytest.MonkeyPatch, found: Any) -> None:
    asked: dict[str, Any] = {}

    def attribute(model: mgsim.Model, values: dict[str, str], **how: Any) -> Any:
        asked.update(model=model, values=values, **how)
        return found

    monkeypatch.setattr(module, "explain", attribute)
    run("explain", "--set", "Mg=0.2 mM", "--fibre", "mouse_soleus", "--acute", "--read", "resting_Ca", "--jobs", "1")
    assert asked["model"].name == "mouse_soleus"
    assert asked["values"] == {"Mg": "0.2 mM"}
    assert (asked["acute"], asked["read"], asked["jobs"]) == (True, ("resting_Ca",), 1)


def test_ctrl_c_ends_it_with_code_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "read_off", interrupted)
    assert run(*LOW)[0] == 130


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "explain needs an amount that changes"),
        (("--set", "PV_tot=0 µM"), "Parvalbumin.PV_tot would hold before and after"),
        (("--set", "Mgg=0.2 mM"), "did you mean Mg"),
        (("--set", "Mg"), "--set takes NAME=VALUE"),
        (("--set", "Mg=0.2 mM", "--set", "Mg=0.3 mM"), "set twice"),
        (("--set", "Mg=0.2 mM", "--set", "ATP=4 mM"), "one amount that changes"),
        (("--set", "Mg=0.9 mM"), "nothing changes"),
        (("--set", "Mg=0.2 V"), "V"),
        (("--set", "Ca=1 µM"), "is a state"),
        (("--set", "Mg=0.2 mM", "--fibre", "mouse_ed"), "did you mean mouse_edl"),
        (("--set", "Mg=0.2 mM", "--read", "force"), "unknown reading 'force'"),
        (("--set", "Mg=0.2 mM", "-o", "which.gif"), ".png, .pdf or .svg"),
        (("--set", "Mg=0.2 mM", "--jobs", "0"), "jobs = 0"),
        (("--set", "ATP=4 mM", "--acute"), "leave out acute"),
    ],
)
def test_wrong_input_gets_one_line_and_code_2(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run("explain", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_help_shows_examples_and_every_reading() -> None:
    text = app["explain"].help
    assert text.count("mgsim explain --set") >= 3
    from mgsim.attribution.readings import READINGS

    documented = " ".join((module_of_command().__doc__ or "").split())
    for name in READINGS:
        assert name in documented


def module_of_command() -> Any:
    from mgsim.app.explain import explain

    return explain
