"""The playground: one page that opens from a file, computes by itself, and follows its sliders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import mgsim
from mgsim.app.command_line import main
from mgsim.export.playground import FIBRES
from tests.export.browser import needs_chromium, opened, started

READY = "() => document.documentElement.dataset.took && document.querySelectorAll('#readouts tbody tr').length > 3"
PICTURE = "() => [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())"


@pytest.fixture(scope="module")
def shares() -> list[float]:
    return []


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, shares: list[float]) -> Path:
    path = tmp_path_factory.mktemp("page") / "lesson.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mgsim.app.playground.progress", lambda what: nullcontext(shares.append))
        assert main(["playground", "-o", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started() as found:
        yield found


def readouts(tab: Any) -> dict[str, list[str]]:
    table = "() => [...document.querySelectorAll('#readouts tbody tr')]"
    rows = tab.evaluate(f"{table}.map((row) => [...row.cells].map((cell) => cell.textContent))")
    return {name.partition(" (")[0]: cells for name, *cells in rows}


def settle(tab: Any) -> None:
    """Wait until the last answer to the sliders is shown, the normal one too."""
    tab.wait_for_function("() => latest.now && latest.now.ended && latest.normal && latest.normal.ended")
    tab.wait_for_function(READY)
    tab.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def press(tab: Any, slider: str, key: str, times: int) -> None:
    tab.focus(f"#{slider}")
    for _ in range(times):
        tab.keyboard.press(key)
    tab.wait_for_timeout(300)
    settle(tab)


def test_the_page_is_one_file_of_less_than_three_megabytes(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.encode()) < 3_000_000
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!data:)""", text)
    assert not re.findall(r"\b(?:fetch|importScripts|XMLHttpRequest|WebSocket|EventSource)\s*\(|@import|url\(", text)
    assert "not medical advice" in text and "Leon Sorokin" in text


def test_it_tells_how_far_it_is(file: Path, shares: list[float]) -> None:
    assert shares == sorted(shares) and 0.0 < shares[0] < shares[-1] <= 1.0


def test_a_folder_is_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["playground", "-o", str(tmp_path)]) == 2
    assert "it is a folder" in capsys.readouterr().err


@needs_chromium
def test_a_slider_moves_and_the_curve_follows(browser: Any, file: Path) -> None:
    with opened(browser, file) as tab:
        settle(tab)
        before, normal = tab.evaluate(PICTURE), readouts(tab)
        assert tab.inner_text("#changed") == "Everything is at its normal setting."
        assert all(now == usual for now, usual, _ in normal.values())
        press(tab, "magnesium", "ArrowLeft", 20)
        after, low = tab.evaluate(PICTURE), readouts(tab)
        assert len(after) == 4 and all(a != b for a, b in zip(after[:3], before[:3], strict=True))
        assert float(low["peak tension"][0]) > float(normal["peak tension"][0])
        assert low["peak tension"][1] == normal["peak tension"][1]  # grey stays
        assert "free magnesium (normal 0.9 mM)" in tab.inner_text("#changed")
        shown = tab.inner_text("[data-slider=magnesium] output")
        assert tab.get_attribute("#magnesium", "aria-valuetext") == f"{shown}, not normal"
        tab.click("#reset")
        tab.wait_for_timeout(300)
        settle(tab)
        assert readouts(tab) == normal
        assert tab.is_disabled("#reset")


@needs_chromium
def test_read_outs_are_those_of_python(browser: Any, file: Path) -> None:
    with opened(browser, file) as tab:
        for name in FIBRES:
            tab.select_option("#fibre", name)
            tab.wait_for_timeout(100)
            settle(tab)
            seen = readouts(tab)
            fibre = getattr(mgsim.fibre, name)()
            duration = float(tab.evaluate("latest.now.data.time.at(-1)"))
            result = mgsim.simulate(fibre, mgsim.twitch(onset="20 ms", duration=duration))
            measures = {
                "peak tension": mgsim.measure.amplitude(result),
                "contraction time": mgsim.measure.time_to_peak(result),
                "half-relaxation": mgsim.measure.half_relaxation(result),
                "resting tension": mgsim.measure.rest_value(result),
                "calcium above half": mgsim.measure.half_duration(result),
            }
            for label, measured in measures.items():
                assert float(seen[label][0]) == pytest.approx(float(measured), rel=0.01), (name, label)


@pytest.mark.slow
@needs_chromium
def test_a_twitch_is_redrawn_while_sliding(browser: Any, file: Path) -> None:
    with opened(browser, file) as tab:
        settle(tab)
        press(tab, "magnesium", "ArrowLeft", 15)
        took = []
        for _ in range(15):
            press(tab, "temperature", "ArrowRight", 1)
            took.append(float(tab.evaluate("document.documentElement.dataset.took")))
        assert sorted(took)[len(took) // 2] < 50.0, took  # ms, the middle one


@needs_chromium
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_and_all_has_a_name(
    browser: Any, file: Path, width: int, height: int, scheme: str
) -> None:
    with opened(browser, file, width, height, scheme) as tab:
        settle(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate("document.documentElement.dataset.theme") == scheme
        canvases = "() => [...document.querySelectorAll('canvas')]"
        sizes = tab.evaluate(f"{canvases}.map((c) => [c.clientWidth, c.clientHeight])")
        assert len(sizes) == 4 and all(w > 200 and h > 100 for w, h in sizes), sizes
        controls = "() => [...document.querySelectorAll('input, select')].map((e) => e.labels.length)"
        assert all(n == 1 for n in tab.evaluate(controls))
        tab.wait_for_function("() => document.getElementById('spoken').textContent.startsWith('peak tension')")
        pictures = "() => [...document.querySelectorAll('[role=img]')]"
        labels = tab.evaluate(f"{pictures}.map((e) => e.getAttribute('aria-label'))")
        assert len(labels) == 4 and labels[0].startswith("Tension: from")


@needs_chromium
def test_all_sliders_are_reached_by_the_tab_key(browser: Any, file: Path) -> None:
    with opened(browser, file) as tab:
        settle(tab)
        reached = []
        for _ in range(12):
            tab.keyboard.press("Tab")
            reached.append(tab.evaluate("document.activeElement.id || document.activeElement.name"))
            if reached[-1]:
                assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", reached
        assert [x for x in reached if x in ("fibre", "magnesium", "temperature", "supply", "flow", "kind")] == [
            "fibre",
            "magnesium",
            "temperature",
            "supply",
            "flow",
            "kind",
        ]


@pytest.mark.slow
@needs_chromium
def test_the_tour_asks_before_it_answers(browser: Any, file: Path) -> None:
    with opened(browser, file) as tab:
        settle(tab)
        tab.click("#tour-open")
        for step in range(6):
            tab.wait_for_timeout(100)
            assert tab.inner_text("#tour-place") == f"Step {step + 1} of 6"
            assert tab.evaluate("document.activeElement.id") == "tour-title"
            assert "?" in tab.inner_text("#tour-question") and tab.inner_text("#tour-answer") == ""
            settle(tab)
            tab.click("#tour-show")
            answer = tab.inner_text("#tour-answer")
            assert len(answer) > 80 and "NaN" not in answer and "undefined" not in answer, answer
            tab.click("#tour-next")
        assert tab.is_hidden("#tour") and tab.evaluate("document.activeElement.id") == "tour-open"


@needs_chromium
def test_the_last_of_many_wishes_is_what_is_shown(browser: Any, file: Path) -> None:
    with opened(browser, file) as tab:
        settle(tab)
        tab.check("input[value=exercise]")
        tab.wait_for_timeout(150)  # under way; nobody waits for it
        tab.check("input[value=single]")
        press(tab, "temperature", "ArrowLeft", 10)
        many = readouts(tab)
        tab.evaluate("choose({ ...chosen })")
        tab.wait_for_timeout(300)
        settle(tab)
        assert readouts(tab) == many and "contraction time" in many


@needs_chromium
def test_what_cannot_be_computed_is_said(browser: Any, file: Path) -> None:
    with opened(browser, file) as tab:
        settle(tab)
        tab.evaluate("choose({ ...chosen, temperature: -300 })")
        tab.wait_for_selector("#problem:not([hidden])")
        assert "cannot be computed" in tab.inner_text("#problem")
        tab.evaluate("choose(normalOf(fibre))")
        tab.wait_for_selector("#problem", state="hidden")
