"""A Sphinx extension that runs the code of each page that a person wrote, when the page is read."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from making.blocks import BlockFails, with_outputs


def run_blocks(app: Sphinx, name: str, source: list[str]) -> None:
    """Run the blocks of one page, in a folder of its own."""
    if name.startswith("generated/"):
        return
    try:
        source[0] = with_outputs(source[0], name, Path(app.srcdir) / "generated" / "pictures" / name)
    except BlockFails as error:
        raise ExtensionError(str(error)) from error


def setup(app: Sphinx) -> dict[str, bool]:
    """Run before links are looked at."""
    app.connect("source-read", run_blocks, priority=400)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
