"""The credibility statement: its numbers are the model's, its links lead somewhere, its commands are commands."""

import re
import shlex
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from mgsim.app.command_line import app
from mgsim.evidence.measurements import measurements
from mgsim.evidence.sources import sources

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

import compute_credibility as script  # noqa: E402
from credibility_numbers import BLOCKS, QUICK  # noqa: E402

TEXT = script.TEXT.read_text(encoding="utf-8")
WRITTEN = script.written(TEXT)
ROWS = [name for name in WRITTEN if name.startswith(script.ROW)]
COUNTS = ("extent", "rows", "scoreboard")  # compared to the last digit
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
RULES = 10
CLAIMS = 11


@lru_cache
def tables():
    """Give the cells of the computed tables, by block, without their heads."""
    found = {}
    for name, body in WRITTEN.items():
        lines = [line for line in body.splitlines() if line.startswith("|")]
        found[name] = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return found


def same(one, other, exact):
    """Tell whether two texts agree in words, and in numbers within one unit of the last digit that is written."""
    if exact:
        return one == other
    pairs = list(zip(NUMBER.findall(one), NUMBER.findall(other), strict=False))
    return (
        NUMBER.sub("#", one) == NUMBER.sub("#", other)
        and len(NUMBER.findall(one)) == len(NUMBER.findall(other))
        and all(abs(float(a) - float(b)) <= 1.01 * 10.0 ** -len(a.partition(".")[2]) for a, b in pairs)
    )


def test_every_number_has_a_computation_and_every_computation_a_place():
    assert {name for name in WRITTEN if name not in ROWS} == set(BLOCKS)
    assert {name.removeprefix(script.ROW) for name in ROWS} <= {row.id for row in measurements()}
    assert all(WRITTEN.values()), "run docs/compute_credibility.py"
    assert TEXT.count("<!-- computed:") == TEXT.count("<!-- end -->") == len(WRITTEN)


@pytest.mark.parametrize("name", QUICK)
def test_no_quick_number_is_stale(name):
    assert same(WRITTEN[name], script.computed(name), name in COUNTS), "run docs/compute_credibility.py"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [name for name in BLOCKS if name not in (*QUICK, "scoreboard")])
def test_no_number_is_stale(name):
    assert same(WRITTEN[name], script.computed(name), name in COUNTS), "run docs/compute_credibility.py"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_row_is_stale():
    stale = [name for name in ["scoreboard", *ROWS] if not same(WRITTEN[name], script.computed(name), name in COUNTS)]
    assert not stale, "run docs/compute_credibility.py"


def test_numbers_may_differ_in_the_last_digit_only():
    assert same("0.12 mM, 3", "0.13 mM, 4", exact=False) and not same("0.12 mM", "0.14 mM", exact=False)
    assert not same("0.12 mM", "0.12 µM", exact=False) and not same("3 of 4", "4 of 4", exact=True)


def test_a_block_is_written_where_it_stands():
    text = "a\n<!-- computed: x -->\nold\n<!-- end -->\nb <!-- computed: row T1 --><!-- end --> c"
    new = script.rewritten(text, {"x": "| 1 |\n| 2 |", "row T1": "met"})
    assert new == "a\n<!-- computed: x -->\n| 1 |\n| 2 |\n<!-- end -->\nb <!-- computed: row T1 -->met<!-- end --> c"
    assert script.rewritten(new, script.written(new)) == new


def test_the_script_answers_an_unknown_block(capsys):
    assert script.main(["lwo"]) == 2
    assert "low" in capsys.readouterr().err


def test_the_script_tells_stale_from_current(tmp_path, monkeypatch, capsys):
    copy = tmp_path / "credibility.md"
    copy.write_text(TEXT.replace(WRITTEN["rows"], "many rows"), encoding="utf-8")
    monkeypatch.setattr(script, "TEXT", copy)
    assert script.main(["rows", "--check"]) == 1 and "many rows" in copy.read_text(encoding="utf-8")
    assert script.main(["rows"]) == 0 and "many rows" not in copy.read_text(encoding="utf-8")
    assert script.main(["rows", "--check"]) == 0
    assert capsys.readouterr().out.splitlines() == ["stale: rows", "changed: rows", "stale: nothing"]


def test_links_lead_to_files_and_to_tests_that_exist():
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)(?:#(\w+))?\)", TEXT)
    assert len(links) > 20
    for path, name in links:
        file = DOCS / path
        assert file.exists(), path
        if name:
            assert f"\ndef {name}(" in file.read_text(encoding="utf-8"), f"{path} has no {name}"


def test_the_readme_leads_here():
    assert "(docs/credibility.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_sources_are_in_the_bibliography():
    keys = set(re.findall(r"`([A-Z]\w+(?:19|20)\d\d\w?)`", TEXT))
    assert len(keys) > 20 and keys <= set(sources())


def test_commands_are_commands():
    words = [shlex.split(" ".join(found.split())) for found in re.findall(r"`mgsim ([^`]+)`", TEXT)]
    assert len(words) > 8
    for command in words:
        app.parse_args(command, exit_on_error=False, print_error=False)


def test_every_claim_and_every_rule_has_an_answer():
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line[:1] == "|"]
    claims = [row for row in rows if re.fullmatch(r"\d+", row[0])]
    assert [int(row[0]) for row in claims] == list(range(1, CLAIMS + 1)) and all(all(row) for row in claims)
    rules = [row for row in rows if re.match(r"\d+ [A-Z]", row[0])]
    assert [int(row[0].split()[0]) for row in rules] == list(range(1, RULES + 1))
    assert {row[1] for row in rules} <= {"comprehensive", "extensive", "adequate", "partial", "insufficient"}


def test_it_is_no_medical_advice_and_nothing_is_left_open():
    assert "not medical advice" in TEXT.lower()
    assert not re.search(r"TODO|TBD|XXX|PLACEHOLDER|lorem", TEXT)


def test_what_the_text_says_of_twitches_holds_in_every_fibre():
    for _, change, lost, force, duration, _, _, tension in tables()["low"]:
        if lost == "–":  # no rest there
            continue
        assert float(force) > 1.0 and float(duration) > 1.0, change
        assert float(tension) < 5.0, "resting tension is no longer small: claims 3 and 4"


def test_what_the_text_says_of_spontaneous_force_holds():
    for fibre, normal, threshold, lost, susceptible in tables()["claim-3"]:
        assert float(threshold) < 0.25 * float(normal), fibre
        assert susceptible == "–" or float(susceptible) > float(threshold)
        assert lost == "–" or float(lost.strip("%")) >= 35


def test_what_the_text_says_of_atp_holds():
    for fibre, resting, lost, MgATP, _, _, highest in tables()["claim-5"]:
        if lost != "–":
            assert float(MgATP) > 10 * 0.5, f"{fibre}: not ten times the half-saturation of the ATPases: claim 5"
            assert float(highest) >= float(resting), "free Mg2+ falls in work: claim 5"


def test_what_the_text_says_of_the_parts_holds():
    lost = {part: [float(cell) for cell in cells if cell != "–"] for part, *cells in tables()["mechanisms"]}
    assert max(map(abs, lost["cross-bridge"] + lost["Na/K pump"])) <= 5, "they see little of low Mg2+"
    assert lost["RyR1"][0] == max(cells[0] for cells in lost.values()), "RyR1 leads in the twitch of mouse EDL"


def test_what_the_text_says_of_the_membrane_holds():
    (_, alone, _), (_, with_calcium, _), (_, more, _) = tables()["claim-6"]
    assert abs(float(alone)) < 0.5 * abs(float(with_calcium)) and float(alone) < 0 < float(more)
