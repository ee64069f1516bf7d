"""A model as plain JavaScript: the same equations, derivatives, elimination and time steps as run here.

The functions of a model and of the solver are one source in a subset of Python; they are translated, not written
again. By hand are written only the search for the rest and what users call, in `runtime`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

from mgsim.engine import rosenbrock
from mgsim.engine.compiled import compiled
from mgsim.engine.program import read
from mgsim.export.numbers import numbers_of
from mgsim.export.translate import INTRINSICS, javascript_of
from mgsim.language.errors import InputError
from mgsim.language.model import Model
from mgsim.version import __version__

_CALLED = ("consts", "rhs", "jacobian", "outputs_all", "advance_all")
_SIZES = ("N", "NNZ", "WORK_SIZE")
_HEAD = """// mgsim {version}: {names}.
// What magnesium does to a muscle fibre, for teaching and for generating hypotheses; not medical advice.
// Made by `mgsim export`; internal units are mV, ms and µM. Under the BSD 3-Clause licence of mgsim.
//
//   import {{ fibres, restOf, simulate }} from "./fibre.js";
//   const times = Array.from({{ length: 401 }}, (_, i) => i / 1000);
//   const run = simulate("{first}", {{ changes: {{ Mg: 0.2 }}, onsets: [0.01], duration: 0.4, times }});
//   run.traces.force;  // {unit}
//
// The rest is solved here, by Newton from the rest that was solved and found stable when this file was written;
// whether a rest far from it is stable is not checked.
"""


def module(models: Sequence[Model]) -> str:
    """Write models as one ES module without any import.

    Parameters
    ----------
    models : sequence of Model
        Preparations at their steady rest, each of another name. Those of one structure share their equations.

    Returns
    -------
    str
        JavaScript that exports `fibres`, `restOf`, `begin` and `simulate`.

    Raises
    ------
    InputError
        Where a model cannot be exported.

    Examples
    --------
    >>> import mgsim
    >>> text = module([mgsim.fibre.mouse_edl()])
    >>> text.splitlines()[-1]
    'export { fibres, restOf, begin, simulate };'
    """
    return script(models) + "export { fibres, restOf, begin, simulate };\n"


def script(models: Sequence[Model]) -> str:
    """Write models as the same JavaScript, without the exports: for a page or a worker."""
    if not models:
        raise InputError("there is no model to export; give at least one, such as mgsim.fibre.mouse_edl()")
    names = [model.name for model in models]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"two models are named {twice!r}; export them apart")
    keys: dict[str, str] = {}
    programs, numbers = [], {}
    for model in models:
        made = compiled(model.system)
        if made.key not in keys:
            keys[made.key] = f"program_{len(keys) + 1}"
            programs.append(f"  {keys[made.key]}() {{\n{_program(model)}  }},")
        numbers[model.name] = {"program": keys[made.key], **numbers_of(model)}
    force = next((q.unit for q in models[0].system.outputs if q.name == "force"), "1")
    return "\n".join(
        [
            _HEAD.format(version=__version__, names=", ".join(names), first=names[0], unit=force),
            '"use strict";',
            INTRINSICS,
            "const programs = {\n" + "\n".join(programs) + "\n};",
            "const fibres = {\n" + "\n".join(f"  {n}: {_json(v)}," for n, v in numbers.items()) + "\n};",
            *(files("mgsim.export").joinpath("runtime", f).read_text("utf-8") for f in ("rest.js", "run.js")),
        ]
    )


def _program(model: Model) -> str:
    """Write the functions of one structure, and the object that gives those that are called."""
    made = compiled(model.system)
    constants = {**made.kernels.constants, **made.program.constants()}
    text = javascript_of(read(made.program.source() + "\n" + rosenbrock.source(), constants))
    sizes = ", ".join(f"{name}: {constants[name]}" for name in _SIZES)
    return f"{text}return {{ {', '.join(_CALLED)}, {sizes}, STORE: {made.program.store_size} }};\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
