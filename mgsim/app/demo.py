"""``mgsim demo``: what falling magnesium does to a fast fibre, in pictures, numbers and a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from mgsim.app.screen import complain, progress, table
from mgsim.language.errors import InputError

if TYPE_CHECKING:
    from mgsim.protocol import Protocol
    from mgsim.result import Result

LEVELS = (0.9, 0.6, 0.4, 0.2)  # mM
UNFUSED, FUSED = "30 Hz", "125 Hz"
Recordings = dict[str, dict[str, "Result"]]
_HEADING = "free Mg²⁺ (mM)"


def demo(*, folder: Annotated[str, Parameter(name=["--output", "-o"])] = "mgsim-demo") -> int:
    """Show what falling free Mg2+ does to a fast fibre: pictures, a table, a sentence.

    It stimulates mouse EDL once, slowly and fast, at four levels of free Mg2+, and draws force and free Ca2+; then
    it lets the fibre tire and rest, and draws its metabolites and where its ATP went and came from.

    For example:

        mgsim demo
        mgsim demo -o pictures

    Parameters
    ----------
    folder
        Where the pictures go; the folder is made where there is none. Without it, mgsim-demo.
    """
    from mgsim.app import tiring
    from mgsim.app.sentence import what_is_seen

    target = _folder(folder)
    done: Recordings = {}
    tired: dict[str, Result] = {}
    total = len(experiments())
    files: list[Path] = []
    try:
        with progress("computing and drawing") as tell:
            for share, title, level, result in record():
                if result.outcome.kind == "interrupted":
                    raise KeyboardInterrupt
                if not result.outcome.ok:
                    complain(f"{title} at {level} mM ended early: {result.outcome.message}")
                    return 1
                done.setdefault(title, {})[level] = result
                if tell is not None:
                    tell(share)
            for level, result in tiring.record(LEVELS[0], tell):
                if result.outcome.kind == "interrupted":
                    raise KeyboardInterrupt
                if not result.outcome.ok:
                    complain(f"fatigue at {level} mM ended early: {result.outcome.message}")
                    return 1
                tired[level] = result
            files = draw(done, target) + tiring.draw(tired, target)
    except KeyboardInterrupt:
        done = {title: runs for title, runs in done.items() if len(runs) == len(LEVELS)}
        kept = len(done) + bool(tired)
        complain(f"interrupted; {kept} of {total + 1} experiments were complete enough and are kept")
        files = draw(done, target) + tiring.draw(tired, target)
    if done:
        print("mouse_edl at 25 °C; at each level of free Mg²⁺ all pools have settled (steady)\n")
        print(f"{measured(done)}\n\n{what_is_seen(done)}")
    if tired:
        print(f"\n{tiring.measured(tired)}\n\n{tiring.what_is_seen(tired)}".rstrip())
    if files:
        print("\nwrote " + "\n      ".join(map(str, files)))
    return 0 if len(done) == total and len(tired) == len(tiring.LEVELS) else 1 if files else 130


def experiments() -> dict[str, Protocol]:
    """Give what is done to the fibre, by its title."""
    from mgsim import protocol

    return {
        "Twitch": protocol.twitch(duration="0.3 s"),
        f"Unfused tetanus, {UNFUSED}": protocol.train(UNFUSED, "0.4 s", after="0.3 s"),
        f"Fused tetanus, {FUSED}": protocol.train(FUSED, "0.4 s", after="0.3 s"),
    }


def record() -> Iterator[tuple[float, str, str, Result]]:
    """Run each experiment at each level; give the share of all work that is done, title, level and result."""
    from mgsim.fibre import mouse_edl
    from mgsim.simulation import simulate

    model = mouse_edl()
    normal = model.value("Mg")
    runs = [(title, protocol, level) for title, protocol in experiments().items() for level in LEVELS]
    for k, (title, protocol, level) in enumerate(runs):
        result = simulate(model.with_(Mg=f"{level} mM"), protocol)
        called = f"{level:g} normal" if level == normal else f"{level:g}"
        yield 0.25 * (k + 1) / len(runs), title, called, result


def draw(recordings: Recordings, folder: Path) -> list[Path]:
    """Draw the experiments beside each other, and each on its own; give the files."""
    from mgsim import plot
    from mgsim.app.sentence import what_is_seen

    files = []
    if len(recordings) > 1:
        files.append(folder / "demo.png")
        panels = plot.side_by_side(recordings, heading=_HEADING, caption=what_is_seen(recordings))
        plot.save(panels, files[-1])
    for title, results in recordings.items():
        files.append(folder / f"{title.partition(',')[0].lower().replace(' ', '_')}.png")
        caption = f"{title}. {what_is_seen({title: results})}"
        plot.save(plot.traces(results, heading=_HEADING, caption=caption), files[-1])
    return files


def measured(recordings: Recordings) -> str:
    """Write the measures of all experiments as a table."""
    from mgsim import measure

    rows = []
    for title, results in recordings.items():
        for k, (level, result) in enumerate(results.items()):
            cells = [
                f"{float(measure.amplitude(result)):.0f}",
                f"{float(measure.half_relaxation(result)):.1f}",
                f"{float(measure.ripple(result)):.1f}",
                f"{float(measure.peak(result, 'Ca')):.1f}",
                f"{float(measure.half_duration(result, 'Ca')):.1f}",
            ]
            rows.append(["" if k else title, level, *("-" if cell == "nan" else cell for cell in cells)])
    head = ["", _HEADING, "force above rest (kN/m²)", "half-relaxation (ms)", "ripple (%)"]
    head += ["peak Ca²⁺ (µM)", "Ca²⁺ above half (ms)"]
    return table(head, rows, right=[2, 3, 4, 5, 6])


def _folder(path: str) -> Path:
    """Make the folder, before anything is computed; refuse one that could not be written to."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {path!r}: {error.strerror or error}") from error
    if not path or not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(f"cannot write into {path!r}; name a folder that you may write to")
    return folder
