"""Which mechanism does it: a change is computed again with each part of the fibre blind to it, and with each alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed

from mgsim.attribution.attribution import Attribution
from mgsim.attribution.readings import Reading, chosen, read_off
from mgsim.attribution.shares import Effect, difference
from mgsim.attribution.sight import REST, Part, blinded, is_seen, parts_of, seen_from
from mgsim.language.errors import InputError, need
from mgsim.language.model import Model, Value
from mgsim.measured import Measure
from mgsim.resting_state import NoRest, resolve

Read = Mapping[str, Measure]
_NORMAL, _REFERENCE, _CHANGED = "normal", "reference", "changed"
_REST = f"alone {REST}"
_MUST = (_NORMAL, _REFERENCE, _CHANGED)
_ALL_BLIND = "Mg"  # the one amount to which everything that sees it can be blind


def explain(
    model: Model,
    values: Mapping[str, Value] | None = None,
    *,
    acute: bool = False,
    read: Iterable[str] | None = None,
    jobs: int = 2,
    on_progress: Callable[[float], None] | None = None,
    **more: Value,
) -> Attribution:
    """Tell which mechanism makes which part of what a change of magnesium, or of ATP, does to a fibre.

    The change is computed again with each part of the fibre blind to it (what is then *lost* of the change), and
    with each part *alone* seeing it. The parts multiply, so that neither adds up to the whole; what is left over is
    their interaction. Parts that burn MgATP see magnesium as MgATP, which only ATP can make less: what they do alone
    is what they add to ATP alone.

    The reference is the normal fibre with every part blind: each sees the normal resting amount, also while the
    amount moves during a contraction.

    Parameters
    ----------
    model : Model
        The normal fibre. Whatever was changed in it holds for all that are compared.
    values, **more
        The amount that changes and its new value, such as ``Mg="0.2 mM"``.
    acute : bool
        Whether it changed a minute ago; else every pool has settled (steady).
    read : iterable of str, optional
        Names of the measures, such as "twitch_force"; all of them without it.
    jobs : int
        Fibres that are computed at the same time. The compiled model leaves Python free meanwhile.
    on_progress : callable, optional
        Called with the share that is done, 0 to 1.

    Returns
    -------
    Attribution
        The effects, as a table, for JSON and as a picture.

    Raises
    ------
    InputError
        Where nothing changes, nothing sees the change, or a name is unknown.
    NoRest
        Where the normal or the changed fibre has no rest. A blind one without rest leaves its row without a value.

    Examples
    --------
    >>> import mgsim
    >>> why = mgsim.explain(mgsim.fibre.mouse_edl(), Mg="0.4 mM", read=["twitch_force"])
    >>> why["twitch_force"].total.value > 0
    True
    """
    need("model", model, Model, "mgsim.fibre.mouse_edl()")
    readings = chosen(read)
    if jobs < 1:
        raise InputError(f"jobs = {jobs}; at least one fibre has to be computed at a time")
    species, level = _one({**(values or {}), **more})
    changed = _changed(model, species, level, acute)
    parts = parts_of(changed, species)
    if not parts:
        raise InputError(f"nothing in {model.name} sees {species}: there is no mechanism to attribute its effect to")
    resolve(changed.reference)  # what blind mechanisms see, before many ask for it at the same time
    found = _compute(_variants(model, changed, species, parts), readings, jobs, on_progress)
    effects = tuple(_effect(reading, found, parts, species) for reading in readings)
    return Attribution(model, changed, species, parts, effects)


def _one(values: Mapping[str, Value]) -> tuple[str, Value]:
    if len(values) != 1:
        got = ", ".join(values) or "nothing"
        raise InputError(f'explain takes one amount that changes, such as Mg="0.2 mM"; got {got}')
    ((name, level),) = values.items()
    return name, level


def _changed(model: Model, species: str, level: Value, acute: bool) -> Model:
    """Change the amount; refuse what no mechanism could be blind to, and what is no change."""
    path = model.find(species)
    anchors = {a.name: a for a in model.anchors}
    seen = [a.name for a in model.anchors if is_seen(model, a)]
    if path not in anchors:
        whose = f"of {path.partition('.')[0]}" if "." in path else "of the whole fibre"
        raise InputError(
            f"{species} is a parameter {whose}, not an amount that mechanisms see; "
            f"change it in the fibre itself, and explain one of {', '.join(seen)}"
        )
    if path not in seen:
        raise InputError(
            f"{species} is a total that no mechanism sees as such, so none can be blind to it; explain "
            f"{' or '.join(seen)}"
        )
    steady = model.with_({path: level})
    if steady.value(path) == model.value(path):
        number, unit = model.value(path), model.unit_of(path)
        raise InputError(f"{species} is {number:g} {unit} already, so nothing changes; give another level")
    if not acute:
        return seen_from(steady, model)
    if anchors[path].of != (species,):
        raise InputError(f"{species} stands for several forms, which cannot be changed at once; leave out acute")
    return seen_from(model.acute(**{species: level}), model)


def _variants(model: Model, changed: Model, species: str, parts: tuple[Part, ...]) -> dict[str, Model]:
    """Make every fibre that is computed, by its name."""

    def only(*seeing: str) -> Model:
        return blinded(changed, species, [part for part in parts if part.name not in seeing])

    made = {
        _NORMAL: model,
        _REFERENCE: blinded(seen_from(model, model), species, parts),
        _CHANGED: changed,
    }
    if species != _ALL_BLIND:
        made[_REST] = only()
    for part in parts:
        made[f"lost {part.name}"] = blinded(changed, species, [part])
        made[f"alone {part.name}"] = only(part.name, *_through(part, parts))
    return made


def _through(part: Part, parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Name the other part by which this one sees the change."""
    return tuple(other.name for other in parts if other.name == part.through)


def _compute(
    variants: Mapping[str, Model],
    readings: tuple[Reading, ...],
    jobs: int,
    on_progress: Callable[[float], None] | None,
) -> dict[str, Read]:
    found: dict[str, Read] = {}
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running = {pool.submit(_read, name, model, readings): name for name, model in variants.items()}
        try:
            for done in as_completed(running):
                found[running[done]] = done.result()
                if on_progress is not None:
                    on_progress(len(found) / len(variants))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return found


def _read(name: str, model: Model, readings: tuple[Reading, ...]) -> Read:
    try:
        return read_off(model, readings)
    except NoRest as reason:
        if name in _MUST:
            raise
        why = str(reason).removeprefix(f"{model}: ")
        return {one.name: Measure(one.name, math.nan, one.unit, why) for one in readings}


def _effect(reading: Reading, found: Mapping[str, Read], parts: tuple[Part, ...], species: str) -> Effect:
    """Compare one measure of all fibres."""
    value = {name: measures[reading.name] for name, measures in found.items()}
    lost = {p.name: difference("lost", value[_CHANGED], value[f"lost {p.name}"]) for p in parts}
    alone = {}
    unseen = value.get(_REST, value[_REFERENCE])
    for part in parts:
        others = _through(part, parts)
        base = value[f"alone {others[0]}"] if others else unseen
        alone[part.name] = difference("alone", value[f"alone {part.name}"], base)
    if _REST in value:
        lost[REST] = Measure("lost", math.nan, reading.unit, f"what else {species} does cannot be made blind")
        alone[REST] = difference("alone", unseen, value[_REFERENCE])
    return Effect(reading, value[_NORMAL], value[_REFERENCE], value[_CHANGED], lost, alone)
