"""The pictures of the site, made from the model when the site is made, so that none is older than the model."""

from __future__ import annotations

from pathlib import Path


def pictures(folder: Path) -> None:
    """Draw what falling free Mg²⁺ does to twitch and tetanus, and which mechanism does it to a twitch."""
    import mgsim
    from mgsim.app import demo

    recordings: demo.Recordings = {}
    for _, title, level, result in demo.record():
        recordings.setdefault(title, {})[level] = result
    demo.draw(recordings, folder)
    why = mgsim.explain(
        mgsim.fibre.mouse_edl(), Mg="0.4 mM", read=["twitch_force", "contraction_duration", "half_relaxation"]
    )
    mgsim.plot.save(why.plot(), folder / "which_mechanism.png")
