"""The report of evidence: a page that needs nothing but itself, and points that are the rows' own numbers."""

import math
import re
from html.parser import HTMLParser
from itertools import product

import numpy as np
import pytest

from mgsim.app.validate import validate as command
from mgsim.evidence.curves.draw import draw_all
from mgsim.evidence.curves.index import INDEX, NULL_MODEL, Entry, pictures_of
from mgsim.evidence.curves.picture import Fibres, Line, Mark, Picture, published
from mgsim.evidence.experiments.recording import NoValue
from mgsim.evidence.measurements import Measurement, measurements, select
from mgsim.evidence.scoreboard import Row, Scoreboard
from mgsim.evidence.sources import source
from mgsim.evidence.validate import validate
from mgsim.evidence.without_row import without_row
from mgsim.language.errors import InputError
from mgsim.plot.evidence import curve, strip, table
from mgsim.plot.evidence.page import report
from mgsim.plot.evidence.placing import Name, overlap, place

# Pictures whose experiments take no more than moments.
QUICK = (
    "calcium-fast", "calcium-ligand", "calcium-decay", "release-flux", "release-train", "release-recovery",
    "twitch-fade", "twitch-without-parvalbumin", "magnesium-events", "magnesium-permeability",
    "magnesium-parameter-free", "magnesium-parameter-free-threshold", "store-tetanus",
)  # fmt: skip
VOID = {"meta", "br", "img", "link", "input", "hr"}
FIBRES = Fibres()


def drawn_with_rows(entries):
    """Draw pictures and run the rows that they are about, with the same fibres."""
    board = validate([row for entry in entries for row in entry.rows], preparations=fibres_of(entries))
    return draw_all(entries, FIBRES), {row.measurement.id: row for row in board.rows}


def fibres_of(entries):
    for row in measurements():
        if any(row.id in entry.rows for entry in entries):
            FIBRES[row.preparation]
    return FIBRES


@pytest.fixture(scope="module")
def quick():
    return drawn_with_rows([entry for entry in INDEX if entry.name in QUICK])


def assert_on_its_curve(mark, line, x, y, log=""):
    """The model's value of a row lies on the curve that shows it."""
    order = np.argsort(line.x)
    lx, ly = line.x[order], line.y[order]
    height = float(np.nanmax(ly) - min(np.nanmin(ly), 0.0))
    if mark.along == "y":
        assert np.interp(x, lx, ly) == pytest.approx(y, abs=0.03 * height), mark.row
        return
    above = np.log(line.y / y) if "y" in log else line.y - y
    crossings = [
        line.x[k] if above[k] == above[k + 1] else line.x[k] + np.diff(line.x)[k] * above[k] / (above[k] - above[k + 1])
        for k in np.flatnonzero(above[:-1] * above[1:] <= 0)
    ]
    at_top = [line.x[np.nanargmax(line.y)]] if math.isclose(y, np.nanmax(line.y), rel_tol=1e-3) else []
    assert min(abs(c - x) for c in [*crossings, *at_top]) <= 0.04 * abs(x) + 1e-9, mark.row


def check_points(entry, picture, rows):
    if isinstance(picture, str):  # as on the page: there is no picture where a row has no value
        assert any(math.isnan(rows[name].model) for name in entry.rows), picture
        return
    for mark in picture.marks:
        assert mark.row in entry.rows
        row = rows[mark.row]
        if mark.line is not None and not math.isnan(row.model):
            assert_on_its_curve(mark, picture.lines[mark.line], *mark.place(row.model), picture.log)


def test_values_of_rows_lie_on_the_curves(quick):
    pictures, rows = quick
    assert len(pictures) == len(QUICK)
    for entry in INDEX:
        if entry.name in pictures:
            check_points(entry, pictures[entry.name], rows)


@pytest.mark.slow
def test_values_of_all_rows_lie_on_all_curves():
    slow = [entry for entry in INDEX if entry.name not in QUICK]
    pictures, rows = drawn_with_rows(slow)
    for entry in slow:
        check_points(entry, pictures[entry.name], rows)


def test_points_that_are_drawn_are_the_rows_numbers(quick):
    pictures, rows = quick
    seen = 0
    for picture in (p for p in pictures.values() if isinstance(p, Picture)):
        artists = {a.get_gid(): a for a in curve.draw(picture, rows).axes[0].lines if a.get_gid()}
        for mark in picture.marks:
            row = rows[mark.row]
            for kind, value in (("published", row.measurement.value), ("model", row.model)):
                if math.isnan(value):
                    continue
                where = np.ravel(artists[f"{kind}.{mark.row}"].get_data())
                assert where == pytest.approx(mark.place(value))
                seen += 1
    assert seen >= 40


def test_every_picture_is_about_rows_that_exist_and_each_name_stands_once():
    known = {row.id: row.topic for row in measurements()}
    names = [entry.name for entry in (*INDEX, *NULL_MODEL)]
    assert len(set(names)) == len(names)
    for entry in INDEX:
        assert entry.rows and set(entry.rows) <= set(known), entry.name
    assert pictures_of({"T26.0.4"}) == tuple(e for e in INDEX if e.name == "magnesium-events")
    assert published("T7.rate") == 7.0
    with pytest.raises(InputError, match="T7.pace"):
        published("T7.pace")


def test_a_picture_without_a_value_says_why_and_a_fault_is_raised():
    def none(_):
        raise NoValue("no rest at all")

    def fault(_):
        raise TypeError("a slip")

    assert draw_all([Entry("x", ("T1",), none)], FIBRES) == {"x": "no rest at all"}
    with pytest.raises(TypeError, match="a slip") as caught:
        draw_all([Entry("x", ("T1",), fault)], FIBRES)
    assert caught.value.__notes__ == ["while the picture x was drawn"]


def test_null_model_parts_from_the_full_model_as_magnesium_falls():
    """At the normal level only what magnesium does within the twitch differs; at low magnesium the gates do."""
    from mgsim.evidence.curves.null_model import LEVELS, NORMAL

    (picture,) = draw_all(NULL_MODEL[1:2], FIBRES).values()
    full, null = picture.lines
    apart = full.y / null.y
    normal, low = LEVELS.index(NORMAL), np.flatnonzero(np.isfinite(apart))[-1]
    assert low > normal
    assert apart[normal] == pytest.approx(1.0, abs=0.2)
    assert abs(apart[low] - 1.0) > abs(apart[normal] - 1.0)
    assert f"{full.y[low] / full.y[normal]:.2g} times in the full model" in picture.says


# ------------------------------------------------------------------------------------------------ the page
class Page(HTMLParser):
    """Whether every element is closed, and what the page refers to."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.loads, self.links, self.images = [], [], [], [], []
        self.tables = self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self._note(tag, about)

    def handle_startendtag(self, tag, attrs):
        self._note(tag, dict(attrs))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        self.text += data

    def _note(self, tag, about):
        if "id" in about:
            self.ids.append(about["id"])
        if tag == "svg":
            self.images.append(about)
        for name in ("src", "href", "xlink:href", "action", "data"):
            if name in about:
                (self.links if tag == "a" else self.loads).append(about[name])
        assert tag not in ("script", "iframe", "link", "img", "object")


def test_report_of_a_part(tmp_path, capsys):
    path = tmp_path / "report.html"
    assert command(only=("T27", "T41.troponin", "T1"), html=str(path)) == 0
    assert f"wrote {path}" in capsys.readouterr().out
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert not page.open, "every element is closed"
    assert len(page.ids) == len(set(page.ids)), "each id stands once"
    rows = [measurement.id for measurement in select(("T27", "T41.troponin", "T1"))]
    for row in rows:
        assert page.ids.count(f"row-{row}") == 1
    assert sum(name.startswith("row-") for name in page.ids) == len(rows)
    assert all(load.startswith("#") for load in page.loads), "nothing is loaded"
    assert not re.search(r"url\((?!#)|@import", text)
    targets = {link[1:] for link in page.links if link.startswith("#")}
    assert targets <= set(page.ids)
    assert all(link.startswith(("#", "https://doi.org/", "https://pubmed", "https://pmc")) for link in page.links)
    assert len(page.images) >= 4
    for image in page.images:
        assert image["role"] == "img"
        assert {image["aria-labelledby"], image["aria-describedby"]} <= set(page.ids)
    assert "magnesium and filament" in page.text and "cost and recovery" not in page.text
    assert "null model" not in page.text and "not medical advice" in page.text
    assert "--only T27 --only T41.troponin --only T1 --html" in page.text
    assert len(text) < 5e6
    assert "#111111" not in text.split("</style>")[1], "colours are those of the page"


def test_report_is_refused_before_anything_is_run(tmp_path):
    with pytest.raises(InputError, match="saved as .html"):
        command(only=("T1",), html=str(tmp_path / "report.pdf"))
    with pytest.raises(InputError, match="does not exist"):
        command(only=("T1",), html=str(tmp_path / "nowhere" / "report.html"))


def row(id="A", model=10.5, **more):
    given = dict(
        id=id, topic="t", quantity="q <1", value=10.0, unit="ms", species="mouse", temperature="25 °C", protocol="p",
        source="Textbook", evidence="R", role="predict", experiment="twitch.fade", spread=1.0, spread_is="SD",
    )  # fmt: skip
    given |= more
    return Row(Measurement(**given), model)


def test_page_without_pictures_escapes_text_and_names_what_is_left_out():
    board = Scoreboard((row(), row("B", math.nan)))
    no_curve = {"a": "it has no rest"}
    text = report(board, [Entry("a", ("A",), lambda _: None)], no_curve, (), without_row(), {"command": "<mgsim>"})
    page = Page(text)
    assert not page.open and "q <1" in page.text and "<mgsim>" in page.text
    assert "No curve for A: it has no rest." in page.text
    for one in without_row():
        assert one.why.rstrip(".") in page.text


def test_how_rows_are_written():
    assert table.measured(row(spread=None, spread_is="")) == "10 ± 1.5 ms*"
    assert table.measured(row(value=-0.4, unit="pCa", spread=0.1)) == "−0.4 ± 0.1 pCa"
    assert table.measured(row(kind="sign", relation=">=", spread=None, spread_is="")) == "≥ 10 ms"
    assert table.modelled(row(model=math.nan)) == "–" and table.distance(row(model=math.nan)) == ""
    assert table.distance(row(model=9.98)) == "+0.0" and table.distance(row(model=8.0)) == "−2.0"
    assert "(outside)" in table.verdict(row(model=20.0, evidence="M+"))
    assert 'href="https://doi.org/10.1113/jphysiol.2003.041608"' in table.cite(source("BaylorHollingworth2003"))


def test_strip_shows_every_number_and_names_misses():
    rows = (row("in", 10.5), row("far", 60.0), row("low", -5.0), row("none", math.nan))
    ax = strip.draw(Scoreboard(rows), 4.8).axes[0]
    assert sorted(line.get_xdata()[0] for line in ax.lines if line.get_marker() in "oD") == pytest.approx(
        sorted(strip.squeezed(z) for z in (0.5, 50.0, -15.0))
    )
    words = {text.get_text() for text in ax.texts}
    assert {"far", "low"} <= words and "in" not in words


def test_names_are_placed_apart():
    names = [Name("one", 50.0, 50.0), Name("two", 52.0, 50.0), Name("three", 54.0, 50.0)]
    found = place(names, [], (0.0, 0.0, 200.0, 100.0), 8.0)
    from mgsim.plot.evidence.placing import box_of

    boxes = [box_of(name.text, *where, 8.0) for name, where in zip(names, found, strict=True)]
    assert all(overlap(a, b) == 0.0 for k, a in enumerate(boxes) for b in boxes[k + 1 :])


def test_a_limit_points_to_the_side_that_is_right():
    line = Line("model", np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    for relation, scale, along, reverse in product("<>", (1.0, -1.0), "xy", (False, True)):
        own = row("S", 0.5, kind="sign", relation=relation, value=0.4, unit="1", spread=None, spread_is="")
        mark = Mark("S", 0.5, along, start=0.3, scale=scale)
        figure = curve.draw(Picture("t", "x", "y", (line,), (mark,), reverse=reverse), {"S": own})
        ax = figure.axes[0]
        arrow = next(text for text in ax.texts if text.get_text() == "")
        right = 0.4 + (0.1 if relation == ">" else -0.1)
        limit, side = (ax.transData.transform(mark.place(value)) for value in (0.4, right))
        k = "xy".index(along)
        assert np.sign(arrow.xyann[k]) == np.sign((side - limit)[k]), (relation, scale, along, reverse)
