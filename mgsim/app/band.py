"""``mgsim run ... --band``: the same experiment with its uncertain numbers drawn again and again."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from mgsim.app.preparation import Preparation
from mgsim.app.products import Products
from mgsim.app.screen import complain, number, print_json, progress, table
from mgsim.language.errors import InputError

if TYPE_CHECKING:
    from mgsim.language.model import Model
    from mgsim.protocol import Protocol
    from mgsim.uncertainty import Band, Interval

_RUNS, _SEED = 200, 1
_DRIVERS = 2  # named for each measure
_CHANCE = 2.6  # over the root of the runs: a rank correlation that chance alone seldom reaches
_LISTED = 12  # numbers named on the screen


@Parameter(name="*", allow_leading_hyphen=True)
@dataclass(frozen=True)
class Uncertainty:
    """How far uncertain numbers carry.

    Parameters
    ----------
    band
        Repeat the run with numbers drawn from their published spreads, and give each measure and curve its band:
        median, 5 and 95 % of the runs. With --set, --experiment or --blind the unchanged fibre is drawn too, with the
        same draws, and the change has its interval.
    band_runs
        How many runs a band has; 200 where it is not given.
    seed
        What the draws are made from; 1 where it is not given. The same seed makes the same band.
    assume_spread
        A spread such as "15 %" for all numbers without a published one, 1.5 to 3 times wider where a number is only
        recalled. A guess, and the output says so.
    """

    band: bool = False
    band_runs: Annotated[int | None, Parameter(name="--band-runs")] = None
    seed: Annotated[int | None, Parameter(name="--seed")] = None
    assume_spread: Annotated[str | None, Parameter(name="--assume-spread")] = None

    def check(self) -> None:
        """Refuse what only a band has."""
        given = {"--band-runs": self.band_runs, "--seed": self.seed, "--assume-spread": self.assume_spread}
        for option, value in given.items():
            if value is not None and not self.band:
                raise InputError(f"{option} belongs to --band; add it")


def run_band(
    kind: str, protocol: Protocol, preparation: Preparation, products: Products, uncertainty: Uncertainty
) -> int:
    """Draw, measure, show and save; give the exit code."""
    from mgsim.app.run import headline

    model = preparation.model()
    products.check(model)
    before = unchanged(preparation)
    many = [model] if before is None else [before, model]
    *others, band = bands(kind, many, protocol, products, uncertainty)
    files = write(band, others, products)
    if products.json:
        print_json(report(kind, band, others, files))
    else:
        print(text(band, others, files, headline(band.reference)))
    if band.assumed:
        complain(f"{band.assumed} of the {len(band.varied)} spreads are assumed (--assume-spread), not published")
    ended = [one for one in (*others, band) if one.outcome != "done"]
    for one in ended:
        complain(f"ended early ({one.outcome}): {len(one)} of {one.runs} runs are kept")
    return 130 if any(one.outcome == "interrupted" for one in ended) else 1 if ended else 0


def unchanged(preparation: Preparation) -> Model | None:
    """Give the fibre as it is before anything was changed in it; None where nothing was.

    What --set gives another value is known in both, and so drawn in neither. What changes suddenly, in an acute or
    skinned experiment, starts from the same draws as the unchanged fibre.
    """
    plain = replace(preparation, set=(), experiment="steady", blind=(), oxygen="normal")
    if plain == preparation:
        return None
    fibre, changed = plain.model(), preparation.model()
    return fibre.with_({path: fibre.value(path) for path in changed.changes if path != "T"})


def bands(
    kind: str, models: list[Model], protocol: Protocol, products: Products, uncertainty: Uncertainty
) -> list[Band]:
    """Make the band of each model, with the same draws; after an interruption, without those that follow."""
    from mgsim.uncertainty import band

    runs = _RUNS if uncertainty.band_runs is None else uncertainty.band_runs
    seed = _SEED if uncertainty.seed is None else uncertainty.seed
    how = products.how()
    if "time_budget" in how:
        how["time_budget"] /= len(models)
    found: list[Band] = []
    with progress(f"{runs} runs of {kind}, {models[0].name}") as tell:
        for k, model in enumerate(models):

            def share(done: float, k: int = k) -> None:
                if tell is not None:
                    tell((k + done) / len(models))

            found.append(
                band(
                    model,
                    protocol,
                    runs=runs,
                    seed=seed,
                    traces=products.show or None,
                    assume=uncertainty.assume_spread,
                    on_progress=share,
                    **how,
                )
            )
            if found[-1].outcome == "interrupted":
                break
    return found


def write(band: Band, others: list[Band], products: Products) -> list[str]:
    """Save and draw; give the names of the files."""
    written = []
    if products.save is not None:
        band.save(products.save)
        written.append(products.save)
    if products.plot is not None:
        from mgsim import plot

        about = band.reference.provenance
        said = f"{about['model']}, {number(about['temperature']['value'])} °C. {about_draws(band)}"
        plot.save(plot.band([*others, band] if others else band, caption=said), products.plot)
        written.append(products.plot)
    return written


def report(kind: str, band: Band, others: list[Band], files: list[str]) -> dict[str, Any]:
    """Give what --json prints."""
    about = band.reference.provenance
    told: dict[str, Any] = {
        "experiment": kind,
        "kind": about["experiment"],
        "fibre": about["model"],
        "temperature": about["temperature"],
        "parameters_changed": about["changed"],
        "levels": about["levels"],
        "protocol": band.reference.protocol.describe(),
        "band": band.as_dict(),
    }
    for other in others:
        told["unchanged"] = other.as_dict()
        told["change_in_percent"] = {name: i.as_dict() for name, i in band.change_from(other).items()}
    return {**told, "files": files, "mgsim": about["mgsim"]}


def text(band: Band, others: list[Band], files: list[str], headline: str) -> str:
    """Write what is printed without --json."""
    head = ["measure", "own numbers", "median", "5 to 95 %", "", "goes with"]
    rows = [
        [_title(name, i), _or_dash(i.reference), *_numbers(i), "" if i.unit == "1" else i.unit, _drivers(band, name, i)]
        for name, i in band.intervals.items()
    ]
    lines = [headline, band.reference.protocol.describe(), "", table(head, rows, right=[1, 2])]
    for other in others:
        changes = [[_title(name, i), *_numbers(i), "%"] for name, i in band.change_from(other).items()]
        lines += ["", "Against the unchanged fibre, draw by draw", ""]
        lines += [table(["measure", "median change", "5 to 95 %", ""], changes, right=[1])]
    lines += ["", *about_runs(band)]
    return "\n".join([*lines, "", "wrote " + ", ".join(files)] if files else lines)


def about_draws(band: Band) -> str:
    """Say in a sentence what was drawn."""
    published = len(band.varied) - band.assumed
    drawn = f"{len(band)} runs; {len(band.varied)} numbers drawn"
    if not band.assumed:
        return f"{drawn} from their published spreads."
    return f"{drawn}: {published} from published spreads, {band.assumed} from assumed ones."


def about_runs(band: Band) -> list[str]:
    """Say what was drawn, what was not, and which runs do not count."""
    published = [one for one in band.varied if one.spread_is != "assumed"]
    named = ", ".join(
        f"{one.path} {number(one.value)} ± {number(one.spread)} {one.unit} ({one.spread_is or 'kind not said'})"
        for one in published[:_LISTED]
    )
    lines = [f"{about_draws(band)} Seed {band.seed}."]
    if published:
        lines.append(f"Published: {named}.")
    if band.assumed:
        lines.append(f"ASSUMED, NOT MEASURED: the spreads of {band.assumed} numbers. What follows from it is a guess.")
    if band.fixed:
        lines.append(
            f"Not drawn: {len(band.fixed)} numbers without a published spread, so the band is narrower than what is "
            "not known; --assume-spread draws them too."
        )
    for kind, (count, message) in band.lost.items():
        lines.append(f"Does not count: {count} of {band.runs} runs, {kind}: {message}")
    return lines


def _title(name: str, interval: Interval) -> str:
    title = interval.title
    return f"free Ca²⁺: {title.removeprefix('Ca ')}" if name.startswith("Ca_") else title


def _numbers(interval: Interval) -> list[str]:
    undefined = f"undefined in {interval.undefined} runs" if interval.undefined else ""
    if math.isnan(interval.median):
        return ["-", undefined]
    return [number(interval.median), f"{number(interval.low)} to {number(interval.high)} {undefined}".rstrip()]


def _or_dash(value: float) -> str:
    return "-" if math.isnan(value) else number(value)


def _drivers(band: Band, measure: str, interval: Interval) -> str:
    """Name what a measure rises (+) and falls (-) with, as far as that is more than chance."""
    least = _CHANCE / (len(band) - interval.undefined) ** 0.5 if len(band) > interval.undefined else 1.0
    strong = [(path, r) for path, r in band.drivers(measure).items() if abs(r) >= least][:_DRIVERS]
    return ", ".join(f"{path} ({r:+.2f})" for path, r in strong)
