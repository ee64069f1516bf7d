"""What comes out of a simulation, and whether it survives being saved."""

import json
import math
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mgsim.language.errors import InputError
from mgsim.protocol import train, twitch
from mgsim.result import Outcome, Result, load
from mgsim.result_files import checked_path
from mgsim.whole_file import whole_file

SUFFIXES = (".csv", ".nc", ".json")


def a_result(samples: int = 5) -> Result:
    time = np.linspace(0, 0.4, samples) if samples else np.empty(0)
    return Result(
        time=time,
        traces={"force": 1 / 3 * time, "Ca": 0.05 + time**2, "V": np.full(samples, -80.1)},
        units={"force": "kN/m²", "Ca": "µM", "V": "mV"},
        meanings={"force": "force per area", "Ca": 'free Ca²⁺ in the cytosol <mean>, "so" to say'},
        protocol=train("50 Hz", "0.2 s").held("Mg", "0.2 mM"),
        outcome=Outcome("done", "", 0.4),
        provenance={
            "mgsim": "1",
            "model": "mouse_edl",
            "parameters": {"Mg": [np.float64(0.2), "mM"]},
            "rtol": 1e-5,
        },
    )


def test_traces_have_names_units_and_meanings() -> None:
    result = a_result()
    assert result.names == tuple(result) == ("force", "Ca", "V")
    assert len(result) == 3
    assert "force" in result and "time" not in result
    assert result["V"][0] == -80.1
    assert result.units["force"] == "kN/m²"
    assert result.meanings["V"] == ""
    assert repr(result) == "<Result: train of mouse_edl, 3 traces, 5 samples to 400 ms, done>"


def test_an_unknown_trace_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="unknown trace 'forse'; did you mean force?"):
        a_result()["forse"]


def test_nothing_can_be_changed() -> None:
    result = a_result()
    with pytest.raises(ValueError, match="read-only"):
        result["force"][0] = 1
    with pytest.raises(ValueError, match="read-only"):
        result.time[0] = 1
    with pytest.raises(TypeError):
        result.units["force"] = "N"  # type: ignore[index]
    with pytest.raises(AttributeError):
        result.time = np.zeros(5)  # type: ignore[misc]


def test_what_went_in_can_change_without_harm() -> None:
    time, force = np.arange(3.0), np.arange(3.0)
    result = Result(time, {"force": force}, {"force": "1"}, twitch(), Outcome("done"))
    force[0] = 99
    assert result["force"][0] == 0


def test_a_window_is_a_part() -> None:
    part = a_result().window("0.1 s", 0.3)
    assert part.time.tolist() == pytest.approx([0.1, 0.2, 0.3])
    assert part["V"].shape == (3,)
    assert part.protocol == a_result().protocol
    with pytest.raises(InputError, match="the recording is 0 to 0.4 s"):
        a_result().window(2, 3)


def test_results_are_equal_when_all_of_them_is() -> None:
    assert a_result() == a_result()
    assert a_result() != a_result(6)
    assert a_result() != a_result().window(0.1)
    assert a_result() != 3
    assert pickle.loads(pickle.dumps(a_result())) == a_result()


def test_outcomes() -> None:
    assert Outcome("done").ok
    assert not Outcome("step budget", "raise max_steps", 0.1).ok
    with pytest.raises(InputError, match="did you mean step budget"):
        Outcome("steps budget")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"traces": {"force": np.zeros(4)}}, "shape"),
        ({"time": np.array([0, 1, 1, 2, 3.0])}, "ascending"),
        ({"units": {}}, "has no unit"),
        ({"provenance": {"model": object()}}, "plain data"),
    ],
)
def test_an_inconsistent_result_is_refused(change: dict[str, object], says: str) -> None:
    from dataclasses import replace

    with pytest.raises(InputError, match=says):
        replace(a_result(), **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("samples", [0, 1, 5])
def test_saved_and_loaded_is_the_same(tmp_path: Path, suffix: str, samples: int) -> None:
    path = tmp_path / f"out{suffix}"
    a_result(samples).save(path)
    assert load(path) == a_result(samples)
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    trace=arrays(np.float64, st.integers(1, 20), elements=st.floats(allow_infinity=True, allow_nan=True)),
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
)
def test_any_values_and_words_survive(tmp_path: Path, suffix: str, trace: np.ndarray, text: str) -> None:
    time = np.cumsum(np.full(trace.size, 0.1))
    given_ = Result(
        time,
        {"x": trace},
        {"x": "mM"},
        twitch(),
        Outcome("failed", text, 0.3),
        {"x": text},
        {"note": [text, None, 1]},
    )
    path = tmp_path / f"any{suffix}"
    given_.save(path)
    assert load(path) == given_


def test_a_csv_reads_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    a_result().save(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    about = [line for line in lines if line.startswith("# ")]
    assert '# provenance: {"mgsim": "1"' in "\n".join(about)
    assert lines[len(about)] == "time (s),force (kN/m²),Ca (µM),V (mV)"
    import pandas

    frame = pandas.read_csv(path, comment="#")
    assert frame["Ca (µM)"].tolist() == a_result()["Ca"].tolist()


def test_a_csv_that_windows_touched_still_loads(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    a_result().save(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(path) == a_result()


def test_netcdf_is_what_xarray_reads(tmp_path: Path) -> None:
    import xarray

    path = tmp_path / "a.nc"
    a_result().save(path)
    with xarray.open_dataset(path, engine="scipy") as data:
        assert data["force"].attrs["units"] == "kN/m²"
        assert data["Ca"].values.tolist() == a_result()["Ca"].tolist()
        assert json.loads(data.attrs["provenance"])["model"] == "mouse_edl"


def test_tables_for_other_programs() -> None:
    frame = a_result().to_pandas()
    assert list(frame.columns) == ["force", "Ca", "V"]
    assert frame.index.name == "time"
    assert frame.attrs["units"]["force"] == "kN/m²"
    data = a_result().to_xarray()
    assert data["force"].attrs == {"units": "kN/m²", "long_name": "force per area"}
    assert data["time"].attrs == {"units": "s"}
    assert json.loads(data.attrs["protocol"])["rate"] == 50


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("out.xls", "ends in none of them"),
        ("out", ".csv, .nc or .json"),
        ("nowhere/out.csv", "does not exist"),
        ("folder.csv", "it is a folder"),
    ],
)
def test_an_unusable_path_is_refused(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    for act in (a_result().save, checked_path):
        with pytest.raises(InputError) as caught:
            act(tmp_path / name)
        assert says in str(caught.value)
        assert len(str(caught.value).splitlines()) == 1
    assert os.listdir(tmp_path) == ["folder.csv"]


def test_a_place_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(InputError, match="no permission"):
        a_result().save(tmp_path / "out.csv")


def test_a_failing_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    with pytest.raises(InputError, match="No space left"), whole_file(path) as part:
        part.write_text("half")
        raise OSError(28, "No space left on device")
    with pytest.raises(KeyboardInterrupt), whole_file(path) as part:
        part.write_text("half")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.txt"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(max_size=60), cut=st.integers(0, 1200))
def test_a_damaged_file_gets_one_line(tmp_path: Path, suffix: str, junk: bytes, cut: int) -> None:
    path = tmp_path / f"a{suffix}"
    a_result().save(path)
    path.write_bytes(path.read_bytes()[:cut] + junk)
    try:
        load(path)
    except InputError as error:
        assert len(str(error).splitlines()) == 1


def test_missing_and_foreign_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        load(tmp_path / "none.csv")
    (tmp_path / "a.json").write_text('{"format": "other"}')
    with pytest.raises(InputError, match="holds no mgsim result"):
        load(tmp_path / "a.json")


def test_a_notebook_shows_a_short_table() -> None:
    html = a_result()._repr_html_()
    assert html.count("<tr>") == 4
    assert "&lt;mean&gt;" in html and "kN/m²" in html
    many = Result(
        np.zeros(1),
        {f"x{i}": np.full(1, math.nan) for i in range(40)},
        {f"x{i}": "1" for i in range(40)},
        twitch(),
        Outcome("done"),
    )
    assert "and 28 more" in many._repr_html_()
