"""What is seen in a demonstration of fatigue, said in plain words that come from the results themselves."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from mgsim import measure
from mgsim.result import Result
from mgsim.tiring import work_of

_NOTABLE = 0.05  # a share below which a difference is called none
_PLENTY = 5.0  # times the MgATP at which pumps run at half speed, from where on they lack none
_PUMPS = ("SERCA.K_T", "SodiumPump.K_A")


def what_tires(results: Mapping[str, Result]) -> str:
    """Say what low free Mg2+ changes about fatigue, from the first level to the last.

    Parameters
    ----------
    results : mapping of level to Result
        Recordings of the same work, by the free Mg2+ of the rest in mM, such as "0.9 normal".
    """
    normal, lacking, levels = _ends(results)
    said = [_force(normal, lacking, levels), _reserve(normal, lacking), _magnesium(normal, levels[0])]
    return " ".join(one for one in said if one)


def what_it_costs(results: Mapping[str, Result]) -> str:
    """Say whether low free Mg2+ starves the ATPases, and what it costs at rest and why."""
    normal, lacking, levels = _ends(results)
    return f"{_supply(lacking, levels[1])} {_cost(normal, lacking, levels)}"


def _ends(results: Mapping[str, Result]) -> tuple[Result, Result, tuple[str, str]]:
    high, *_, low = results
    return results[high], results[low], (high.split()[0], low.split()[0])


def _force(normal: Result, lacking: Result, levels: tuple[str, str]) -> str:
    left = [measure.fatigue_index(result) for result in (normal, lacking)]
    if any(isnan(one.value) for one in left):
        return ""
    before, after = (100 * one.value for one in left)
    start = f"By the end of the work force is {before:.0f} % of its beginning at {levels[0]} mM free Mg²⁺"
    if abs(after - before) < 100 * _NOTABLE:
        return f"{start}, and {after:.0f} % at {levels[1]} mM: about the same."
    return f"{start}, but {after:.0f} % at {levels[1]} mM."


def _reserve(normal: Result, lacking: Result) -> str:
    """How near to collapse both came."""
    found = [measure.fatigue_measures(result) for result in (normal, lacking)]
    pcr, atp = ([one[name].value for one in found] for name in ("lowest_PCr", "lowest_ATP"))
    if any(map(isnan, (*pcr, *atp))):
        return ""
    return (
        f"Phosphocreatine falls to {pcr[0]:.0f} % and {pcr[1]:.0f} % of its rest, ATP to {atp[0]:.0f} % and "
        f"{atp[1]:.0f} %."
    )


def _supply(lacking: Result, level: str) -> str:
    """Whether the pumps ran out of MgATP at the lowest magnesium."""
    lowest = float(lacking["MgATP"].min()) / 1000
    needed = max(_in_mM(lacking, path) for path in _PUMPS)
    if lowest > _PLENTY * needed:
        return (
            f"MgATP never falls below {lowest:.1f} mM at {level} mM free Mg²⁺, {lowest / needed:.0f} times what pumps "
            "need for half speed: the loss of magnesium does not starve the ATPases."
        )
    return f"MgATP falls to {lowest:.2g} mM at {level} mM; pumps run at half speed at {needed:.2g} mM: they starve."


def _magnesium(normal: Result, level: str) -> str:
    """What the breakdown of ATP and the end of the work do to free Mg2+."""
    begin, end = work_of(normal)
    before = max(int(normal.time.searchsorted(end, side="right")) - 1, 0)
    rest, tired = (float(normal["Mg"][k]) / 1000 for k in (0, before))
    lost = measure.energy_ledger(normal, begin, end).change / 1000
    if tired < (1 + _NOTABLE) * rest or lost >= 0:
        return ""
    return f"Free Mg²⁺ itself rises, from {level} to {tired:.2f} mM, while {-lost:.1f} mM of ATP is broken down."


def _cost(normal: Result, lacking: Result, levels: tuple[str, str]) -> str:
    """What the rest costs at both levels, and whether the leak of calcium is why."""
    uses = [resting_use(result) for result in (normal, lacking)]
    all_of_it = [sum(one.values()) for one in uses]
    extra = all_of_it[1] - all_of_it[0]
    said = f"At rest the fibre uses {all_of_it[0]:.0f} µM of ATP a second at {levels[0]} mM"
    if abs(extra) < _NOTABLE * all_of_it[0]:
        return f"{said} and as much at {levels[1]} mM."
    said += f" and {all_of_it[1]:.0f} at {levels[1]} mM"
    leaks = [float(result["J_rel"][0]) for result in (normal, lacking)]
    pumping = uses[1]["J_ATP_SERCA"] - uses[0]["J_ATP_SERCA"]
    bridges = uses[1]["J_ATP_XB"] - uses[0]["J_ATP_XB"]
    if extra > 0 and leaks[1] > (1 + _NOTABLE) * leaks[0] and pumping + bridges > 0.9 * extra:
        return (
            f"{said}, because {leaks[1] / leaks[0]:.1f} times as much calcium leaks from its store: "
            f"{100 * pumping / extra:.0f} % of the extra pumps it back, {100 * bridges / extra:.0f} % goes to "
            "cross-bridges that the risen Ca²⁺ turns on."
        )
    return f"{said}."


def resting_use(result: Result) -> dict[str, float]:
    """Give how fast ATP is used at the beginning of a recording, µM of cell water each second, by its output."""
    bulk = 1.0 - result.provenance["parameters"]["Geometry.f_J"]["value"]
    share = {"J_ATP_XB": bulk, "J_ATP_base": bulk}  # these are per litre of the bulk
    return {
        name: 1000.0 * share.get(name, 1.0) * float(result[name][0])
        for name in result
        if name.startswith(("J_ATP_XB", "J_ATP_SERCA", "J_ATP_NaK", "J_ATP_base"))
    }


def _in_mM(result: Result, path: str) -> float:
    given = result.provenance["parameters"][path]
    return float(given["value"]) / {"mM": 1.0, "µM": 1000.0}[given["unit"]]

