"""Write the numbers of ``docs/credibility.md``, so that none is typed by hand.

A block of that text stands between ``<!-- computed: NAME -->`` and ``<!-- end -->``. From the repository:

    python docs/compute_credibility.py              all blocks again, after a fibre or a measurement changed
    python docs/compute_credibility.py low claim-6  only these
    python docs/compute_credibility.py --check      write nothing; end with code 1 where a number is stale

A block named ``row`` and an id, as in ``row T20.fade``, says where that row of the scoreboard stands; it may stand
within a line. All of it takes some four minutes, of which the scoreboard takes two.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from credibility_counts import one_row
from credibility_numbers import BLOCKS

from mgsim.app.screen import complain, progress
from mgsim.language.errors import InputError, unknown
from mgsim.whole_file import whole_file

TEXT = Path(__file__).with_name("credibility.md")
BLOCK = re.compile(r"(<!-- computed: ([^>]+?) -->\n?)(.*?)(\n?<!-- end -->)", re.DOTALL)
ROW = "row "


def written(text: str) -> dict[str, str]:
    """Give the blocks of a text by their names."""
    return {name: body for _, name, body, _ in BLOCK.findall(text)}


def rewritten(text: str, found: dict[str, str]) -> str:
    """Put new bodies into the blocks of a text, and leave everything else."""

    def block(m: re.Match[str]) -> str:
        end = "\n<!-- end -->" if m[1].endswith("\n") else "<!-- end -->"  # else it stands within a line
        return f"{m[1]}{found[m[2]]}{end}" if m[2] in found else m[0]

    return BLOCK.sub(block, text)


def computed(name: str) -> str:
    """Compute one block.

    Raises
    ------
    InputError
        For a name that means none.
    """
    if name.startswith(ROW):
        return one_row(name.removeprefix(ROW))
    if name not in BLOCKS:
        raise unknown("block", name, BLOCKS)
    return BLOCKS[name]()


def main(arguments: Sequence[str] | None = None) -> int:
    """Compute blocks and write them; give the exit code."""
    parser = argparse.ArgumentParser(description="Compute the numbers of docs/credibility.md again.")
    parser.add_argument("names", nargs="*", help=f"blocks: {', '.join(BLOCKS)}; all of them without one")
    parser.add_argument("--check", action="store_true", help="write nothing; end with code 1 where a number is stale")
    given = parser.parse_args(arguments)
    text = TEXT.read_text(encoding="utf-8")
    before, found = written(text), {}
    try:
        wanted = given.names or list(before)
        for name in wanted:
            if name not in before:
                raise unknown("block", name, before)
        with progress("computing the numbers of docs/credibility.md") as tell:
            for k, name in enumerate(wanted):
                found[name] = computed(name)
                if tell is not None:
                    tell((k + 1) / len(wanted))
        stale = [name for name in wanted if found[name] != before.get(name)]
        if stale and not given.check:
            with whole_file(TEXT) as part:
                part.write_text(rewritten(text, found), encoding="utf-8")
    except InputError as error:
        complain(str(error))
        return 2
    except KeyboardInterrupt:
        complain("interrupted; docs/credibility.md is as it was")
        return 130
    print(f"{'stale' if given.check else 'changed'}: {', '.join(stale) or 'nothing'}")
    return 1 if stale and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
