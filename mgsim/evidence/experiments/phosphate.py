"""What phosphate does to a skinned fibre: less force, and less calcium that can be released."""

from __future__ import annotations

from collections.abc import Sequence

from mgsim.evidence.experiments.bath import skinned
from mgsim.evidence.experiments.filament import SATURATING, SETTLED
from mgsim.evidence.experiments.recording import NoValue, amount, record
from mgsim.language.model import Model
from mgsim.protocol import Protocol, rest
from mgsim.resting_state import resolve

LONGEST = 1000.0  # s for which recovery is followed
RELEASE = 2.0  # s of low Mg2+ over which release is added up


def force_with(model: Model, added: float, temperature: str) -> float:
    """Return the force at saturating calcium with phosphate added (mM) over that without any phosphate."""
    without, with_it = (_force(model.at(temperature), 1000.0 * Pi) for Pi in (1e-3, added))
    return with_it / without


def force_with_against(model: Model, added: float, temperatures: Sequence[str]) -> float:
    """Return what is left of force with phosphate at the second of two temperatures over that at the first."""
    cold, warm = (force_with(model, added, t) for t in temperatures)
    return warm / cold


def _force(model: Model, Pi: float) -> float:
    bath = skinned(model, {"Mg": "1 mM", "Ca": 10.0 ** (6.0 - SATURATING), "Pi_bulk": Pi, "MgPi_bulk": 0.0})
    return float(record(bath, rest(SETTLED), every=SETTLED)["bearing"][-1])


def release_lost(model: Model, Pi: float, exposure: float = 10.0, wash: float = 0.5) -> float:
    """Return the share of release by low Mg2+ that is lost after phosphate (mM) in the bath of a skinned fibre.

    Parameters
    ----------
    model : Model
        The preparation.
    Pi : float
        Phosphate of the bath during the exposure, mM; before and after it is that of the rest.
    exposure, wash : float
        Time in phosphate, and after it until release is tested, s.
    """
    fresh = _released(model, None, exposure, wash)
    return 1.0 - _released(model, 1000.0 * Pi, exposure, wash) / fresh


def recovery_half_time(model: Model, Pi: float = 50.0, exposure: float = 10.0) -> float:
    """Return the time (s) in which half of the release that phosphate took away comes back."""
    half = 0.5 * release_lost(model, Pi, exposure)
    if half < 0.01:
        raise NoValue(f"{Pi:g} mM phosphate for {exposure:g} s takes less than 2 % of release away")
    low, high = 0.5, LONGEST
    if release_lost(model, Pi, exposure, high) > half:
        raise NoValue(f"not even half has come back within {high:g} s")
    while high / low > 1.05:
        middle = (low * high) ** 0.5
        low, high = (middle, high) if release_lost(model, Pi, exposure, middle) > half else (low, middle)
    return float((low * high) ** 0.5) - 0.5


def _released(model: Model, Pi: float | None, exposure: float, wash: float) -> float:
    """Return the calcium released by 10 µM Mg2+ within two seconds, µM, after an exposure to phosphate (µM)."""
    at_rest = resolve(model)
    usual = at_rest.rest[at_rest.program.system.index["Pi_bulk"]]
    test = exposure + wash
    protocol: Protocol = rest(test + RELEASE + 0.1).held("Mg", "1 mM", 0.0, test).held("Mg", "10 µM", test)
    if Pi is not None:
        protocol = protocol.held("Pi", f"{Pi} µM", 0.0, exposure)
    protocol = protocol.held("Pi", f"{usual} µM", exposure if Pi is not None else 0.0)
    result = record(skinned(model, {}, free=("Pi_bulk", "MgPi_bulk")), protocol, every="2 ms")
    return amount(result, "J_rel", test - 0.01, RELEASE)
