"""The command line: what each command prints, writes and answers; bad input gets one line and code 2."""

from __future__ import annotations

import json
import math
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import mgsim
from mgsim.app import demo, run, screen, tiring
from mgsim.app.command_line import app, main


@dataclass
class Answer:
    code: int
    out: str
    err: str


Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Ask]:
    """Run one command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")

    def answer(*words: str) -> Answer:
        code = main(words)
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    yield answer
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def test_version(ask: Ask) -> None:
    assert ask("--version") == Answer(0, f"mgsim {mgsim.__version__}\n", "")


def test_help_of_everything_shows_examples(ask: Ask) -> None:
    assert "For example" in ask("--help").out
    for command in ("demo", "run", "info", "list", "validate"):
        answer = ask(command, "--help")
        assert answer.code == 0
        assert f"mgsim {command}" in answer.out.partition("For example")[2]
    assert ask().out == ask("--help").out


def examples_of(command: str) -> list[str]:
    text = app[command].help
    return [line.strip() for line in text.splitlines() if line.strip().startswith("mgsim ")]


@pytest.mark.parametrize("line", [line for c in ("run", "info", "list") for line in examples_of(c)])
def test_what_help_shows_works(ask: Ask, line: str) -> None:
    answer = ask(*shlex.split(line)[1:])
    assert (answer.code, answer.err) == (0, "")
    assert answer.out


def test_json_is_one_object_with_what_python_gives(ask: Ask) -> None:
    answer = ask("run", "train", "--rate", "50 Hz", "--duration", "0.2 s", "--set", "Mg=0.4 mM", "--json")
    told = json.loads(answer.out)
    assert (answer.code, answer.err) == (0, "")
    assert told["experiment"] == "train"
    assert told["kind"] == "steady"
    assert told["fibre"] == "mouse_edl"
    assert told["parameters_changed"] == {"Mg": {"value": 0.4, "unit": "mM"}}
    assert told["outcome"]["kind"] == "done"
    result = mgsim.simulate(mgsim.fibre.mouse_edl().with_(Mg="0.4 mM"), mgsim.train("50 Hz", "0.2 s"))
    measures = {name: measure.as_dict() for name, measure in mgsim.measure.all_measures(result).items()}
    assert told["measures"] == measures
    assert told["measures"]["half_relaxation"]["unit"] == "ms"


@pytest.mark.parametrize("kind", ["acute", "skinned"])
def test_a_sudden_change_is_told_apart_from_parameters(ask: Ask, kind: str) -> None:
    words = ["run", "twitch", "--experiment", kind, "--set", "Mg=0.2 mM", "--set", "ATP=7 mM"]
    told = json.loads(ask(*words, "--json").out)
    assert told["kind"] == kind
    assert told["parameters_changed"] == {"ATP": {"value": 7.0, "unit": "mM"}}
    assert told["levels"] == {name: {"value": 200.0, "unit": "µM"} for name in ("Mg_junction", "Mg_bulk")}
    headline = ask(*words, "--plot", "a.png").out.splitlines()[0]
    assert headline == f"mouse_edl, ATP 7 mM, Mg²⁺ 0.2 mM {kind}, 25 °C"


def test_an_undefined_measure_is_null_with_a_reason(ask: Ask) -> None:
    told = json.loads(ask("run", "twitch", "--duration", "15 ms", "--json").out)
    undefined = told["measures"]["half_relaxation"]
    assert undefined["value"] is None
    assert undefined["reason"]


@pytest.mark.parametrize(
    ("words", "model"),
    [
        ("--temperature '16 °C'", lambda m: m.at("16 °C")),
        ("--set k_CP='0.1 /µM/ms' --set ATP='6 mM'", lambda m: m.with_(k_CP="0.1 /µM/ms", ATP="6 mM")),
        ("--experiment acute --set Mg='0.3 mM'", lambda m: m.acute(Mg="0.3 mM")),
        (
            "--experiment acute --set Mg='0.3 mM' --set ATP='6 mM'",
            lambda m: m.with_(ATP="6 mM").acute(Mg="0.3 mM"),
        ),
        ("--experiment skinned --set Mg='0.3 mM'", lambda m: m.skinned(Mg="0.3 mM")),
        ("--set Mg='0.3 mM' --blind Release:Mg", lambda m: m.with_(Mg="0.3 mM").blind("Release", "Mg")),
    ],
)
def test_options_mean_what_they_mean_in_python(
    ask: Ask, words: str, model: Callable[[mgsim.Model], mgsim.Model]
) -> None:
    answer = ask("run", "twitch", "--save", "a.json", *shlex.split(words))
    assert answer.code == 0, answer.err
    assert mgsim.load("a.json") == mgsim.simulate(model(mgsim.fibre.mouse_edl()), mgsim.twitch())


@pytest.mark.parametrize(
    ("words", "protocol"),
    [
        ("twitch --duration '50 ms'", lambda: mgsim.twitch(duration="50 ms")),
        ("train --rate '80 Hz' --duration '0.1 s' --after '20 ms'",
         lambda: mgsim.train("80 Hz", "0.1 s", after="20 ms")),
        ("pulses --at '10 ms,30 ms' --at '70 ms' --duration '0.1 s'",
         lambda: mgsim.pulses([0.01, 0.03, 0.07], duration="0.1 s")),
        ("rest --duration '0.1 s' --hold Mg='0.2 mM'", lambda: mgsim.rest("0.1 s").held("Mg", "0.2 mM")),
        ("fatigue --preset burke --duration '3 s' --recovery '0 s'",
         lambda: mgsim.fatigue("burke", duration="3 s", recovery=0)),
        ("fatigue --rate '50 Hz' --train '0.2 s' --interval '1 s' --duration '3 s' --recovery '10 s'",
         lambda: mgsim.fatigue(rate="50 Hz", train="0.2 s", every="1 s", duration="3 s", recovery="10 s")),
        ("hold --rate '50 Hz' --duration '2 s' --falls-to '50 %'",
         lambda: mgsim.hold("50 Hz", "2 s", falls_to=0.5)),
        ("clamp --hold V='-10 mV' --duration '50 ms' --after '50 ms'",
         lambda: mgsim.voltage_clamp("-10 mV", "50 ms", after="50 ms")),
    ],
)  # fmt: skip
def test_each_experiment_is_the_protocol_of_that_name(
    ask: Ask, words: str, protocol: Callable[[], mgsim.Protocol]
) -> None:
    answer = ask("run", *shlex.split(words), "--save", "a.csv")
    assert answer.code == 0, answer.err
    assert mgsim.load("a.csv").protocol == protocol()


def test_files_are_written_and_named(ask: Ask, tmp_path: Path) -> None:
    answer = ask("run", "twitch", "--plot", "a.png", "--save", "b.nc", "--show", "Ca", "--show", "Mg")
    assert answer.out.splitlines()[-1] == "wrote b.nc, a.png"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "b.nc"]
    assert (tmp_path / "a.png").stat().st_size > 20_000
    assert json.loads(ask("run", "twitch", "--save", "b.nc", "--json").out)["files"] == ["b.nc"]


BAD = [
    ("rum", 'Did you mean "run"'),
    ("run", "KIND"),
    ("run twich", "twitch"),
    ("run twitch --foo 3", "--foo"),
    ("run twitch --preset burke", "a twitch has no --preset; it belongs to fatigue"),
    ("run fatigue --preset burk", "did you mean burke?"),
    ("run fatigue --interval '0.1 s'", "leave no pause"),
    ("run hold --falls-to 2", "a share between 0 and 1"),
    ("run twitch --sett Mg=1", "--set"),
    ("run twitch extra", "'extra' is too much"),
    ("run twitch --set", "requires an argument"),
    ("run twitch --fibre mouse_ed", "did you mean mouse_edl"),
    ("run twitch --set Mgg='0.2 mM'", "did you mean Mg"),
    ("run twitch --set Mg='0.2 ms'", "is a concentration; '0.2 ms' is a time"),
    ("run twitch --set Mg='-0.2 mM'", "negative"),
    ("run twitch --set Mg='nan mM'", "finite number"),
    ("run twitch --set Mg='inf mM'", "finite number"),
    ("run twitch --set Mg='0 mM'", "cannot be zero"),
    ("run twitch --set Mg=0.2", "'0.2 mM'"),
    ("run twitch --set Mg", "NAME=VALUE"),
    ("run twitch --set Mg='1 mM' --set Mg='2 mM'", "set twice"),
    ("run twitch --set k_CP='1 /µM/ms' --set Parvalbumin.k_CP='2 /µM/ms'", "set twice"),
    ("run twitch --temperature 20 --set T='21 °C'", "set twice"),
    ("run twitch --temperature '400 °C'", "between -10 and 60"),
    ("run twitch --experiment sudden", "acute"),
    ("run twitch --experiment acute", "needs a species"),
    ("run twitch --experiment skinned --set Mg='-1 mM'", "negative"),
    ("run twitch --blind Release", "MECHANISM:SPECIES"),
    ("run twitch --blind Releas:Mg", "did you mean Release"),
    ("run twitch --rate '50 Hz'", "belongs to train"),
    ("run twitch --duration '0 s'", "more than zero"),
    ("run twitch --duration nan", "finite number"),
    ("run train", "--rate"),
    ("run train --rate '0 Hz'", "more than zero"),
    ("run train --rate '-3 Hz'", "more than zero"),
    ("run train --rate '50 mM'", "'50 mM' is a concentration"),
    ("run train --rate '1 MHz' --duration '1 s'", "at most 100,000"),
    ("run train --rate '20 kHz'", "overlap"),
    ("run pulses", "--at"),
    ("run pulses --at '10 ms,10 ms'", "give each time once"),
    ("run pulses --at '9 s' --duration '1 s'", "outside the recording"),
    ("run clamp", "--hold"),
    ("run clamp --hold V=3", "'3 mV'"),
    ("run clamp --hold V='0 mV' --hold V='1 mV'", "held twice"),
    ("run twitch --hold Mgg='1 mM'", "unknown state"),
    ("run twitch --plot nowhere/a.png", "does not exist"),
    ("run twitch --plot a.gif", ".png, .pdf or .svg"),
    ("run twitch --save .", ".csv, .nc or .json"),
    ("run twitch --save /proc/a.csv", "cannot write"),
    ("run twitch --plot a.png --show Forse", "did you mean force"),
    ("run twitch --show force", "--plot"),
    ("run twitch --every '0 ms'", "more than zero"),
    ("run twitch --rtol 1", "out of range"),
    ("run twitch --rtol small", "float"),
    ("run twitch --time-budget '-1 s'", "more than zero"),
    ("run twitch --step-budget 0", "at least 1"),
    ("info", "FIBRE"),
    ("info mouse_solus", "did you mean mouse_soleus"),
    ("list mouse", "too much"),
    ("demo -o", "requires an argument"),
    ("demo -o ''", "name a folder"),
    ("demo -o /proc/a", "cannot make the folder"),
]


@pytest.mark.parametrize(("line", "says"), BAD, ids=[line for line, _ in BAD])
def test_bad_input_gets_one_line_and_leaves_nothing(ask: Ask, tmp_path: Path, line: str, says: str) -> None:
    if "/proc" in line and not sys.platform.startswith("linux"):
        pytest.skip("a folder that nobody can write to, on Linux")
    answer = ask(*shlex.split(line))
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("mgsim: ") and answer.err.count("\n") == 1
    assert says in answer.err
    assert not list(tmp_path.iterdir())


def test_files_are_checked_before_anything_is_computed(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mgsim.simulation.simulate", lambda *_, **__: pytest.fail("it computed first"))
    kept = tmp_path / "kept.csv"
    kept.write_text("mine")
    assert ask("run", "twitch", "--save", "kept.csv", "--plot", "nowhere/a.png").code == 2
    assert kept.read_text() == "mine"


def test_a_run_that_ends_early_keeps_what_it_has(ask: Ask) -> None:
    answer = ask("run", "twitch", "--step-budget", "150", "--save", "a.csv", "--plot", "a.png", "--json")
    assert answer.code == 1
    assert answer.err.count("\n") == 1 and "ended early" in answer.err
    told = json.loads(answer.out)
    assert told["outcome"]["kind"] == "step budget"
    assert told["files"] == ["a.csv", "a.png"]
    assert 0 < mgsim.load("a.csv").time[-1] < 0.4


def test_a_run_that_hardly_began_is_told_as_well(ask: Ask, tmp_path: Path) -> None:
    answer = ask("run", "twitch", "--step-budget", "1", "--save", "a.csv", "--plot", "a.png")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert (tmp_path / "a.csv").exists()


def test_ctrl_c_keeps_what_was_computed(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import contextmanager

    @contextmanager
    def impatient(_: str) -> Iterator[Callable[[float], None]]:
        def tell(share: float) -> None:
            if share > 0.3:
                raise KeyboardInterrupt

        yield tell

    monkeypatch.setattr(run, "progress", impatient)
    answer = ask("run", "train", "--rate", "50 Hz", "--duration", "2 s", "--save", "a.nc", "--json")
    assert answer.code == 1
    assert json.loads(answer.out)["outcome"]["kind"] == "interrupted"
    assert 0.3 * 2.41 <= mgsim.load("a.nc").time[-1] < 2.41


def test_ctrl_c_before_anything_is_one_line(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mgsim.simulation.simulate", interrupted)
    answer = ask("run", "twitch", "--save", "a.nc")
    assert (answer.code, answer.out, answer.err.count("\n")) == (130, "", 1)


def test_ctrl_c_while_an_acute_change_settles_is_no_start_for_a_run(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from mgsim import starting_state

    whole = starting_state.integrate
    monkeypatch.setattr(
        starting_state, "integrate", lambda *a, **k: replace(whole(*a, **k), status="interrupted")
    )
    assert ask("run", "twitch", "--experiment", "acute", "--set", "Mg=0.2 mM").code == 130


def test_info_gives_every_number_its_source(ask: Ask) -> None:
    told = json.loads(ask("info", "mouse_edl", "--json").out)
    model = mgsim.fibre.mouse_edl()
    assert set(told["parameters"]) == set(model.declared) - {"T"}
    for entry in [*told["parameters"].values(), *told["anchors"].values()]:
        assert math.isfinite(entry["value"]) and entry["unit"] and entry["meaning"]
        assert entry["source"] in told["sources"]
        assert entry["evidence"] in told["evidence_grades"]
    assert set(told["states"]) == {state.name for state in model.system.states}
    assert told["states"]["Mg_bulk"]["rest"] == pytest.approx(900, rel=0.1)
    laws = told["conservation_laws"]
    assert "total Mg" in laws and "Mg_bulk" in laws["total Mg"]["sum"]
    assert all(law["total"] > 0 for law in laws.values())
    text = ask("info", "mouse_edl").out
    for path in told["parameters"]:
        assert f"\n{path} " in text


def test_list_names_the_fibres_that_run_takes(ask: Ask) -> None:
    told = json.loads(ask("list", "--json").out)
    assert {"mouse_edl", "mouse_soleus"} <= set(told)
    assert all(name in ask("list").out for name in told)


def test_demo_writes_and_names_its_pictures(ask: Ask, tmp_path: Path) -> None:
    answer = ask("demo", "-o", "new/pictures")
    assert (answer.code, answer.err) == (0, "")
    names = ["demo.png", "twitch.png", "unfused_tetanus.png", "fused_tetanus.png", "fatigue.png", "energy_ledger.png"]
    assert {path.name for path in (tmp_path / "new/pictures").iterdir()} == set(names)
    for name in names:
        assert name in answer.out
        assert (tmp_path / "new/pictures" / name).stat().st_size > 50_000
    sentence = next(line for line in answer.out.splitlines() if line.startswith("When free Mg"))
    assert sentence.endswith("no measured force confirms; 0.2 mM is far below ordinary deficiency.")
    twitches, _, tired = answer.out.partition(sentence)
    assert len([line for line in twitches.splitlines() if line.endswith(tuple("0123456789-"))]) == 12
    assert tired.count("used by") == tired.count("made by") == 4
    sums = next(line for line in tired.splitlines() if line.startswith("sum")).split()[1:]
    assert sums == ["0.00"] * len(tiring.LEVELS)


def test_an_interrupted_demo_keeps_the_experiments_it_finished(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = demo.record

    def broken() -> Iterator[tuple[float, str, str, mgsim.Result]]:
        for number, recording in enumerate(whole()):
            if number == 6:
                raise KeyboardInterrupt
            yield recording

    monkeypatch.setattr(demo, "record", broken)
    answer = ask("demo", "-o", ".")
    assert answer.code == 1
    assert "1 of 4 experiments" in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["twitch.png"]


def test_a_demo_interrupted_while_the_fibre_tires_keeps_what_it_has(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tiring.record

    def broken(normal: float, tell: Callable[[float], None] | None = None) -> Iterator[tuple[str, mgsim.Result]]:
        for number, recording in enumerate(whole(normal, tell)):
            if number == 2:
                raise KeyboardInterrupt
            yield recording

    monkeypatch.setattr(tiring, "record", broken)
    answer = ask("demo", "-o", ".")
    assert answer.code == 1
    assert "4 of 4 experiments were complete enough and are kept" in answer.err
    assert (tmp_path / "fatigue.png").stat().st_size > 50_000
    assert "and 0.6 mM" not in answer.out
    assert "at 0.6 mM" in answer.out


def test_fatigue_tells_what_is_left_and_where_its_atp_went(ask: Ask, tmp_path: Path) -> None:
    words = ["run", "fatigue", "--duration", "12 s", "--recovery", "10 s", "--plot", "a.png"]
    answer = ask(*words)
    assert (answer.code, answer.err) == (0, "")
    for said in ("fatigue index", "lowest PCr", "lowest ATP", "used by SERCA", "made by creatine kinase"):
        assert said in answer.out
    assert (tmp_path / "a.png").stat().st_size > 50_000
    told = json.loads(ask(*words, "--json").out)
    assert abs(told["energy"]["error"]) < 1e-6
    assert told["energy"]["to"]["value"] == pytest.approx(12.0, abs=0.1)
    assert told["measures"]["lowest_ATP"]["unit"] == "% of rest"


def test_a_fatigue_that_ends_early_keeps_what_it_has(ask: Ask) -> None:
    answer = ask("run", "fatigue", "--recovery", "0 s", "--step-budget", "9000", "--json")
    told = json.loads(answer.out)
    assert answer.code == 1
    assert "what was computed until then is kept" in answer.err
    assert told["measures"]["fatigue_index"]["value"] is not None
    assert abs(told["energy"]["error"]) < 1e-6


def test_the_bar_shows_only_on_a_terminal_and_only_when_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with screen.progress("computing") as tell:
        assert tell is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with screen.progress("computing") as tell:
        assert tell is not None
        tell(0.5)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(screen, "_PATIENCE", 0.0)
    with screen.progress("computing") as tell:
        assert tell is not None
        tell(0.5)
    captured = capsys.readouterr()
    assert "computing" in captured.err and captured.out == ""


def test_a_preset_does_not_borrow_the_source_of_another_number(ask: Ask) -> None:
    parameters = json.loads(ask("info", "mouse_soleus", "--json").out)["parameters"]
    own, shared = parameters["SERCA.E_tot"], parameters["Release.K_ACa"]
    assert own["note"] == "own value of mouse_soleus; source and grade belong to 120 µM"
    assert not shared["note"]
