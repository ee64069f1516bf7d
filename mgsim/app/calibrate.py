"""``mgsim calibrate``: the fits that gave mgsim its fitted numbers, run again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from mgsim.app.screen import complain, number, print_json, progress, table
from mgsim.language.errors import InputError

if TYPE_CHECKING:
    from mgsim.evidence.calibrate.fit import Closing, Fit
    from mgsim.evidence.calibrate.found import Found, Value
    from mgsim.language.model import Model

_STARTS = ("committed", "scattered")


def calibrate(
    name: str,
    /,
    *,
    start: Annotated[str, Parameter(name="--from")] = "committed",
    seed: int = 1,
    check: bool = False,
    json: bool = False,
    preset: bool = False,
    write: Path | None = None,
    jobs: int = 2,
) -> int:
    """Fit parameters to measurements again, within bounds from the literature.

    For example:

        mgsim calibrate list
        mgsim calibrate mouse_edl.release
        mgsim calibrate mouse_edl --write found.json
        mgsim calibrate mouse_edl.release --from found.json --preset
        mgsim calibrate mouse_edl.release --check

    z is the distance from what is wanted in units of its spread; an uncertainty is one standard deviation, from
    the spreads of the targets and priors. It ends with code 0, with 1 where a fit does not settle, is interrupted
    (the best so far is shown), or where --check does not reach the committed values, and with 2 for wrong input.

    Parameters
    ----------
    name
        A fit such as mouse_edl.release, or a fibre for all its fits in their order, each with what the ones before
        it found; list shows them.
    start
        Where the search begins: committed (the default), scattered (each parameter multiplied by a random factor
        of at most 1.3), or a file that --write made.
    seed
        Of the random factors.
    check
        Start scattered, and end with code 1 unless the committed values are found again, within their uncertainty
        or 2 %.
    json
        Print one JSON object instead of tables.
    preset
        Print what was found as lines for a preset, too.
    write
        Save what was found, with units and where it comes from, as JSON.
    jobs
        How many trials run at the same time.
    """
    from mgsim.evidence.calibrate.found import as_preset
    from mgsim.evidence.calibrate.register import find
    from mgsim.whole_file import whole_file, writable

    if jobs < 1:
        raise InputError(f"jobs = {jobs}; at least one trial has to run at a time")
    if name == "list":
        print_json(_listed()) if json else print(_list())
        return 0
    chosen = find(name)
    if write is not None:
        writable(write)
    read = _read(start)
    found: list[Found] = []
    with _ctrl_c() as stop:
        for step in chosen:
            found.append(_run(step, found, "scattered" if check else start, seed, read, check, jobs, stop))
            if not json:
                print(text(found[-1]) + (f"\n\n{as_preset(found[-1])}" if preset else ""), end="\n\n", flush=True)
            if stop():
                break
    about = {"fits": [f.as_dict() for f in found], "from": "scattered" if check else start, "seed": seed}
    if json:
        print_json(about)
    if write is not None:
        import json as form

        with whole_file(write) as part:
            part.write_text(form.dumps(about, ensure_ascii=False, allow_nan=False, indent=1) + "\n", encoding="utf-8")
    return _code(found, check)


def _run(
    step: Fit | Closing,
    before: list[Found],
    start: str,
    seed: int,
    read: dict[str, float],
    check: bool,
    jobs: int,
    stop: Callable[[], bool],
) -> Found:
    """Run one fit on the fibre with what the fits before it found."""
    from mgsim.evidence.calibrate.fit import Closing
    from mgsim.evidence.calibrate.solve import scattered, solve, solve_closing
    from mgsim.evidence.calibrate.trial import fibre_named

    base: Model = fibre_named(step.fibre)
    for found in () if check else before:
        base = base.with_(found.changes)
    with progress(f"fitting {step.id}") as tell:
        if isinstance(step, Closing):
            return solve_closing(step, base=base)
        first = scattered(step, base, seed) if start == "scattered" else read
        return solve(step, base=base, start=first, jobs=jobs, on_progress=tell, stop=stop)


def _read(start: str) -> dict[str, float]:
    """Read where to start from a file that --write made; nothing for the named starts."""
    import json

    if start in _STARTS:
        return {}
    try:
        given = json.loads(Path(start).read_text(encoding="utf-8"))
        return {p: float(v["value"]) for fit in given["fits"] for p, v in fit["parameters"].items()}
    except OSError:
        raise InputError(f"--from takes {' or '.join(_STARTS)}, or a file that --write made; got {start!r}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{start} is no file that mgsim calibrate --write made") from None


@contextmanager
def _ctrl_c() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C end the search after the experiment that runs; give a function that tells whether it came."""
    import signal

    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield lambda: bool(came)
    finally:
        signal.signal(signal.SIGINT, before)


def _code(found: list[Found], check: bool) -> int:
    code = 0
    for f in found:
        if f.ended != "settled":
            complain(f"{f.fit.id}: {f.ended}; the best values so far are shown")
            code = 1
        if check and f.not_reached:
            complain(f"{f.fit.id}: committed values not found again: {', '.join(v.path for v in f.not_reached)}")
            code = 1
    return code


def text(found: Found) -> str:
    """Write one fit as tables: its parameters, its targets, and what went wrong on the way."""
    head = ["parameter", "committed", "found", "unit", "±", "bounds", "", "where the bounds come from"]
    rows = [_parameter(v) for v in found.values]
    lines = [f"{found.fit.id}: {found.ended} after {found.evaluations} trials", "", table(head, rows, right=[1, 2, 4])]
    if found.after:
        head = ["target", "wanted", "before", "after", "unit", "z", "quantity"]
        aims = [
            [
                a.target.name,
                f"{a.target.relation} {number(a.target.value)}".strip()
                + ("" if a.target.relation else f" ± {number(a.target.spread)}"),
                _value(b.value),
                _value(a.value),
                "" if a.target.unit == "1" else a.target.unit,
                "-" if math.isnan(a.value) else f"{a.z:+.2f}",
                a.target.quantity,
            ]
            for b, a in zip(found.before, found.after, strict=True)
        ]
        lines += ["", table(head, aims, right=[1, 2, 3, 5])]
        squares = [sum(r.residual**2 for r in side) for side in (found.before, found.after)]
        lines += ["", f"sum of squares of the targets: {number(squares[0])} before, {number(squares[1])} after"]
    lines += [f"{count} trials without a value: {reason}" for reason, count in found.failures.items()]
    return "\n".join(lines)


def _parameter(value: Value) -> list[str]:
    free = value.free
    unit = "" if value.unit == "1" else value.unit
    cells = [value.path, _digits(value.committed), _digits(value.found), unit]
    if free is None:
        return [*cells, "", "", "", "follows from the others"]
    share = value.uncertainty * 100.0
    if not math.isfinite(share):
        uncertain = "unknown"
    elif free.by_ratio:
        uncertain = f"{share:.2g} %"
    else:
        uncertain = f"{value.uncertainty:.2g} {unit}"
    bounds = f"{number(free.low)} to {number(free.high)}"
    prior = f"{free.reason}; prior {number(free.prior)}" if free.prior is not None else free.reason
    return [*cells, uncertain, bounds, "at a bound" if value.at_bound else "", prior]


def _digits(value: float) -> str:
    return f"{value:.5g}"


def _value(value: float) -> str:
    return "-" if math.isnan(value) else number(value)


def _listed() -> dict[str, object]:
    from mgsim.evidence.calibrate.fit import Fit
    from mgsim.evidence.calibrate.register import chosen, frees, steps

    fits = [
        {
            "fit": id,
            "frees": frees(step),
            "aims": [t.name for t in step.targets] if isinstance(step, Fit) else ["PCr", "Cr", "Pi"],
            "needs": list(step.needs),
            "note": step.note,
        }
        for id, step in steps().items()
    ]
    return {"fits": fits, "by_hand": {fibre: dict(reasons) for fibre, reasons in chosen().items()}}


def _list() -> str:
    import textwrap

    about = _listed()
    fits, by_hand = about["fits"], about["by_hand"]
    assert isinstance(fits, list) and isinstance(by_hand, dict)
    lines = []
    for fit in fits:
        lines.append(fit["fit"] + (f": {fit['note']}" if fit["note"] else ""))
        for word in ("frees", "aims", "needs"):
            wrapped = textwrap.wrap(", ".join(fit[word]), 100, break_on_hyphens=False)
            lines += [f"  {word if not k else '':<6} {part}" for k, part in enumerate(wrapped)]
    for fibre, reasons in by_hand.items():
        rows = [[f"  {path}", reason] for path, reason in reasons.items()]
        lines += ["", table([f"chosen by hand for {fibre}", "because"], rows)]
    return "\n".join(lines)
