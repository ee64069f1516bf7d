"""The command as a process: what it imports, how fast it starts, and how it meets a reader who leaves."""

import json
import os
import subprocess
import sys

import pytest

TWITCH = [sys.executable, "-m", "mgsim", "run", "twitch", "--json"]


def test_a_run_without_a_picture_imports_nothing_that_draws_fits_or_reads_tables() -> None:
    program = (
        "import sys; from mgsim.app.command_line import main; code = main(['run', 'twitch', '--json']); "
        "print(code, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    code, *imported = done.stderr.split()
    assert code == "0"
    assert "mgsim" in imported
    heavy = {"pint", "scipy", "matplotlib", "pandas", "xarray", "rich", "pygments", "h5py"}
    assert not heavy & set(imported)


def test_the_same_json_comes_out_of_a_process_and_of_another() -> None:
    first, second = (subprocess.run(TWITCH, capture_output=True, timeout=120).stdout for _ in range(2))
    assert first == second
    assert json.loads(first)["outcome"]["kind"] == "done"


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "mgsim", "info", "mouse_edl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_a_screen_that_knows_only_ascii_is_written_to() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "mgsim", "run", "twitch"]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii() and b"half-relaxation" in done.stdout
    told = json.loads(subprocess.run(TWITCH, capture_output=True, env=environment, timeout=120).stdout)
    assert told["measures"]["peak"]["unit"] == "kN/m²"
