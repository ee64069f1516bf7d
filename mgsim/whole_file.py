"""How files are written: whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mgsim.language.errors import InputError


def writable(path: str | os.PathLike[str]) -> Path:
    """Return the real path of a file that could be written now.

    Raises
    ------
    InputError
        Where the folder does not exist or the file cannot be written.
    """
    if "\0" in os.fspath(path):
        raise InputError(f"{str(path)!r} is not a file name")
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise InputError(f"cannot write {str(path)!r}: it is a folder; add a file name")
    if not target.parent.is_dir():
        raise InputError(f"cannot write {str(path)!r}: the folder {str(target.parent)!r} does not exist")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise InputError(f"cannot write {str(path)!r}: no permission there")
    return target


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path beside `path`, and move it there once it is complete.

    Where anything fails on the way, the temporary file is removed and what stood at `path` stays as it was.

    Raises
    ------
    InputError
        Where the file cannot be written.
    """
    target = writable(path)
    part = target.with_name(f".{target.stem}-{secrets.token_hex(4)}{target.suffix}")
    try:
        yield part
        os.replace(part, target)
    except OSError as error:
        raise InputError(f"cannot write {str(path)!r}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
