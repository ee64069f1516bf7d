"""Pictures and sentences about fatigue: they show and say what is in the data."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mgsim
from mgsim import plot
from mgsim.app.tired import resting_use, what_it_costs, what_tires
from mgsim.language.errors import InputError
from mgsim.ledger import EnergyLedger, energy_ledger
from mgsim.measure import fatigue_index, tetani

WORK = mgsim.fatigue(duration="30 s", recovery="40 s", tests="20 s")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    import matplotlib

    matplotlib.use("Agg")
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


@pytest.fixture(scope="module")
def runs() -> dict[str, mgsim.Result]:
    fibre = mgsim.fibre.mouse_edl()
    return {level: mgsim.simulate(fibre.with_(Mg=f"{level} mM"), WORK) for level in ("0.9", "0.4")}


def words(axes: Any) -> str:
    from matplotlib.text import Text

    figure = np.atleast_1d(np.asarray(axes, dtype=object)).flat[0].figure
    return " | ".join(text.get_text() for text in figure.findobj(Text) if text.get_text())


def test_the_picture_shows_everything_that_was_asked_for(runs: dict[str, mgsim.Result]) -> None:
    panels = plot.fatigue(runs, heading="free Mg²⁺", caption="Seen.")
    seen = words(panels)
    for title in ("Force", "Free Ca²⁺", "ATP (mM)", "Phosphocreatine (mM)", "Phosphate (mM)", "pH", "Free Mg²⁺ (mM)",
                  "0.9", "0.4", "free Mg²⁺", "Seen.", "Time (s)"):  # fmt: skip
        assert title in seen
    each = tetani(runs["0.9"])
    curve, tests = panels[0, 0].lines[:2]
    assert np.allclose(curve.get_ydata(), each.peak[:10] + runs["0.9"]["force"][0])
    assert np.allclose(tests.get_xdata(), each.start[10:])


def test_a_picture_without_tests_is_laid_out(tmp_path: Path) -> None:
    short = mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.fatigue(duration="9 s", recovery="5 s"))
    plot.save(plot.fatigue(short), tmp_path / "a.png")  # any warning is an error
    assert (tmp_path / "a.png").stat().st_size > 50_000


def test_one_long_contraction_is_drawn_as_it_is() -> None:
    result = mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.hold("50 Hz", "3 s"))
    assert len(plot.fatigue(result)[0, 0].lines[0].get_xdata()) == result.time.size


def test_bars_of_the_ledger_are_as_long_as_its_amounts(runs: dict[str, mgsim.Result]) -> None:
    ledgers = {level: energy_ledger(run, 0, "30 s") for level, run in runs.items()}
    panel = plot.ledger(ledgers, heading="free Mg²⁺")
    for k, ledger in enumerate(ledgers.values()):
        used = [bar for bar in panel.patches if abs(bar.get_y() + bar.get_height() / 2 - 3 * k) < 0.1]
        made = [bar for bar in panel.patches if abs(bar.get_y() + bar.get_height() / 2 - 3 * k - 1) < 0.1]
        assert sum(bar.get_width() for bar in used) == pytest.approx(ledger.spent / 1000)
        # What was not made was lost: both bars are of one length.
        assert sum(bar.get_width() for bar in made) == pytest.approx(ledger.spent / 1000, rel=1e-9)
    seen = words(panel)
    assert "cross-bridges" in seen and "mitochondria" in seen and "loss of ATP" in seen


def test_what_cannot_be_drawn_is_said() -> None:
    result = mgsim.simulate(mgsim.fibre.calcium_core(), mgsim.train("50 Hz", "0.2 s"))
    with pytest.raises(InputError, match="needs a fibre with its energy metabolism"):
        plot.fatigue(result)
    with pytest.raises(InputError, match="at least one ledger"):
        plot.ledger({})


def test_sentences_are_made_of_the_numbers(runs: dict[str, mgsim.Result]) -> None:
    said = what_tires(runs)
    for level, run in runs.items():
        assert f"{100 * float(fatigue_index(run)):.0f} %" in said
        assert f"{level} mM" in said
    costs = what_it_costs(runs)
    for run in runs.values():
        assert f"{sum(resting_use(run).values()):.0f}" in costs


def test_no_difference_is_called_none(runs: dict[str, mgsim.Result]) -> None:
    same = {"0.9": runs["0.9"], "0.4": runs["0.9"]}
    assert "about the same" in what_tires(same)
    assert "as much at 0.4 mM" in what_it_costs(same)
    assert "leaks" not in what_it_costs(same)


def test_starvation_and_leak_are_said_only_where_the_numbers_say_so(runs: dict[str, mgsim.Result]) -> None:
    low = runs["0.4"]
    starved = replace(low, traces={**low.traces, "MgATP": low["MgATP"] / 100})
    assert "they starve" in what_it_costs({"0.9": runs["0.9"], "0.4": starved})
    assert "does not starve" in what_it_costs(runs)
    tight = replace(low, traces={**low.traces, "J_rel": runs["0.9"]["J_rel"]})
    assert "leaks" not in what_it_costs({"0.9": runs["0.9"], "0.4": tight})


def test_the_use_at_rest_is_what_the_ledger_counts_there() -> None:
    result = mgsim.simulate(mgsim.fibre.mouse_edl().counting("ATP"), mgsim.rest("2 s"))
    ledger: EnergyLedger = energy_ledger(result)
    # Making AMP from IMP again costs a little beside.
    assert sum(resting_use(result).values()) == pytest.approx(ledger.spent / 2, rel=2e-3)
