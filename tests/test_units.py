"""How units and quantities are read."""

import math
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgsim.language import pint_units, unit_table
from mgsim.language.dimension_names import _NAMES
from mgsim.language.errors import InputError
from mgsim.language.units import UnitError, dimension_name, quantity, temperature, unit

SPELLINGS = [
    "µM⁻¹ ms⁻¹",
    "µM/ms",
    "cm²",
    "1",
    "kN/m²",
    "mV",
    "µA/cm²",
    "Hz",
    "µF/cm²",
    "cm/s",
    "%",
    "1/(µM ms)",
    "mM**2",
    "s^-1",
    "kcal/mol",
    "µmol L⁻¹ s⁻¹",
    "m/s/V",
    "kΩ cm²",
    "V·s",
    "pmol*cm⁻²/s",
    "M^0.5",
    "N/m mol",
    "min⁻¹",
]


def test_the_table_is_what_pint_says() -> None:
    assert Path(unit_table.__file__).read_text(encoding="utf-8") == pint_units.table_source()


@pytest.mark.parametrize("text", SPELLINGS)
def test_reading_agrees_with_pint(text: str) -> None:
    import pint

    registry = pint.UnitRegistry(cache_folder=None)
    mine = unit(text)
    theirs = registry.parse_units(text.replace("%", "percent"))
    internal = {
        "[length]": "dm",
        "[mass]": "1e-16 kg",
        "[time]": "ms",
        "[current]": "µA",
        "[substance]": "µmol",
    }
    dims = registry.get_dimensionality(theirs)
    expected = registry.Quantity(1.0, theirs).to_base_units().magnitude
    for base, exponent in dims.items():
        expected /= registry.Quantity(internal[base]).to_base_units().magnitude ** exponent
    order = ["[length]", "[mass]", "[time]", "[current]", "[temperature]", "[substance]"]
    assert [float(d) for d in mine.dims] == pytest.approx([dims.get(base, 0) for base in order])
    assert mine.factor == pytest.approx(expected, rel=1e-12)


def test_the_internal_system_is_coherent() -> None:
    for text in ("µM", "ms", "mV", "µA", "µF", "nC", "µmol", "dm", "K", "dm³", "mS", "kΩ", "pJ", "nW"):
        assert unit(text).factor == 1.0, text


def test_both_micro_signs_and_u_are_the_same() -> None:
    assert {
        (unit(t).factor, unit(t).dims) for t in ("\u00b5M", "\u03bcM", "uM", "µmol/L", "µmol l⁻¹", "mmol/m^3")
    } == {(1.0, (-3, 0, 0, 0, 0, 1))}


def test_units_are_values() -> None:
    assert unit("mM") is unit("mM")
    assert {unit("mM"): 1}[unit("mM")] == 1
    assert unit("mM") != unit("mV")
    assert str(unit("µM/ms")) == "µM/ms"


def test_a_rare_unit_is_found_by_pint() -> None:
    assert "cmH2O" not in unit_table.USUAL_UNITS
    assert unit("cmH2O").factor == pytest.approx(98.0665 * 1e9)
    assert unit("M^0.5").dims == (Fraction(-3, 2), 0, 0, 0, 0, Fraction(1, 2))


def test_usual_units_do_not_import_pint() -> None:
    code = (
        "import sys; from mgsim.language.units import unit, quantity, temperature;"
        f"[unit(t) for t in {SPELLINGS!r}]; quantity('0.2 mM', 'µM'); temperature('25 °C');"
        "assert 'pint' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("µMM", "did you mean µM"),
        ("cm2", "'cm²'"),
        ("m/", "missing at its end"),
        ("/s", "before '/'"),
        ("(s", "not closed"),
        ("s)", "unexpected ')'"),
        ("s^99", "power '^99'"),
        ("s^(1/0)", "power"),
        ("3 s", "'3 s'"),
        ("°C", "offset"),
        ("candela", "unknown unit"),
        ("x" * 200, "too long"),
        ("$", "cannot read"),
    ],
)
def test_an_unreadable_unit_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(UnitError) as caught:
        unit(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(alphabet="µmMs²⁻¹/^*()·1%kVA .-9°\n", max_size=20))
def test_any_text_gives_a_unit_or_one_line(text: str) -> None:
    try:
        assert unit(text).factor > 0
    except UnitError as error:
        assert len(str(error).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "like", "value"),
    [
        ("0.2 mM", "µM", 200.0),
        ("0.3 ms", "s", 0.0003),
        ("50%", "1", 0.5),
        ("0.2", "1", 0.2),
        ("50/s", "Hz", 50.0),
        ("-90mV", "mV", -90.0),
        ("\u221290 mV", "mV", -90.0),
        ("2 minutes", "s", 120.0),
        (3, "s", 3.0),
        (0, "Hz", 0.0),
        (" 1e-3 M ", "mM", 1.0),
        ("10 µM", "M", 1e-5),
        ("0 s", "ms", 0.0),
        ("1e-999999999 s", "s", 0.0),
        (".5 s", "s", 0.5),
    ],
)
def test_quantities_are_exact(text: str | float, like: str, value: float) -> None:
    assert quantity(text, like) == value


@pytest.mark.parametrize(
    ("given_", "like", "says"),
    [
        ("3 s", "µM", "Mg is a concentration; '3 s' is a time; write e.g. '3 µM'"),
        ("0.2", "mM", "'0.2 mM'"),
        ("nan mM", "mM", "finite"),
        (float("inf"), "mM", "finite"),
        ("1e400 s", "s", "finite"),
        (10**400, "s", "finite"),
        ("1e308 s", "ms", "finite"),
        ("0,2 mM", "mM", "point"),
        (True, "s", "number"),
        (None, "s", "number"),
        ("", "s", "'25 s'"),
        ("mM", "mM", "'25 mM'"),
        ("2 mMol", "mM", "unknown unit"),
        ("3 mM", "1", "plain number"),
        ("9" * 300, "s", "cannot read Mg"),
    ],
)
def test_a_bad_quantity_is_refused_in_one_line(given_: object, like: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        quantity(given_, like, "Mg")  # type: ignore[arg-type]
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["mM", "ms", "µA/cm²", "1"]))
def test_writing_and_reading_a_quantity_gives_it_back(value: float, like: str) -> None:
    assert quantity(f"{value!r} {like}" if like != "1" else repr(value), like) == value


@given(st.floats(1e-6, 1e6))
def test_reading_in_another_unit_scales(value: float) -> None:
    assert quantity(f"{value!r} mM", "µM") == pytest.approx(1000 * value, rel=1e-15)


@pytest.mark.parametrize(
    ("given_", "kelvin"),
    [
        ("25 °C", 298.15),
        ("25 degC", 298.15),
        ("298.15 K", 298.15),
        (37, 310.15),
        ("37", 310.15),
        ("-2 °C", 271.15),
    ],
)
def test_temperatures(given_: str | float, kelvin: float) -> None:
    assert temperature(given_) == kelvin


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ("25 mM", "°C or K"),
        (298, "'298 K'"),
        ("-300 °C", "between"),
        ("nan", "finite"),
        (math.nan, "finite"),
        ("x", "'25 °C'"),
    ],
)
def test_bad_temperatures(given_: str | float, says: str) -> None:
    with pytest.raises(UnitError) as caught:
        temperature(given_)
    assert says in str(caught.value)


def test_dimensions_have_names() -> None:
    assert dimension_name(unit("mM").dims) == "concentration"
    assert dimension_name(unit("mV").dims) == "voltage"
    assert dimension_name(unit("µM⁻¹ ms⁻¹").dims) == "rate per concentration"
    assert dimension_name(unit("mM²").dims) == "quantity in dm^-6 µmol^2"
    examples = "1 m⁻¹ mM mV µA/cm² µF/cm² mS/cm² kΩ kN/m² N J W J/mol Hz s m m² m³ g K mol A C F S".split()
    assert {dimension_name(unit(text).dims) for text in examples} <= set(_NAMES.values())
