"""What the dimensions of muscle physiology are called, for messages that people read."""

from __future__ import annotations

from fractions import Fraction

# Exponents of length, mass, time, current, temperature and amount of substance.
Exponents = tuple[int | Fraction, ...]

PLAIN: Exponents = (0, 0, 0, 0, 0, 0)
_INTERNAL_UNITS = ("dm", "(1e-16 kg)", "ms", "µA", "K", "µmol")

_NAMES: dict[Exponents, str] = {
    PLAIN: "plain number",
    (1, 0, 0, 0, 0, 0): "length",
    (-1, 0, 0, 0, 0, 0): "surface per volume",
    (2, 0, 0, 0, 0, 0): "area",
    (3, 0, 0, 0, 0, 0): "volume",
    (0, 1, 0, 0, 0, 0): "mass",
    (0, 0, 1, 0, 0, 0): "time",
    (0, 0, 0, 1, 0, 0): "current",
    (0, 0, 0, 0, 1, 0): "temperature",
    (0, 0, 0, 0, 0, 1): "amount of substance",
    (-3, 0, 0, 0, 0, 1): "concentration",
    (-3, 0, -1, 0, 0, 1): "concentration per time",
    (3, 0, -1, 0, 0, -1): "rate per concentration",
    (3, 0, 0, 0, 0, -1): "inverse concentration",
    (0, 0, -1, 0, 0, 0): "rate",
    (0, 0, -1, 0, 0, 1): "amount per time",
    (-2, 0, -1, 0, 0, 1): "flux density",
    (1, 0, -1, 0, 0, 0): "speed",
    (2, 0, -1, 0, 0, 0): "diffusion coefficient",
    (0, 0, 1, 1, 0, 0): "charge",
    (0, 0, 1, 1, 0, -1): "charge per amount",
    (2, 1, -3, -1, 0, 0): "voltage",
    (-2, -1, 4, 2, 0, 0): "capacitance",
    (-4, -1, 4, 2, 0, 0): "capacitance per area",
    (-2, 0, 0, 1, 0, 0): "current density",
    (-2, -1, 3, 2, 0, 0): "conductance",
    (-4, -1, 3, 2, 0, 0): "conductance per area",
    (2, 1, -3, -2, 0, 0): "resistance",
    (4, 1, -3, -2, 0, 0): "resistance times area",
    (3, 1, -3, -2, 0, 0): "resistivity",
    (1, 1, -2, 0, 0, 0): "force",
    (-1, 1, -2, 0, 0, 0): "stress",
    (2, 1, -2, 0, 0, 0): "energy",
    (2, 1, -2, 0, 0, -1): "energy per amount",
    (2, 1, -3, 0, 0, 0): "power",
    (-3, 1, 0, 0, 0, 0): "density",
}


def dimension_name(dims: Exponents) -> str:
    """Return what a dimension is called, or its internal unit where it has no name."""
    if dims in _NAMES:
        return _NAMES[dims]
    parts = [name if d == 1 else f"{name}^{d}" for name, d in zip(_INTERNAL_UNITS, dims, strict=True) if d]
    return "quantity in " + " ".join(parts)
