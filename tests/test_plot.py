"""Pictures: what is on them, and that they leave the rest of matplotlib alone."""

from pathlib import Path

import numpy as np
import pytest

from mgsim import measure, plot
from mgsim.language.errors import InputError
from mgsim.plot import look
from mgsim.plot.naming import label_of, named
from mgsim.protocol import Protocol, rest, train, twitch
from mgsim.result import Outcome, Result

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")


def a_result(protocol: Protocol, gain: float = 1.0, **about: object) -> Result:
    time = np.linspace(0, protocol.duration, 801)
    force = np.zeros_like(time)
    for onset in protocol.onsets:
        after = np.maximum(time - onset, 0)
        force += gain * (np.exp(-after / 0.03) - np.exp(-after / 0.01))
    return Result(
        time,
        {"force": force, "Ca": 0.05 + force**2, "x": force},
        {"force": "kN/m²", "Ca": "µM", "x": "1"},
        protocol,
        Outcome("done"),
        {"x": "share of heads"},
        dict(about),
    )


@pytest.fixture(autouse=True)
def closed_figures() -> object:
    import matplotlib.pyplot as plt

    before = dict(matplotlib.rcParams)
    yield
    plt.close("all")
    assert dict(matplotlib.rcParams) == before


def words(axes: object) -> str:
    from matplotlib.text import Text

    figure = np.atleast_1d(np.asarray(axes, dtype=object)).flat[0].figure
    return " | ".join(text.get_text() for text in figure.findobj(Text))


def test_traces_carry_units_labels_and_stimuli() -> None:
    results = {"normal": a_result(twitch()), "0.2 mM": a_result(twitch(), 2)}
    axes = plot.traces(results, heading="free Mg²⁺", caption="More force with less Mg²⁺.")
    assert axes.shape == (2,)
    assert len([line for line in axes[0].lines if len(line.get_xdata()) > 2]) == 2
    seen = words(axes)
    for word in (
        "Force (kN/m²)",
        "Free Ca²⁺ (µM)",
        "Time (ms)",
        "normal",
        "0.2 mM",
        "free Mg²⁺",
        "stimulus",
        "More force",
    ):
        assert word in seen


def test_time_is_in_the_unit_that_fits() -> None:
    assert "Time (ms)" in words(plot.traces(a_result(twitch())))
    assert "Time (s)" in words(plot.traces(a_result(train(1, "20 s"))))
    assert "Time (min)" in words(plot.traces(a_result(rest("20 minutes"))))


def test_marks_stand_at_the_stimuli() -> None:
    from matplotlib.collections import LineCollection

    panel = plot.traces(a_result(train("50 Hz", "0.2 s")), "force")[0]
    (marks,) = (c for c in panel.collections if isinstance(c, LineCollection))
    assert [segment[0][0] for segment in marks.get_segments()] == pytest.approx(np.arange(10, 210, 20))
    assert "50 Hz" in words(panel)
    assert "Mg 0.2 mM" in words(plot.traces(a_result(twitch().held("Mg", "0.2 mM"))))


def test_given_axes_are_used_and_kept() -> None:
    import matplotlib.pyplot as plt

    _, ax = plt.subplots()
    assert plot.traces(a_result(twitch()), "force", ax)[0] is ax
    assert plot.loop(a_result(twitch()), ax=ax) is ax
    assert len(plt.get_fignums()) == 1
    with pytest.raises(InputError, match="needs 2 axes; got 1"):
        plot.traces(a_result(twitch()), ax=ax)


def test_experiments_side_by_side_share_their_scales() -> None:
    columns = {
        "Twitch": [a_result(twitch()), a_result(twitch(), 2)],
        "Tetanus": [a_result(train(50, 0.4)), a_result(train(50, 0.4), 2)],
    }
    axes = plot.side_by_side(columns, ("force", "Ca", "x"))
    assert axes.shape == (3, 2)
    for row in axes:
        assert row[0].get_ylim() == row[1].get_ylim()
    assert "Share of heads" in words(axes)
    assert "Twitch" in words(axes) and "Tetanus" in words(axes)


def test_force_frequency_shows_the_measured_forces() -> None:
    trains = [a_result(train(rate, "0.4 s")) for rate in (20, 5, 50)]
    panel = plot.force_frequency({"normal": trains, "low": trains[:2]})
    assert panel.lines[0].get_xdata().tolist() == [5, 20, 50]
    expected = sorted(float(measure.amplitude(result)) for result in trains)
    assert panel.lines[0].get_ydata().tolist() == pytest.approx(expected)
    relative = plot.force_frequency(trains, relative=True)
    assert max(relative.lines[0].get_ydata()) == 100
    with pytest.raises(InputError, match="'twitch' has no rate"):
        plot.force_frequency([a_result(twitch())])


def test_compare_draws_a_dot_for_each_and_says_what_is_undefined() -> None:
    results = {"normal": a_result(twitch()), "A": a_result(twitch(), 2), "B": a_result(rest("0.4 s"))}
    panel = plot.compare(results, measure.time_to_peak)
    assert "not defined" in words(panel)
    assert "Time to peak (ms)" in words(panel)
    assert [tick.get_text() for tick in panel.get_yticklabels()] == ["A", "B"]
    with pytest.raises(InputError, match="nothing to compare"):
        plot.compare(results, references=3)


@pytest.mark.parametrize("suffix", [".png", ".pdf", ".svg"])
def test_pictures_are_saved_whole(tmp_path: Path, suffix: str) -> None:
    plot.save(plot.traces(a_result(twitch())), tmp_path / f"a{suffix}")
    assert (tmp_path / f"a{suffix}").stat().st_size > 5000
    with pytest.raises(InputError, match="ends in none of them"):
        plot.save(plot.loop(a_result(twitch())), tmp_path / "a.xyz")
    with pytest.raises(InputError, match="does not exist"):
        plot.save(plot.loop(a_result(twitch())), tmp_path / "none" / f"a{suffix}")
    assert [path.name for path in tmp_path.iterdir()] == [f"a{suffix}"]


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: plot.traces([]), "one or more results"),
        (lambda: plot.traces(a_result(twitch()), ()), "at least one trace"),
        (lambda: plot.traces(a_result(twitch()), "forc"), "did you mean force"),
        (lambda: plot.traces(a_result(twitch()), labels=["a", "b"]), "1 results need as many labels; got 2"),
        (lambda: plot.side_by_side({}), "at least one experiment"),
    ],
)
def test_nothing_to_draw_is_said(draw: object, says: str) -> None:
    with pytest.raises(InputError, match=says):
        draw()  # type: ignore[operator]


def test_labels_say_what_was_changed() -> None:
    assert label_of(a_result(twitch())) == "normal"
    changed = {"Mg": {"value": 200.0, "unit": "µM"}, "Parvalbumin.sites": {"value": 0.0, "unit": "µM"}}
    assert label_of(a_result(twitch(), changed=changed)) == "Mg²⁺ 0.2 mM, sites 0 µM"
    assert label_of(a_result(twitch(), blind=[["Release", "Mg"]])) == "Release blind to Mg²⁺"
    level = {"value": 10.0, "unit": "µM"}
    assert label_of(a_result(twitch(), clamped={"Ca_bulk": level, "Ca_junction": level})) == "Ca²⁺ 10 µM clamped"
    assert label_of(a_result(twitch(), edits=["Parvalbumin removed"])) == "Parvalbumin removed"
    warm, cold = (a_result(twitch(), temperature={"value": c, "unit": "°C"}) for c in (37.0, 16.0))
    assert named([warm, cold])[1] == ["normal, 37 °C", "normal, 16 °C"]


def test_labels_are_moved_apart_and_keep_their_order() -> None:
    assert look.spread([0.5, 0.1], 0.1, 0, 1) == [0.5, 0.1]
    placed = look.spread([0.9, 0.91, 0.92, 0.95], 0.1, 0, 1)
    assert placed == sorted(placed)
    assert min(np.diff(placed)) >= 0.1 - 1e-12
    assert max(placed) <= 1


def test_colours_differ_for_every_eye() -> None:
    """Simulated red, green and blue blindness (Machado 2009) keeps the first five colours apart."""
    blind = {
        "protan": [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        "deutan": [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        "tritan": [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
        "none": np.eye(3).tolist(),
    }
    from matplotlib.colors import to_rgb

    for matrix in blind.values():
        seen = [
            np.clip(np.array(matrix) @ np.array(to_rgb(c)) ** 2.2, 0, 1) ** (1 / 2.2)
            for c in look.COLOURS[:5]
        ]
        apart = [np.linalg.norm(a - b) for i, a in enumerate(seen) for b in seen[:i]]
        assert min(apart) > 0.25
