"""A Sphinx extension that writes the generated pages before Sphinx reads them."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from making.api_pages import api_pages
from making.bibliography import bibliography
from making.command_pages import command_page
from making.fibre_pages import fibre_page, fibres_table
from making.grades import grades_page
from making.markdown import first_sentence, page, table
from making.mechanism_pages import mechanism_page, mechanisms
from making.pictures import pictures

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((\.\./[^)#]*)[^)]*\)")
log = logging.getLogger(__name__)


def write_pages(app: Sphinx) -> None:
    """Write all pages that are made from the code."""
    from mgsim.app.preparation import fibres

    made = Path(app.srcdir) / "generated"
    known = {model.name: model for model in fibres().values()}
    pages = {f"fibres/{name}": fibre_page(model) for name, model in known.items()}
    kinds = mechanisms()
    pages |= {f"mechanisms/{name}": mechanism_page(kind, known) for name, kind in kinds.items()}
    pages |= api_pages()
    pages |= {"commands": command_page(), "sources": bibliography(), "grades": grades_page(known)}
    rows = [
        [f"{{ref}}`{name} <mechanism-{name}>`", first_sentence(kind.__doc__ or "")]
        for name, kind in kinds.items()
    ]
    pages["fibres-table"] = page(fibres_table(known))
    pages["mechanisms-table"] = page(table(["mechanism", "what it is"], rows))
    for name, text in pages.items():
        write_if_new(made / f"{name}.md", text)
    for old in made.rglob("*.md"):
        if str(old.relative_to(made).with_suffix("")) not in pages:
            old.unlink()
    log.info("wrote %d pages from the code", len(pages))
    (made / "pictures").mkdir(parents=True, exist_ok=True)
    pictures(made / "pictures")


def write_if_new(file: Path, text: str) -> None:
    """Leave a page alone that says the same already, so that Sphinx need not read it again."""
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def unlink_outside(app: Sphinx, name: str, source: list[str]) -> None:
    """Keep only the words of links to files that are not on the site, such as tests."""
    site = Path(app.srcdir).resolve()

    def kept(link: re.Match[str]) -> str:
        target = (site / name).parent / link[2]
        return link[0] if target.resolve().is_relative_to(site) else link[1]

    source[0] = _LINK.sub(kept, source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the pages when a build begins."""
    app.connect("builder-inited", write_pages)
    app.connect("source-read", unlink_outside)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
