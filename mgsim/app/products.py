"""The options that say what becomes of a run: how exactly it is computed, drawn, saved and told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cyclopts import Parameter

from mgsim.language.errors import InputError, unknown

if TYPE_CHECKING:
    from mgsim.language.model import Model
    from mgsim.result import Result


@Parameter(name="*", allow_leading_hyphen=True)  # "-3 Hz" is a value, and a wrong one
@dataclass(frozen=True)
class Products:
    """What becomes of it.

    Parameters
    ----------
    plot
        Draw it to this file: .png, .pdf or .svg.
    show
        A trace that --plot draws, such as force, Ca, Mg or V_sarcolemma; may be given several times.
    save
        Save all traces to this file: .csv, .nc (NetCDF) or .json.
    json
        Print one JSON object instead of tables.
    every
        Time between two samples, such as "0.1 ms"; it changes what is shown, never what is computed.
    rtol
        Relative error allowed in a step; 1e-5 where it is not given.
    time_budget
        Stop after so much time of computing, such as "30 s", and keep what is there.
    step_budget
        Stop after so many steps of the solver, and keep what is there.
    """

    plot: str | None = None
    show: tuple[str, ...] = ()
    save: str | None = None
    json: bool = False
    every: str | None = None
    rtol: float | None = None
    time_budget: str | None = None
    step_budget: int | None = None

    def check(self, model: Model) -> None:
        """Refuse, before anything is computed, files that could not be written and traces that will not be."""
        if self.plot is not None:
            from mgsim.plot.figure import picture_path

            picture_path(self.plot)
        if self.save is not None:
            from mgsim.result_files import checked_path

            checked_path(self.save)
        if self.show and self.plot is None:
            raise InputError("--show says what --plot draws; give --plot a file, such as twitch.png")
        known = [q.name for q in (*model.system.states, *model.system.outputs)]
        for name in self.show:
            if name not in known:
                raise unknown("trace", name, known)

    def how(self) -> dict[str, Any]:
        """Give the options of `simulate`."""
        from mgsim.times import seconds

        chosen: dict[str, Any] = {"every": self.every, "rtol": self.rtol, "step_budget": self.step_budget}
        if self.step_budget is not None and self.step_budget < 1:
            raise InputError(f"--step-budget must be at least 1; got {self.step_budget}")
        if self.time_budget is not None:
            chosen["time_budget"] = seconds(self.time_budget, "--time-budget")
        return {name: value for name, value in chosen.items() if value is not None}

    def write(self, result: Result, caption: str) -> list[str]:
        """Save and draw the result; give the names of the files."""
        written = []
        if self.save is not None:
            result.save(self.save)
            written.append(self.save)
        if self.plot is not None and result.time.size > 1:
            from mgsim import plot

            if self.show or not _tires(result):
                panels = plot.traces(result, self.show or ("force", "Ca"), caption=caption)
            else:
                panels = plot.fatigue(result, caption=caption)
            plot.save(panels, self.plot)
            written.append(self.plot)
        return written


def _tires(result: Result) -> bool:
    """Tell whether the picture of fatigue can be drawn of a run."""
    from mgsim.ledger import counts_energy
    from mgsim.tiring import contracted

    return result.protocol.name in ("fatigue", "hold") and counts_energy(result) and contracted(result)
