"""The picture of the first page, drawn when the site is made, so that it is never older than the model."""

from __future__ import annotations

from pathlib import Path


def pictures(folder: Path) -> None:
    """Draw what falling free Mg²⁺ does to twitch and tetanus."""
    from mgsim.app import demo

    recordings: demo.Recordings = {}
    for _, title, level, result in demo.record():
        recordings.setdefault(title, {})[level] = result
    demo.draw(recordings, folder)
