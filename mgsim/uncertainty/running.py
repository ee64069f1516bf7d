"""Run an experiment again and again with drawn numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np

from mgsim.language.errors import InputError, need
from mgsim.language.model import Model
from mgsim.protocol import Protocol
from mgsim.resting_state import NoRest
from mgsim.result import Trace
from mgsim.simulation import simulate
from mgsim.uncertainty.bands import PERCENTILES, Band
from mgsim.uncertainty.reading import curves_of, measures_of, names_of, tires
from mgsim.uncertainty.uncertain import latin_hypercube, uncertain, without_spread

FEWEST = 20  # runs of which quantiles can be spoken
_MOST = 100_000


@dataclass
class _Draw:
    """What became of one run."""

    lost: str = ""
    message: str = ""
    traces: Mapping[str, Trace] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)


def band(
    model: Model,
    protocol: Protocol,
    *,
    runs: int = 200,
    seed: int = 1,
    traces: Sequence[str] | None = None,
    assume: str | float | None = None,
    jobs: int = 2,
    time_budget: float | None = None,
    on_progress: Callable[[float], None] | None = None,
    **how: Any,
) -> Band:
    """Run an experiment with numbers drawn from their published spreads, each run from a rest of its own.

    The numbers are drawn by a Latin hypercube, independently of each other. A spread is taken as it was published: a
    standard deviation between fibres or persons makes a band of what fibres do, a standard error one of what is known
    about their mean. `Band.varied` says which it is for each. Fitted numbers stay as they were fitted to the means, and
    what has no published spread stays too: a band is narrower than what is not known.

    Parameters
    ----------
    model : Model
        The preparation. What was set in it by ``with_`` is known and not drawn.
    protocol : Protocol
        What is done to it.
    runs : int
        How many runs, at least 20.
    seed : int
        What the draws are made from: the same seed makes the same band.
    traces : sequence of str, optional
        Which traces get a band; force and free Ca²⁺ without it, and metabolites where the work tires the fibre. Of
        such work each contraction is one point: its peak of force and Ca²⁺, and other traces just before it.
    assume : str or float, optional
        A spread such as "15 %" to assume for numbers without a published one: see `uncertain`.
    jobs : int
        Runs that go on at the same time.
    time_budget : float, optional
        Seconds after which no further run begins.
    on_progress : callable, optional
        Called with the share that is done, 0 to 1.
    **how
        Options of `mgsim.simulate`, such as `every` or `rtol`.

    Returns
    -------
    Band
        Runs without a rest, or that ended early, do not count; `Band.lost` says how many and why.

    Raises
    ------
    InputError
        When nothing is uncertain, fewer than 20 runs are asked for or left, or the experiment itself cannot be done.
    KeyboardInterrupt
        When interrupted before 20 runs were done; later, they are kept.

    Examples
    --------
    >>> import mgsim
    >>> found = mgsim.uncertainty.band(mgsim.fibre.mouse_edl(), mgsim.twitch(), runs=20)
    >>> found.interval("peak").unit
    'kN/m²'
    """
    need("model", model, Model, "mgsim.fibre.mouse_edl()")
    need("protocol", protocol, Protocol, "mgsim.twitch()")
    _check(runs, seed, jobs)
    varied = uncertain(model, assume)
    if not varied:
        raise InputError(f"no number of {model.name} has a published spread; assume one, such as assume='15 %'")
    began = perf_counter()
    reference = simulate(model, protocol, **how)
    if reference.outcome.kind == "interrupted":
        raise KeyboardInterrupt
    if not reference.outcome.ok:
        raise InputError(f"the run with the model's own numbers ended early: {reference.outcome.message}")
    by_contraction = tires(reference)
    names = names_of(reference, traces, by_contraction)
    time, middle = curves_of(reference, names, by_contraction)
    shares = latin_hypercube((one.path for one in varied), runs, seed)
    drawn = {one.path: one.quantile(shares[one.path]) for one in varied}

    def run(k: int) -> _Draw:
        if time_budget is not None and perf_counter() - began > time_budget:
            return _Draw("not begun", "the time budget was used up")
        values = {path: float(column[k]) for path, column in drawn.items()}
        return _run(model, protocol, values, names, by_contraction, how)

    done, interrupted = _all(run, runs, jobs, on_progress)
    counting = [k for k in sorted(done) if not done[k].lost]
    if interrupted and len(counting) < FEWEST:
        raise KeyboardInterrupt
    lost = _tally(done, runs)
    if len(counting) < FEWEST:
        told = "; ".join(f"{count} {kind}: {message}" for kind, (count, message) in lost.items())
        raise InputError(f"only {len(counting)} of {runs} runs can be used, and a band needs {FEWEST} ({told})")
    stacked = {name: np.array([done[k].traces[name] for k in counting]) for name in names}
    measured = measures_of(reference)
    return Band(
        time=time,
        quantiles={name: np.percentile(rows, PERCENTILES, axis=0) for name, rows in stacked.items()},
        reference=reference,
        middle=middle,
        measured=measured,
        varied=varied,
        parameters={path: values[counting] for path, values in drawn.items()},
        used=np.array(counting, dtype=np.int64),
        values={m: np.array([done[k].values.get(m, math.nan) for k in counting]) for m in measured},
        runs=runs,
        seed=seed,
        lost=lost,
        outcome="interrupted" if interrupted else "time budget" if "not begun" in lost else "done",
        fixed=tuple(without_spread(model, varied)),
        each_contraction=by_contraction,
    )


def _check(runs: int, seed: int, jobs: int) -> None:
    if not FEWEST <= runs <= _MOST:
        raise InputError(f"a band needs {FEWEST} to {_MOST} runs; got {runs}")
    if seed < 0:
        raise InputError(f"the seed is a whole number of zero or more; got {seed}")
    if jobs < 1:
        raise InputError(f"jobs = {jobs}; at least one run has to go on at a time")


def _run(
    model: Model,
    protocol: Protocol,
    values: Mapping[str, float],
    names: Sequence[str],
    by_contraction: bool,
    how: Mapping[str, Any],
) -> _Draw:
    drawn = model.with_(values)
    try:
        result = simulate(drawn, protocol, **how)
    except NoRest as reason:  # its message begins with every number that is changed
        return _Draw("no rest", str(reason).removeprefix(f"{drawn}: "))
    except InputError as reason:
        return _Draw("refused", str(reason))
    except ArithmeticError as reason:
        return _Draw("failed", str(reason) or type(reason).__name__)
    if not result.outcome.ok:
        return _Draw(f"ended early ({result.outcome.kind})", result.outcome.message)
    _, curves = curves_of(result, names, by_contraction)
    return _Draw(traces=curves, values={name: float(m) for name, m in measures_of(result).items()})


def _all(
    run: Callable[[int], _Draw], runs: int, jobs: int, on_progress: Callable[[float], None] | None
) -> tuple[dict[int, _Draw], bool]:
    """Do all runs; when interrupted, end those that go on and give what is done."""
    done: dict[int, _Draw] = {}
    interrupted = False
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running: dict[Future[_Draw], int] = {pool.submit(run, k): k for k in range(runs)}
        try:
            for one in as_completed(running):
                done[running[one]] = one.result()
                if on_progress is not None:
                    on_progress(len(done) / runs)
        except KeyboardInterrupt:
            interrupted = True
            pool.shutdown(cancel_futures=True)
            done = {k: one.result() for one, k in running.items() if one.done() and not one.cancelled()}
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return done, interrupted


def _tally(done: Mapping[int, _Draw], runs: int) -> dict[str, tuple[int, str]]:
    """Count the runs that do not count, by what became of them, with the first message."""
    lost: dict[str, tuple[int, str]] = {}
    for k in sorted(done):
        if kind := done[k].lost:
            count, first = lost.get(kind, (0, done[k].message))
            lost[kind] = count + 1, first
    if len(done) < runs:
        count, first = lost.get("not begun", (0, "interrupted"))
        lost["not begun"] = count + runs - len(done), first
    return lost
