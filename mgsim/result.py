"""What comes out of a simulation: named traces with units, and everything needed to make them again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mgsim.language.errors import InputError, unknown
from mgsim.protocol import Protocol
from mgsim.times import plain_time, seconds

if TYPE_CHECKING:
    import pandas
    import xarray

Trace = npt.NDArray[np.float64]
OUTCOMES = ("done", "step budget", "time budget", "interrupted", "failed")
_ROWS_SHOWN = 12


@dataclass(frozen=True)
class Outcome:
    """How a simulation ended.

    Attributes
    ----------
    kind : str
        "done", "step budget", "time budget", "interrupted" or "failed".
    message : str
        One line that says what happened and what to try; empty where all went well.
    time : float
        How far the simulation came, s.
    """

    kind: str
    message: str = ""
    time: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in OUTCOMES:
            raise unknown("outcome", self.kind, OUTCOMES)
        object.__setattr__(self, "time", float(self.time))

    @property
    def ok(self) -> bool:
        """Whether the whole protocol was simulated."""
        return self.kind == "done"


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """The traces of one simulated experiment.

    ``result["force"]`` is a trace and ``result.units["force"]`` its unit; iterating gives the names of the
    traces. Nothing in a result can be changed.

    Attributes
    ----------
    time : ndarray, shape (n,)
        Times of the samples, s, ascending.
    traces : mapping of str to ndarray, shape (n,)
        The traces by name.
    units, meanings : mapping of str to str
        Unit and meaning of each trace.
    protocol : Protocol
        What was done.
    outcome : Outcome
        How the simulation ended; where it ended early, the traces reach up to there.
    provenance : dict
        What made this result: version, model, parameters, tolerances. Plain data, ready for JSON.
    """

    time: Trace
    traces: Mapping[str, Trace]
    units: Mapping[str, str]
    protocol: Protocol
    outcome: Outcome
    meanings: Mapping[str, str] = field(default_factory=dict)
    provenance: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        time = _read_only(self.time)
        traces = {name: _read_only(trace) for name, trace in self.traces.items()}
        if time.ndim != 1 or (len(time) > 1 and not bool(np.all(np.diff(time) > 0))):
            raise InputError("the times of a result must be one ascending row")
        for name, trace in traces.items():
            if trace.shape != time.shape:
                raise InputError(f"trace {name!r} has the shape {trace.shape}, its times have {time.shape}")
            if name not in self.units:
                raise InputError(f"trace {name!r} has no unit")
        _set = object.__setattr__
        _set(self, "time", time)
        _set(self, "traces", MappingProxyType(traces))
        _set(self, "units", MappingProxyType({name: self.units[name] for name in traces}))
        _set(self, "meanings", MappingProxyType({name: self.meanings.get(name, "") for name in traces}))
        # Through JSON and back: a result made here equals the same one read from a file.
        _set(self, "provenance", json.loads(json.dumps(self.provenance, default=_plain, allow_nan=False)))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the traces."""
        return tuple(self.traces)

    def __getitem__(self, name: str) -> Trace:
        if name not in self.traces:
            raise unknown("trace", str(name), self.traces)
        return self.traces[name]

    def __contains__(self, name: object) -> bool:
        return name in self.traces

    def __iter__(self) -> Iterator[str]:
        return iter(self.traces)

    def __len__(self) -> int:
        return len(self.traces)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        return (
            self.names == other.names
            and np.array_equal(self.time, other.time)
            and all(np.array_equal(self[name], other[name], equal_nan=True) for name in self)
            and (self.units, self.meanings) == (other.units, other.meanings)
            and (self.protocol, self.outcome) == (other.protocol, other.outcome)
            and self.provenance == other.provenance
        )

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return Result, (
            *(self.time, dict(self.traces), dict(self.units), self.protocol, self.outcome),
            *(dict(self.meanings), self.provenance),
        )

    def window(self, start: str | float = 0.0, stop: str | float | None = None) -> Result:
        """Return the part of the recording from `start` to `stop` (s or text with a unit), ends included."""
        begin = seconds(start, "the start of the window", zero=True)
        end = np.inf if stop is None else seconds(stop, "the end of the window")
        slack = 1e-12 * max(1.0, begin)  # 0.1 s + 0.2 s lies within a window that ends at 0.3 s
        kept = (self.time >= begin - slack) & (self.time <= end + slack)
        if not kept.any():
            span = f"{self.time[0]:g} to {self.time[-1]:g} s" if self.time.size else "empty"
            raise InputError(f"no sample lies between {begin:g} and {end:g} s; the recording is {span}")
        return replace(
            self, time=self.time[kept], traces={name: trace[kept] for name, trace in self.traces.items()}
        )

    def to_pandas(self) -> pandas.DataFrame:
        """Return the traces as a data frame, one column a trace, with the time in s as index."""
        from mgsim.result_tables import to_pandas

        return to_pandas(self)

    def to_xarray(self) -> xarray.Dataset:
        """Return the traces as a data set along "time", with units, meanings and provenance as attributes."""
        from mgsim.result_tables import to_xarray

        return to_xarray(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the result to a .csv, .nc (NetCDF) or .json file, from which `load` reads it back.

        Raises
        ------
        InputError
            For another suffix, or where the file cannot be written; then nothing is changed there.
        """
        from mgsim.result_files import save

        save(self, path)

    def __repr__(self) -> str:
        model = self.provenance.get("model")
        of = f" of {model}" if isinstance(model, str) else ""
        end = plain_time(float(self.time[-1])) if self.time.size else "0 s"
        return (
            f"<Result: {self.protocol.name}{of}, {len(self)} traces, {self.time.size} samples to {end}, "
            f"{self.outcome.kind}>"
        )

    def _repr_html_(self) -> str:
        rows = []
        for name in self.names[:_ROWS_SHOWN]:
            finite = self[name][np.isfinite(self[name])]
            span = f"{finite.min():.4g} to {finite.max():.4g}" if finite.size else "no value"
            cells = (name, self.meanings[name], f"{span} {self.units[name]}".removesuffix(" 1"))
            rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
        if len(self) > _ROWS_SHOWN:
            rows.append(f"<tr><td colspan='3'>and {len(self) - _ROWS_SHOWN} more</td></tr>")
        head = "<tr><th>trace</th><th>meaning</th><th>range</th></tr>"
        return f"<p>{escape(repr(self)[1:-1])}</p><table>{head}{''.join(rows)}</table>"


def load(path: str | os.PathLike[str]) -> Result:
    """Read a result that `Result.save` wrote.

    Raises
    ------
    InputError
        Where there is no such file, or it holds no result.
    """
    from mgsim.result_files import load as read

    return read(path)


def _read_only(values: npt.ArrayLike) -> Trace:
    array = np.asarray(values, dtype=np.float64)
    if array.flags.writeable or not array.flags.c_contiguous:
        array = array.copy()
        array.flags.writeable = False
    return array


def _plain(value: object) -> object:
    """Turn what numpy gave into what JSON knows."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise InputError(f"the provenance of a result is plain data; {value!r} is not")
