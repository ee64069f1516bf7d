"""What every benchmark here shares: interleaved repeats, the machine and its noise, a table and a file."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

RESULTS = Path(__file__).with_name("results.json")
_PACKAGES = ("numpy", "scipy", "llvmlite")

Times = dict[str, list[float]]


def interleaved(
    runs: Mapping[str, Callable[[], object]], repeats: int, least: float = 0.05
) -> tuple[Times, list[float]]:
    """Time some calls in turn, so that a slow moment of the machine falls on all of them.

    What is measured is the processor's time, from which the time that others had the processor is left out.

    Parameters
    ----------
    runs : mapping of str to callable
    repeats : int
        Rounds; in each round every call is timed once.
    least : float
        s. A call shorter than this is made several times in a row and its time is their mean.

    Returns
    -------
    times : dict of str to list of float
        s, one for each round.
    yardstick : list of float
        s; a fixed piece of arithmetic timed in each round, which shows how steady the machine was.
    """
    counts = {}
    for name, run in runs.items():
        run()
        counts[name] = max(1, int(least / _seconds(run, 1)))
    times: Times = {name: [] for name in runs}
    yardstick = []
    for _ in range(repeats):
        yardstick.append(_seconds(_arithmetic, 3))
        for name, run in runs.items():
            times[name].append(_seconds(run, counts[name]))
    return times, yardstick


def _seconds(run: Callable[[], object], count: int) -> float:
    begin = time.process_time()
    for _ in range(count):
        run()
    return (time.process_time() - begin) / count


def _arithmetic() -> float:
    x = 0.5
    for _ in range(100_000):
        x = 3.7 * x * (1.0 - x)
    return x


def spread(times: Sequence[float]) -> float:
    """Half the distance between the quartiles, as a share of the median."""
    low, middle, high = np.percentile(times, [25.0, 50.0, 75.0])
    return float((high - low) / 2.0 / middle)


def ratio(times: Times, slow: str, fast: str) -> dict[str, float]:
    """How many times faster one is: the median over the rounds of the ratio within a round, with quartiles."""
    low, middle, high = np.percentile(np.array(times[slow]) / np.array(times[fast]), [25.0, 50.0, 75.0])
    return {"ratio": rounded(middle), "lower_quartile": rounded(low), "upper_quartile": rounded(high)}


def rounded(number: float, digits: int = 3) -> float:
    """Keep so many digits: more would be noise."""
    return float(f"{number:.{digits}g}")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set a table for the terminal: the first column to the left, the others to the right."""
    widths = [max(len(row[k]) for row in [head, *rows]) for k in range(len(head))]
    lines = []
    for row in [head, ["-" * w for w in widths], *rows]:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells))
    return "\n".join(lines)


def machine() -> dict[str, Any]:
    """Describe the machine and the versions, without names of hosts, users or folders."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in _PACKAGES},
        "date": date.today().isoformat(),
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return f"{platform.machine()}, {names[0]}" if names else platform.machine()


def keep(section: str, found: Mapping[str, Any], path: Path = RESULTS) -> None:
    """Write one benchmark's figures into the file of results, beside those of the others."""
    try:
        everything = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        everything = {}
    everything[section] = {"machine": machine(), **found}
    path.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")
    print(f"\nwritten to {path.name}", file=sys.stderr)
