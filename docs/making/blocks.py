"""Runs the code of a page, block after block, and shows below each what it printed.

So no number in the text is typed by hand, and a block that fails ends the build. A ``python`` block goes on where the
last one of its page ended. A ``bash`` block holds lines that begin with ``mgsim``; after a line
``<!-- parsed only: why -->`` its words are checked but not run, after ``<!-- not run: why -->`` neither.
"""

from __future__ import annotations

import io
import re
import shlex
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

_BLOCK = re.compile(
    r"(?:<!-- (parsed only|not run): [^\n]* -->\n)?^```(python|bash)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
_LONGEST = 45  # lines


class BlockFails(Exception):
    """A block of code on a page does not do what the page says."""


def with_outputs(text: str, name: str, folder: Path) -> str:
    """Run the blocks of a page in a folder, and put below each what it printed.

    Raises
    ------
    BlockFails
        With the page and the block, where one ends with an error.
    """
    words: dict[str, Any] = {"__name__": "page"}
    folder.mkdir(parents=True, exist_ok=True)

    def shown(block: re.Match[str]) -> str:
        mark, kind, code = block.groups()
        whole = f"```{kind}\n{code}```"
        if mark == "not run":
            return whole
        printed = io.StringIO()
        try:
            with chdir(folder), redirect_stdout(printed):
                if kind == "python":
                    exec(compile(code, f"{name}.md", "exec"), words)
                else:
                    _commands(code, run=mark is None)
        except Exception as error:
            raise BlockFails(f"{name}.md: {type(error).__name__}: {error}\nin the block\n{code}") from error
        lines = printed.getvalue().rstrip().splitlines()
        if len(lines) > _LONGEST:
            lines = [*lines[:_LONGEST], f"... and {len(lines) - _LONGEST} more lines"]
        output = "\n".join(line.rstrip() for line in lines)
        return f"{whole}\n\n```{{code-block}} text\n:class: output\n\n{output}\n```" if lines else whole

    return _BLOCK.sub(shown, text)


def _commands(code: str, run: bool) -> None:
    from mgsim.app.command_line import app, main

    for line in code.replace("\\\n", " ").splitlines():
        if not line.startswith("mgsim "):
            raise ValueError(f"{line!r} does not begin with mgsim; put '<!-- not run: why -->' above the block")
        words = shlex.split(line)[1:]
        if not run:
            app.parse_args(words, exit_on_error=False, print_error=False)
        elif ended := main(words):
            raise ValueError(f"{line!r} ended with code {ended}")
