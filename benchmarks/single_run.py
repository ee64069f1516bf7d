"""One run against SciPy's solvers at equal measured error: `python benchmarks/single_run.py`.

The error of each solver is measured, against a reference that is not mgsim's: the largest difference of free
calcium and of force at any output time, as a share of their peaks. Each peer then gets the tightest tolerance at
which neither of its errors is smaller than mgsim's at its default tolerance.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import mgsim  # noqa: E402
from benchmarks.contest import interleaved, keep, ratio, rounded, spread, table  # noqa: E402
from benchmarks.peers import CompiledOdeint, Job, PlainLsoda, Vector, run_mgsim  # noqa: E402
from mgsim.simulation import DEFAULT_RTOL  # noqa: E402

PROTOCOLS = {"twitch": mgsim.twitch(), "1-s tetanus at 50 Hz": mgsim.train("50 Hz", "1 s")}
TARGETS = {"LSODA, Python": 200.0, "LSODA, Python, exact Jacobian": 200.0, "odeint, compiled": 10.0}
LADDER = [float(f"1e-{k}") for k in range(3, 8)]
REFERENCE = 1e-11

Errors = dict[str, float]
Solver = Callable[[float], Vector]


def main() -> None:
    """Run the contest and write its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=9, help="rounds of the interleaved timing")
    repeats = parser.parse_args().repeats
    found: dict[str, Any] = {"error": "largest difference as a share of the peak", "protocols": {}}
    for name, protocol in PROTOCOLS.items():
        print(f"\n{name}")
        found["protocols"][name] = contest(protocol, repeats)
    keep("single_run", found)


def contest(protocol: mgsim.Protocol, repeats: int) -> dict[str, Any]:
    """Compare the solvers on one protocol; print the tables and give the figures."""
    job = Job.make(protocol)
    odeint = CompiledOdeint(job)
    truth = job.traces(odeint(REFERENCE))
    solvers: dict[str, Solver] = {
        "mgsim": lambda rtol: run_mgsim(job, rtol),
        "odeint, compiled": odeint,
        "LSODA, Python, exact Jacobian": PlainLsoda(job, exact=True),
        "LSODA, Python": PlainLsoda(job, exact=False),
    }

    def errors(solve: Solver, rtol: float) -> Errors:
        traces = job.traces(solve(rtol))
        return {k: float(np.max(np.abs(traces[k] - truth[k])) / np.max(np.abs(truth[k]))) for k in truth}

    found: dict[str, Any] = {
        "difference_of_two_references": {k: rounded(e, 2) for k, e in errors(solvers["mgsim"], 1e-10).items()}
    }
    goal = errors(solvers["mgsim"], DEFAULT_RTOL)
    chosen, reached = {"mgsim": DEFAULT_RTOL}, {"mgsim": goal}
    for name, solve in solvers.items():
        if name != "mgsim":
            chosen[name], reached[name] = equal_error(lambda rtol, s=solve: errors(s, rtol), goal)
    times, yardstick = interleaved({n: (lambda s=s, r=chosen[n]: s(r)) for n, s in solvers.items()}, repeats)
    found["equal_error"], rows = {}, []
    for name in solvers:
        against = ratio(times, name, "mgsim")
        figures = {
            "rtol": rounded(chosen[name]),
            "error": {k: rounded(e, 2) for k, e in reached[name].items()},
            "ms": rounded(float(np.median(times[name])) * 1e3),
            "spread": rounded(spread(times[name]), 2),
        }
        found["equal_error"][name] = figures | ({} if name == "mgsim" else {**against, "target": TARGETS[name]})
        rows.append(
            [name, f"{chosen[name]:.1e}", *(f"{e:.1e}" for e in reached[name].values()), f"{figures['ms']:g}"]
            + [f"{figures['spread']:.0%}"]
            + (["", "", ""] if name == "mgsim" else _verdict(against, TARGETS[name]))
        )
    head = ["solver", "rtol", "Ca error", "force error", "ms", "±", "mgsim is faster", "quartiles", "target"]
    print(table(head, rows))
    found["noise_of_the_machine"] = rounded(spread(yardstick), 2)
    print(f"noise of the machine: a fixed piece of arithmetic varied by ±{spread(yardstick):.0%}\n")
    found["ladder"] = ladder(solvers, errors)
    return found


def _verdict(against: dict[str, float], target: float) -> list[str]:
    quartiles = f"{against['lower_quartile']:g} to {against['upper_quartile']:g}"
    verdict = "met" if against["ratio"] >= target else "missed"
    return [f"{against['ratio']:g} times", quartiles, f"{target:g}: {verdict}"]


def equal_error(errors: Callable[[float], Errors], goal: Errors) -> tuple[float, Errors]:
    """Find the tightest tolerance, within a tenth, at which a solver is in no trace better than the goal."""

    def enough(reached: Errors) -> bool:
        return all(reached[k] >= goal[k] for k in goal)

    best = None
    for tight in (float(f"1e-{k}") for k in range(4, 11)):
        reached = errors(tight)
        if not enough(reached):
            break
        best = (tight, reached)
    if best is None:
        raise RuntimeError(f"no tolerance from 1e-4 on gives an error as large as {goal}")
    while best[0] > 1.2 * tight:
        middle = math.sqrt(best[0] * tight)
        reached = errors(middle)
        if enough(reached):
            best = (middle, reached)
        else:
            tight = middle
    return best


def ladder(solvers: dict[str, Solver], errors: Callable[[Solver, float], Errors]) -> dict[str, Any]:
    """Measure time and error of every solver at every tolerance of the ladder."""
    runs = {f"{name} at {rtol:g}": (name, rtol) for name in solvers for rtol in LADDER}
    times, _ = interleaved({key: (lambda s=solvers[n], r=r: s(r)) for key, (n, r) in runs.items()}, 1)
    found: dict[str, Any] = {name: [] for name in solvers}
    rows = []
    for key, (name, rtol) in runs.items():
        error = errors(solvers[name], rtol)
        ms = rounded(times[key][0] * 1e3)
        found[name].append({"rtol": rtol, "ms": ms, "error": {k: rounded(e, 2) for k, e in error.items()}})
        rows.append([name, f"{rtol:.0e}", f"{ms:g}", *(f"{e:.1e}" for e in error.values())])
    print(table(["work and precision", "rtol", "ms", "Ca error", "force error"], rows))
    return found


if __name__ == "__main__":
    main()
