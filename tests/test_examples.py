"""Every example runs as it stands, prints its table and saves its picture."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_it_prints_a_table_and_saves_a_picture(example: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(example)],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    assert (done.returncode, done.stderr) == (0, "")
    *table, last = done.stdout.splitlines()
    assert len(table) >= 4
    assert "nan" not in done.stdout
    assert last == f"wrote {example.stem}.png"
    assert [path.name for path in tmp_path.iterdir()] == [f"{example.stem}.png"]
    assert (tmp_path / f"{example.stem}.png").stat().st_size > 20_000


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_it_is_short_and_says_what_it_asks(example: Path) -> None:
    text = example.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 40
    assert text.splitlines()[0].endswith("?")


def test_there_are_examples() -> None:
    assert {path.stem for path in EXAMPLES} >= {
        "low_magnesium_twitch",
        "force_frequency",
        "which_mechanism",
        "fatigue_low_magnesium",
        "phosphocreatine_recovery",
    }
