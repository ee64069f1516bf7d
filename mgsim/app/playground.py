"""``mgsim playground``: a page with sliders that computes by itself, for a lesson without a network."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from mgsim.app.screen import progress


def playground(*, output: Annotated[str, Parameter(name=["--output", "-o"])] = "playground.html") -> int:
    """Write a page with sliders for magnesium, temperature, ATP supply, blood flow and stimulation.

    The page is one file. It computes in the browser, opens from a disk or a USB stick, and needs no network: open it
    by a double click. It has four fibres, a guided tour, and works by keyboard and on a phone.

    For example:

        mgsim playground
        mgsim playground -o lesson.html

    Parameters
    ----------
    output
        The file; playground.html where it is not given.
    """
    from mgsim.export.playground import page
    from mgsim.whole_file import whole_file, writable

    target = writable(output)
    with progress("writing the page") as tell:
        text = page(tell)
    with whole_file(target) as part:
        part.write_text(text, encoding="utf-8")
    print(f"wrote {output} ({len(text.encode()) / 1e6:.1f} MB); open it in a browser")
    return 0
