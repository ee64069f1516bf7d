"""`mgsim export` writes a whole module or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import mgsim
from mgsim.app.command_line import main
from tests.export.node import needs_node, run


@needs_node
def test_what_is_set_is_what_the_module_rests_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cold.mjs"
    assert main(["export", str(path), "--fibre", "human_slow", "--temperature", "30 °C", "--set", "Mg=0.3 mM"]) == 0
    assert "wrote" in capsys.readouterr().out
    (answer,) = run(path, [{"fibre": "human_slow", "rest": {"Mg": 0.3}}])
    result = mgsim.simulate(mgsim.fibre.human_slow().at("30 °C").with_(Mg="0.3 mM"), mgsim.rest("1 ms"))
    assert answer["values"]["Ca"] == pytest.approx(result["Ca"][0], rel=1e-6)
    assert answer["values"]["Mg"] == pytest.approx(300.0, rel=1e-9)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fibre.py"], "ends in .js or .mjs"),
        (["nowhere/fibre.js"], "does not exist"),
        (["fibre.js", "--fibre", "mouse_edel"], "mouse_edl"),
        (["fibre.js", "--experiment", "skinned", "--set", "Mg=0.2 mM"], "cannot be exported"),
    ],
)
def test_what_cannot_be_exported_leaves_no_file(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *words]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
