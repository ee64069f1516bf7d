"""An exported module gives the numbers that mgsim gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import mgsim
from mgsim.export.javascript import module
from mgsim.language.errors import InputError
from mgsim.protocol import Protocol
from mgsim.starting_state import initial_state
from tests.export.node import needs_node, run

FIBRES = ("mouse_edl", "mouse_soleus", "human_fast", "human_slow")
SHOWN = ["force", "Ca", "Mg", "MgATP", "V_tubule", "CaSR_terminal", "PCr_total_bulk", "pH"]
# Both follow the same steps but for the last digits of exponentials; the tolerance is on the height of each trace.
ALIKE = 1e-4


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "fibres.mjs"
    path.write_text(module([getattr(mgsim.fibre, name)() for name in FIBRES]), encoding="utf-8")
    return path


def compare(exported: Path, runs: list[tuple[str, dict[str, float], Protocol]], every: float) -> None:
    asked, expected = [], []
    for name, changes, protocol in runs:
        result = mgsim.simulate(getattr(mgsim.fibre, name)().with_(_as_mgsim(changes)), protocol, every=every)
        experiment = {"changes": changes, "onsets": list(protocol.onsets), "duration": protocol.duration}
        times = result.time.tolist()
        asked.append({"fibre": name, "experiment": {**experiment, "times": times, "wanted": SHOWN}})
        expected.append(result)
    for (name, changes, protocol), answer, result in zip(runs, run(exported, asked), expected, strict=True):
        assert answer["status"] == "done", answer
        for trace in SHOWN:
            mine, theirs = result[trace], np.array(answer["traces"][trace])
            height = float(np.abs(mine).max())
            assert np.abs(mine - theirs).max() <= ALIKE * height, (name, changes, protocol.name, trace)


def _as_mgsim(changes: dict[str, float]) -> dict[str, float]:
    """A bare temperature is in °C in Python and in K in JavaScript."""
    return {path: value - 273.15 if path == "T" else value for path, value in changes.items()}


@needs_node
@pytest.mark.parametrize("name", FIBRES)
def test_twitches_and_tetani_at_several_levels_of_magnesium(exported: Path, name: str) -> None:
    base = getattr(mgsim.fibre, name)()
    usual = base.value("Mg")
    warmer = base.value("T") + 4.0
    twitch, tetanus = mgsim.twitch(duration="0.3 s"), mgsim.train("60 Hz", "0.4 s", after="0.2 s")
    changes: list[dict[str, float]] = [{}, {"Mg": 0.5 * usual}, {"Mg": 2.0 * usual}, {"T": warmer}]
    changes += [{"Mg": 0.7 * usual, "T": warmer}]
    compare(exported, [(name, c, p) for c in changes for p in (twitch, tetanus)], every=1e-3)


@pytest.mark.slow
@needs_node
@pytest.mark.parametrize("share", [2.0, 1.0, 0.6])
def test_a_minute_of_fatigue(exported: Path, share: float) -> None:
    fibre = mgsim.fibre.mouse_edl()
    work = mgsim.fatigue("burke", duration="1 min", recovery="0 s")
    compare(exported, [("mouse_edl", {"Mg": share * fibre.value("Mg")}, work)], every=0.01)


@needs_node
def test_a_rest_is_a_rest_and_keeps_what_is_fixed(exported: Path) -> None:
    fibre = mgsim.fibre.mouse_edl()
    asked = [{"fibre": "mouse_edl", "rest": {"Mg": mg, "ATP": 7.0, "SERCA.E_tot": 150.0}} for mg in (0.5, 1.8)]
    for question, answer in zip(asked, run(exported, asked), strict=True):
        mine = initial_state(fibre.with_(question["rest"]))
        names = [q.name for q in mine.program.system.states]
        theirs = np.array([answer["values"][n] for n in names])
        shown = mine.rest / np.array([q.factor for q in mine.program.system.states])
        scales = mine.scales / np.array([q.factor for q in mine.program.system.states])
        assert np.abs(theirs - shown).max() <= 1e-7 * (scales + np.abs(shown)).max()
        assert abs(answer["values"]["Mg"] / 1000.0 - question["rest"]["Mg"]) < 1e-9
        for law, row in zip(mine.laws, mine.law_rows(), strict=True):
            assert abs(answer["totals"][law.name] - float(row @ mine.rest) / 1000.0) < 1e-6


@needs_node
def test_a_sudden_cuff_is_that_of_python(exported: Path) -> None:
    cuffed = mgsim.fibre.human_slow().suddenly({"Mitochondria.supply": 0.0})
    result = mgsim.simulate(cuffed, mgsim.rest("60 s"), every=0.5)
    experiment = {"sudden": {"Mitochondria.supply": 0.0}, "duration": 60.0, "times": result.time.tolist()}
    (answer,) = run(exported, [{"fibre": "human_slow", "experiment": experiment}])
    mine, theirs = result["PCr_total_bulk"], np.array(answer["traces"]["PCr_total_bulk"])
    assert mine[-1] < mine[0]
    assert np.abs(mine - theirs).max() < ALIKE * mine[0]


@needs_node
@pytest.mark.parametrize(
    ("fibre", "experiment", "said"),
    [
        ("mouse_edel", {}, "there are mouse_edl"),
        ("mouse_edl", {"changes": {"Mgg": 1.0}}, 'has no "Mgg"'),
        ("mouse_edl", {"changes": {"Mg": -1.0}}, "is negative"),
        ("mouse_edl", {"sudden": {"Mg": 1.0}}, "fixed at rest"),
        ("mouse_edl", {"onsets": [0.5]}, "within the recording"),
        ("mouse_edl", {"onsets": [0.01, 0.0101]}, "overlap"),
        ("mouse_edl", {"duration": 0}, "more than 0 s"),
        ("mouse_edl", {"times": [0.2, 0.1]}, "samples ascend"),
    ],
)
def test_what_cannot_be_used_is_said(exported: Path, fibre: str, experiment: dict[str, object], said: str) -> None:
    asked = {"fibre": fibre, "experiment": {"duration": 0.1, "times": [0.0, 0.1], **experiment}}
    (answer,) = run(exported, [asked])
    assert said in answer["error"]


@needs_node
def test_a_budget_ends_a_run_and_keeps_what_there_is(exported: Path) -> None:
    times = [i / 1000 for i in range(101)]
    asked = {"fibre": "mouse_edl", "experiment": {"duration": 0.1, "onsets": [0.01], "times": times, "stepBudget": 30}}
    (answer,) = run(exported, [asked])
    assert answer["status"] == "step budget" and answer["steps"] == 30
    assert 0 < len(answer["traces"]["force"]) == len(answer["time"]) < 101


@needs_node
def test_more_samples_do_not_change_the_others(exported: Path) -> None:
    few, many = [i / 100 for i in range(11)], [i / 1000 for i in range(101)]
    asked = [
        {"fibre": "human_fast", "experiment": {"duration": 0.1, "onsets": [0.01], "times": t}} for t in (few, many)
    ]
    sparse, close = run(exported, asked)
    assert sparse["traces"]["force"] == close["traces"]["force"][::10]


def test_fibres_of_one_structure_share_their_equations() -> None:
    alone = len(module([mgsim.fibre.mouse_soleus()]))
    both = len(module([mgsim.fibre.mouse_soleus(), mgsim.fibre.human_slow()]))
    assert both < 1.5 * alone


def test_nothing_is_imported() -> None:
    lines = module([mgsim.fibre.mouse_edl()]).splitlines()
    assert not [line for line in lines if line.startswith("import ") or "require(" in line]


@pytest.mark.parametrize(
    "model",
    [
        mgsim.fibre.mouse_edl().skinned(Mg="0.1 mM"),
        mgsim.fibre.mouse_edl().suddenly({"Mitochondria.supply": 0.0}),
        mgsim.fibre.mouse_edl().blind("Release", "Mg"),
    ],
)
def test_what_has_no_steady_rest_is_refused(model: mgsim.Model) -> None:
    with pytest.raises(InputError, match="cannot be exported"):
        module([model])


def test_two_models_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="named 'mouse_edl'"):
        module([mgsim.fibre.mouse_edl(), mgsim.fibre.mouse_edl().with_(Mg="0.5 mM")])
