"""What ``--help`` says of each command, on one page."""

from __future__ import annotations

import io

from making.markdown import page


def command_page() -> str:
    """Write the help of mgsim and of each of its commands."""
    from cyclopts import App

    from mgsim.app.command_line import app

    blocks = ["# Commands", "What `mgsim --help` and `mgsim COMMAND --help` print."]
    blocks.append(f"```text\n{_help([])}\n```")
    for name in sorted(n for n in app if not n.startswith("-")):
        below = sorted(n for n in app[name] if not n.startswith("-")) if isinstance(app[name], App) else []
        blocks.append(f"(command-{name})=\n## mgsim {name}")
        blocks.append(f"```text\n{_help([name])}\n```")
        for further in below:
            blocks.append(f"### mgsim {name} {further}")
            blocks.append(f"```text\n{_help([name, further])}\n```")
    return page(*blocks)


def _help(words: list[str]) -> str:
    """Catch what one help prints, 88 columns wide."""
    from rich.console import Console

    from mgsim.app.command_line import app

    screen = io.StringIO()
    app.help_print(words, console=Console(file=screen, width=88, color_system=None, legacy_windows=False))
    return "\n".join(line.rstrip() for line in screen.getvalue().strip().splitlines())
