"""What an attribution says, in plain words that come from its own numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mgsim.attribution.shares import Effect
from mgsim.measured import Measure

if TYPE_CHECKING:
    from mgsim.attribution.attribution import Attribution

# What is asked first, and how its change is said.
_MAIN = {
    "contraction_duration": ("the twitch lasts {}", "longer", "shorter"),
    "twitch_force": ("the twitch is {}", "stronger", "weaker"),
    "tetanus_half_relaxation": ("a tetanus relaxes {}", "more slowly", "faster"),
    "resting_Ca": ("resting free Ca²⁺ is {}", "higher", "lower"),
    "half_relaxation": ("the half-relaxation of a twitch is {}", "longer", "shorter"),
    "tension_time_integral": ("the tension-time integral of a twitch is {}", "larger", "smaller"),
    "resting_tension": ("resting tension is {}", "higher", "lower"),
    "contraction_time": ("the contraction time is {}", "longer", "shorter"),
    "fatigue_index": ("the force left after 100 tetani is {}", "larger", "smaller"),
}


def main_effects(effects: Sequence[Effect], most: int = 4) -> list[Effect]:
    """Give the effects that are shown first, of those that can be shared out."""
    by_name = {effect.reading.name: effect for effect in effects if not effect.undivided}
    return [by_name[name] for name in _MAIN if name in by_name][:most]


def what_does_it(found: Attribution) -> str:
    """Say what a change does, and through which part of the fibre most of it comes.

    Parameters
    ----------
    found : Attribution
        From `mgsim.explain`.
    """
    before, after, unit = found.levels
    verb = "falls" if after < before else "rises"
    amount = found.amount[0].upper() + found.amount[1:]
    start = f"{amount} {verb} from {before:g} to {after:g} {unit}"
    shown = main_effects(found.effects)
    if not shown:
        return f"{start}: none of what was measured changes by 5 % or more."
    first, *others = shown
    words = f"{start}: {_said(first)}."
    leader = leading(first)
    if not leader:
        return words
    lost, alone = (first.share(amounts[leader]) for amounts in (first.lost, first.alone))
    one = f"{leader[0].upper()}{leader[1:]}"
    words += f" {one} does most: {_percent(lost)} of this change is lost when it alone is blind"
    words += f", {_percent(alone)} is there when it alone sees." if not math.isnan(alone.value) else "."
    return words + _elsewhere(leader, others)


def leading(effect: Effect) -> str:
    """Name the part without which most of a change is lost; nothing where there is none."""
    shares = {part: effect.share(amount).value for part, amount in effect.lost.items()}
    known = {part: value for part, value in shares.items() if not math.isnan(value)}
    best = max(known, key=lambda part: known[part], default="")
    return best if best and known[best] >= 5.0 else ""


def _elsewhere(leader: str, others: Sequence[Effect]) -> str:
    """Say whether the other measures have the same cause."""
    if not others:
        return ""
    differing = {effect.reading.title: leading(effect) for effect in others if leading(effect) != leader}
    if not differing:
        return " It does most in the other measures, too."
    said = [f"{part or 'nothing alone'} in {title}" for title, part in differing.items()]
    return f" Elsewhere others lead: {', '.join(said)}."


def _said(effect: Effect) -> str:
    """Say a change as people do."""
    sentence, more, less = _MAIN[effect.reading.name]
    before, after = effect.reference.value, effect.changed.value
    ratio = after / before if before else math.inf
    if ratio >= 1.75:
        return sentence.format(f"{ratio:.2g} times {_positive(more)}")
    return sentence.format(f"{100 * abs(ratio - 1):.0f} % {more if ratio > 1 else less}")


def _positive(comparative: str) -> str:
    """Give the word that follows "times", as in "twice as long"."""
    plain = {"longer": "long", "stronger": "strong", "more slowly": "slowly", "higher": "high", "larger": "large"}
    return f"as {plain[comparative]}"


def _percent(share: Measure) -> str:
    return f"{share.value:.0f} %"
