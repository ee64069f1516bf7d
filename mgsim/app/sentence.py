"""What is seen in a demonstration, said in plain words that come from the results themselves."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from mgsim import measure
from mgsim.measure import Measure
from mgsim.result import Result

_WORDS = {"strong": ("stronger", "weaker"), "long": ("longer", "shorter")}
_WORTH = "This is a prediction that no measured force confirms; {low} mM is far below ordinary deficiency."
_FUSED = 5.0  # % of ripple below which a train is called fused


def what_is_seen(recordings: Mapping[str, Mapping[str, Result]]) -> str:
    """Say what differs between the first level of free Mg2+ and the last, and what that is worth.

    Parameters
    ----------
    recordings : mapping of title to mapping of level to Result
        Twitches and trains, each at the same levels, in mM, such as "0.9 normal".
    """
    high, *_, low = next(iter(recordings.values()))
    said = "; ".join(_said(results[high], results[low]) for results in recordings.values())
    high, low = high.split()[0], low.split()[0]
    return f"When free Mg²⁺ falls from {high} to {low} mM, {said}. {_WORTH.format(low=low)}"


def _said(normal: Result, low: Result) -> str:
    """Say what differs in one experiment."""
    force = change([measure.amplitude(result) for result in (normal, low)], "strong")
    time = change([measure.half_relaxation(result) for result in (normal, low)], "long")
    rate = normal.protocol.rate
    if rate is None:
        light = from_to([measure.half_duration(result, "Ca") for result in (normal, low)])
        return (
            f"a twitch is {force}, its half-relaxation is {time} and its free Ca²⁺ stays above half of "
            f"the peak for {light}"
        )
    ripple = [measure.ripple(result) for result in (normal, low)]
    if ripple[0].value < _FUSED:
        return f"a fused tetanus is {force} and its half-relaxation is {time}"
    return f"force at {rate:g} Hz is {force}, with a ripple of {from_to(ripple)}"


def change(pair: list[Measure], quality: str) -> str:
    """Say how an amount that was strong or long became another.

    Examples
    --------
    >>> def both(a, b): return [Measure("peak", a, "1"), Measure("peak", b, "1")]
    >>> change(both(50.0, 200.0), "strong"), change(both(20.0, 24.0), "long")
    ('4 times as strong', '20 % longer')
    >>> change(both(20.0, 15.0), "strong"), change(both(20.0, 20.5), "strong")
    ('25 % weaker', 'about as strong as before')
    """
    before, after = (one.value for one in pair)
    if isnan(before) or isnan(after):
        return "not measurable"
    ratio = after / before
    if abs(ratio - 1) < 0.05:
        return f"about as {quality} as before"
    if ratio >= 1.75:
        return f"{ratio:.2g} times as {quality}"
    return f"{100 * abs(ratio - 1):.0f} % {_WORDS[quality][ratio < 1]}"


def from_to(pair: list[Measure]) -> str:
    """Say an amount and what it was before.

    Examples
    --------
    >>> from_to([Measure("ripple", 36.2, "%"), Measure("ripple", 2.13, "%")])
    '2.1 % instead of 36 %'
    """
    before, after = ("?" if one.reason else f"{one.value:.2g} {one.unit}" for one in pair)
    return f"{after} instead of {before}"
