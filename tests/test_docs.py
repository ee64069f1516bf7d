"""Each block of code on the site runs, by what the site itself is made with."""

import importlib.util
import re
from pathlib import Path

import pytest

import mgsim
from mgsim.measure import amplitude, half_relaxation

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(p.relative_to(DOCS).with_suffix("") for p in DOCS.rglob("*.md") if "generated" not in p.parts)

SLOW = {"howto/evidence", "howto/explain", "howto/fatigue", "howto/mechanism"}  # the build of the site runs them too


@pytest.fixture(scope="module")
def blocks():
    spec = importlib.util.spec_from_file_location("blocks", DOCS / "making" / "blocks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page", [pytest.param(p, marks=pytest.mark.slow if p in SLOW else ()) for p in map(str, PAGES)]
)
def test_blocks_run(page, blocks, tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    blocks.with_outputs(text, page, tmp_path)
    drawn = re.findall(rf"generated/pictures/{page}/([\w.]+)\)", text)
    assert not [name for name in drawn if not (tmp_path / name).is_file()]


def test_a_block_that_fails_is_named(blocks, tmp_path):
    with pytest.raises(blocks.BlockFails, match="page.md: ZeroDivisionError"):
        blocks.with_outputs("```python\n1 / 0\n```\n", "page", tmp_path)
    with pytest.raises(blocks.BlockFails, match="does not begin with mgsim"):
        blocks.with_outputs("```bash\nrm x\n```\n", "page", tmp_path)
    with pytest.raises(blocks.BlockFails, match="Unknown option|--frequency"):
        blocks.with_outputs(
            "<!-- parsed only: it is wrong -->\n```bash\nmgsim run train --frequency 5\n```\n", "page", tmp_path
        )


def test_what_is_printed_is_shown_below(blocks, tmp_path):
    shown = blocks.with_outputs("```python\nx = 2\nprint(x)\n```\n\n```python\nprint(3 * x)\n```\n", "page", tmp_path)
    assert re.findall(r":class: output\n\n(.*)\n", shown) == ["2", "6"]


def test_links_between_pages_lead_somewhere():
    for page in PAGES:
        text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
        targets = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text)
        lost = [t for t in targets if "generated/" not in t and not (DOCS / page.parent / t).exists()]
        assert not lost, f"{page}.md: {lost}"


def test_what_the_tutorial_says_in_words_holds():
    fibre = mgsim.fibre.mouse_edl()
    low = fibre.with_(Mg="0.4 mM")
    normal, less, blind = (mgsim.simulate(m, mgsim.twitch()) for m in (fibre, low, low.blind("Release", "Mg")))
    assert float(amplitude(less)) > float(amplitude(normal))
    assert float(half_relaxation(less)) > float(half_relaxation(normal))
    assert float(amplitude(less)) - float(amplitude(blind)) > 0.5 * (float(amplitude(less)) - float(amplitude(normal)))
