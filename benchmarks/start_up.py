"""Whole processes from the command to the answer: `python benchmarks/start_up.py`.

Three beginnings of `mgsim run twitch --json`: *first ever* has no compiled models in its cache and no bytecode of
mgsim; *new model* has the bytecode, as after pip has installed the package; *later* has both.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.contest import keep, rounded, spread, table  # noqa: E402

PACKAGE = Path(__file__).resolve().parent.parent / "mgsim"
COMMAND = [sys.executable, "-m", "mgsim", "run", "twitch", "--json"]
TARGETS = {"first ever": 2.0, "new model": 2.0, "later": 0.4, "Python and numpy alone": None}


def main() -> None:
    """Time the processes in turn and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=7, help="rounds in which each kind is timed once")
    repeats = parser.parse_args().repeats
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in TARGETS}
    with copy_of_the_package() as folder:
        for _ in range(repeats):
            for name in TARGETS:
                times[name].append(seconds(name, folder))
    found: dict[str, Any] = {"command": " ".join(["python", *COMMAND[1:]]), "processes": {}}
    rows = []
    for name, target in TARGETS.items():
        middle, busy = (float(np.median(column)) for column in zip(*times[name], strict=True))
        verdict = "" if target is None else f"< {target:g} s: {'met' if middle < target else 'missed'}"
        around = spread([clock for clock, _ in times[name]])
        found["processes"][name] = {
            "s": rounded(middle),
            "spread": rounded(around, 2),
            "processor_s": rounded(busy),
            "target": target,
        }
        rows.append([name, f"{middle:.2f} s", f"{around:.0%}", f"{busy:.2f} s", verdict])
    print(table(["process", "median", "±", "processor", "target"], rows))
    keep("start_up", found)


@contextmanager
def copy_of_the_package() -> Iterator[Path]:
    """Copy mgsim without its bytecode into a folder with an empty cache, and remove all at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(PACKAGE, folder / "mgsim", ignore=shutil.ignore_patterns("__pycache__"))
        yield folder


def seconds(kind: str, folder: Path) -> tuple[float, float]:
    """Run one process and give its time by the clock and its processor time (0 on Windows)."""
    if kind == "first ever":
        for bytecode in folder.rglob("__pycache__"):
            shutil.rmtree(bytecode)
    if kind in ("first ever", "new model"):
        shutil.rmtree(folder / "cache", ignore_errors=True)
    command = [sys.executable, "-c", "import numpy"] if kind not in ("first ever", "new model", "later") else COMMAND
    environment = {**os.environ, "MGSIM_CACHE": str(folder / "cache"), "PYTHONPATH": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin, before = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    taken, after = time.perf_counter() - begin, os.times()
    busy = after.children_user - before.children_user + after.children_system - before.children_system
    if command is COMMAND and json.loads(done.stdout)["outcome"]["kind"] != "done":
        raise RuntimeError("the run did not end well: " + done.stdout.decode())
    return taken, busy


if __name__ == "__main__":
    main()
