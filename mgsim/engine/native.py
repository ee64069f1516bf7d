"""Make object code of LLVM IR, keep it in the user's cache, and load it."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm

_FORMAT = b"mgsim objects 1\n"
_MOST_FILES = 200  # in the cache: some 20 MB

Signature = tuple[tuple[str, ...], str | None]
"""The kinds of the parameters of a function, and the kind it returns."""


def cache_folder() -> Path:
    """Give the folder of compiled models: $MGSIM_CACHE, or mgsim in the user's cache folder."""
    chosen = os.environ.get("MGSIM_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "mgsim" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "mgsim"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mgsim"


def host() -> str:
    """Name what object code depends on besides its source: the machine and the compiler."""
    _start_llvm()
    features = llvm.get_host_cpu_features().flatten()
    return "|".join([llvmlite.__version__, platform.machine(), sys.platform, llvm.get_host_cpu_name(), features])


@dataclass(frozen=True)
class Objects:
    """Object code, as it is kept in the cache.

    Attributes
    ----------
    signatures : dict of str to (kinds of the parameters, kind of the result)
        The exported functions.
    code : list of bytes
        Object files that use each other's functions.
    """

    signatures: dict[str, Signature]
    code: list[bytes]


def read_objects(path: Path) -> Objects | None:
    """Read object code from the cache, or give None if it is missing, damaged or unreadable."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head, digest, body = (
        data[: len(_FORMAT)],
        data[len(_FORMAT) : len(_FORMAT) + 32],
        data[len(_FORMAT) + 32 :],
    )
    if head != _FORMAT or hashlib.sha256(body).digest() != digest:
        return None
    with suppress(OSError):
        os.utime(path)  # in use: among the last to be removed
    line, _, rest = body.partition(b"\n")
    index = json.loads(line)
    signatures = {name: (tuple(kinds), returns) for name, (kinds, returns) in index["signatures"].items()}
    ends = list(accumulate(index["sizes"]))
    return Objects(signatures, [rest[a:b] for a, b in zip([0, *ends], ends, strict=False)])


def write_objects(path: Path, objects: Objects) -> None:
    """Write object code into the cache; a cache that cannot be written is left alone.

    Beyond a number of files, those whose last use is longest ago are removed.
    """
    index = {"signatures": objects.signatures, "sizes": [len(code) for code in objects.code]}
    body = json.dumps(index).encode() + b"\n" + b"".join(objects.code)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_FORMAT + hashlib.sha256(body).digest() + body)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
        _forget_oldest(path)
    except OSError:
        return


def _forget_oldest(newest: Path) -> None:
    """Remove the longest unused neighbours of a file beyond `_MOST_FILES`; others may be doing the same."""
    used = []
    for file in newest.parent.glob(f"*{newest.suffix}"):
        with suppress(OSError):
            used.append((file.stat().st_mtime, file))
    for _, file in sorted(used)[:-_MOST_FILES]:
        with suppress(OSError):  # gone already, or in use where that forbids it
            file.unlink()


def emit_object(ir: str, optimise: bool) -> bytes:
    """Compile LLVM IR text to the bytes of an object file for this machine."""
    machine = _machine(2 if optimise else 1)
    module = llvm.parse_assembly(ir)
    module.triple = machine.triple
    module.data_layout = str(machine.target_data)
    options = llvm.create_pipeline_tuning_options(speed_level=2)
    options.loop_vectorization = True
    options.loop_unrolling = True
    builder = llvm.create_pass_builder(machine, options)
    if optimise:
        passes = builder.getModulePassManager()
    else:
        passes = llvm.create_new_module_pass_manager()
        passes.add_always_inliner_pass()
        passes.add_instruction_combine_pass()
    passes.run(module, builder)
    return bytes(machine.emit_object(module))


_CTYPES: dict[str | None, Any] = {
    "array": ctypes.c_void_p,
    "ints": ctypes.c_void_p,
    "real": ctypes.c_double,
    "integer": ctypes.c_int64,
    None: None,
}


class Loaded:
    """Object code in memory, with its functions as callables.

    Attributes
    ----------
    functions : dict of str to callable
        They take numpy arrays (float64 or int64, contiguous), ints and floats.
    addresses : dict of str to int
    """

    def __init__(self, objects: Objects) -> None:
        signatures = objects.signatures
        empty = llvm.parse_assembly("")
        self._engine = llvm.create_mcjit_compiler(empty, _machine(1))
        # The names in an object file are read when it is finalised: it has to live until then.
        files = [llvm.ObjectFileRef.from_data(code) for code in objects.code]
        for file in files:
            self._engine.add_object_file(file)
        self._engine.finalize_object()
        self.addresses = {name: self._engine.get_function_address(name) for name in signatures}
        self.functions = {name: self._callable(name, signatures[name]) for name in signatures}

    def _callable(self, name: str, signature: Signature) -> Callable[..., Any]:
        kinds, returns = signature
        function = ctypes.CFUNCTYPE(_CTYPES[returns], *(_CTYPES[kind] for kind in kinds))(self.addresses[name])
        formats = tuple({"array": "<f8", "ints": "<i8"}.get(kind) for kind in kinds)

        def call(*arguments: Any) -> Any:
            if len(arguments) != len(formats):
                raise TypeError(f"{name} takes {len(formats)} arguments, not {len(arguments)}")
            operands = []
            for argument, wanted in zip(arguments, formats, strict=True):
                if wanted is None:
                    operands.append(argument)
                    continue
                interface = argument.__array_interface__
                if interface["typestr"] != wanted or interface["strides"] is not None:
                    raise TypeError(f"{name} needs contiguous arrays of float64 (array) and int64 (ints)")
                operands.append(interface["data"][0])
            return function(*operands)

        call.__name__ = name
        call.__dict__["machine_code"] = self._engine  # a function may outlive the kernels it came from
        return call


_started = False


def _start_llvm() -> None:
    global _started
    if not _started:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        if sys.platform == "win32":  # these names are not exported by the process there
            library = ctypes.CDLL("ucrtbase")
            for name in ("exp", "log"):
                llvm.add_symbol(name, ctypes.cast(getattr(library, name), ctypes.c_void_p).value)
        _started = True


def _machine(level: int) -> llvm.TargetMachine:
    _start_llvm()
    target = llvm.Target.from_default_triple()
    x86 = platform.machine().lower() in ("x86_64", "amd64")
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=level,
        reloc="static" if x86 else "default",
        codemodel="jitdefault",
        jit=True,
    )
