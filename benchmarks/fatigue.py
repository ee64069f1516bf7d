"""Minutes of fatigue: `python benchmarks/fatigue.py`.

Sixty seconds and ten minutes of repeated tetani are timed; against SciPy's LSODA on the generated Python, which would
take minutes for one of them, the first tetani are, at the tolerance (in decades) at which its measured error is no
smaller than mgsim's.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import mgsim  # noqa: E402
from benchmarks.contest import interleaved, keep, ratio, rounded, table  # noqa: E402
from benchmarks.peers import CompiledOdeint, Job, PlainLsoda, Vector, run_mgsim  # noqa: E402
from mgsim.simulation import DEFAULT_RTOL  # noqa: E402

WHOLE = {"60 s": ("60 s", 1.0), "10 min": ("10 min", 10.0)}
FEW = mgsim.fatigue(duration="6 s", recovery="0 s")
TARGET = 100.0


def main() -> None:
    """Run the contest and write its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5, help="rounds of the interleaved timing")
    repeats = parser.parse_args().repeats
    found: dict[str, Any] = {"whole": {}}
    rows = []
    for name, (duration, most) in WHOLE.items():
        protocol = mgsim.fatigue(duration=duration, recovery="0 s")
        mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.fatigue(duration="6 s", recovery="0 s"))
        begin = time.process_time()
        result = mgsim.simulate(mgsim.fibre.mouse_edl(), protocol)
        seconds = time.process_time() - begin
        assert result.outcome.ok
        found["whole"][name] = {"s": rounded(seconds), "target": most}
        rows.append([name, f"{seconds:.2f}", f"{most:g}: {'met' if seconds < most else 'missed'}"])
    print(table(["fatigue", "s", "target"], rows))

    job = Job.make(FEW)
    truth = job.traces(CompiledOdeint(job)(1e-10))

    def errors(rows_of: Vector) -> dict[str, float]:
        traces = job.traces(rows_of)
        return {k: float(np.max(np.abs(traces[k] - truth[k])) / np.max(np.abs(truth[k]))) for k in truth}

    goal = errors(run_mgsim(job, DEFAULT_RTOL))
    lsoda = PlainLsoda(job, exact=False)
    chosen, reached = 1e-4, errors(lsoda(1e-4))
    for rtol in (1e-5, 1e-6, 1e-7):
        tighter = errors(lsoda(rtol))
        if any(tighter[k] < goal[k] for k in goal):
            break
        chosen, reached = rtol, tighter
    runs = {"mgsim": lambda: run_mgsim(job, DEFAULT_RTOL), "LSODA, Python": lambda: lsoda(chosen)}
    times, _ = interleaved(runs, repeats)
    against = ratio(times, "LSODA, Python", "mgsim")
    found["tetani"] = {
        "count": len(FEW.onsets) // 25, "mgsim_error": goal, "lsoda_error": reached, "lsoda_rtol": chosen,
        "ms": {n: rounded(float(np.median(t)) * 1e3) for n, t in times.items()}, **against, "target": TARGET,
    }  # fmt: skip
    verdict = "met" if against["ratio"] >= TARGET else "missed"
    print(f"first tetani: mgsim is {against['ratio']:g} times as fast as LSODA (target {TARGET:g}: {verdict})")
    keep("fatigue", found)


if __name__ == "__main__":
    main()
