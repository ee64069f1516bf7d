"""Measurements that no row compares with, and why: the reader of ``without_row.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("without_row.toml")


@dataclass(frozen=True)
class WithoutRow:
    """One measurement that a fibre of mgsim cannot produce. The fields are those of ``without_row.toml``."""

    id: str
    quantity: str
    why: str
    source: str


@lru_cache(maxsize=1)
def without_row() -> tuple[WithoutRow, ...]:
    """Read the whole list, in its order."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))["measurement"]
    return tuple(WithoutRow(**given) for given in table)
