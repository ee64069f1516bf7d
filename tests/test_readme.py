"""What the README tells a newcomer to do is what works."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_two_commands_do_all_set_up():
    named = re.findall(r"<!-- command: (\w+) -->\n```bash\n(.+)\n```", README)
    assert [name for name, _ in named] == ["demo", "tests"]
    assert [command + "\n" for _, command in named] == blocks("bash")
    assert all("-m venv" in command and "pip install" in command for _, command in named)


def test_python_block_runs(tmp_path):
    (code,) = blocks("python")
    assert len(code.splitlines()) <= 6
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, env=environment
    )
    assert run.returncode == 0, run.stderr
    assert len(run.stdout.splitlines()) == 2 and "ms" in run.stdout


def test_links_lead_somewhere():
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets and not [t for t in targets if not (ROOT / t).exists()]
