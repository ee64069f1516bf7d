"""Force of a skinned fibre at held calcium: the force-pCa curve and what moves it.

Force is taken relative to that at saturating calcium in the same bath, not to a tetanus.
"""

from __future__ import annotations

import math

import numpy as np

from mgsim.evidence.experiments.bath import atp_bath, skinned
from mgsim.evidence.experiments.recording import NoValue, crossing, record
from mgsim.language.model import Model
from mgsim.language.units import quantity
from mgsim.protocol import rest

SATURATING = 4.0  # pCa
SETTLED = 5.0  # s until force is steady


def steady(model: Model, pCa: float, Mg: str = "1 mM", MgATP: str | None = None, trace: str = "bearing") -> float:
    """Return the steady value of a trace in a skinned fibre whose bath holds Ca2+, Mg2+ and, if named, MgATP."""
    bath: dict[str, float | str] = {"Mg": Mg, "Ca": 10.0 ** (6.0 - pCa)}
    if MgATP is not None:
        bound = quantity(MgATP, like="µM", name="MgATP")
        bath |= atp_bath(model, bound / _bound_share(model, Mg), Mg)
    result = record(skinned(model, bath), rest(SETTLED), every=SETTLED)
    return float(result[trace][-1])


def _bound_share(model: Model, Mg: str) -> float:
    return atp_bath(model, 1.0, Mg)["MgATP"]


def saturated_force(model: Model, Mg: str = "1 mM", MgATP: str | None = None) -> float:
    """Return the share of heads that bear force at saturating calcium."""
    return steady(model, SATURATING, Mg, MgATP)


def pCa50(model: Model, Mg: str = "1 mM", MgATP: str | None = None, trace: str = "bearing") -> float:
    """Return the pCa at which a trace is half of its value at saturating calcium."""
    half = steady(model, SATURATING, Mg, MgATP, trace) / 2.0
    if steady(model, 8.0, Mg, MgATP, trace) >= half:
        raise NoValue(f"{trace} is more than half of its maximum at pCa 8 already")
    # On a ratio scale of calcium: true where the curve is still below its half.
    calcium = crossing(lambda c: steady(model, 6.0 - math.log10(c), Mg, MgATP, trace) < half, 1e-2, 1e2, 0.002)
    return 6.0 - math.log10(calcium)


def pCa50_shift(
    model: Model,
    Mg: tuple[str, str] = ("1 mM", "1 mM"),
    MgATP: tuple[str | None, str | None] = (None, None),
    trace: str = "bearing",
) -> float:
    """Return by how much pCa50 changes from the first to the second of two baths."""
    before, after = (pCa50(model, m, a, trace) for m, a in zip(Mg, MgATP, strict=True))
    return after - before


def hill_coefficient(model: Model, Mg: str = "1 mM", MgATP: str | None = None) -> float:
    """Return the coefficient of a Hill curve fitted, with its top free, within 0.8 pCa units of its middle."""
    from scipy.optimize import curve_fit

    middle = pCa50(model, Mg, MgATP)
    pCa = middle + np.linspace(-0.8, 0.8, 17)
    force = np.array([steady(model, float(p), Mg, MgATP) for p in pCa]) / saturated_force(model, Mg, MgATP)

    def hill(p: np.ndarray, top: float, half: float, n: float) -> np.ndarray:
        curve: np.ndarray = top / (1.0 + 10.0 ** (n * (p - half)))
        return curve

    try:
        (_, _, n), _ = curve_fit(hill, pCa, force, p0=(1.0, middle, 3.0))
    except RuntimeError:
        raise NoValue("no Hill curve fits the force") from None
    return float(n)


def hill_ratio(model: Model, Mg: tuple[str, str], MgATP: tuple[str | None, str | None] = (None, None)) -> float:
    """Return the Hill coefficient in the second of two baths over that in the first."""
    before, after = (hill_coefficient(model, m, a) for m, a in zip(Mg, MgATP, strict=True))
    return after / before


def saturated_force_ratio(
    model: Model, Mg: tuple[str, str], MgATP: tuple[str | None, str | None] = (None, None)
) -> float:
    """Return the force at saturating calcium in the second of two baths over that in the first."""
    before, after = (saturated_force(model, m, a) for m, a in zip(Mg, MgATP, strict=True))
    return after / before


def least_step(model: Model, Mg: tuple[str, ...], of: str = "pCa50") -> float:
    """Return the least fall of pCa50 or of the Hill coefficient from one free Mg2+ to the next."""
    take = {"pCa50": pCa50, "Hill": hill_coefficient}[of]
    values = [take(model, m) for m in Mg]
    return min(before - after for before, after in zip(values, values[1:], strict=False))


def ignition(model: Model, Mg: str = "0.05 mM", pCa: float = 9.0, share: float = 0.1) -> float:
    """Return the MgATP (µM) below which a fibre contracts without calcium: it bears a share of its full force."""
    full = saturated_force(model, Mg)
    return crossing(lambda MgATP: steady(model, pCa, Mg, f"{MgATP} µM") > share * full, 0.5, 500.0, 0.01)
