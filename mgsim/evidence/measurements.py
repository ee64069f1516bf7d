"""What was measured in the world: the reader of ``measurements.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mgsim.language.errors import InputError, unknown

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = Path(__file__).with_name("measurements.toml")
ASSUMED_SPREAD = 0.15
RELATIONS = (">", ">=", "<", "<=")
ROLES = ("calibrate", "predict")


@dataclass(frozen=True)
class Measurement:
    """One quantity that was measured, and the experiment that gives it from a model.

    The fields are those of ``measurements.toml``, which says what they mean.
    """

    id: str
    topic: str
    quantity: str
    value: float
    unit: str
    species: str
    temperature: str
    protocol: str
    source: str
    evidence: str
    role: str
    experiment: str
    kind: str = "number"
    relation: str = ""
    spread: float | None = None
    spread_is: str = ""
    preparation: str = "mouse_edl"
    stands_in: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    same_as: str = ""
    conflict: str = ""
    missed: str = ""
    note: str = ""

    @property
    def decides(self) -> bool:
        """Whether the row counts: not what is only recalled, nor what another row already decides."""
        return not self.evidence.startswith("M") and not self.same_as

    @property
    def allowed(self) -> float:
        """The spread that distances are counted in: the published one, or 15 % where there is none.

        On the logarithmic scale of pCa, 15 % are of the concentration.
        """
        if self.spread is not None:
            return self.spread
        return 0.06 if self.unit == "pCa" else ASSUMED_SPREAD * abs(self.value)

    @cached_property
    def run(self) -> Callable[..., float]:
        """The experiment: a function of a model, called with `given` as keywords."""
        module, _, name = self.experiment.partition(".")
        try:
            found: Callable[..., float] = getattr(import_module(f"mgsim.evidence.experiments.{module}"), name)
        except (ImportError, AttributeError):
            raise InputError(f"{self.id}: there is no experiment {self.experiment!r}") from None
        return found

    def matches(self, pattern: str) -> bool:
        """Whether a pattern means this row: its id, the measurement it belongs to, or part of its topic."""
        wanted, own = pattern.casefold(), self.id.casefold()
        return fnmatchcase(own, wanted) or own.startswith(wanted + ".") or wanted in self.topic.casefold()


@lru_cache(maxsize=1)
def measurements() -> tuple[Measurement, ...]:
    """Read the whole table, in its order.

    Raises
    ------
    InputError
        When a row has an unknown or missing field, or stands twice.
    """
    rows = tuple(_row(given) for given in tomllib.loads(TABLE.read_text(encoding="utf-8"))["row"])
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise InputError(f"{TABLE.name}: row {row.id} stands there twice")
        seen.add(row.id)
    for row in rows:
        if row.same_as and row.same_as not in seen:
            raise InputError(f"{TABLE.name}, row {row.id}: {unknown('row', row.same_as, seen)}")
    return rows


def select(only: Iterable[str] | None = None) -> tuple[Measurement, ...]:
    """Choose rows by patterns such as "T22", "T2*" or "release"; all of them without one.

    Raises
    ------
    InputError
        For a pattern that means no row.
    """
    rows = measurements()
    if only is None:
        return rows
    patterns = [only] if isinstance(only, str) else list(only)
    for pattern in patterns:
        if not any(row.matches(pattern) for row in rows):
            raise unknown("measurement or topic", pattern, {*(r.id for r in rows), *(r.topic for r in rows)})
    return tuple(row for row in rows if not patterns or any(row.matches(p) for p in patterns))


def _row(given: Mapping[str, Any]) -> Measurement:
    where = f"{TABLE.name}, row {given.get('id', '?')}"
    known = [f.name for f in fields(Measurement)]
    for name in given:
        if name not in known:
            raise InputError(f"{where}: {unknown('field', name, known)}")
    try:
        row = Measurement(**given)
    except TypeError as missing:
        raise InputError(f"{where}: {str(missing).partition('() ')[2] or missing}") from None
    if row.role not in ROLES:
        raise InputError(f"{where}: {unknown('role', row.role, ROLES)}")
    if row.kind not in ("number", "sign") or (row.kind == "sign") != (row.relation in RELATIONS):
        raise InputError(f"{where}: a sign has a relation, one of {', '.join(RELATIONS)}; a number has none")
    if (row.spread is None) != (row.spread_is == ""):
        raise InputError(f"{where}: a spread is written with what it is, and the other way round")
    return row
