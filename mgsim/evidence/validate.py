"""Run the experiments behind the measurements, side by side, and set up the scoreboard."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed

from mgsim.evidence.experiments.recording import NoValue
from mgsim.evidence.measurements import Measurement, select
from mgsim.evidence.scoreboard import Row, Scoreboard
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.resting_state import NoRest


def validate(
    only: str | Iterable[str] | None = None,
    jobs: int = 2,
    on_progress: Callable[[float], None] | None = None,
    preparations: Mapping[str, Model] | None = None,
) -> Scoreboard:
    """Compare the model with what was measured.

    Parameters
    ----------
    only : str or iterable of str, optional
        Patterns of rows or topics, such as "T22", "T2*" or "release"; everything without it.
    jobs : int
        Experiments that run at the same time. The compiled model leaves Python free meanwhile.
    on_progress : callable, optional
        Called with the share that is done, 0 to 1.
    preparations : mapping of str to Model, optional
        Fibres to use in place of those of the table, by their names there, such as "mouse_edl".

    Returns
    -------
    Scoreboard
        One row for each measurement that was asked for, in the order of the table.

    Raises
    ------
    InputError
        For a pattern that means no row, or less than one job.

    Examples
    --------
    >>> board = validate("T5.peak")
    >>> board["T5.peak"].measurement.unit
    'µM/ms'
    """
    if jobs < 1:
        raise InputError(f"jobs = {jobs}; at least one experiment has to run at a time")
    chosen = select(only)
    fibres = _fibres(chosen, preparations or {})
    rows: dict[str, Row] = {}
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running = [pool.submit(compare, m, fibres[m.preparation]) for m in chosen]
        try:
            for done in as_completed(running):
                row = done.result()
                rows[row.measurement.id] = row
                if on_progress is not None:
                    on_progress(len(rows) / len(chosen))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return Scoreboard(tuple(rows[m.id] for m in chosen))


def compare(measurement: Measurement, model: Model) -> Row:
    """Run the experiment of one measurement on a model.

    Where the model gives no number, because it has no rest, a measure is undefined or there is nothing to compare
    with, the row says why. Any other error is one of the program and is raised, with the row's id.
    """
    try:
        value = float(measurement.run(model, **measurement.given))
    except (NoValue, NoRest) as reason:
        return Row(measurement, math.nan, " ".join(str(reason).split()))
    except ZeroDivisionError:
        return Row(measurement, math.nan, "what it is compared with is nothing")
    except Exception as error:
        error.add_note(f"while row {measurement.id} was run")
        raise
    if not math.isfinite(value):
        return Row(measurement, math.nan, f"the experiment gives {value}")
    return Row(measurement, value)


def _fibres(chosen: Iterable[Measurement], given: Mapping[str, Model]) -> dict[str, Model]:
    """Make each fibre once, so that the rows share its compiled code and its rest."""
    from mgsim import fibre

    names = {m.preparation for m in chosen}
    return {name: given[name] if name in given else getattr(fibre, name)() for name in names}
