"""Every number of every mechanism says what it is, where it comes from and how sure that is."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import mgsim
import mgsim.fibre
import mgsim.milieu
from mgsim.evidence.sources import sources
from mgsim.language.declaration import EVIDENCE, TEMPERATURE, Define, Parameter, Shared, State
from mgsim.language.dimensions import check_units
from mgsim.language.mechanism import Mechanism
from mgsim.language.units import temperature, unit
from tests.identities.cases import each_fibre, fibre_of

MODULES = [mgsim.milieu, *(import_module(m.name) for m in pkgutil.walk_packages(mgsim.fibre.__path__, "mgsim.fibre."))]
MECHANISMS = sorted(
    {
        value
        for module in MODULES
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Mechanism) and value is not Mechanism
    },
    key=lambda m: m.__name__,
)
PARAMETERS = {
    f"{mechanism.__name__}.{name}": declared
    for mechanism in MECHANISMS
    for name, declared in mechanism.declarations.items()
    if isinstance(declared, Parameter)
}
each_mechanism = pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda m: m.__name__)


def test_there_is_something_to_test():
    assert len(MECHANISMS) > 20
    assert len(PARAMETERS) > 150
    used = {p.mechanism for fibre in mgsim.fibre.__all__ for p in getattr(mgsim.fibre, fibre)().mechanisms}
    assert used <= set(MECHANISMS)


@pytest.mark.parametrize("path", [*PARAMETERS, "T"])
def test_a_parameter_is_complete(path):
    declared = PARAMETERS.get(path, TEMPERATURE)
    unit(declared.unit)
    assert len(declared.meaning) > 2 and declared.meaning == declared.meaning.strip()
    assert declared.source in sources()
    assert declared.evidence in EVIDENCE
    assert declared.number == declared.number and abs(declared.number) < float("inf")
    if declared.q10 is not None:
        assert 0.2 < declared.q10 < 8.0
        assert 263.0 < temperature(declared.at) < 323.0
    if declared.spread is not None:
        assert 0.0 < declared.spread < abs(declared.number)
    if declared.evidence == "F":
        # What mgsim chose itself says what it was fitted to or why; nothing else is left to guess.
        assert declared.source.startswith("Mgsim") or declared.note
    if declared.source == "MgsimFit":
        assert declared.evidence == "F"


def test_fitted_numbers_say_what_they_were_fitted_to():
    silent = [path for path, p in PARAMETERS.items() if p.source == "MgsimFit" and not p.note]
    assert len(silent) <= 5, silent


@each_mechanism
def test_a_mechanism_is_described_and_its_units_fit(mechanism):
    check_units(mechanism)
    text = inspect.getdoc(mechanism) or ""
    assert text.partition("\n\n")[0].endswith("."), "a docstring begins with a sentence"
    for declared in mechanism.declarations.values():
        if isinstance(declared, (State, Shared)) or (isinstance(declared, Define) and declared.is_output):
            assert declared.meaning, declared.name
            unit(declared.unit)


@each_fibre
def test_every_trace_has_unit_and_meaning(fibre):
    model = fibre_of(fibre)
    for q in [*model.system.states, *model.system.outputs]:
        unit(q.unit)
        assert q.meaning, q.name


@each_fibre
def test_what_fixes_the_rest_has_a_source(fibre):
    for anchor in fibre_of(fibre).anchors:
        assert anchor.source in sources() and anchor.evidence in EVIDENCE
        assert anchor.meaning and unit(anchor.unit).dims == unit("µM").dims
    for path in fibre_of(fibre).preset:
        assert path in fibre_of(fibre).declared


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_a_file_is_short_and_about_one_thing(module):
    assert len(Path(module.__file__).read_text(encoding="utf-8").splitlines()) <= 250
