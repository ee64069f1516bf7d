"""Integration over segments: exact edges, budgets, interruptions, and outcomes that say why."""

from __future__ import annotations

import numpy as np
import pytest

from mgsim.engine import integrate as module
from mgsim.engine.integrate import Segment, integrate
from tests.engine.problems import BACKENDS, BRUSSELATOR, Problem

both = pytest.mark.parametrize("backend", BACKENDS)

DECAY = Problem(f=("u[0] - c[0] * y[0]",), J=(("-c[0]",),), y0=(0.0,), scale=(1.0,), stop=5.0, n_inputs=1)
ROOT = Problem(
    f=("-sqrt(y[0])", "1.0"),
    J=(("-0.5 / sqrt(y[0])", "0.0"), ("0.0", "0.0")),
    y0=(1.0, 0.0),
    scale=(1.0, 1.0),
    stop=5.0,
)
BLOW_UP = Problem(
    f=("1.0", "y[1] * y[1]"),
    J=(("0.0", "0.0"), ("0.0", "2.0 * y[1]")),
    y0=(0.0, 1.0),
    scale=(1.0, 1.0),
    stop=5.0,
)


def pulses(count: int, period: float = 2.0, width: float = 0.25) -> list[Segment]:
    segments = []
    for k in range(count):
        segments.append(Segment(k * period, k * period + width, np.array([2.0])))
        segments.append(Segment(k * period + width, (k + 1) * period, np.array([1.0])))
    return segments


def run(problem, segments, t_out, rtol=1e-6, c=3.0, backend="native", **options):
    return integrate(
        problem.kernels(backend),
        problem.start(),
        segments,
        np.asarray(t_out, dtype=float),
        np.array([c]),
        problem.scales(),
        rtol,
        **options,
    )


@both
def test_segments_jumps_and_rows_against_the_exact_solution(backend):
    segments = [
        Segment(0.0, 1.0, np.array([1.0])),
        Segment(1.0, 2.5, np.array([0.0]), jump=np.array([0.5])),
        Segment(2.5, 5.0, np.array([2.0])),
    ]
    t = np.array([0.0, 0.3, 1.0, 1.7, 2.5, 4.1, 5.0])
    done = run(DECAY, segments, t, rtol=1e-8, c=2.0, backend=backend)
    y1 = 0.5 * (1 - np.exp(-2.0)) + 0.5
    y2 = y1 * np.exp(-3.0)
    exact = [0.0, 0.5 * (1 - np.exp(-0.6)), y1, y1 * np.exp(-1.4), y2]
    exact += [1.0 + (y2 - 1.0) * np.exp(-2.0 * (x - 2.5)) for x in (4.1, 5.0)]
    assert (done.status, done.time) == ("done", 5.0)
    np.testing.assert_array_equal(done.t, t)
    np.testing.assert_allclose(done.Y[:, 0], exact, atol=3e-8)
    np.testing.assert_array_equal(done.y_end, done.Y[-1])


def test_first_row_shows_the_state_after_a_first_jump():
    done = run(DECAY, [Segment(1.0, 2.0, np.zeros(1), jump=np.array([4.0]))], [1.0, 2.0], c=1.0)
    assert done.Y[0, 0] == 4.0


@both
@pytest.mark.parametrize("chunk", [1, 3, 50])
def test_chunks_do_not_change_a_bit(backend, chunk, monkeypatch):
    t = np.linspace(0, 6, 61)
    whole = run(BRUSSELATOR, pulses(3), t, backend=backend)
    monkeypatch.setattr(module, "_CHUNK", chunk)
    monkeypatch.setattr(module, "_PYTHON_CHUNK", chunk)
    pieces = run(BRUSSELATOR, pulses(3), t, backend=backend)
    np.testing.assert_array_equal(pieces.Y, whole.Y)
    assert pieces.stats == whole.stats
    assert whole.stats["rejected"] > 0  # so that chunks end after rejected steps too


@both
def test_output_times_do_not_change_a_bit(backend):
    coarse = run(BRUSSELATOR, pulses(3), [1.0, 6.0], backend=backend)
    fine = run(BRUSSELATOR, pulses(3), np.linspace(0, 6, 601), backend=backend)
    none = run(BRUSSELATOR, pulses(3), [], backend=backend)
    np.testing.assert_array_equal(fine.Y[[100, 600]], coarse.Y)
    np.testing.assert_array_equal(none.y_end, coarse.y_end)
    assert coarse.stats == fine.stats == none.stats


def test_native_and_python_agree():
    t = np.linspace(0, 6, 61)
    native, plain = (run(BRUSSELATOR, pulses(3), t, backend=backend) for backend in BACKENDS)
    np.testing.assert_allclose(native.Y, plain.Y, rtol=1e-9)
    assert native.stats == plain.stats


def test_same_run_gives_the_same_bits():
    one, two = (run(BRUSSELATOR, pulses(5), np.linspace(0, 10, 101)) for _ in range(2))
    np.testing.assert_array_equal(one.Y, two.Y)


def test_against_radau_at_a_tight_tolerance():
    from scipy.integrate import solve_ivp

    y = BRUSSELATOR.start()
    ends = []
    for segment in pulses(4):

        def rhs(t, y, u=segment.u[0]):
            return [u + y[0] ** 2 * y[1] - 4.0 * y[0], 3.0 * y[0] - y[0] ** 2 * y[1]]

        y = solve_ivp(rhs, (segment.start, segment.stop), y, "Radau", rtol=1e-11, atol=1e-12).y[:, -1]
        ends.append(y)
    for rtol in (1e-4, 1e-6, 1e-8):
        done = run(BRUSSELATOR, pulses(4), [segment.stop for segment in pulses(4)], rtol=rtol)
        assert np.max(np.abs(done.Y - ends) / (1.0 + np.abs(ends))) < 20 * rtol


@pytest.mark.parametrize("chunk", [7, 400])
def test_step_budget_keeps_the_trace(chunk, monkeypatch):
    monkeypatch.setattr(module, "_CHUNK", chunk)
    t = np.linspace(0, 10, 101)
    whole = run(BRUSSELATOR, pulses(5), t)
    part = run(BRUSSELATOR, pulses(5), t, step_budget=40)
    assert part.status == "step budget"
    assert part.stats["accepted"] + part.stats["rejected"] == 40
    assert 0 < len(part.t) < len(t)
    assert part.t[-1] <= part.time < 10.0
    np.testing.assert_array_equal(part.Y, whole.Y[: len(part.t)])
    assert "40 steps" in part.message and f"{part.time:g} ms" in part.message


def test_budget_that_is_just_enough_is_enough():
    whole = run(BRUSSELATOR, pulses(2), [4.0])
    steps = whole.stats["accepted"] + whole.stats["rejected"]
    assert run(BRUSSELATOR, pulses(2), [4.0], step_budget=steps).status == "done"
    assert run(BRUSSELATOR, pulses(2), [4.0], step_budget=steps - 1).status == "step budget"


def test_time_budget_keeps_the_trace(monkeypatch):
    monkeypatch.setattr(module, "_CHUNK", 5)
    part = run(BRUSSELATOR, pulses(5), np.linspace(0, 10, 101), time_budget=0.0)
    assert part.status == "time budget"
    assert part.stats["accepted"] + part.stats["rejected"] == 5
    assert part.t[-1] <= part.time


@both
def test_interrupt_keeps_the_trace(backend, monkeypatch):
    monkeypatch.setattr(module, "_CHUNK", 10)
    monkeypatch.setattr(module, "_PYTHON_CHUNK", 10)
    times = []

    def on_progress(t):
        times.append(t)
        if len(times) == 3:
            raise KeyboardInterrupt

    t = np.linspace(0, 10, 101)
    part = run(BRUSSELATOR, pulses(5), t, on_progress=on_progress, backend=backend)
    assert part.status == "interrupted"
    assert part.time == times[-1] and times == sorted(times)
    assert 0 < len(part.t) < 101
    np.testing.assert_array_equal(part.Y, run(BRUSSELATOR, pulses(5), t, backend=backend).Y[: len(part.t)])


@both
def test_rate_that_stops_to_exist_fails_with_time_and_state(backend):
    """y' = -sqrt(y) reaches 0 at t = 2, and nothing is computed beyond."""
    part = run(
        ROOT,
        [Segment(0.0, 5.0, np.zeros(0))],
        np.linspace(0, 5, 51),
        backend=backend,
        names=["amount", "clock"],
    )
    assert part.status == "failed"
    assert part.time == pytest.approx(2.0, abs=1e-3)
    assert "'amount'" in part.message and f"{part.time:g} ms" in part.message
    np.testing.assert_allclose(part.Y[:, 0], (1 - part.t / 2) ** 2, atol=1e-5)
    assert part.worst == 0
    assert np.isfinite(part.y_end).all()


def test_blow_up_fails_with_time_and_state():
    part = run(BLOW_UP, [Segment(0.0, 5.0, np.zeros(0))], np.linspace(0, 5, 51), names=["clock", "runaway"])
    assert part.status == "failed"
    assert part.time == pytest.approx(1.0, abs=1e-3)
    assert "'runaway'" in part.message
    assert part.worst == 1
    assert len(part.t) in (10, 11)


def test_start_without_a_rate_fails_at_once():
    bad = Problem(ROOT.f, ROOT.J, (-1.0, 0.0), ROOT.scale, ROOT.stop)
    part = run(bad, [Segment(0.0, 5.0, np.zeros(0))], [0.0, 5.0])
    assert (part.status, part.time, part.worst) == ("failed", 0.0, 0)
    assert "not a finite number" in part.message and "number 0" in part.message


def test_rest_of_ten_minutes_takes_few_steps_and_does_not_drift():
    rest = Problem(DECAY.f, DECAY.J, (0.25,), DECAY.scale, DECAY.stop, n_inputs=1)
    done = run(rest, [Segment(0.0, 6e5, np.array([1.0]))], [6e5], c=4.0)
    assert done.Y[0, 0] == 0.25
    assert done.stats["accepted"] <= 3


def test_longest_step_is_kept():
    done = run(DECAY, [Segment(0.0, 100.0, np.array([1.0]))], [100.0], h_max=0.5)
    assert done.stats["accepted"] >= 200


def test_many_segments_cost_little():
    done = run(DECAY, [Segment(float(k), k + 1.0, np.array([k % 2.0])) for k in range(4000)], [4000.0], rtol=1e-4)
    assert done.status == "done"
    assert done.stats["accepted"] < 20 * 4000


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"segments": []}, "at least one segment"),
        (
            {"segments": [Segment(0.0, 1.0, np.ones(1)), Segment(1.5, 2.0, np.ones(1))]},
            "should begin at 1 ms",
        ),
        ({"segments": [Segment(1.0, 1.0, np.ones(1))]}, "segment 0"),
        ({"segments": [Segment(0.0, np.nan, np.ones(1))]}, "segment 0"),
        ({"segments": [Segment(0.0, 9.0, np.ones(2))]}, "needs 1 inputs"),
        ({"segments": [Segment(0.0, 9.0, np.ones(1), np.ones(3))]}, "jump of 2 values"),
        ({"t_out": [1.0, 1.0]}, "must ascend"),
        ({"t_out": [-1.0, 1.0]}, "must ascend within"),
        ({"t_out": [1.0, 99.0]}, "must ascend within"),
        ({"t_out": [np.nan]}, "must ascend within"),
        ({"y0": np.zeros(3)}, "need 2 values"),
        ({"scale": np.array([1.0, np.nan])}, "number 1 is not"),
        ({"scale": np.array([-1.0, 1.0])}, "number 0 is not"),
        ({"rtol": 0.0}, "rtol must lie"),
        ({"rtol": np.nan}, "rtol must lie"),
    ],
)
def test_input_that_does_not_fit_is_refused(change, complaint):
    arguments = {
        "y0": BRUSSELATOR.start(),
        "segments": pulses(1),
        "t_out": [1.0],
        "c": np.ones(1),
        "scale": BRUSSELATOR.scales(),
        "rtol": 1e-5,
    } | change
    with pytest.raises(ValueError, match=complaint):
        integrate(BRUSSELATOR.kernels(), **arguments)


def test_threads_give_the_same_bits_as_one_after_the_other():
    from concurrent.futures import ThreadPoolExecutor

    kernels = BRUSSELATOR.kernels()

    def one(c):
        t, u = np.linspace(0, 10, 101), np.array([c])
        return integrate(kernels, BRUSSELATOR.start(), pulses(5), t, u, BRUSSELATOR.scales(), 1e-6).Y

    values = [2.0 + 0.1 * k for k in range(12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(one, values))
    for value, rows in zip(values, together, strict=True):
        np.testing.assert_array_equal(rows, one(value))
