"""What is done to a fibre: single pulses, trains, rest, clamps of the voltage or of a free ion, and its load.

Times are in seconds, or text with a unit such as "10 ms". A protocol is a value: it says when stimuli
begin and what is held when. How long one stimulus lasts belongs to the preparation, not to the protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any

from mgsim.contractions import in_words
from mgsim.holds import Hold, holds_in_order
from mgsim.language.errors import InputError
from mgsim.language.units import quantity
from mgsim.loading import Loading, Move
from mgsim.onsets import MOST_PULSES, hertz, onsets_in_order
from mgsim.plain_protocol import plain, read
from mgsim.times import plain_time, rounded, seconds


@dataclass(frozen=True)
class Protocol:
    """What is done to a fibre during one recording.

    Attributes
    ----------
    name : str
        What it is called, such as "twitch".
    duration : float
        Length of the recording, s.
    onsets : tuple of float
        When each stimulus begins, s, ascending; empty for rest.
    holds : tuple of Hold
        What is clamped, and when.
    rate : float or None
        Stimuli per second of a train, Hz.
    loading : Loading or None
        What is done to its length; without it, the fibre is held at its usual length.

    Raises
    ------
    InputError
        For a time that is negative, not finite or outside the recording, for two stimuli at one time, for
        more than 100,000 stimuli, and for two clamps of one thing that overlap.
    """

    name: str
    duration: float
    onsets: tuple[float, ...] = ()
    holds: tuple[Hold, ...] = ()
    rate: float | None = None
    loading: Loading | None = None

    def __post_init__(self) -> None:
        duration = seconds(self.duration, "duration")
        onsets = onsets_in_order(self.onsets, duration)
        holds = holds_in_order(self.holds, duration)
        object.__setattr__(self, "duration", duration)
        object.__setattr__(self, "onsets", onsets)
        object.__setattr__(self, "holds", holds)
        if self.rate is not None:
            object.__setattr__(self, "rate", hertz(self.rate))
        ends = [self.loading.free, *(m.stop for m in self.loading.moves)] if self.loading else [0.0]
        if max(ends) > duration:
            raise InputError(f"the length changes at {max(ends):g} s, after the recording ({duration:g} s)")

    def held(
        self, name: str, value: str, start: str | float = 0.0, stop: str | float | None = None
    ) -> Protocol:
        """Return this protocol with a voltage or a species held, by default all the time.

        Examples
        --------
        >>> twitch().held("Mg", "0.2 mM").describe()
        'One stimulus at 10 ms, recorded for 400 ms; Mg held at 0.2 mM throughout.'
        """
        end = self.duration if stop is None else seconds(stop, f"the end of the {name} clamp")
        begin = seconds(start, f"the start of the {name} clamp", zero=True)
        return replace(self, holds=(*self.holds, Hold(name, value, begin, end)))

    def at_length(self, length: str | float) -> Protocol:
        """Return this protocol with sarcomeres held at, or beginning at, a length, such as "2.8 µm"."""
        return self._loaded(length=quantity(length, like="µm", name="sarcomere length"))

    def afterloaded(self, load: str, *, start: str | float = 0.0) -> Protocol:
        """Return this protocol with a load, which the fibre lifts as soon as its tension reaches it.

        Parameters
        ----------
        load : str
            Tension such as "80 kN/m²", or share of the highest one that the same stimuli give at fixed length ("30%").
        start : str or float
            Until then its length is held; then it is released to the load (isotonic release).

        Examples
        --------
        >>> train("100 Hz", "0.3 s").afterloaded("30%", start="0.2 s").describe()
        '30 stimuli at 100 Hz from 10 ms, recorded for 710 ms; lifting 30% of its isometric force from 200 ms on.'
        """
        return self._loaded(load=load, free=seconds(start, "the time of release", zero=True))

    def moved(self, change: str | float, start: str | float, over: str | float) -> Protocol:
        """Return this protocol with the fibre moved at constant speed from `start` on, `over` so long a time.

        The change is a share of the reference length: "-5%" shortens it, "5%" stretches it.
        """
        begin = seconds(start, "the start of the change of length", zero=True)
        end = rounded(begin + seconds(over, "the time that the change of length takes"))
        move = Move(quantity(change, like="1", name="the change of length"), begin, end)
        return self._loaded(moves=(*(self.loading or Loading()).moves, move))

    def _loaded(self, **changed: Any) -> Protocol:
        return replace(self, loading=replace(self.loading or Loading(), **changed))

    def then(self, other: Protocol) -> Protocol:
        """Return this protocol followed by another one in the same recording."""
        if self.loading or other.loading:
            raise InputError("join protocols first, then say what is done to the length in all of it")
        shift = self.duration
        later = tuple(
            replace(hold, start=rounded(hold.start + shift), stop=rounded(hold.stop + shift))
            for hold in other.holds
        )
        return Protocol(
            name=f"{self.name}, then {other.name}",
            duration=rounded(shift + other.duration),
            onsets=(*self.onsets, *(rounded(onset + shift) for onset in other.onsets)),
            holds=(*self.holds, *later),
            rate=self.rate if self.rate == other.rate else None,
        )

    def describe(self) -> str:
        """Return one plain sentence that says what is done.

        Examples
        --------
        >>> train("50 Hz", "0.5 s").describe()
        '25 stimuli at 50 Hz from 10 ms, recorded for 910 ms.'
        """
        done = f"{in_words(self.onsets, self.rate)}, recorded for {plain_time(self.duration)}"
        parts = [done[0].upper() + done[1:]]
        for hold in self.holds:
            always = hold.start == 0 and hold.stop == self.duration
            span = f"from {plain_time(hold.start)} to {plain_time(hold.stop)}"
            parts.append(f"{hold.name} held at {hold.value} {'throughout' if always else span}")
        return "; ".join([*parts, *(self.loading.phrases() if self.loading else ())]) + "."

    def as_dict(self) -> dict[str, Any]:
        """Return the protocol as plain lists, numbers and text, ready for JSON."""
        return plain(self)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Protocol:
        """Make the protocol again from what `as_dict` gave."""
        return cls(**read(given, [f.name for f in fields(cls)]))


def twitch(*, onset: str | float = "10 ms", duration: str | float = "0.4 s") -> Protocol:
    """Return one stimulus: the fibre twitches once.

    Parameters
    ----------
    onset, duration : str or float
        When the stimulus begins, and how long is recorded; s or text with a unit.
    """
    return Protocol("twitch", seconds(duration, "duration"), (seconds(onset, "onset", zero=True),))


def train(
    rate: str | float, duration: str | float, *, onset: str | float = "10 ms", after: str | float = "0.4 s"
) -> Protocol:
    """Return stimuli at a steady rate: twitches that add up, and at a high rate a tetanus.

    Parameters
    ----------
    rate : str or float
        Stimuli per second; Hz or text with a unit.
    duration : str or float
        How long is stimulated; s or text with a unit. 50 Hz for 0.5 s are 25 stimuli.
    onset, after : str or float
        When the first stimulus begins, and how long is recorded after the stimulation.

    Examples
    --------
    >>> train("100 Hz", "30 ms").onsets
    (0.01, 0.02, 0.03)
    """
    per_second = hertz(rate)
    length = seconds(duration, "duration")
    first = seconds(onset, "onset", zero=True)
    if per_second * length > MOST_PULSES:
        raise InputError(
            f"{per_second:g} Hz for {length:g} s is {per_second * length:.3g} stimuli; at most {MOST_PULSES:,} "
            "are run: lower the rate or the duration"
        )
    count = int(per_second * length) + 1
    onsets = tuple(rounded(first + k / per_second) for k in range(count) if k / per_second < length)
    total = rounded(first + length + seconds(after, "the time after the train", zero=True))
    return Protocol("train", total, onsets, rate=per_second)


def pulses(times: Iterable[str | float], *, duration: str | float) -> Protocol:
    """Return stimuli at given times, in any order; an empty list is rest.

    Examples
    --------
    >>> pulses(["10 ms", 0.05], duration="0.3 s").onsets
    (0.01, 0.05)
    """
    if isinstance(times, str) or not isinstance(times, Iterable):
        raise InputError(f"pulses take a list of times, e.g. ['10 ms', '60 ms']; got {times!r}")
    onsets = tuple(seconds(time, "a pulse time", zero=True) for time in islice(times, MOST_PULSES + 1))
    return Protocol("pulses" if onsets else "rest", seconds(duration, "duration"), onsets)


def rest(duration: str | float) -> Protocol:
    """Return a recording without any stimulus."""
    return Protocol("rest", seconds(duration, "duration"))


def voltage_clamp(
    value: str, duration: str | float, *, onset: str | float = "10 ms", after: str | float = "0.4 s"
) -> Protocol:
    """Return a step of the membrane voltage, such as voltage_clamp("-20 mV", "200 ms")."""
    return species_clamp("V", value, duration, onset=onset, after=after)


def species_clamp(
    name: str, value: str, duration: str | float, *, onset: str | float = 0.0, after: str | float = 0.0
) -> Protocol:
    """Return a clamp of a free concentration, such as species_clamp("Ca", "10 µM", "1 s").

    Parameters
    ----------
    name : str
        The species, as the model names it.
    value : str
        What it is held at, with its unit.
    duration, onset, after : str or float
        How long it is held, and how long is recorded before and after; s or text with a unit.
    """
    begin = seconds(onset, "onset", zero=True)
    end = rounded(begin + seconds(duration, "duration"))
    total = rounded(end + seconds(after, "the time after the clamp", zero=True))
    return Protocol(
        f"{'voltage' if name == 'V' else name} clamp", total, holds=(Hold(name, value, begin, end),)
    )
