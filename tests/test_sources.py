"""The bibliography can be read, says one thing once, and cites in one line."""

import re
from pathlib import Path

import pytest

import mgsim
from mgsim.evidence.sources import BIBLIOGRAPHY, parse, source, sources
from mgsim.language.errors import InputError

PACKAGE = Path(mgsim.__file__).parent
DOCUMENTS = PACKAGE.parent / "docs"


def test_every_entry_of_the_file_is_read():
    written = BIBLIOGRAPHY.read_text(encoding="utf-8").count("\n@")
    assert len({r.key for r in sources().values()}) == written > 100


@pytest.mark.parametrize("key", list(sources()))
def test_each_source_is_usable(key):
    reference = source(key)
    line = reference.cite()
    assert "\n" not in line and not re.search(r"[{}\\]|\s\s", line)
    assert reference.title in line
    assert reference.authors or reference.fields.get("note") or "not recorded" in reference.title
    assert reference.year is None or 1900 < reference.year <= 2026
    assert key.isascii() and key.isalnum()
    doi = reference.fields.get("doi")
    assert doi is None or re.fullmatch(r"10\.\d{4,}/\S+", doi)


def test_key_agrees_with_author_and_year():
    for reference in sources().values():
        year = re.search(r"(19|20)\d\d", reference.key)
        if year and reference.year:
            assert int(year[0]) == reference.year, reference.key


def test_a_title_that_was_not_recorded_says_what_was_read():
    for reference in sources().values():
        if reference.title.startswith("["):
            assert reference.title.startswith("[title not recorded] "), reference.key
            assert "not recorded" in reference.fields["note"] or "read" in reference.fields["note"], reference.key


def test_every_source_is_cited_or_marked_as_background():
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.toml"), *DOCUMENTS.rglob("*.md")]
    words = set(re.findall(r"\w+", "\n".join(file.read_text(encoding="utf-8") for file in files)))
    spellings: dict[str, set[str]] = {}
    for spelling, reference in sources().items():
        spellings.setdefault(reference.key, set()).add(spelling)
    idle = [key for key, known in spellings.items() if not known & words]
    unmarked = [key for key in idle if source(key).fields.get("keywords") != "background"]
    assert not unmarked, "cite it, mark it with keywords = {background}, or leave it out"


def test_no_paper_stands_twice():
    titles = [r.title.casefold() for r in {r.key: r for r in sources().values()}.values()]
    # two editions of one Cochrane review share their title
    assert {t for t in titles if titles.count(t) > 1} <= {"magnesium for skeletal muscle cramps"}


def test_citation_names_authors_year_place():
    assert source("Shorten2007").cite() == (
        "Shorten PR, O'Callaghan P, Davidson JB, Soboleva TK (2007) A mathematical model of fatigue in "
        "skeletal muscle force contraction. J Muscle Res Cell Motil 28:293–313"
    )
    assert source("Jona2001").cite().startswith("Jóna I et al. (2001)")
    assert source("Ryschon1996").authors == ("Ryschon TW", "et al.")
    assert source("MgsimFit").authors == ("The mgsim authors",)


def test_other_spelling_leads_to_the_same_source():
    assert source("Stephenson1977") is source("StephensonPodolsky1977")


def test_unknown_source_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="Shorten2007"):
        source("Shorten2008")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@misc{A, title = {x}}\n\n@misc{A, title = {y}}", "line 3.*'A'.*second time"),
        ("@misc{A, title = {x", "'title' is never closed"),
        ("@misc{A, title = x}", "expected 'field = "),
        ("@misc{A, year = {19x}, title = {x}}", "'19x' is not a number"),
        ("@misc{A, year = {1999}}", "no title"),
        ("@misc{A, title = {x}, ids = {B}}\n@misc{B, title = {y}}", "'B'.*second time"),
    ],
)
def test_faulty_bibliography_is_refused_with_the_place(text, says):
    with pytest.raises(InputError, match=says) as caught:
        parse(text)
    assert "\n" not in str(caught.value)


def test_nested_braces_and_line_breaks_inside_a_value():
    (reference,) = parse("@misc{A, title = {One {Two}\n   three}, author = {{A Group} and others}}").values()
    assert reference.title == "One {Two} three"
    assert reference.authors == ("A Group", "et al.")
