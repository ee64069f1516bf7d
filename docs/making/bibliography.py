"""The page of sources, made from references.bib, and links to it."""

from __future__ import annotations

from making.markdown import page, plain
from mgsim.evidence.sources import source, sources


def cited(key: str) -> str:
    """Link to a source from a table."""
    return f"[{key}](#source-{source(key).key.lower()})"


def bibliography() -> str:
    """Write all sources, each where it can be linked to."""
    entries = sorted({r.key: r for r in sources().values()}.values(), key=lambda r: r.key.lower())
    blocks = []
    for reference in entries:
        text = plain(reference.cite())
        if "doi" in reference.fields:
            doi = reference.fields["doi"]
            text = text.replace(plain(f"doi:{doi}"), f"[doi:{doi}](https://doi.org/{doi})")
        blocks.append(f"(source-{reference.key.lower()})=\n**{reference.key}**: {text}")
    return page(
        "# Sources",
        "Where the numbers come from. In brackets stands how far an entry was checked; an entry without brackets "
        "agrees with a public record of the paper.",
        *blocks,
    )
