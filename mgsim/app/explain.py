"""``mgsim explain``: which mechanism makes which part of what a change of magnesium does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from mgsim.app.preparation import fibre_named, pairs
from mgsim.app.screen import print_json, progress
from mgsim.language.errors import InputError

if TYPE_CHECKING:
    from mgsim.language.model import Model


def explain(
    *,
    fibre: str = "mouse_edl",
    changes: Annotated[tuple[str, ...], Parameter(name="--set")] = (),
    temperature: str | None = None,
    acute: bool = False,
    read: Annotated[tuple[str, ...], Parameter(name="--read")] = (),
    amounts: bool = False,
    picture: Annotated[str | None, Parameter(name=["--plot", "-o"])] = None,
    json: Annotated[bool, Parameter(name="--json")] = False,
    jobs: int = 2,
) -> int:
    """Say which mechanism makes which part of what low magnesium does to twitch, tetanus, rest and fatigue.

    Each part of the fibre (RyR1, thin filament, parvalbumin, ATP as a buffer of calcium, SERCA, cross-bridge, Na/K pump
    and energy metabolism) is made blind to the new magnesium, and then sees it alone. "lost" is what disappears of the
    change when this part is blind, "alone" what appears when only this part sees. Neither adds up to the whole: what
    is left over is the interaction.

    For example:

        mgsim explain --set Mg="0.2 mM"
        mgsim explain --set Mg="0.4 mM" --acute -o which_mechanism.png
        mgsim explain --set Mg="0.3 mM" --fibre human_fast --read twitch_force --read half_relaxation
        mgsim explain --set ATP="4 mM" --read twitch_force --json

    Parameters
    ----------
    fibre
        The fibre; mgsim list names them.
    changes
        The amount that changes: --set Mg="0.2 mM", or ATP. What else is set (parameters) holds before and after.
    temperature
        Such as "16 °C"; that of the fibre where it is not given.
    acute
        The change came a minute ago; without it every pool has settled, as after weeks (steady).
    read
        Only this measure, which may be given several times: contraction_time, half_relaxation,
        contraction_duration, twitch_force, tension_time_integral, resting_tension, resting_Ca,
        tetanus_half_relaxation, fatigue_index (the slowest).
    amounts
        Print what is lost and alone in the unit of the measure, not in % of the change.
    picture
        Draw the main measures to this file: .png, .pdf or .svg.
    json
        Print one JSON object instead of a table.
    jobs
        How many fibres are computed at the same time.
    """
    from mgsim.attribution.explain import explain as attribute
    from mgsim.attribution.sentence import main_effects, what_does_it

    if picture is not None:
        from mgsim.plot.figure import picture_path

        picture_path(picture)
    model, changed = _sorted(fibre_named(fibre), changes, temperature)
    with progress(f"blinding {fibre}, one part after another") as tell:
        found = attribute(model, changed, acute=acute, read=read or None, jobs=jobs, on_progress=tell)
    said = what_does_it(found)
    drawn = picture is not None and bool(main_effects(found.effects))
    if picture is not None and drawn:
        from mgsim import plot

        plot.save(found.plot(), picture)
    if json:
        print_json({**found.as_dict(), "said": said, "files": [picture] if drawn else []})
        return 0
    print(f"{found.table(amounts=amounts)}\n\n{said}")
    if picture is not None:
        print(f"\nwrote {picture}" if drawn else f"\n{picture} was not written: there is no change to share out")
    return 0


def _sorted(model: Model, given: tuple[str, ...], temperature: str | None) -> tuple[Model, dict[str, str]]:
    """Sort what --set gives into the amount that changes, and parameters that hold before and after."""
    from mgsim.attribution.sight import is_seen

    if temperature is not None:
        model = model.at(temperature)
    amounts = [anchor.name for anchor in model.anchors if is_seen(model, anchor)]
    changed: dict[str, str] = {}
    parameters: dict[str, str] = {}
    for name, value in pairs(given, "--set", 'NAME=VALUE, such as Mg="0.2 mM"'):
        path = model.find(name)
        if path in changed or path in parameters or (path == "T" and temperature is not None):
            raise InputError(f"{name} is set twice; set it once")
        (changed if path in amounts else parameters)[path] = value
    if not changed:
        only = f"; {', '.join(parameters)} would hold before and after" if parameters else ""
        raise InputError(f'explain needs an amount that changes, such as --set Mg="0.2 mM"{only}')
    return model.with_(parameters), changed
