"""The table of what was measured is complete, and each row can be run and cited."""

import inspect
import tomllib

import pytest

from mgsim import fibre
from mgsim.evidence import measurements as table
from mgsim.evidence.measurements import measurements, select
from mgsim.evidence.sources import source
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.language.units import unit

ROWS = measurements()
BEYOND = "P15 P16 P17 P40 P48 P59 P60 P68 P70 P72 P74 P80 P88 P89 P90 P91 3b".split()
WITHOUT = tomllib.loads(table.TABLE.with_name("without_row.toml").read_text(encoding="utf-8"))
LISTED = {entry["id"]: entry for entry in WITHOUT["measurement"]}


def has_row(target):
    return any(row.id == target or row.id.startswith(target + ".") for row in ROWS)


@pytest.mark.parametrize("target", [f"T{n}" for n in range(1, 79)])
def test_no_measurement_is_left_out(target):
    own = target in LISTED
    assert has_row(target) + own + (target in WITHOUT["not_used"]) == 1


@pytest.mark.parametrize("target", BEYOND)
def test_parameter_rows_that_a_fibre_can_produce_have_a_row(target):
    assert has_row(target)


def test_what_has_no_row_says_what_it_is_and_why():
    for name, entry in LISTED.items():
        assert set(entry) == {"id", "quantity", "why", "source"} and all(entry.values())
        assert "\n" not in entry["quantity"] + entry["why"]
        assert source(entry["source"]).cite()
        assert not any(row.id == name for row in ROWS)
    assert len(LISTED) == len(WITHOUT["measurement"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_row_can_be_run_and_cited(row):
    assert source(row.source).cite()
    if row.unit != "pCa":  # a logarithm, as pH is one
        unit(row.unit)
    assert isinstance(getattr(fibre, row.preparation)(), Model)
    inspect.signature(row.run).bind(fibre.calcium_core(), **row.given)
    assert row.allowed > 0 or row.kind == "sign"
    assert row.evidence.rstrip("+-") in {"R", "C", "M"}
    assert "\n" not in row.quantity + row.protocol + row.conflict + row.missed + row.note


def test_conflicting_measurements_say_so():
    rows = {row.id: row for row in ROWS}
    for own, other in [
        ("T29.Mg", "T31"),
        ("T22.normal", "P48"),
        ("T25.peak", "T27"),
        ("T27.0.4", "T25"),
        ("T31.10mM", "T29"),
        ("P89.acid", "P91"),
        ("P91", "P89"),
        ("T33.50mM", "T46"),
    ]:
        assert other in rows[own].conflict


def test_other_preparations_are_marked():
    for row in ROWS:
        own = row.preparation.partition("_")[0]
        foreign = not any(row.species.startswith(name) for name in (own, "several", "none"))
        assert bool(row.stands_in) == foreign, row.id


def test_recalled_rows_and_repeated_ones_do_not_decide():
    rows = {row.id: row for row in ROWS}
    assert not rows["T38.high"].decides and not rows["3b.0.6"].decides
    assert rows["T1"].decides and rows["T26.0.2"].decides
    for row in ROWS:
        assert not row.same_as or not rows[row.same_as].same_as, row.id


def test_one_measured_law_decides_once():
    for law in ("T26", "3b.0", "T27"):
        assert sum(row.decides for row in ROWS if row.id.startswith(law + ".")) == (law != "3b.0")


def test_missing_spread_is_15_percent():
    rows = {row.id: row for row in ROWS}
    assert rows["T22.normal"].spread is None and rows["T22.normal"].allowed == pytest.approx(0.015)
    assert rows["T1"].allowed == 0.5
    assert rows["T40.pCa50.30"].allowed == 0.06


@pytest.mark.parametrize(
    ("patterns", "ids"),
    [
        (["T1"], {"T1", "T1.warm"}),
        (["t22"], {"T22.normal", "T22.het", "T22.mhs", "T22.soleus"}),
        (["T26.0.4", "T3?*"], {row.id for row in ROWS if row.id[:2] == "T3" and row.id[2:]} | {"T26.0.4"}),
        (["uptake"], {row.id for row in ROWS if row.id.startswith(("T42", "T43"))}),
    ],
)
def test_rows_are_chosen_by_id_measurement_and_topic(patterns, ids):
    assert {row.id for row in select(patterns)} == ids


def test_without_a_pattern_all_rows_are_chosen():
    assert select() == select([]) == ROWS


def test_unknown_pattern_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="T10.Ca"):
        select(["T10.C"])


GOOD = {
    "id": "X", "topic": "t", "quantity": "q", "value": 1.0, "unit": "1", "species": "s", "temperature": "25 °C",
    "protocol": "p", "source": "Textbook", "evidence": "R", "role": "predict", "experiment": "twitch.fade",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"valu": 1.0}, "row X: unknown field 'valu'; did you mean value"),
        ({"role": "fit"}, "unknown role 'fit'"),
        ({"kind": "sign"}, "a sign has a relation"),
        ({"relation": ">"}, "a number has none"),
        ({"spread": 0.1}, "what it is"),
    ],
)
def test_faulty_row_is_refused_with_the_place(change, says):
    with pytest.raises(InputError, match=says):
        table._row(GOOD | change)


def test_missing_field_is_named():
    with pytest.raises(InputError, match="row X.*'unit'"):
        table._row({name: value for name, value in GOOD.items() if name != "unit"})


def test_unknown_experiment_names_the_row():
    with pytest.raises(InputError, match="X: there is no experiment 'twitch.fad'"):
        _ = table._row(GOOD | {"experiment": "twitch.fad"}).run
