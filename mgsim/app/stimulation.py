"""The options that say what is done to the fibre."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

from cyclopts import Parameter

from mgsim.app.preparation import pairs
from mgsim.language.errors import InputError

if TYPE_CHECKING:
    from mgsim.protocol import Protocol

Kind = Literal["twitch", "train", "pulses", "rest", "clamp", "fatigue", "hold"]
_HOLD = 'NAME=VALUE, such as Mg="0.2 mM" or V="0 mV"'
_TAKES: dict[str, tuple[str, ...]] = {
    "twitch": ("duration",),
    "train": ("rate", "duration", "after"),
    "pulses": ("at", "duration"),
    "rest": ("duration",),
    "clamp": ("duration", "after"),
    "fatigue": ("rate", "duration", "preset", "train", "interval", "recovery"),
    "hold": ("rate", "duration", "falls_to", "recovery"),
}


@Parameter(name="*", allow_leading_hyphen=True)  # "-3 Hz" is a value, and a wrong one
@dataclass(frozen=True)
class Stimulation:
    """What is done to it.

    Parameters
    ----------
    rate
        Stimuli per second of a train, such as "50 Hz".
    duration
        How long a train or a clamp lasts, or how long the others are recorded, such as "0.5 s".
    at
        When pulses come, such as "10 ms"; may be given several times, or as a list: "10 ms, 60 ms".
    hold
        Clamp the voltage or a free species, as in --hold V="0 mV"; in a clamp for its duration, else throughout.
    after
        How long is recorded after a train or a clamp.
    preset
        Whose fatigue: westerblad (350 ms at 70 Hz every 3 s for 5 min) or burke (330 ms at 40 Hz every second for
        2 min). --rate, --train, --interval and --duration change one thing about it.
    train
        How long each train of a fatigue is, such as "350 ms".
    interval
        From one train of a fatigue to the next, such as "3 s".
    falls_to
        Share of its rate towards which that of a hold falls, such as "50 %".
    recovery
        How long is recorded after a fatigue or a hold, with a test contraction every minute.
    """

    rate: str | None = None
    duration: str | None = None
    at: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    after: str | None = None
    preset: str | None = None
    train: str | None = None
    interval: str | None = None
    falls_to: str | None = None
    recovery: str | None = None

    def protocol(self, kind: Kind) -> Protocol:
        """Make the protocol that these options describe."""
        from mgsim import protocol

        for option in (f.name for f in fields(self) if f.name != "hold"):
            if getattr(self, option) and option not in _TAKES[kind]:
                fitting = " or ".join(name for name, options in _TAKES.items() if option in options)
                raise InputError(f"{_a(kind)} has no --{option.replace('_', '-')}; it belongs to {fitting}")
        holds = pairs(self.hold, "--hold", _HOLD)
        names = [name for name, _ in holds]
        for name in names:
            if names.count(name) > 1:
                raise InputError(f"{name} is held twice; hold it once")
        if kind == "clamp":
            return self._clamp(holds)
        if kind == "train":
            if self.rate is None:
                raise InputError('a train needs a rate, e.g. --rate "50 Hz"')
            made = protocol.train(self.rate, self.duration or "0.5 s", after=self.after or "0.4 s")
        elif kind == "pulses":
            times = [time.strip() for text in self.at for time in text.split(",")]
            if not times:
                raise InputError('pulses need their times, e.g. --at "10 ms" --at "60 ms"')
            made = protocol.pulses(times, duration=self.duration or "0.5 s")
        elif kind in ("fatigue", "hold"):
            made = self._work(kind)
        elif kind == "rest":
            made = protocol.rest(self.duration or "1 s")
        else:
            made = protocol.twitch(duration=self.duration or "0.4 s")
        for name, value in holds:
            made = made.held(name, value)
        return made

    def _work(self, kind: Kind) -> Protocol:
        from mgsim import fatiguing

        if kind == "hold":
            rate, duration = self.rate or "30 Hz", self.duration or "1 min"
            if self.recovery is None:
                return fatiguing.hold(rate, duration, falls_to=self.falls_to or 1.0)
            work = fatiguing.hold(rate, duration, falls_to=self.falls_to or 1.0, after=0.0)
            return replace(fatiguing.recovery(work, self.recovery), name="hold")
        return fatiguing.fatigue(
            self.preset or "westerblad",
            rate=self.rate,
            train=self.train,
            every=self.interval,
            duration=self.duration,
            recovery=self.recovery or "5 min",
        )

    def _clamp(self, holds: list[tuple[str, str]]) -> Protocol:
        from mgsim import protocol

        if not holds:
            raise InputError(f"a clamp needs what is held: --hold {_HOLD}")
        (name, value), *others = holds
        made = protocol.species_clamp(
            name, value, self.duration or "0.1 s", onset="10 ms", after=self.after or "0.4 s"
        )
        window = made.holds[0]
        for name, value in others:
            made = made.held(name, value, window.start, window.stop)
        return made


def _a(kind: str) -> str:
    return kind if kind in ("pulses", "rest") else f"a {kind}"
