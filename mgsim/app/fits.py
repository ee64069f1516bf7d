"""How fits are shown: the list of them, and what one found."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mgsim.app.screen import number, table

if TYPE_CHECKING:
    from mgsim.evidence.calibrate.found import Found, Value


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


def lines_of(found: Found) -> str:
    """Write what was found as lines for a preset."""
    from mgsim.evidence.calibrate.found import as_preset

    return as_preset(found)


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


def listed() -> dict[str, object]:
    """Give every fit, and what was chosen by hand, ready for JSON."""
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


def listing() -> str:
    """Write every fit with what it frees and aims at, and what was chosen by hand with the reasons."""
    import textwrap

    about = listed()
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
