"""mgsim: what magnesium does to a muscle fibre.

A mechanism is written down once, compiled, driven by stimuli, measured and drawn. For teaching and for
generating hypotheses; it is not medical advice.

Examples
--------
>>> import mgsim
>>> normal = mgsim.simulate(mgsim.fibre.mouse_edl(), mgsim.twitch())
>>> low = mgsim.simulate(mgsim.fibre.mouse_edl().with_(Mg="0.4 mM"), mgsim.twitch())
>>> bool(low["force"].max() > normal["force"].max())
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mgsim.version import __version__

if TYPE_CHECKING:
    from mgsim import evidence, fibre, language, measure, mechanics, plot, uncertainty
    from mgsim.apparatus import on_tendon
    from mgsim.attribution.explain import explain
    from mgsim.fatiguing import fatigue, hold, recovery
    from mgsim.language.errors import InputError
    from mgsim.language.model import Model
    from mgsim.protocol import Protocol, pulses, rest, species_clamp, train, twitch, voltage_clamp
    from mgsim.result import Result, load
    from mgsim.simulation import simulate

# Each public word and the module it lives in; a module is imported when its word is first used.
_WORDS = {
    "InputError": "mgsim.language.errors",
    "Model": "mgsim.language.model",
    "Protocol": "mgsim.protocol",
    "Result": "mgsim.result",
    "explain": "mgsim.attribution.explain",
    "fatigue": "mgsim.fatiguing",
    "hold": "mgsim.fatiguing",
    "load": "mgsim.result",
    "on_tendon": "mgsim.apparatus",
    "pulses": "mgsim.protocol",
    "recovery": "mgsim.fatiguing",
    "rest": "mgsim.protocol",
    "simulate": "mgsim.simulation",
    "species_clamp": "mgsim.protocol",
    "train": "mgsim.protocol",
    "twitch": "mgsim.protocol",
    "voltage_clamp": "mgsim.protocol",
}
_MODULES = ("evidence", "fibre", "language", "measure", "mechanics", "plot", "uncertainty")

__all__ = [
    "InputError",
    "Model",
    "Protocol",
    "Result",
    "__version__",
    "evidence",
    "explain",
    "fatigue",
    "fibre",
    "hold",
    "language",
    "load",
    "mechanics",
    "measure",
    "on_tendon",
    "plot",
    "pulses",
    "recovery",
    "rest",
    "simulate",
    "species_clamp",
    "train",
    "twitch",
    "uncertainty",
    "voltage_clamp",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"mgsim.{name}")
    if name in _WORDS:
        module = import_module(_WORDS[name])

        globals()[name] = found = getattr(module, name)
        return found
    from mgsim.language.errors import unknown

    raise AttributeError(str(unknown("word of mgsim", name, __all__)))


def __dir__() -> list[str]:
    return __all__
