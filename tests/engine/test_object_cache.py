"""Compiled code is kept between runs, and a bad cache never matters."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from mgsim.engine import kernel, native
from mgsim.engine.kernel import compile_native

SOURCE = "def f(x: real) -> real:\n    return exp(x) + K\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MGSIM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def build(source=SOURCE, constant=1.0, **options):
    return compile_native(source, {"K": constant}, ["f"], **options)


def test_second_time_comes_from_the_cache(folder):
    first, second = build(), build()
    assert (first.origin, second.origin) == ("compiled", "cache")
    assert first.f(0.5) == second.f(0.5)
    assert second.constants == {"K": 1.0}


def test_everything_that_matters_is_in_the_key(folder, monkeypatch):
    assert build().origin == "compiled"
    assert build(constant=2.0).origin == "compiled"
    assert build(constant=2.0).f(0.0) == 3.0
    assert build(SOURCE.replace("exp", "log")).origin == "compiled"
    monkeypatch.setattr(native, "host", lambda: "another machine")
    assert build().origin == "compiled"


def test_changed_compiler_does_not_read_old_objects(folder, monkeypatch):
    build()
    monkeypatch.setattr(kernel, "_compiler_digest", lambda: "changed")
    assert build().origin == "compiled"


def test_source_is_not_even_written_when_the_cache_has_it(folder):
    def never():
        raise AssertionError("the source was asked for")

    assert build(lambda: SOURCE, key="model 1").origin == "compiled"
    assert build(never, key="model 1").f(0.0) == 2.0
    with pytest.raises(AssertionError, match="asked for"):
        build(never, key="model 2")


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "text", "folder"])
def test_damaged_object_is_compiled_again(folder, damage):
    build()
    (path,) = folder.iterdir()
    data = path.read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        flipped = bytearray(data)
        flipped[-10] ^= 1
        path.write_bytes({"cut": data[:-7], "flip": bytes(flipped), "empty": b"", "text": b"nonsense"}[damage])
    again = build()
    assert again.origin == "compiled"
    assert again.f(0.0) == 2.0
    if damage != "folder":
        assert build().origin == "cache"
    assert len(list(folder.iterdir())) == 1  # no temporary files are left


def test_cache_that_cannot_be_written_is_left_alone(folder, monkeypatch):
    folder.write_text("a file where the folder should be")
    assert build().f(0.0) == 2.0
    assert folder.read_text() == "a file where the folder should be"
    monkeypatch.setenv("MGSIM_CACHE", "/proc/nowhere" if sys.platform == "linux" else "Z:\\nowhere")
    assert build().f(0.0) == 2.0


def test_the_oldest_files_go_when_there_are_many(folder, monkeypatch):
    monkeypatch.setattr(native, "_MOST_FILES", 3)
    folder.mkdir()
    for age in range(1, 6):
        file = folder / f"{age}.kernel"
        file.touch()
        os.utime(file, (1e9 - age, 1e9 - age))
    (folder / "notes.txt").touch()
    assert build().origin == "compiled"
    left = {file.name for file in folder.iterdir()}
    assert {"1.kernel", "2.kernel", "notes.txt"} < left and len(left) == 4
    (own,) = (file for file in folder.iterdir() if len(file.name) > 20)
    os.utime(own, (1e6, 1e6))
    assert build().origin == "cache"
    assert build(constant=2.0).origin == "compiled"
    assert own.exists(), "what was read just now is not the oldest"


def test_full_disk_leaves_no_half_written_file(folder, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert build().f(0.0) == 2.0
    assert list(folder.iterdir()) == []


def test_another_process_loads_what_this_one_compiled(folder):
    here = build()
    script = (
        "from mgsim.engine.kernel import compile_native\n"
        f"k = compile_native({SOURCE!r}, {{'K': 1.0}}, ['f'])\n"
        "print(k.origin, k.f(0.5).hex())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["cache", here.f(0.5).hex()]


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/mgsim"),
        ("linux", {}, "/home/me/.cache/mgsim"),
        ("darwin", {}, "/home/me/Library/Caches/mgsim"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/mgsim/Cache"),
        ("linux", {"MGSIM_CACHE": "/m"}, "/m"),
    ],
)
def test_cache_folder_of_each_system(monkeypatch, platform, variables, expected):
    for name in ("MGSIM_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    monkeypatch.setattr(native.Path, "home", lambda: native.Path("/home/me"))
    monkeypatch.setattr(native.sys, "platform", platform)
    assert native.cache_folder().as_posix() == expected
