"""Results as files: .csv for spreadsheets, .nc (NetCDF) for science programs, .json for everything else.

All three hold the same and read back to the last bit. A .csv begins with lines "# name: JSON", then has one
column a trace, headed with its unit.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from mgsim.language.errors import InputError
from mgsim.protocol import Protocol
from mgsim.result import Outcome, Result, Trace
from mgsim.whole_file import whole_file, writable

FORMAT = "mgsim result 1"
_PARTS = ("format", "names", "units", "meanings", "protocol", "outcome", "provenance")


def checked_path(path: str | os.PathLike[str]) -> Path:
    """Return the path where a result could be saved now; use it before a long simulation.

    Raises
    ------
    InputError
        For an unknown suffix or an unwritable place.
    """
    _codec(path)
    return writable(path)


def save(result: Result, path: str | os.PathLike[str]) -> None:
    """Write a result to a .csv, .nc or .json file, whole or not at all."""
    write, _ = _codec(path)
    with whole_file(path) as part:
        write(result, part)


def load(path: str | os.PathLike[str]) -> Result:
    """Read a result from a .csv, .nc or .json file that `save` wrote."""
    _, read = _codec(path)
    if not Path(path).is_file():
        raise InputError(f"there is no file {str(path)!r}")
    try:
        return read(Path(path))
    except OSError as error:
        raise InputError(f"cannot read {str(path)!r}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = " ".join(str(error).split())[:200]
        if isinstance(error, KeyError):
            reason = f"it lacks {reason}"
        raise InputError(f"{str(path)!r} holds no mgsim result: {reason}") from error


def _about(result: Result) -> dict[str, Any]:
    outcome = {"kind": result.outcome.kind, "message": result.outcome.message, "time": result.outcome.time}
    return {
        "format": FORMAT,
        "names": list(result.names),
        "units": {"time": "s", **result.units},
        "meanings": dict(result.meanings),
        "protocol": result.protocol.as_dict(),
        "outcome": outcome,
        "provenance": result.provenance,
    }


def _made(about: Mapping[str, Any], columns: Mapping[str, Trace]) -> Result:
    if about.get("format") != FORMAT:
        raise ValueError(f"it does not say {FORMAT!r}")
    names = about["names"]
    return Result(
        time=columns["time"],
        traces={name: columns[name] for name in names},
        units={name: about["units"][name] for name in names},
        meanings=about["meanings"],
        protocol=Protocol.from_dict(about["protocol"]),
        outcome=Outcome(**about["outcome"]),
        provenance=about["provenance"],
    )


def _write_json(result: Result, part: Path) -> None:
    columns = {"time": result.time, **result.traces}
    values = {name: [_json_number(x) for x in column.tolist()] for name, column in columns.items()}
    text = json.dumps({**_about(result), "columns": values}, ensure_ascii=False, allow_nan=False)
    part.write_text(text + "\n", encoding="utf-8")


def _json_number(value: float) -> float | str | None:
    """JSON has no word for what is not finite: null stands for "no value"."""
    if math.isfinite(value):
        return value
    return None if math.isnan(value) else str(value)


def _read_json(path: Path) -> Result:
    given = json.loads(path.read_text(encoding="utf-8-sig"))
    columns = {
        name: np.array([math.nan if x is None else float(x) for x in column])
        for name, column in given["columns"].items()
    }
    return _made(given, columns)


def _write_csv(result: Result, part: Path) -> None:
    out = io.StringIO()
    for name, value in _about(result).items():
        out.write(f"# {name}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}\n")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["time (s)", *(f"{name} ({result.units[name]})" for name in result)])
    columns = [result.time.tolist(), *(trace.tolist() for trace in result.traces.values())]
    out.writelines(",".join(map(repr, row)) + "\n" for row in zip(*columns, strict=True))
    part.write_text(out.getvalue(), encoding="utf-8", newline="\n")


def _read_csv(path: Path) -> Result:
    about: dict[str, Any] = {}
    rows: list[str] = []
    for line in path.read_text(encoding="utf-8-sig").split("\n"):
        if line.startswith("# "):
            name, _, value = line[2:].partition(": ")
            about[name] = json.loads(value)
        elif line.strip():
            rows.append(line)
    names = ["time", *about["names"]]
    values = np.array([[float(cell) for cell in row.split(",")] for row in rows[1:]])
    if values.size == 0:
        values = np.empty((0, len(names)))
    return _made(about, dict(zip(names, values.T, strict=True)))


def _write_netcdf(result: Result, part: Path) -> None:
    from scipy.io import netcdf_file

    with netcdf_file(part, "w", version=2) as file:
        for name, value in _about(result).items():
            setattr(file, name, json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
        file.createDimension("time", result.time.size or None)
        for name, column in {"time": result.time, **result.traces}.items():
            variable = file.createVariable(name, "f8", ("time",))
            variable[:] = column
            variable.units = "s" if name == "time" else result.units[name].encode()
            if result.meanings.get(name):
                variable.long_name = result.meanings[name].encode()


def _read_netcdf(path: Path) -> Result:
    from scipy.io import netcdf_file

    with netcdf_file(path, "r", mmap=False) as file:
        about = {name: json.loads(getattr(file, name).decode()) for name in _PARTS}
        columns = {name: np.array(variable[:], dtype=np.float64) for name, variable in file.variables.items()}
    return _made(about, columns)


_CODECS: dict[str, tuple[Callable[[Result, Path], None], Callable[[Path], Result]]] = {
    ".csv": (_write_csv, _read_csv),
    ".nc": (_write_netcdf, _read_netcdf),
    ".json": (_write_json, _read_json),
}


def _codec(path: str | os.PathLike[str]) -> tuple[Callable[[Result, Path], None], Callable[[Path], Result]]:
    suffix = Path(path).suffix.lower()
    if suffix not in _CODECS:
        raise InputError(f"a result is saved as .csv, .nc or .json; {str(path)!r} ends in none of them")
    return _CODECS[suffix]
