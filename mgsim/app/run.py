"""``mgsim run``: one experiment, measured, drawn and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mgsim.app.band import Uncertainty
from mgsim.app.preparation import Preparation
from mgsim.app.products import Products
from mgsim.app.screen import complain, number, print_json, progress, table
from mgsim.app.stimulation import Kind, Stimulation

if TYPE_CHECKING:
    from mgsim.ledger import EnergyLedger
    from mgsim.measure import Measure
    from mgsim.result import Result

_TIRING = ("fatigue", "hold")


def run(
    kind: Kind,
    /,
    *,
    preparation: Preparation = Preparation(),  # noqa: B008 (a value that cannot change)
    stimulation: Stimulation = Stimulation(),  # noqa: B008
    products: Products = Products(),  # noqa: B008
    uncertainty: Uncertainty = Uncertainty(),  # noqa: B008
) -> int:
    """Do one experiment on one fibre, and measure force and free Ca2+, or fatigue and what it costs.

    For example:

        mgsim run twitch
        mgsim run twitch --set Mg="0.2 mM" --plot twitch.png --save twitch.csv
        mgsim run train --rate "50 Hz" --duration "0.5 s" --fibre mouse_soleus --json
        mgsim run pulses --at "10 ms, 30 ms" --temperature "16 °C"
        mgsim run rest --duration "10 s" --hold Mg="0.2 mM"
        mgsim run clamp --hold V="0 mV" --duration "100 ms"
        mgsim run fatigue --set Mg="0.4 mM" --plot fatigue.png
        mgsim run fatigue --preset burke --recovery "10 min"
        mgsim run hold --rate "50 Hz" --duration "1 min"
        mgsim run twitch --set Mg="0.2 mM" --experiment acute
        mgsim run twitch --set Mg="0.2 mM" --blind Release:Mg
        mgsim run twitch --set Mg="0.4 mM" --band --band-runs 100 --plot twitch.png

    It ends with code 0, or with 1 where the run ended early (what it has is kept), or 2 for wrong input.

    Parameters
    ----------
    kind
        What is done: one stimulus, a train, pulses at given times, nothing, a clamp, trains until the fibre tires,
        or a contraction that is held.
    """
    from mgsim.measure import all_measures, fatigue_measures
    from mgsim.simulation import simulate

    uncertainty.check()
    protocol = stimulation.protocol(kind)
    if uncertainty.band:
        from mgsim.app.band import run_band

        return run_band(kind, protocol, preparation, products, uncertainty)
    model = preparation.model()
    products.check(model)
    with progress(f"{kind} of {model.name}") as tell:
        result = simulate(model, protocol, on_progress=tell, **products.how())
    files = products.write(result, headline(result))
    measures = fatigue_measures(result) if kind in _TIRING else all_measures(result)
    ledger = account(result) if kind in _TIRING else None
    if products.json:
        print_json(report(kind, result, measures, files, ledger))
    else:
        print(text(result, measures, files, ledger))
    if not result.outcome.ok:
        complain(f"the run ended early: {result.outcome.message}; what was computed until then is kept")
        return 1
    return 0


def account(result: Result) -> EnergyLedger | None:
    """Give the ledger of ATP during the work, where the fibre has an energy metabolism and one contraction is done."""
    from mgsim.ledger import counts_energy, energy_ledger
    from mgsim.tiring import contracted, work_of

    if not counts_energy(result) or not contracted(result):
        return None
    return energy_ledger(result, *work_of(result))


def report(
    kind: str,
    result: Result,
    measures: dict[str, Measure],
    files: list[str],
    ledger: EnergyLedger | None = None,
) -> dict[str, Any]:
    """Give what --json prints."""
    about, outcome = result.provenance, result.outcome
    return {
        "experiment": kind,
        "kind": about["experiment"],
        "fibre": about["model"],
        "temperature": about["temperature"],
        "parameters_changed": about["changed"],
        "levels": about["levels"],
        "blind": [f"{mechanism}:{species}" for mechanism, species in about["blind"]],
        "protocol": result.protocol.describe(),
        "outcome": {
            "kind": outcome.kind,
            "message": outcome.message,
            "time": {"value": outcome.time, "unit": "s"},
        },
        "measures": {name: measure.as_dict() for name, measure in measures.items()},
        **({"energy": ledger.as_dict()} if ledger is not None else {}),
        "files": files,
        "mgsim": about["mgsim"],
    }


def headline(result: Result) -> str:
    """Say what was experimented on."""
    from mgsim.plot.naming import label_of

    about = result.provenance
    kind = " (steady)" if about["experiment"] == "steady" else ""
    return f"{about['model']}, {label_of(result)}{kind}, {number(about['temperature']['value'])} °C"


def text(
    result: Result, measures: dict[str, Measure], files: list[str], ledger: EnergyLedger | None = None
) -> str:
    """Write what is printed without --json."""
    rows = []
    for name, measure in measures.items():
        title = measure.title
        if name.startswith("Ca_"):
            title = f"free Ca²⁺: {title.removeprefix('Ca ')}"
        if measure.reason:
            rows.append([title, "-", measure.reason])
        else:
            rows.append([title, number(measure.value), "" if measure.unit == "1" else measure.unit])
    measured = table(["measure", "value", ""], rows, right=[1])
    lines = [headline(result), result.protocol.describe(), "", measured]
    if ledger is not None:
        lines += ["", str(ledger)]
    return "\n".join([*lines, "", "wrote " + ", ".join(files)] if files else lines)
