"""Compile kernel sources: native code where llvmlite is installed, plain Python elsewhere."""

from __future__ import annotations

import ast
import gc
import hashlib
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mgsim.engine.program import Constant, KernelError, Program, is_straight, read

if TYPE_CHECKING:
    from mgsim.engine.native import Objects

_COMPILER = (
    "exponentials.py",
    "kernel.py",
    "lower.py",
    "lower_calls.py",
    "lower_expressions.py",
    "lower_inline.py",
    "lower_writer.py",
    "native.py",
    "program.py",
    "vector_functions.py",
)

_LONG = 60  # statements; the optimiser gains nothing on a long straight-line function

Source = str | Callable[[], str]


class Kernels:
    """The compiled functions of one kernel source, as attributes.

    Attributes
    ----------
    backend : str
        "native" or "python".
    constants : dict of str to number or tuple
        The constants it was compiled with.
    origin : str
        "compiled" or "cache".
    addresses : dict of str to int
        Where the machine code of each function begins; empty for plain Python.
    """

    def __init__(
        self,
        backend: str,
        functions: Mapping[str, Callable[..., Any]],
        constants: Mapping[str, Constant],
        origin: str = "compiled",
        owner: object = None,
    ) -> None:
        self.backend = backend
        self.constants = dict(constants)
        self.origin = origin
        self.addresses: dict[str, int] = getattr(owner, "addresses", {})
        self._owner = owner  # keeps the machine code alive
        self._functions = dict(functions)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        try:
            functions: dict[str, Callable[..., Any]] = self.__dict__["_functions"]
            return functions[name]
        except KeyError:
            known = ", ".join(self.__dict__.get("_functions", ()))
            raise AttributeError(f"these kernels have no function {name!r}; they have {known}") from None


def compile_native(
    source: Source,
    constants: Mapping[str, Constant],
    exports: Sequence[str],
    *,
    key: str | None = None,
    cache: bool = True,
) -> Kernels:
    """Compile kernel source to native code, or load it from the cache.

    Parameters
    ----------
    source : str or callable giving str
        Kernel source; a callable is called only if the cache has no object code.
    constants : mapping of str to number or tuple of numbers
    exports : sequence of str
        The functions to be called from Python.
    key : str, optional
        Stands for the text of `source` in the cache; needed to profit from a callable source.
    cache : bool
        Read and write the cache folder.

    Raises
    ------
    KernelError
        If the source leaves the subset.
    """
    from mgsim.engine import native

    if key is None:
        source = source if isinstance(source, str) else source()
        key = source
    parts = (key, repr(sorted(constants.items())), repr(list(exports)), native.host(), _compiler_digest())
    path = native.cache_folder() / (hashlib.sha256("\0".join(parts).encode()).hexdigest() + ".kernel")
    found = native.read_objects(path) if cache else None
    origin = "cache"
    if found is None:
        origin = "compiled"
        found = _compile(source if isinstance(source, str) else source(), constants, exports)
        if cache:
            native.write_objects(path, found)
    loaded = native.Loaded(found)
    return Kernels("native", loaded.functions, constants, origin, loaded)


def compile_python(
    source: Source, constants: Mapping[str, Constant], exports: Sequence[str] | None = None
) -> Kernels:
    """Compile kernel source to plain Python functions with the same signatures.

    Parameters
    ----------
    source : str or callable giving str
    constants : mapping of str to number or tuple of numbers
    exports : sequence of str, optional
        The functions to be called; all by default.
    """
    from mgsim.engine import plain

    program = read(source if isinstance(source, str) else source(), constants)
    functions = plain.compile_functions(program)
    names = program.functions if exports is None else exports
    wrapped = {n: plain.wrap(functions[n], tuple(k for _, k in program.functions[n].parameters)) for n in names}
    return Kernels("python", wrapped, constants)


def load(
    source: Source,
    constants: Mapping[str, Constant],
    exports: Sequence[str],
    *,
    key: str | None = None,
) -> Kernels:
    """Compile to native code, or to plain Python with a warning where llvmlite is missing.

    The parameters are those of `compile_native`.
    """
    if find_spec("llvmlite") is None:
        message = "llvmlite is not installed, so models run as plain Python, 100 times slower"
        warnings.warn(message + ": pip install llvmlite", RuntimeWarning, stacklevel=2)
        return compile_python(source, constants, exports)
    return compile_native(source, constants, exports, key=key)


def _compile(source: str, constants: Mapping[str, Constant], exports: Sequence[str]) -> Objects:
    """Compile the long straight-line functions as they stand, and the others with the optimiser."""
    from mgsim.engine import native
    from mgsim.engine.lower import lower

    collecting = gc.isenabled()
    gc.disable()  # the collector would walk a million tree nodes again and again, and find nothing
    try:
        program = read(source, constants)
        functions = program.functions
        for name in exports:
            if name not in functions:
                known = ", ".join(functions)
                raise KernelError(f"there is no function {name!r} to export; there are {known}")
        long = {name for name, f in functions.items() if len(f.body) > _LONG and is_straight(f.body)}
        parts = [(lower(program, set(exports) | long, only=set(functions) - long), True)]
        if long:
            # Each part has its own copy of what its functions call, so that a call stays within the part.
            parts.append((lower(program, long, only=long | _called_by(long, program)), False))
    finally:
        if collecting:
            gc.enable()
    signatures = {n: (tuple(k for _, k in functions[n].parameters), functions[n].returns) for n in exports}
    return native.Objects(signatures, [native.emit_object(ir, optimise) for ir, optimise in parts])


def _called_by(names: set[str], program: Program) -> set[str]:
    """Collect the functions that some functions call, and those that these call."""
    found: set[str] = set()
    left = set(names)
    while left:
        body = program.functions[left.pop()].body
        calls = {
            node.func.id
            for statement in body
            for node in ast.walk(statement)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        new = (calls & set(program.functions)) - found - names
        found |= new
        left |= new
    return found


@lru_cache(maxsize=1)
def _compiler_digest() -> str:
    """Digest of the compiler itself, so that a changed compiler never reads old objects."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in _COMPILER)).hexdigest()
