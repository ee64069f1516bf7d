"""``mgsim calibrate``: the fits that gave mgsim its fitted numbers, run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import dumps, loads
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from mgsim.app.fits import lines_of, listed, listing, text
from mgsim.app.screen import complain, print_json, progress
from mgsim.language.errors import InputError

if TYPE_CHECKING:
    from mgsim.evidence.calibrate.fit import Closing, Fit
    from mgsim.evidence.calibrate.found import Found
    from mgsim.language.model import Model

_STARTS = ("committed", "scattered")


def calibrate(
    name: str,
    /,
    *,
    start: Annotated[str, Parameter(name="--from")] = "committed",
    seed: int = 1,
    check: bool = False,
    json: bool = False,
    preset: bool = False,
    write: Path | None = None,
    jobs: int = 2,
    verbose: bool = False,
) -> int:
    """Fit parameters to measurements again, within bounds from the literature.

    For example:

        mgsim calibrate list
        mgsim calibrate mouse_edl.release
        mgsim calibrate mouse_edl --write found.json
        mgsim calibrate mouse_edl.release --from found.json --preset
        mgsim calibrate mouse_edl.release --check

    z is the distance from what is wanted in units of its spread; an uncertainty is one standard deviation, from
    the spreads of the targets and priors. It ends with code 0, with 1 where a fit does not settle, is interrupted
    (the best so far is shown), or where --check does not reach the committed values, and with 2 for wrong input.

    Parameters
    ----------
    name
        A fit such as mouse_edl.release, or a fibre for all its fits in their order, each with what the ones before
        it found; list shows them.
    start
        Where the search begins: committed (the default), scattered (each parameter multiplied by a random factor
        of at most 1.3), or a file that --write made. What other fits found in that file holds, too.
    seed
        Of the random factors.
    check
        Start scattered, and end with code 1 unless the committed values are found again, within their uncertainty
        or 2 %.
    json
        Print one JSON object instead of tables.
    preset
        Print what was found as lines for a preset, too.
    write
        Save what was found, with units and where it comes from, as JSON.
    jobs
        How many trials run at the same time.
    verbose
        Say on stderr whenever the sum of squares has become less; a fit may take minutes.
    """
    from mgsim.evidence.calibrate.register import find
    from mgsim.whole_file import whole_file, writable

    if jobs < 1:
        raise InputError(f"jobs = {jobs}; at least one trial has to run at a time")
    if name == "list":
        print_json(listed()) if json else print(listing())
        return 0
    chosen = find(name)
    if write is not None:
        writable(write)
    saved = _read(start)
    found: list[Found] = []
    with _ctrl_c() as stop:
        for step in chosen:
            base = _fibre(step, saved, [] if check else found)
            begin = _scattered(step, base, seed) if check or start == "scattered" else saved.get(step.fibre, {})
            done = _run(step, base, begin, jobs, verbose, stop)
            if done is None:
                break
            found.append(done)
            if not json:
                print(text(done) + (f"\n\n{lines_of(done)}" if preset else ""), end="\n\n", flush=True)
            if stop():
                break
    if not found:
        raise KeyboardInterrupt
    about = {"fits": [f.as_dict() for f in found], "from": "scattered" if check else start, "seed": seed}
    if json:
        print_json(about)
    if write is not None:
        with whole_file(write) as part:
            part.write_text(dumps(about, ensure_ascii=False, allow_nan=False, indent=1) + "\n", encoding="utf-8")
    return _code(found, len(chosen), check)


def _fibre(step: Fit | Closing, saved: dict[str, dict[str, float]], before: list[Found]) -> Model:
    """Take the fibre of a fit with what other fits found: those of a file, then those before it."""
    from mgsim.evidence.calibrate.register import frees
    from mgsim.evidence.calibrate.trial import fibre_named

    others = {p: v for p, v in saved.get(step.fibre, {}).items() if p not in frees(step)}
    for found in before:
        others |= found.changes
    return fibre_named(step.fibre).with_(others)


def _scattered(step: Fit | Closing, base: Model, seed: int) -> dict[str, float]:
    from mgsim.evidence.calibrate.fit import Fit
    from mgsim.evidence.calibrate.solve import scattered

    return scattered(step, base, seed) if isinstance(step, Fit) else {}


def _run(
    step: Fit | Closing, base: Model, begin: dict[str, float], jobs: int, verbose: bool, stop: Callable[[], bool]
) -> Found | None:
    """Run one fit; None where it was interrupted before its first trial."""
    from mgsim.evidence.calibrate.fit import Fit
    from mgsim.evidence.calibrate.search import Stopped
    from mgsim.evidence.calibrate.solve import solve, solve_closing

    if not isinstance(step, Fit):
        return solve_closing(step, base=base)
    def better(trials: int, squares: float) -> None:
        complain(f"{step.id}: {trials} trials, sum of squares with priors {squares:.4g}")

    with progress(f"fitting {step.id}") as tell:
        try:
            return solve(
                step,
                base=base,
                start=begin,
                jobs=jobs,
                on_progress=tell,
                on_better=better if verbose else None,
                stop=stop,
            )
        except Stopped:
            return None


def _read(start: str) -> dict[str, dict[str, float]]:
    """Read what a file that --write made holds, by fibre and path; nothing for the named starts."""
    if start in _STARTS:
        return {}
    found: dict[str, dict[str, float]] = {}
    try:
        for fit in loads(Path(start).read_text(encoding="utf-8"))["fits"]:
            found.setdefault(fit["fibre"], {}).update({p: float(v["value"]) for p, v in fit["parameters"].items()})
    except OSError:
        raise InputError(f"--from takes {' or '.join(_STARTS)}, or a file that --write made; got {start!r}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{start} is no file that mgsim calibrate --write made") from None
    return found


@contextmanager
def _ctrl_c() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C end the search after the experiment that runs; give a function that tells whether it came."""
    import signal

    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield lambda: bool(came)
    finally:
        signal.signal(signal.SIGINT, before)


def _code(found: list[Found], wanted: int, check: bool) -> int:
    """Give the exit code, and say on stderr what is behind it."""
    code = 0 if len(found) == wanted else 1
    for f in found:
        if f.ended != "settled":
            complain(f"{f.fit.id}: {f.ended}; the best values so far are shown")
            code = 1
        if check and f.not_reached:
            complain(f"{f.fit.id}: committed values not found again: {', '.join(v.path for v in f.not_reached)}")
            code = 1
    return code
