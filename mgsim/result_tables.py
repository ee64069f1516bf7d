"""Results as the tables that other programs know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mgsim.language.errors import InputError

if TYPE_CHECKING:
    import pandas
    import xarray

    from mgsim.result import Result


def needs(package: str) -> Any:
    """Import a package that mgsim can do without, or say how to get it."""
    from importlib import import_module

    try:
        return import_module(package)
    except ImportError:
        raise InputError(f"this needs {package}: install it with `pip install 'mgsim[data]'`") from None


def to_pandas(result: Result) -> pandas.DataFrame:
    """Return the traces as a data frame; units and provenance are in its ``attrs``."""
    frame: pandas.DataFrame = needs("pandas").DataFrame(dict(result.traces), index=result.time)
    frame.index.name = "time"
    frame.attrs = {
        "units": {"time": "s", **result.units},
        "outcome": result.outcome.kind,
        "protocol": result.protocol.as_dict(),
        "provenance": result.provenance,
    }
    return frame


def to_xarray(result: Result) -> xarray.Dataset:
    """Return the traces as a data set; protocol and provenance are JSON text in its attributes."""
    variables = {
        name: ("time", trace, {"units": result.units[name], "long_name": result.meanings[name]})
        for name, trace in result.traces.items()
    }
    attributes = {
        "protocol": json.dumps(result.protocol.as_dict(), ensure_ascii=False),
        "outcome": result.outcome.kind,
        "provenance": json.dumps(result.provenance, ensure_ascii=False),
    }
    coordinates = {"time": ("time", result.time, {"units": "s"})}
    dataset: xarray.Dataset = needs("xarray").Dataset(variables, coordinates, attributes)
    return dataset
