"""What is done to the length of a fibre: where it is held, the load it lifts, and how it is moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from mgsim.language.errors import InputError, unknown
from mgsim.language.units import quantity
from mgsim.times import plain_time, rounded, seconds

SHORTEST, LONGEST = 1.0, 5.0  # µm; no sarcomere that contracts is shorter or longer
MOST_CHANGE = 0.6  # of the reference length


@dataclass(frozen=True)
class Move:
    """A change of length at constant speed.

    Attributes
    ----------
    change : float
        Share of the reference length, shortening negative.
    start, stop : float
        It begins and ends at these times, s.
    """

    change: float
    start: float
    stop: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "change", quantity(self.change, like="1", name="the change of length"))
        start = seconds(self.start, "the start of the change of length", zero=True)
        stop = seconds(self.stop, "the end of the change of length")
        if not start < stop:
            raise InputError(f"a change of length must end after it begins; got {start:g} s to {stop:g} s")
        if not 0.0 < abs(self.change) <= MOST_CHANGE:
            raise InputError(
                f"a fibre is moved by at most {MOST_CHANGE:.0%} of its length, and by more than nothing; "
                f"got {self.change:+.3g} (write -5 % as '-5%')"
            )
        object.__setattr__(self, "start", rounded(start))
        object.__setattr__(self, "stop", rounded(stop))

    @property
    def speed(self) -> float:
        """Reference lengths per second, shortening negative."""
        return self.change / (self.stop - self.start)


@dataclass(frozen=True)
class Loading:
    """What is done to the length of a fibre during one recording.

    Attributes
    ----------
    length : float or None
        Length at which sarcomeres are held, or begin, µm; the preparation's own without it.
    load : str or None
        What the fibre lifts, as tension ("80 kN/m²") or as a share of the highest tension that the same stimuli give
        at fixed length ("30%").
    free : float
        From when on it may lift the load, s; until then its length is held.
    moves : tuple of Move
        Changes of length that a motor imposes, in order.
    """

    length: float | None = None
    load: str | None = None
    free: float = 0.0
    moves: tuple[Move, ...] = ()

    def __post_init__(self) -> None:
        if self.length is not None and not SHORTEST <= self.length <= LONGEST:
            raise InputError(
                f"sarcomeres are {SHORTEST:g} to {LONGEST:g} µm long, most of them near 2.4; got {self.length:g} µm"
            )
        if self.load is not None:
            if self.moves:
                raise InputError("a fibre either lifts a load or is moved by a motor; take one of them")
            self.tension(1.0)
        object.__setattr__(self, "moves", in_order(self.moves))

    @property
    def relative(self) -> bool:
        """Whether the load is a share of the isometric tension."""
        return self.load is not None and self.load.strip().endswith("%")

    def tension(self, isometric: float) -> float:
        """The load in kN/m², given the isometric tension."""
        if not isinstance(self.load, str):
            raise InputError(f"a load is written with its unit, such as '30%' or '80 kN/m²'; got {self.load!r}")
        share = self.relative
        tension = quantity(self.load, "1" if share else "kN/m²", "load") * (isometric if share else 1.0)
        if not 0.0 <= tension < float("inf"):
            raise InputError(f"a load pulls with zero or more; got {self.load!r}")
        return tension

    def edges(self, duration: float) -> set[float]:
        """Times within the recording at which something about the length changes, s."""
        times = {self.free, *(m.start for m in self.moves), *(m.stop for m in self.moves)}
        return {t for t in times if 0.0 < t < duration}

    def value(self, channel: str, time: float) -> float:
        """Value of an input at a time (s): "free" is 1 where the load may be lifted, "speed" is in s⁻¹."""
        if channel == "free":
            return float(self.load is not None and time >= self.free)
        return sum(m.speed for m in self.moves if m.start <= time < m.stop)

    def phrases(self) -> list[str]:
        """Say in plain words what is done."""
        said = []
        if self.length is not None:
            said.append(f"sarcomeres {self.length:g} µm long")
        if self.load is not None:
            what = f"{self.load} of its isometric force" if self.relative else self.load
            said.append(f"lifting {what}" + (f" from {plain_time(self.free)} on" if self.free else ""))
        if len(self.moves) > 3:
            span = f"{plain_time(self.moves[0].start)} to {plain_time(self.moves[-1].stop)}"
            said.append(f"moved {len(self.moves)} times from {span}")
        else:
            said += [
                f"{'shortened' if m.change < 0 else 'stretched'} by {abs(m.change):.3g} of its length from "
                f"{plain_time(m.start)} to {plain_time(m.stop)}"
                for m in self.moves
            ]
        return said

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain numbers and text."""
        return {**asdict(self), "moves": [asdict(m) for m in self.moves]}

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Loading:
        """Make it again from what `as_dict` gave."""
        names = [f.name for f in fields(cls)]
        for name in given:
            if name not in names:
                raise unknown("field of a loading", str(name), names)
        moves = tuple(Move(**m) for m in given.get("moves", ()))
        return cls(**{**given, "moves": moves})


def in_order(moves: Iterable[Move]) -> tuple[Move, ...]:
    """Return the moves by their start; refuse two at one time."""
    ordered = tuple(sorted(moves, key=lambda m: m.start))
    for one, after in zip(ordered, ordered[1:], strict=False):
        if after.start < one.stop:
            raise InputError(f"two changes of length overlap at {after.start:g} s; end one before the next")
    return ordered
