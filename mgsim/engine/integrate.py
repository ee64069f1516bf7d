"""Integrate a compiled model over segments of constant input, within budgets."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mgsim.engine import advance
from mgsim.engine.kernel import Kernels

Floats = NDArray[np.float64]

DEFAULT_STEP_BUDGET = 10_000_000
_CHUNK = 400  # steps between two looks at the clock and the keyboard: about 2 ms of native work
_PYTHON_CHUNK = 20


@dataclass(frozen=True)
class Segment:
    """A stretch of constant input, [start, stop) in ms.

    Attributes
    ----------
    start, stop : float
        ms.
    u : ndarray
        The inputs.
    jump : ndarray, optional
        Added to the state when the segment begins.
    """

    start: float
    stop: float
    u: Floats
    jump: Floats | None = None


@dataclass(frozen=True)
class Trajectory:
    """What an integration computed.

    Attributes
    ----------
    t : ndarray, shape (rows,)
        ms; those of the wanted times that were reached.
    Y : ndarray, shape (rows, states)
        The state at each of them; at a jump, the state after it.
    status : str
        "done", "step budget", "time budget", "interrupted" or "failed".
    message : str
        One plain sentence.
    stats : dict of str to int
        accepted, rejected, rhs, jacobian and factor calls.
    time : float
        ms; the time reached.
    y_end : ndarray, shape (states,)
        The state there.
    worst : int or None
        After a failure, the state at which it showed.
    """

    t: Floats
    Y: Floats
    status: str
    message: str
    stats: dict[str, int]
    time: float
    y_end: Floats
    worst: int | None = None


def integrate(
    kernels: Kernels,
    y0: Floats,
    segments: Sequence[Segment],
    t_out: Floats,
    c: Floats,
    scale: Floats,
    rtol: float,
    *,
    step_budget: int = DEFAULT_STEP_BUDGET,
    time_budget: float | None = None,
    h_max: float = np.inf,
    on_progress: Callable[[float], None] | None = None,
    names: Sequence[str] | None = None,
) -> Trajectory:
    """Integrate a model over segments, and keep what was computed whatever happens.

    Parameters
    ----------
    kernels : Kernels
        Compiled from a model source and `rosenbrock.source`, with `advance_all` exported.
    y0 : ndarray, shape (states,)
    segments : sequence of Segment
        In order, each beginning where the one before ends.
    t_out : ndarray
        ms, ascending, within the segments.
    c : ndarray
        The constants of the model functions.
    scale : ndarray, shape (states,)
        Size of each state: the error of a step is held to rtol x (scale + |y|).
    rtol : float
    step_budget : int
        Most steps, accepted and rejected.
    time_budget : float, optional
        Most s of wall time.
    h_max : float
        ms; longest step.
    on_progress : callable, optional
        Called now and then with the time reached in ms. A KeyboardInterrupt out of it, or from the
        keyboard, ends the run as "interrupted".
    names : sequence of str, optional
        Names of the states, for messages.

    Raises
    ------
    ValueError
        If the segments, times or sizes do not fit together.
    """
    run = _Run(kernels, y0, segments, t_out, c, scale, rtol, h_max)
    began = time.perf_counter()
    chunk = _CHUNK if kernels.backend == "native" else _PYTHON_CHUNK
    status, steps = "", 0
    try:
        while not status:
            run.k[advance.ALLOWANCE] = min(chunk, step_budget - steps)
            code = run.go()
            steps = int(run.k[advance.ACCEPTED] + run.k[advance.REJECTED])
            if code != advance.MORE:
                status = "done" if code == advance.DONE else "failed"
            elif steps >= step_budget:
                status = "step budget"
            elif time_budget is not None and time.perf_counter() - began > time_budget:
                status = "time budget"
            if on_progress is not None:
                on_progress(float(run.s[advance.TIME]))
    except KeyboardInterrupt:
        status, code = status or "interrupted", advance.MORE
    return run.trajectory(status, code, steps, names)


class _Run:
    """The memory of one integration."""

    def __init__(
        self,
        kernels: Kernels,
        y0: Floats,
        segments: Sequence[Segment],
        t_out: Floats,
        c: Floats,
        scale: Floats,
        rtol: float,
        h_max: float,
    ) -> None:
        n, n_inputs = int(kernels.constants["N"]), int(kernels.constants["N_INPUTS"])  # type: ignore[arg-type]
        self.y = np.array(y0, dtype=np.float64)
        self.t_out = np.ascontiguousarray(t_out, dtype=np.float64)
        _check(n, n_inputs, self.y, segments, self.t_out, np.asarray(scale), rtol)
        self.rows = np.empty((len(self.t_out), n))
        self.s = np.zeros(8)
        self.k = np.zeros(16, dtype=np.int64)
        self.s[advance.TIME] = segments[0].start
        self.s[advance.RTOL], self.s[advance.STEP_MAX] = rtol, h_max
        self.k[advance.OUTPUTS], self.k[advance.SEGMENTS] = len(self.t_out), len(segments)
        edges = np.array([segment.start for segment in segments] + [segments[-1].stop], dtype=np.float64)
        inputs, input_row = _table([segment.u for segment in segments], n_inputs)
        jumps, jump_row = _table([segment.jump for segment in segments], n)
        work = _aligned(int(kernels.constants["WORK_SIZE"]))  # type: ignore[arg-type]
        c, scale = (np.ascontiguousarray(a, dtype=np.float64) for a in (c, scale))
        self._advance_all = kernels.advance_all
        self._arguments = (
            self.s,
            self.k,
            self.y,
            edges,
            inputs,
            input_row,
            jumps,
            jump_row,
            c,
            scale,
            work,
            self.t_out,
            self.rows.reshape(-1),
        )

    def go(self) -> int:
        """Take up to ALLOWANCE steps and give the code of the outcome."""
        return int(self._advance_all(*self._arguments))

    def trajectory(self, status: str, code: int, steps: int, names: Sequence[str] | None) -> Trajectory:
        """Cut the outputs to what was reached and say how it ended."""
        t, rows = float(self.s[advance.TIME]), int(self.k[advance.NEXT])
        worst = int(self.k[advance.WORST]) if status == "failed" else None
        name = "" if worst is None else repr(names[worst]) if names is not None else f"number {worst}"
        reason = {
            advance.UNDERFLOW: f"the step became too small; the state with the largest error was {name}",
            advance.NOT_FINITE: f"the rate of change of state {name} is not a finite number",
        }.get(code, "")
        message = {
            "done": f"reached {t:g} ms in {steps} steps",
            "step budget": f"stopped at {t:g} ms: the budget of {steps} steps is used up",
            "time budget": f"stopped at {t:g} ms after {steps} steps: the time budget is used up",
            "interrupted": f"interrupted at {t:g} ms after {steps} steps",
            "failed": f"failed at {t:g} ms after {steps} steps: {reason}",
        }[status]
        places = {
            "accepted": advance.ACCEPTED,
            "rejected": advance.REJECTED,
            "rhs": advance.RHS_CALLS,
            "jacobian": advance.JACOBIANS,
            "factor": advance.FACTORS,
        }
        stats = {key: int(self.k[place]) for key, place in places.items()}
        return Trajectory(self.t_out[:rows], self.rows[:rows], status, message, stats, t, self.y, worst)


def _aligned(size: int) -> Floats:
    """Give zeros that begin at a cache line: vectors that straddle two lines cost a few percent."""
    room = np.zeros(size + 8)
    start = -room.ctypes.data % 64 // 8
    return room[start : start + size]


def _table(rows: Sequence[Floats | None], width: int) -> tuple[Floats, NDArray[np.int64]]:
    """Put the different rows into one flat table; give the row number of each, -1 for None."""
    numbers: dict[bytes, int] = {}
    different: list[Floats] = []
    places = np.full(len(rows), -1, dtype=np.int64)
    for place, row in enumerate(rows):
        if row is None:
            continue
        row = np.ascontiguousarray(row, dtype=np.float64)
        key = row.tobytes()
        if key not in numbers:
            numbers[key] = len(different)
            different.append(row)
        places[place] = numbers[key]
    flat = np.concatenate(different) if different else np.zeros(0)
    return (flat if flat.size else np.zeros(max(width, 1))), places


def _check(
    n: int,
    n_inputs: int,
    y0: Floats,
    segments: Sequence[Segment],
    t_out: Floats,
    scale: Floats,
    rtol: float,
) -> None:
    if y0.shape != (n,) or scale.shape != (n,):
        raise ValueError(f"y0 and scale need {n} values, not {y0.shape} and {scale.shape}")
    if not (scale >= 0.0).all():
        raise ValueError(f"every scale must be positive; number {int(np.argmin(scale >= 0.0))} is not")
    if not 0.0 < rtol < 1.0:
        raise ValueError(f"rtol must lie between 0 and 1, not {rtol!r}")
    if not segments:
        raise ValueError("there must be at least one segment")
    stop = segments[0].start
    for number, segment in enumerate(segments):
        if segment.start != stop or not segment.stop > segment.start:
            raise ValueError(
                f"segment {number} is [{segment.start:g}, {segment.stop:g}) and should begin at {stop:g} ms"
            )
        if len(segment.u) != n_inputs or (segment.jump is not None and len(segment.jump) != n):
            raise ValueError(f"segment {number} needs {n_inputs} inputs, and a jump of {n} values if it has one")
        stop = segment.stop
    if len(t_out) and not (segments[0].start <= t_out[0] and t_out[-1] <= stop and (np.diff(t_out) > 0).all()):
        raise ValueError(f"output times must ascend within [{segments[0].start:g}, {stop:g}] ms")
