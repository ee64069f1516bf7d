"""The reference of what can be called, from docstrings: every public word is on one of these pages."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

import mgsim
from making.markdown import page

# Title, file, and what stands there: words of mgsim, or all public names of a module.
PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Simulate", "simulate", ("simulate", "Result", "load", "InputError")),
    (
        "Protocols",
        "protocols",
        ("Protocol", "twitch", "train", "pulses", "rest", "fatigue", "recovery", "hold")
        + ("voltage_clamp", "species_clamp"),
    ),
    ("Fibres", "fibres", ("Model", "fibre")),
    ("Measures", "measure", ("measure",)),
    ("Length, velocity and load", "mechanics", ("mechanics", "on_tendon")),
    ("Which mechanism does it", "explain", ("explain",)),
    ("Bands", "uncertainty", ("uncertainty",)),
    ("Pictures", "plot", ("plot",)),
    ("The language of mechanisms", "language", ("language",)),
    ("Evidence", "evidence", ()),
    ("Equations in LaTeX", "latex", ()),
)
# What is public in modules that say nothing of it, or stands beside a word.
BESIDE: dict[str, tuple[str, ...]] = {
    "simulate": ("mgsim.result.Outcome", "mgsim.resting_state.NoRest"),
    "evidence": (
        "mgsim.evidence.validate.validate",
        "mgsim.evidence.sources.source",
        "mgsim.evidence.sources.Reference",
    ),
    "latex": ("mgsim.export.latex.equations", "mgsim.export.latex.Equation"),
    "explain": ("mgsim.attribution.attribution.Attribution", "mgsim.attribution.shares.Effect"),
    "measure": ("mgsim.measured.Measure", "mgsim.ledger.EnergyLedger"),
}
ELSEWHERE = {"evidence", "__version__"}  # the scoreboard is a command; the version is no function


def api_pages() -> dict[str, str]:
    """Write the pages, by file name; a public word that has no place yet comes on a last one."""
    placed = {word for _, _, words in PAGES for word in words} | ELSEWHERE
    others = tuple(word for word in mgsim.__all__ if word not in placed)
    found = {}
    for title, name, words in (*PAGES, *([("Further words", "further", others)] if others else ())):
        things = [path for word in words for path in _paths(word)] + list(BESIDE.get(name, ()))
        things = list(dict.fromkeys(things))
        entries = [f".. auto{'class' if _is_class(t) else 'function'}:: {t}" for t in things]
        entries = [e + "\n   :members:" if "autoclass" in e else e for e in entries]
        summary = ".. autosummary::\n\n" + "\n".join(f"   {thing}" for thing in things)
        body = "\n\n".join([summary, *entries])
        found[name] = page(f"# {title}", f"```{{eval-rst}}\n{body}\n```")
    names = "\n".join(f"api/{name}" for name in found)
    said = (
        "What can be called, from its docstrings. `import mgsim` is enough for most of it: `mgsim.simulate`, "
        "`mgsim.measure.peak`, `mgsim.plot.traces`."
    )
    return {f"api/{name}": text for name, text in found.items()} | {
        "python": page("# Python", said, f"```{{toctree}}\n{names}\n```")
    }


def _paths(word: str) -> list[str]:
    """Give the full name of a word, or of what is public in a module."""
    thing = getattr(mgsim, word)
    if not isinstance(thing, ModuleType):
        return [f"mgsim.{word}"]
    named = getattr(thing, "__all__", None) or [
        name
        for name, value in vars(thing).items()
        if not name.startswith("_") and callable(value) and _is_own(value, thing)
    ]
    shown = [n for n in named if not (word == "language" and hasattr(mgsim, n) and n in mgsim.__all__)]
    return [f"{thing.__name__}.{name}" for name in shown if callable(getattr(thing, name))]


def _is_own(value: Any, module: ModuleType) -> bool:
    """Tell whether a name was made in a module or in its folder, and not only imported there."""
    made_in = getattr(value, "__module__", "") or ""
    return made_in == module.__name__ or made_in.startswith(f"{module.__name__}.")


def _is_class(path: str) -> bool:
    module, _, name = path.rpartition(".")
    return inspect.isclass(getattr(__import__(module, fromlist=[name]), name))
