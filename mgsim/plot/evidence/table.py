"""Rows and counts of the scoreboard as tables of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from mgsim.evidence.measurements import ROLES
from mgsim.evidence.scoreboard import (
    FAVOURABLE,
    MET,
    NO_VALUE,
    NOT_MET,
    OUTSIDE,
    VERDICTS,
    WITHIN_1,
    WITHIN_2,
    Row,
    Scoreboard,
)
from mgsim.evidence.sources import Reference, source
from mgsim.evidence.without_row import WithoutRow

_CLASS = {WITHIN_1: "good", MET: "good", WITHIN_2: "fair", OUTSIDE: "bad", NOT_MET: "bad", NO_VALUE: "bad"}
_DONE = {"calibrate": "used in fitting", "predict": "never used in fitting"}
# The three parts of a bar: which verdicts they count.
_PARTS = (("one", (WITHIN_1, MET)), ("two", (WITHIN_2,)), ("out", (OUTSIDE, NOT_MET, NO_VALUE)))
_BARS = '<p class="key">Bars: within 1 spread or with the sign, within 2 spreads, outside or without the sign.</p>'
_RELATIONS = {">=": "≥", "<=": "≤"}
_HEAD = ("row", "quantity", "measured", "model", "z", "verdict")


def number(value: float) -> str:
    """Write three digits, but none behind the fourth decimal."""
    return _minus(f"{value:.3g}" if abs(value) >= 0.01 or value == 0 else f"{value:.4f}")


def measured(row: Row) -> str:
    """Write the published value with its spread, or the sign."""
    own = row.measurement
    unit = "" if own.unit == "1" else f" {own.unit}"
    if own.kind == "sign":
        return _minus(f"{_RELATIONS.get(own.relation, own.relation)} {own.value:g}{unit}")
    return _minus(f"{own.value:g} ± {own.allowed:.2g}{unit}{'' if own.spread is not None else '*'}")


def modelled(row: Row) -> str:
    """Write what the model gives; a dash where it gives nothing."""
    own = row.measurement
    if row.verdict == NO_VALUE:
        return "–"
    return number(row.model) + ("" if own.unit == "1" else f" {own.unit}")


def distance(row: Row) -> str:
    """Write z with its sign; nothing where there is none."""
    return "" if row.z is None else _minus(f"{round(row.z, 1) + 0.0:+.1f}")


def _minus(text: str) -> str:
    return text.replace("-", "−")


def verdict(row: Row) -> str:
    """Write the verdict in its colour; in parentheses where the row does not count."""
    words = row.verdict if row.measurement.decides else f"({row.verdict})"
    return f'<span class="{_CLASS[row.verdict]}">{words}</span>'


def counts(board: Scoreboard) -> str:
    """Write the counts of both roles, as bars and as a table."""
    found = {role: board.counts(role) for role in ROLES if sum(board.counts(role).values())}
    bars = "".join(_bar(role, counted) for role, counted in found.items())
    head = "".join(f'<th scope="col" class="n">{role}</th>' for role in found)
    lines = ""
    for kind in VERDICTS:
        cells = "".join(f'<td class="n">{counted[kind]}</td>' for counted in found.values())
        lines += f'<tr><th scope="row">{kind}</th>{cells}</tr>'
    informing = [row for row in board.rows if not row.measurement.decides]
    more = (
        "<p>Rows that inform only, because they are recalled or decided by another row: "
        f"{sum(row.favourable for row in informing)} of {len(informing)} are within 2 spreads or have the sign.</p>"
    )
    table = (
        f'<table class="counts"><caption>Rows that count</caption><thead><tr><th scope="col">verdict</th>{head}</tr>'
        f"</thead><tbody>{lines}</tbody></table>"
    )
    front = f'<div class="front"><div>{bars}{_BARS}</div><div>{table}</div></div>' if found else ""
    return front + (more if informing else "")


def _bar(role: str, found: Mapping[str, int]) -> str:
    total = sum(found.values())
    share = sum(found[kind] for kind in FAVOURABLE) / total
    parts = [(name, sum(found[v] for v in verdicts)) for name, verdicts in _PARTS]
    spans = "".join(f'<span class="{name}" style="flex:{n}">{n}</span>' for name, n in parts if n)
    return (
        f"<p><strong>{role}</strong> ({_DONE[role]}): {share:.0%} of {total} within 2 spreads or with the sign</p>"
        f'<div class="bar" aria-hidden="true">{spans}</div>'
    )


def rows(topic: str, many: Sequence[Row]) -> str:
    """Write the rows of a topic. Roles are given, because on a telephone the cells are laid out as blocks."""
    head = "".join(
        f'<th scope="col" role="columnheader"{" class=n" if k in (2, 3, 4) else ""}>{name}</th>'
        for k, name in enumerate(_HEAD)
    )
    return (
        f'<table class="rows" role="table"><caption>Measured and model: {escape(topic)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(_row(row) for row in many)}</tbody></table>'
    )


def _row(row: Row) -> str:
    own = row.measurement
    tag = own.role + ("" if own.decides else ", informs")
    texts = [
        f'<span class="small">{escape(own.species)}; {escape(own.temperature)}; {escape(own.protocol)}.</span>',
    ]
    if row.why:
        texts.append(f'<span class="small why"><strong>Missed:</strong> {escape(row.why)}.</span>')
    rest = _rest_of_note(row)
    if rest:
        texts.append(f'<span class="small">{escape(rest)}.</span>')
    texts.append(f'<span class="small">Source: {cite(source(own.source))} Grade {escape(own.evidence)}.</span>')
    numbers = "".join(
        f'<td role="cell" class="n" data-label="{label}">{escape(text)}</td>'
        for label, text in (("measured", measured(row)), ("model", modelled(row)), ("z", distance(row)))
    )
    return (
        f'<tr role="row" id="row-{escape(own.id)}">'
        f'<th scope="row" role="rowheader">{escape(own.id)}<span class="tag">{tag}</span></th>'
        f'<td role="cell" class="what">{escape(own.quantity)}{"".join(texts)}</td>'
        f'{numbers}<td role="cell" class="verdict">{verdict(row)}</td></tr>'
    )


def _rest_of_note(row: Row) -> str:
    """Return the note without the reason of a miss, which stands by itself."""
    return row.note.removeprefix(row.why).lstrip("; ") if row.why else row.note


def left_out(many: Sequence[WithoutRow]) -> str:
    """Write the measurements that no row compares with, and why."""
    lines = "".join(
        f'<tr><th scope="row">{escape(one.id)}</th><td>{escape(one.quantity)}'
        f'<span class="small why">{escape(one.why)}.</span>'
        f'<span class="small">Source: {cite(source(one.source))}</span></td></tr>'
        for one in many
    )
    return (
        "<table><caption>What a fibre of mgsim cannot produce, and why</caption>"
        '<thead><tr><th scope="col">measurement</th><th scope="col">quantity</th></tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def cite(reference: Reference) -> str:
    """Write a source, with a link where its DOI or PubMed id is known."""
    text = escape(reference.cite())
    places = {
        "doi": "https://doi.org/{}",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
        "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    }
    for name, address in places.items():
        if name in reference.fields:
            value = escape(reference.fields[name])
            text = text.replace(f"{name}:{value}", f'<a href="{address.format(value)}">{name}:{value}</a>')
    return text if text.endswith((".", "]")) else f"{text}."
