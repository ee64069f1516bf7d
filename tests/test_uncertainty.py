"""Bands: what is drawn, what comes of it, what is said about runs that do not count."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

import mgsim
from mgsim import InputError
from mgsim.app.band import unchanged
from mgsim.app.command_line import main
from mgsim.app.preparation import Preparation
from mgsim.fibre.parts import free_magnesium
from mgsim.language.declaration import output, parameter, rate, state
from mgsim.language.mechanism import Mechanism, Placed
from mgsim.language.model import Anchor, Model
from mgsim.resting_state import NoRest
from mgsim.uncertainty import Uncertain, band, running, uncertain
from mgsim.uncertainty.uncertain import latin_hypercube

EDL = mgsim.fibre.mouse_edl
TWITCH = mgsim.twitch(duration="0.1 s")
RUNS = 24


class Balance(Mechanism):
    """A pool that is filled evenly and drained in proportion: it rests at the ratio of the two."""

    filled = parameter(2.0, "µM/ms", "inflow", source="Textbook", evidence="R", spread=0.3, spread_is="SD")
    drained = parameter(0.5, "1/ms", "outflow", source="Textbook", evidence="R", spread=0.1, spread_is="SEM")
    gain = parameter(10.0, "1", "what a reader makes of it", source="Textbook", evidence="M-")
    x = state("µM", "what is in the pool", initial=4.0)
    dx_dt = rate(x, filled - drained * x)
    force = output(gain * x, "µM", "what is read")


class Nearly(Mechanism):
    """The same, known nearly exactly."""

    filled = parameter(2.0, "µM/ms", "inflow", source="Textbook", evidence="R", spread=2e-12)
    drained = parameter(0.5, "1/ms", "outflow", source="Textbook", evidence="R")
    x = state("µM", "what is in the pool", initial=4.0)
    dx_dt = rate(x, filled - drained * x)
    force = output(x, "µM", "what is read")


def tiny(mechanism: type[Mechanism] = Balance) -> Model:
    return Model("tiny", "a pool", (Placed(mechanism),), (), (), {})


def of(value: float, spread: float, kind: str = "SD", path: str = "A.number") -> Uncertain:
    return Uncertain(path, value, "mV", "a number", spread, kind, "Textbook", "R")


@pytest.fixture(scope="module")
def twitches() -> mgsim.uncertainty.Band:
    return band(EDL(), TWITCH, runs=RUNS)


# ------------------------------------------------------------------ what a spread is
@pytest.mark.parametrize("value", [21.6, -65.0])
def test_a_log_normal_number_has_the_published_mean_and_deviation_and_its_sign(value: float) -> None:
    one = of(value, 7.0)
    shares = (np.arange(20_000) + 0.5) / 20_000
    drawn = one.quantile(shares)
    assert np.all(drawn * value > 0.0)
    assert drawn.mean() == pytest.approx(value, rel=1e-3)
    assert drawn.std() == pytest.approx(7.0, rel=1e-2)


def test_a_range_is_even_and_a_pK_is_normal() -> None:
    shares = np.array([0.0 + 1e-9, 0.25, 0.5, 1.0 - 1e-9])
    np.testing.assert_allclose(of(5.0, 2.0, "range").quantile(shares), [3.0, 4.0, 5.0, 7.0], atol=1e-7)
    acid = of(6.85, 0.1, path="ProtonBalance.pK_B").quantile(np.array([0.05, 0.5, 0.95]))
    np.testing.assert_allclose(acid, 6.85 + 0.1 * NormalDist().inv_cdf(0.95) * np.array([-1, 0, 1]))


@pytest.mark.parametrize(
    "bad", [{"spread": 0.0}, {"spread": -1.0}, {"spread_is": "SD"}, {"spread": 1.0, "spread_is": "sd"}]
)
def test_a_spread_that_is_none_is_refused_where_it_is_declared(bad: dict[str, object]) -> None:
    with pytest.raises(InputError, match="a number"):
        parameter(3.0, "mV", "a number", source="Textbook", evidence="R", **bad)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="a number"):
        Anchor("Mg", "Mg_bulk", 0.9, "mM", "a number", "Textbook", "R", ("Mg",), **bad)  # type: ignore[arg-type]


# ------------------------------------------------------------------ which numbers
def test_published_spreads_of_numbers_and_anchors_are_drawn_and_nothing_else() -> None:
    model = mgsim.fibre.human_fast()
    found = {one.path: one for one in uncertain(model)}
    assert {"Release.K_AMg", "Release.K_IMg", "Mg"} <= set(found)
    for path, one in found.items():
        anchor = next((a for a in model.anchors if a.name == path), None)
        declared = anchor or model.declared[path]
        assert (one.spread, one.spread_is) == (declared.spread, declared.spread_is)
    assert found["Mg"].spread_is == "SD"


def test_what_was_set_is_known() -> None:
    model = mgsim.fibre.human_fast().with_({"Release.K_AMg": 21.6}, Mg="0.4 mM")
    assert not {"Release.K_AMg", "Mg"} & {one.path for one in uncertain(model)}


def test_a_value_of_a_preparation_has_not_the_spread_of_another_number() -> None:
    model = replace(tiny(), preset={"Balance.drained": 0.7})
    assert [one.path for one in uncertain(model)] == ["Balance.filled"]
    assumed = {one.path: one for one in uncertain(model, "10 %")}["Balance.drained"]
    assert (assumed.value, assumed.spread, assumed.spread_is) == (0.7, pytest.approx(0.07), "assumed")


def test_an_assumed_spread_is_wider_where_a_number_is_only_recalled() -> None:
    found = {one.path: one for one in uncertain(tiny(), "10 %")}
    assert found["Balance.gain"].spread == pytest.approx(3.0)
    assert found["Balance.filled"].spread == 0.3  # the published one stays


def test_an_assumed_spread_leaves_choices_constants_the_bath_and_computed_totals() -> None:
    model = EDL()
    found = {one.path: one for one in uncertain(model, 0.15)}
    for path in found:
        assert not path.startswith(("Physics.", "Milieu."))
        assert path != "T" and path not in {a.name for a in model.anchors if not a.of}
    for path, d in model.declared.items():
        if d.evidence == "D" or d.structural or d.source == "ClarkeGlew1980" or model.value(path) == 0.0:
            assert path not in found
    assert {"Mg", "ATP"} <= set(found)
    assert found["SodiumChannel.V_s"].spread == pytest.approx(0.15 * 25.0)
    assert found["SodiumChannel.kh"].spread == pytest.approx(0.15 * 5.4)


def test_an_anchor_that_fixes_nothing_is_not_drawn() -> None:
    model = mgsim.fibre.human_fast().clamp(Mg="0.5 mM")
    assert "Mg" not in {one.path for one in uncertain(model)}
    assert "Mg" in {one.path for one in uncertain(mgsim.fibre.human_fast().acute(Mg="0.3 mM"))}


@pytest.mark.parametrize("share", [0.0, -0.1, 0.6, "80 %", "3 mM"])
def test_an_assumed_spread_that_is_none_is_refused(share: str | float) -> None:
    with pytest.raises(InputError, match="assumed spread"):
        uncertain(EDL(), share)


# ------------------------------------------------------------------ the draws
def test_a_latin_hypercube_has_one_draw_in_each_part() -> None:
    for shares in latin_hypercube(["a", "b"], 50, seed=3).values():
        assert sorted(np.floor(50 * shares).astype(int)) == list(range(50))
        assert 0.0 < shares.min() and shares.max() < 1.0


def test_the_draws_of_a_number_do_not_depend_on_what_else_is_drawn() -> None:
    alone, together = latin_hypercube(["b"], 30, 1), latin_hypercube(["a", "b", "c"], 30, 1)
    np.testing.assert_array_equal(alone["b"], together["b"])
    assert abs(np.corrcoef(together["a"], together["b"])[0, 1]) < 0.6
    assert not np.array_equal(together["b"], latin_hypercube(["b"], 30, 2)["b"])


# ------------------------------------------------------------------ the band
def test_the_band_of_a_product_of_powers_is_the_analytic_one() -> None:
    found = band(tiny(), mgsim.rest("10 ms"), runs=1000, every="5 ms")
    # The ratio of two log-normal numbers is log-normal: mean and variance of its logarithm add up.
    filled, drained = math.log1p((0.3 / 2.0) ** 2), math.log1p((0.1 / 0.5) ** 2)
    middle, width = math.log(10.0 * 2.0 / 0.5) - filled / 2 + drained / 2, math.sqrt(filled + drained)
    for share, level in zip((0.05, 0.25, 0.5, 0.75, 0.95), found.quantiles["force"], strict=True):
        wanted = math.exp(middle + width * NormalDist().inv_cdf(share))
        assert level[-1] == pytest.approx(wanted, rel=0.02)
    rest = found.interval("rest_value")
    assert (rest.low, rest.median, rest.high) == pytest.approx(tuple(found.quantiles["force"][[0, 2, 4], 0]))
    assert rest.reference == pytest.approx(40.0)


def test_next_to_no_spread_makes_next_to_no_band() -> None:
    found = band(tiny(Nearly), mgsim.rest("10 ms"), runs=RUNS, every="1 ms")
    assert [one.path for one in found.varied] == ["Nearly.filled"]
    np.testing.assert_allclose(found.quantiles["force"], np.broadcast_to(found.middle["force"], (5, 11)), rtol=1e-8)
    assert found.drivers("rest_value") == {}


def test_without_anything_uncertain_there_is_no_band() -> None:
    known = tiny().with_({"Balance.filled": 2.0, "Balance.drained": 0.5})
    with pytest.raises(InputError, match="no number of tiny has a published spread.*assume"):
        band(known, mgsim.rest("10 ms"))
    assert len(band(known, mgsim.rest("10 ms"), runs=RUNS, assume="10 %").varied) == 1


def test_one_seed_makes_one_band_whatever_runs_beside_it(twitches: mgsim.uncertainty.Band) -> None:
    again = band(EDL(), TWITCH, runs=RUNS, jobs=1)
    for name, levels in twitches.quantiles.items():
        np.testing.assert_array_equal(levels, again.quantiles[name])
    assert again.intervals == twitches.intervals
    other = band(EDL(), TWITCH, runs=RUNS, seed=2)
    assert not np.array_equal(other.quantiles["force"], twitches.quantiles["force"])


def test_quantiles_are_in_order_and_each_run_has_its_own_numbers(twitches: mgsim.uncertainty.Band) -> None:
    assert len(twitches) == RUNS and twitches.lost == {} and twitches.outcome == "done"
    for levels in twitches.quantiles.values():
        assert levels.shape == (5, twitches.time.size)
        assert np.all(np.diff(levels, axis=0) >= 0.0)
    k = 7
    drawn = {path: float(values[k]) for path, values in twitches.parameters.items()}
    one = mgsim.simulate(EDL().with_(drawn), TWITCH)
    assert twitches.values["peak"][k] == float(mgsim.measure.peak(one))
    for measure, interval in twitches.intervals.items():
        assert interval.low <= interval.median <= interval.high, measure
    untouched = set(EDL().declared) - set(drawn)
    assert all(one.provenance["parameters"][p]["value"] == EDL().value(p) for p in untouched)


def test_what_drives_a_measure_is_found() -> None:
    found = band(tiny(), mgsim.rest("10 ms"), runs=200, every="5 ms")
    drivers = found.drivers("rest_value")
    assert list(drivers) == ["Balance.drained", "Balance.filled"]
    assert drivers["Balance.drained"] < -0.7 and drivers["Balance.filled"] > 0.4
    with pytest.raises(InputError, match="did you mean rest_value"):
        found.drivers("rest_valu")


def test_runs_that_do_not_count_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    real = running.simulate
    ended = mgsim.simulate(EDL(), TWITCH, step_budget=50)
    assert not ended.outcome.ok

    def fragile(model: Model, *args: object, **how: object) -> mgsim.Result:
        weight = model.value("Release.K_AMg")
        if weight > 24.0:
            raise NoRest(f"{model}: no resting state")
        return ended if weight < 20.0 else real(model, *args, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "simulate", fragile)
    found = band(EDL(), TWITCH, runs=60)
    assert set(found.lost) == {"no rest", "ended early (step budget)"}
    assert sum(count for count, _ in found.lost.values()) + len(found) == 60
    assert found.lost["no rest"][1] == "no resting state"
    drawn = found.parameters["Release.K_AMg"]
    assert drawn.size == len(found) == found.used.size and 20.0 <= drawn.min() and drawn.max() <= 24.0
    with pytest.raises(InputError, match=r"only \d+ of 24 runs can be used.*no rest"):
        band(EDL(), TWITCH, runs=RUNS)


def test_ctrl_c_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop_at(limit: float):  # type: ignore[no-untyped-def]
        def tell(share: float) -> None:
            if share >= limit:
                raise KeyboardInterrupt

        return tell

    found = band(EDL(), TWITCH, runs=60, on_progress=stop_at(0.6))
    assert found.outcome == "interrupted" and 36 <= len(found) < 60
    assert found.lost == {"not begun": (60 - len(found), "interrupted")}
    with pytest.raises(KeyboardInterrupt):
        band(EDL(), TWITCH, runs=60, on_progress=stop_at(0.1))


def test_work_that_tires_is_a_point_for_each_contraction() -> None:
    protocol = mgsim.fatigue(train="60 ms", every="300 ms", duration="1.5 s", recovery="0 s")
    found = band(EDL(), protocol, runs=20)
    each = mgsim.measure.tetani(found.reference)
    np.testing.assert_array_equal(found.time, each.start)
    np.testing.assert_allclose(found.middle["force"], found.reference["force"][0] + each.peak, rtol=1e-3)
    assert "fatigue_index" in found.intervals and "PCr_total_bulk" in found.quantiles


# ------------------------------------------------------------------ comparing, saving
def test_a_change_is_taken_draw_by_draw(twitches: mgsim.uncertainty.Band) -> None:
    low = band(EDL().with_(Mg="0.6 mM"), TWITCH, runs=RUNS)
    change = low.change_from(twitches)["peak"]
    ratios = 100.0 * (low.values["peak"] / twitches.values["peak"] - 1.0)
    assert (change.median, change.unit) == (pytest.approx(np.median(ratios)), "%")
    assert low.change_from(low)["peak"].low == low.change_from(low)["peak"].high == 0.0
    with pytest.raises(InputError, match="draw by draw"):
        low.change_from(band(EDL(), TWITCH, runs=RUNS, seed=5))


@pytest.mark.parametrize("suffix", [".csv", ".json", ".nc"])
def test_a_band_is_saved_with_its_draws(twitches: mgsim.uncertainty.Band, tmp_path: Path, suffix: str) -> None:
    twitches.save(tmp_path / f"band{suffix}")
    back = mgsim.load(tmp_path / f"band{suffix}")
    np.testing.assert_array_equal(back["force_p95"], twitches.quantiles["force"][4])
    np.testing.assert_array_equal(back["force"], twitches.reference["force"])
    about = back.provenance["band"]
    assert (about["runs"], about["used"], about["seed"]) == (RUNS, RUNS, 1)
    assert about["varied"]["Release.K_AMg"]["source"] == "Balog2001"
    assert about["values"]["Release.K_AMg"] == twitches.parameters["Release.K_AMg"].tolist()


def test_the_draws_are_a_data_frame(twitches: mgsim.uncertainty.Band) -> None:
    pytest.importorskip("pandas")
    frame = twitches.to_pandas()
    assert frame.shape == (RUNS, len(twitches.varied) + len(twitches.values))
    assert frame.attrs["units"]["peak"] == "kN/m²"


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"runs": 3}, "20 to"),
        ({"seed": -1}, "seed"),
        ({"jobs": 0}, "jobs"),
        ({"traces": ["forse"]}, "did you mean force"),
    ],
)
def test_what_makes_no_band_is_refused(bad: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        band(EDL(), TWITCH, **bad)  # type: ignore[arg-type]


# ------------------------------------------------------------------ pictures and the command line
def test_a_picture_shows_medians_bands_and_the_own_run(twitches: mgsim.uncertainty.Band, tmp_path: Path) -> None:
    panels = twitches.plot(caption="A twitch.")
    assert len(panels) == 2
    np.testing.assert_array_equal(panels[0].lines[0].get_ydata(), twitches.quantiles["force"][2])
    np.testing.assert_array_equal(panels[0].lines[1].get_ydata(), twitches.middle["force"])
    assert len(panels[0].collections) == 2
    words = {text.get_text() for text in panels[0].texts}
    assert {"median of the runs", "half of the runs", "9 of 10 runs"} <= words
    mgsim.plot.save(panels, tmp_path / "band.png")
    both = mgsim.plot.band({"0.9 mM": twitches, "again": twitches}, "force", heading="free Mg²⁺")
    assert {"0.9 mM", "again", "free Mg²⁺"} <= {text.get_text() for text in both[0].texts}
    with pytest.raises(InputError, match="trace with a band 'Mg'"):
        twitches.plot("Mg")
    with pytest.raises(InputError, match="2 labels|as many labels"):
        mgsim.plot.band(twitches, labels=["a", "b"])
    import matplotlib.pyplot as plt

    plt.close("all")


def test_the_command_tells_and_draws(tmp_path: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    words = ["run", "twitch", "--duration", "0.1 s", "--band", "--band-runs", str(RUNS)]
    assert main([*words, "--plot", "b.png", "--save", "b.csv"]) == 0
    told = capsys.readouterr().out
    assert "half-relaxation" in told and f"{RUNS} runs" in told and "Release.K_AMg" in told
    assert (tmp_path / "b.png").stat().st_size > 20_000 and (tmp_path / "b.csv").exists()
    assert "Against the unchanged fibre" not in told


def test_the_command_compares_with_the_unchanged_fibre(capsys) -> None:  # type: ignore[no-untyped-def]
    words = ["run", "twitch", "--duration", "0.1 s", "--band", "--band-runs", str(RUNS), "--json"]
    assert main([*words, "--set", "Mg=0.4 mM", "--fibre", "human_fast"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["band"]["used"] == told["unchanged"]["used"] == RUNS
    assert "Mg" not in told["band"]["varied"] and "Mg" not in told["unchanged"]["varied"]
    assert set(told["change_in_percent"]) == set(told["band"]["measures"])
    assert main([*words, "--fibre", "human_fast"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert "unchanged" not in alone and "Mg" in alone["band"]["varied"]


def test_a_sudden_change_starts_from_the_draws_of_the_unchanged_fibre() -> None:
    sudden = Preparation(fibre="human_fast", set=("Mg=0.4 mM",), experiment="acute")
    before = unchanged(sudden)
    assert before is not None and uncertain(before) == uncertain(sudden.model())
    assert "Mg" in {one.path for one in uncertain(before)}
    assert unchanged(Preparation(temperature="16 °C")) is None


def test_an_assumed_spread_is_said_loudly(capsys) -> None:  # type: ignore[no-untyped-def]
    words = ["run", "twitch", "--duration", "0.1 s", "--band", "--band-runs", "24", "--assume-spread", "2 %"]
    assert main(words) == 0
    said = capsys.readouterr()
    assert "ASSUMED, NOT MEASURED" in said.out and "assumed" in said.err


@pytest.mark.parametrize("option", [["--band-runs", "50"], ["--seed", "3"], ["--assume-spread", "15 %"]])
def test_options_of_a_band_without_one_are_refused(option: list[str], capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(["run", "twitch", *option]) == 2
    assert "belongs to --band" in capsys.readouterr().err


def test_free_magnesium_carries_its_spread() -> None:
    anchor = free_magnesium(0.557, "Ryschon1996", "R", spread=0.097, spread_is="SD")
    assert (anchor.of, anchor.spread, anchor.spread_is) == (("Mg",), 0.097, "SD")
