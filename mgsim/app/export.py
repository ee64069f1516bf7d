"""``mgsim export``: a fibre as JavaScript."""

from __future__ import annotations

from mgsim.app.preparation import Preparation
from mgsim.language.errors import InputError


def export(
    output: str,
    /,
    *,
    preparation: Preparation = Preparation(),  # noqa: B008 (a value that cannot change)
) -> int:
    """Write a fibre as a JavaScript module that computes what mgsim computes, without any library.

    The module exports `fibres` (every number with its unit and source), `restOf`, `simulate` and `begin`; its first
    lines show how it is used. Parameters and free Mg2+ can be changed there too.

    For example:

        mgsim export fibre.js --fibre mouse_edl
        mgsim export cold.mjs --fibre human_slow --temperature "30 °C"

    Parameters
    ----------
    output
        The file, ending in .js or .mjs.
    """
    from mgsim.whole_file import whole_file, writable

    if not output.endswith((".js", ".mjs")):
        raise InputError(f"a fibre is exported to a file that ends in .js or .mjs, such as fibre.js; got {output!r}")
    target = writable(output)
    from mgsim.export.javascript import module

    text = module([preparation.model()])
    with whole_file(target) as part:
        part.write_text(text, encoding="utf-8")
    print(f"wrote {output} ({len(text.encode()) / 1e6:.1f} MB)")
    return 0
