"""The whole report: one page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files

from mgsim.evidence.curves.index import Entry
from mgsim.evidence.curves.picture import Picture
from mgsim.evidence.scoreboard import Row, Scoreboard
from mgsim.evidence.without_row import WithoutRow
from mgsim.plot.evidence import curve, strip, table
from mgsim.plot.evidence.inline import inline

Pictures = Mapping[str, Picture | str]
_MOST_SHOWN = 6  # values under a picture; more are folded
_NARROW, _WIDE = 4.8, 10.5  # inches of the strip on a telephone and on a desk

_NULL_NAME = "The null model: magnesium as a buffer only"
_OUT_NAME = "Measured, but without a row"
_LIMITS_NAME = "Uncertainty and limits"

_WHAT = (
    "mgsim simulates what magnesium does to a muscle fibre. Here every number that it was compared with stands beside "
    "what the model gives, the missed ones with the reason, and the curves beside the published points."
)
_KEY = (
    "How to read the curves: coloured curves are the model. A ring is the published value; its bar has caps where "
    "the spread is published and none where 15 % are taken for it. A diamond is the model's value, as in the table. A "
    "short stroke with an arrow is a limit, and the arrow points to the side on which the model should lie. Dashed "
    "lines in the colour of the text are published laws or rates."
)
_STRIP = (
    "Each dot is a row: the distance of the model from the measurement in units of its spread. The shaded bands are 1 "
    'and 2 spreads. Circles (<span class="c1">●</span>) were used in fitting, diamonds '
    '(<span class="c2">◆</span>) never; '
    "hollow ones only inform. Misses carry their name. "
    "Beyond 2 spreads each doubling takes the same room. Rows without a number (signs, no value) are in the tables."
)
_NULL = (
    "What would magnesium do if it were a buffer only? In the null model it still binds to parvalbumin, ATP and other "
    "metabolites, but RyR1, troponin, the pumps and the cross-bridges do not notice it. What the gates add is the "
    "difference between the two curves. Each fibre is at rest at its free Mg²⁺; a curve ends where the fibre has no "
    "rest or does not relax."
)
_LIMITS = (
    "Spreads are the published ones (SEM, SD or half a range); where none is published, 15 % of the value (0.06 of "
    "pCa) is taken, and the row has a star. Many measurements are of other species or temperatures: each row says "
    "what stands in for what. A row that the model misses shows that a mechanism is missing or wrong; a row that it "
    "meets does not show that the mechanism is right.",
    "What the model may be used for, what it was validated against and what is left out is written in "
    "<code>docs/credibility.md</code> of the repository.",
    "It is for teaching and for finding hypotheses. <strong>It is not medical advice.</strong>",
)


def report(
    board: Scoreboard,
    entries: Sequence[Entry],
    pictures: Pictures,
    null_model: Sequence[Entry],
    left_out: Sequence[WithoutRow],
    provenance: Mapping[str, str],
) -> str:
    """Write the report as HTML.

    Parameters
    ----------
    board : Scoreboard
        The rows.
    entries : sequence of Entry
        The pictures beside the rows, in their order.
    pictures : mapping of str to Picture or str
        The pictures by name, or why there is none.
    null_model : sequence of Entry
        The pictures of the null model; its part is left out where there are none.
    left_out : sequence of WithoutRow
        Measurements that no row compares with; their part is left out where there are none.
    provenance : mapping of str to str
        What was run: version, date, fibres, command.
    """
    topics = board.topics()
    names = [*topics, *([_NULL_NAME] if null_model else []), *([_OUT_NAME] if left_out else []), _LIMITS_NAME]
    anchors = {name: f"part-{k}" for k, name in enumerate(names)}
    style = files("mgsim.plot.evidence").joinpath("report.css").read_text(encoding="utf-8")
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>mgsim: model and measurement</title><style>{style}</style></head><body>",
        '<a class="skip" href="#main">To the results</a>',
        f"<header><h1>mgsim: the model beside what was measured</h1><p>{_WHAT}</p>",
        '<p class="warn">It is for teaching and for finding hypotheses. It is not medical advice.</p></header>',
        f'<main id="main">{table.counts(board)}{_strip(board)}',
        f'<nav aria-label="Topics"><ul>{"".join(_link(name, anchors[name], topics) for name in names)}</ul></nav>',
        f'<p class="key">{_KEY}</p>',
    ]
    by_id = {row.measurement.id: row for row in board.rows}
    for topic, rows in topics.items():
        own = [entry for entry in entries if by_id[_first(entry, by_id)].measurement.topic == topic]
        parts.append(_section(topic, anchors[topic], _figures(own, pictures, by_id) + table.rows(topic, rows)))
    if null_model:
        body = f"<p>{_NULL}</p>{_figures(null_model, pictures, by_id)}"
        parts.append(_section(_NULL_NAME, anchors[_NULL_NAME], body))
    if left_out:
        parts.append(_section(_OUT_NAME, anchors[_OUT_NAME], table.left_out(left_out)))
    limits = "".join(f"<p>{text}</p>" for text in _LIMITS)
    about = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in provenance.items())
    parts.append(f"{_section(_LIMITS_NAME, anchors[_LIMITS_NAME], limits)}</main>")
    parts.append(f"<footer><h2>Provenance</h2><dl>{about}</dl></footer></body></html>\n")
    return "\n".join(parts)


def _section(name: str, anchor: str, body: str) -> str:
    return f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{escape(name)}</h2>{body}</section>'


def _link(name: str, anchor: str, topics: Mapping[str, Sequence[Row]]) -> str:
    deciding = [row for row in topics.get(name, ()) if row.measurement.decides]
    met = f" ({sum(row.favourable for row in deciding)}/{len(deciding)})" if deciding else ""
    return f'<li><a href="#{anchor}">{escape(name)}</a>{met}</li>'


def _first(entry: Entry, rows: Mapping[str, Row]) -> str:
    return next(row for row in entry.rows if row in rows)


def _strip(board: Scoreboard) -> str:
    found = [row for row in board.rows if row.z is not None]
    if not found:
        return ""
    says = f"Distances of {len(found)} rows from their measurements, by topic. The tables below give each number."
    drawn = "".join(
        f'<div class="{name}">{inline(strip.draw(board, inches), f"strip-{name}", "Distances by topic", says)}</div>'
        for name, inches in (("narrow", _NARROW), ("wide", _WIDE))
    )
    return f'<figure class="strip">{drawn}<figcaption>{_STRIP}</figcaption></figure>'


def _figures(entries: Sequence[Entry], pictures: Pictures, rows: Mapping[str, Row]) -> str:
    if not entries:
        return ""
    return f'<div class="figures">{"".join(_figure(entry, pictures[entry.name], rows) for entry in entries)}</div>'


def _figure(entry: Entry, picture: Picture | str, rows: Mapping[str, Row]) -> str:
    own = [rows[name] for name in entry.rows if name in rows]
    if isinstance(picture, str):
        about = ", ".join(row.measurement.id for row in own) or entry.name
        return f'<p class="none">No curve for {escape(about)}: {escape(picture)}.</p>'
    lines = list(_values(own))
    said = f"{picture.y} against {picture.x}. {picture.says} {' '.join(text for _, text in lines)}".strip()
    drawn = inline(curve.draw(picture, rows), entry.name, picture.title, said)
    links = ((f'<a href="#row-{escape(name)}">{escape(name)}</a>', text) for name, text in lines)
    values = "".join(f"<li>{link} {escape(text)}</li>" for link, text in links)
    values = f"<ul>{values}</ul>" if values else ""
    if len(lines) > _MOST_SHOWN:
        values = f"<details><summary>{len(lines)} values</summary>{values}</details>"
    title = escape(picture.title).replace(" °C", "\N{NO-BREAK SPACE}°C")
    return f"<figure><h3>{title}</h3>{drawn}<figcaption>{escape(picture.says)}{values}</figcaption></figure>"


def _values(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        z = f", z {table.distance(row)}" if row.z is not None else ""
        yield row.measurement.id, f"measured {table.measured(row)}, model {table.modelled(row)}{z}: {row.verdict}."
