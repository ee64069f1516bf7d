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
    times: dict[str, list[float]] = {name: [] for name in TARGETS}
    with copy_of_the_package() as folder:
        for _ in range(repeats):
            for name in TARGETS:
                times[name].append(seconds(name, folder))
    found: dict[str, Any] = {"command": " ".join(["python", *COMMAND[1:]]), "processes": {}}
    rows = []
    for name, target in TARGETS.items():
        middle = float(np.median(times[name]))
        verdict = "" if target is None else f"< {target:g} s: {'met' if middle < target else 'missed'}"
        found["processes"][name] = {"s": rounded(middle), "spread": rounded(spread(times[name]), 2), "target": target}
        rows.append([name, f"{middle:.2f} s", f"{spread(times[name]):.0%}", verdict])
    print(table(["process", "median", "±", "target"], rows))
    keep("start_up", found)


@contextmanager
def copy_of_the_package() -> Iterator[Path]:
    """Copy mgsim without its bytecode into a folder with an empty cache, and remove all at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(PACKAGE, folder / "mgsim", ignore=shutil.ignore_patterns("__pycache__"))
        yield folder


def seconds(kind: str, folder: Path) -> float:
    """Run one process and give its wall time."""
    if kind == "first ever":
        for bytecode in folder.rglob("__pycache__"):
            shutil.rmtree(bytecode)
    if kind in ("first ever", "new model"):
        shutil.rmtree(folder / "cache", ignore_errors=True)
    command = [sys.executable, "-c", "import numpy"] if kind not in ("first ever", "new model", "later") else COMMAND
    environment = {**os.environ, "MGSIM_CACHE": str(folder / "cache"), "PYTHONPATH": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    taken = time.perf_counter() - begin
    if command is COMMAND and json.loads(done.stdout)["outcome"]["kind"] != "done":
        raise RuntimeError("the run did not end well: " + done.stdout.decode())
    return taken


if __name__ == "__main__":
    main()
