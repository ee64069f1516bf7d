"""Run the experiments behind the pictures, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from mgsim.curve import Undefined
from mgsim.evidence.curves.index import Entry
from mgsim.evidence.curves.picture import Fibres, Picture
from mgsim.evidence.experiments.recording import NoValue
from mgsim.resting_state import NoRest


def draw_all(
    entries: Sequence[Entry], fibres: Fibres, jobs: int = 2, on_progress: Callable[[float], None] | None = None
) -> dict[str, Picture | str]:
    """Draw pictures.

    Parameters
    ----------
    entries : sequence of Entry
        What is drawn.
    fibres : Fibres
        The preparations; those that the rows were computed with spare runs that both need.
    jobs : int
        Pictures that are computed at the same time.
    on_progress : callable, optional
        Called with the share that is done, 0 to 1.

    Returns
    -------
    dict of str to Picture or str
        Each picture by the name of its entry; where an experiment gives none, the reason.
    """
    found: dict[str, Picture | str] = {}
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running = {pool.submit(_draw, entry, fibres): entry.name for entry in entries}
        try:
            for done in as_completed(running):
                found[running[done]] = done.result()
                if on_progress is not None:
                    on_progress(len(found) / len(entries))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return {entry.name: found[entry.name] for entry in entries}


def _draw(entry: Entry, fibres: Fibres) -> Picture | str:
    """Draw one picture, or say why there is none; any error but a missing value is one of the program."""
    try:
        return entry.draw(fibres)
    except (NoValue, NoRest, Undefined) as reason:
        return " ".join(str(reason).split())
    except Exception as error:
        error.add_note(f"while the picture {entry.name} was drawn")
        raise
