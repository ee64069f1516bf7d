"""Where the numbers come from: the reader of ``references.bib``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from mgsim.language.errors import InputError, unknown

BIBLIOGRAPHY = Path(__file__).with_name("references.bib")
ENTRY = re.compile(r"^@(\w+)\s*\{\s*([^\s,{}]+)\s*,", re.MULTILINE)
FIELD = re.compile(r"\s*(\w+)\s*=\s*\{")
BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class Reference:
    """One source: a paper, a book, published model code, or a decision of mgsim.

    Attributes
    ----------
    key : str
        The name under which parameters and targets cite it.
    title : str
        Its title; one that starts with "[title not recorded]" describes the content instead.
    authors : tuple of str
        Family name and initials, as in "Baylor SM"; "et al." stands for those not named.
    year : int or None
        None where it is not known.
    fields : mapping of str to str
        What else is recorded: journal, volume, pages, doi, pmid, pmcid, publisher, note.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    fields: Mapping[str, str]

    def cite(self) -> str:
        """Give the source as one line of text.

        Examples
        --------
        >>> source("BaylorHollingworth2003").cite()
        'Baylor SM, Hollingworth S (2003) Sarcoplasmic reticulum calcium release compared in slow-twitch and \
fast-twitch fibres of mouse muscle. J Physiol 551:125–138. doi:10.1113/jphysiol.2003.041608'
        """
        when = f"({self.year})" if self.year else ""
        parts = [" ".join(word for word in (self._people(), when, self.title) if word), self._place()]
        parts += [f"{name}:{self.fields[name]}" for name in ("doi", "pmid", "pmcid") if name in self.fields]
        text = ". ".join(part for part in parts if part).replace("?. ", "? ")
        return f"{text} [{self.fields['note']}]" if "note" in self.fields else text

    def _people(self) -> str:
        if len(self.authors) > 4:
            return f"{self.authors[0]} et al."
        return ", ".join(self.authors).replace(", et al.", " et al.")

    def _place(self) -> str:
        get = self.fields.get
        where = get("journal") or get("booktitle") or get("publisher") or get("howpublished") or ""
        number = get("volume", get("number", ""))
        pages = get("pages", "").replace("--", "–")
        return " ".join(p for p in (where, ":".join(n for n in (number, pages) if n)) if p)


@lru_cache(maxsize=1)
def sources() -> Mapping[str, Reference]:
    """Read every source that mgsim cites, by key; other spellings of a key lead to the same source."""
    return MappingProxyType(parse(BIBLIOGRAPHY.read_text(encoding="utf-8"), BIBLIOGRAPHY.name))


def source(key: str) -> Reference:
    """Find one source by its key; an unknown key is answered with the nearest ones."""
    try:
        return sources()[key]
    except KeyError:
        raise unknown("source", key, sources()) from None


def parse(text: str, name: str = "bibliography") -> dict[str, Reference]:
    """Read BibTeX whose field values stand in braces, as in ``references.bib``.

    Raises
    ------
    InputError
        With the line, where a brace is not closed, a field is not in braces or a key comes twice.
    """
    found: dict[str, Reference] = {}
    for start in ENTRY.finditer(text):
        where = f"{name}, line {text.count(chr(10), 0, start.start()) + 1} ({start[2]})"
        fields = dict(_fields(text, start.end(), where))
        year = fields.pop("year", "")
        if year and not year.isdecimal():
            raise InputError(f"{where}: the year {year!r} is not a number")
        others = [k.strip() for k in fields.pop("ids", "").split(",") if k.strip()]
        reference = Reference(
            key=start[2],
            title=fields.pop("title", ""),
            authors=tuple(_author(a) for a in fields.pop("author", "").split(" and ") if a),
            year=int(year) if year else None,
            fields=MappingProxyType(fields),
        )
        if not reference.title:
            raise InputError(f"{where}: has no title")
        for key in [reference.key, *others]:
            if key in found:
                raise InputError(f"{where}: the key {key!r} stands here for the second time")
            found[key] = reference
    return found


def _fields(text: str, position: int, where: str) -> Iterator[tuple[str, str]]:
    """Yield name and value of each field of the entry whose first field starts at `position`."""
    while field := FIELD.match(text, position):
        depth, begin = 1, field.end()
        for brace in BRACE.finditer(text, begin):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                break
        else:
            raise InputError(f"{where}: the brace of the field {field[1]!r} is never closed")
        yield field[1].lower(), " ".join(text[begin : brace.start()].split())
        position = brace.end()
        if text[position : position + 1] == ",":
            position += 1
    rest = text[position : position + 40].lstrip()
    if not rest.startswith("}"):
        raise InputError(f"{where}: expected 'field = {{value}}' or '}}' before {rest.splitlines()[0]!r}")


def _author(name: str) -> str:
    """Write "Baylor, S. M." as "Baylor SM", and keep the name of a group as it is."""
    name = name.strip()
    if name == "others":
        return "et al."
    if name.startswith("{"):
        return name.strip("{}")
    family, _, given = name.partition(",")
    initials = "".join(part[0] for part in re.split(r"[\s.]+", given) if part)
    return f"{family} {initials}".strip()
