"""The part of ``mgsim demo`` that tires the fibre: metabolites through work and rest, and the ledger of ATP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mgsim.app.screen import number, table

if TYPE_CHECKING:
    from mgsim.ledger import EnergyLedger
    from mgsim.result import Result

LEVELS = (0.9, 0.6, 0.4)  # mM
_BEGIN, _END = 0.25, 0.75  # share of the bar that belongs to this
_HEADING = "free Mg²⁺ at rest (mM)"


def record(
    normal: float, tell: Callable[[float], None] | None = None
) -> Iterator[tuple[str, Result]]:
    """Tire the fibre at each level of free Mg2+; give the level and the recording."""
    from mgsim.fatiguing import fatigue
    from mgsim.fibre import mouse_edl
    from mgsim.simulation import simulate

    model, protocol = mouse_edl(), fatigue()
    for k, level in enumerate(LEVELS):

        def forward(share: float, done: int = k) -> None:
            if tell is not None:
                tell(_BEGIN + (_END - _BEGIN) * (done + share) / len(LEVELS))

        result = simulate(model.with_(Mg=f"{level} mM"), protocol, on_progress=forward)
        yield f"{level:g} normal" if level == normal else f"{level:g}", result


def draw(results: Mapping[str, Result], folder: Path) -> list[Path]:
    """Draw the work and its ledger; give the files."""
    from mgsim import plot
    from mgsim.app.tired import what_it_costs, what_tires

    if not results:
        return []
    compared = len(results) > 1
    files = [folder / "fatigue.png", folder / "energy_ledger.png"]
    said = what_tires(results) if compared else ""
    plot.save(plot.fatigue(results, heading=_HEADING, caption=said), files[0])
    said = what_it_costs(results) if compared else ""
    plot.save(plot.ledger(ledgers(results), heading="Free Mg²⁺ at rest (mM):", caption=said), files[1])
    return files


def ledgers(results: Mapping[str, Result]) -> dict[str, EnergyLedger]:
    """Give the ledger of ATP during the work of each recording."""
    from mgsim.ledger import energy_ledger
    from mgsim.tiring import work_of

    return {level: energy_ledger(result, *work_of(result)) for level, result in results.items()}


def measured(results: Mapping[str, Result]) -> str:
    """Write what was measured on the work, and its ledger, as two tables."""
    from mgsim.measure import fatigue_measures

    head = ["fatigue: " + next(iter(results.values())).protocol.describe().partition(",")[0], *results]
    found = [fatigue_measures(result) for result in results.values()]
    rows = []
    for name, one in found[0].items():
        unit = f" ({one.unit})" if one.unit != "1" else ""
        cells = ["-" if each[name].reason else number(each[name].value) for each in found]
        rows.append([one.title + unit, *cells])
    right = list(range(1, len(head)))
    accounts = list(ledgers(results).values())
    lines = [[f"used by {name}", *(_mM(-each.used[name]) for each in accounts)] for name in accounts[0].used]
    lines += [[f"made by {name}", *(_mM(each.made[name]) for each in accounts)] for name in accounts[0].made]
    lines += [["taken from the ATP there was", *(_mM(-each.change) for each in accounts)]]
    lines += [["sum", *(_mM(each.gained - each.spent - each.change) for each in accounts)]]
    title = "ATP during the work (mM of cell water)"
    return f"{table(head, rows, right=right)}\n\n{table([title, *results], lines, right=right)}"


def what_is_seen(results: Mapping[str, Result]) -> str:
    """Say in plain words what low free Mg2+ changes about fatigue, and what it costs."""
    from mgsim.app.tired import what_it_costs, what_tires

    if len(results) < 2:
        return ""
    return f"{what_tires(results)} {what_it_costs(results)}"


def _mM(amount: float) -> str:
    return f"{round(amount / 1000, 2) + 0.0:.2f}"
