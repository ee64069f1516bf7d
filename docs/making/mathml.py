"""Equations as MathML, which browsers draw themselves: no network, no script, no fonts to ship."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx


def inline(writer: Any, node: nodes.math) -> None:
    """Write an equation within a line."""
    writer.body.append(f'<span class="math">{_mathml(node.astext(), block=False)}</span>')
    raise nodes.SkipNode


def block(writer: Any, node: nodes.math_block) -> None:
    """Write an equation of its own line; on a narrow screen it scrolls by itself."""
    writer.body.append(
        f'<div class="math" tabindex="0" role="group" aria-label="equation">{_mathml(node.astext(), block=True)}</div>'
    )
    raise nodes.SkipNode


def _mathml(latex: str, block: bool) -> str:
    return f"{tex2mathml(latex, as_block=block)}<!-- {escape(latex).replace('--', '- -')} -->"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register as the renderer named ``mathml``."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
