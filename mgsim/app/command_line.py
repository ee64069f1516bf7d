"""The command ``mgsim``: which commands there are, and how each way of going wrong ends.

Exit codes: 0 done, 1 a run ended early (what it has is kept), 2 input that cannot be used, 130 Ctrl-C before
there was anything to keep. Modules of commands import only what describes their options; what computes is
imported when it is needed, so that the command starts at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError, Parameter, UnusedCliTokensError

from mgsim.app.calibrate import calibrate
from mgsim.app.demo import demo
from mgsim.app.explain import explain
from mgsim.app.export import export
from mgsim.app.info import info, list_fibres
from mgsim.app.playground import playground
from mgsim.app.run import run
from mgsim.app.screen import complain
from mgsim.app.validate import validate
from mgsim.language.errors import InputError
from mgsim.version import __version__

_ABOUT = """What magnesium does to a muscle fibre: calcium, force and their causes, simulated.

For example:

    mgsim demo
    mgsim run twitch --set Mg="0.2 mM" --plot twitch.png
    mgsim run train --rate "50 Hz" --json
    mgsim explain --set Mg="0.2 mM"
    mgsim info mouse_edl
    mgsim validate
    mgsim playground -o page.html

Each command says more: mgsim run --help"""

app = App(
    name="mgsim",
    version=f"mgsim {__version__}",
    help=_ABOUT,
    help_format="plaintext",
    default_parameter=Parameter(negative=(), show_default=False),
)
app.command(demo)
app.command(run)
app.command(explain)
app.command(info)
app.command(validate)
app.command(calibrate)
app.command(playground)
app.command(export)
app.command(list_fibres, name="list")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``mgsim``; without them, those that the process was started with.

    Returns
    -------
    int
        The exit code of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that knows no "²" shows "?" for it
            stream.reconfigure(errors="replace")
    # A cell is too small a problem for threads, and a command line has no window to draw in.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("MPLBACKEND", "Agg")
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        command, bound, *_ = app.parse_args(words, exit_on_error=False, print_error=False)
        code = command(*bound.args, **bound.kwargs)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except InputError as error:
        complain(_one_line(str(error)))
        return 2
    except CycloptsError as error:
        complain(
            f"{_wrong_words(error)} (mgsim {words[0]} --help says more)"
            if words[0] in app
            else _wrong_words(error)
        )
        return 2
    except KeyboardInterrupt:
        complain("interrupted before there was anything to keep")
        return 130
    except BrokenPipeError:  # the reader has seen enough, as in `mgsim info mouse_edl | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _wrong_words(error: CycloptsError) -> str:
    """Say what is wrong with the words after ``mgsim``."""
    if isinstance(error, UnusedCliTokensError):
        surplus = " ".join(repr(word) for word in error.unused_tokens or ())
        return f'{surplus} is too much; a value with a space needs quotes, as in --set Mg="0.2 mM"'
    return _one_line(str(error)).removesuffix(".")


def _one_line(text: str) -> str:
    return " ".join(text.split())
