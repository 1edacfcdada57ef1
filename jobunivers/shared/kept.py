"""What was made of files, kept beside them until one of them changes, as Python keeps compiled
modules.

Reading a thousand texts costs half a second at each start, of each command and each process; what
it gives is the same until an editor or a programmer changes something.
"""

import contextlib
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from jobunivers.config import ROOT

T = TypeVar("T")
CODE = ROOT / "jobunivers"
BROKEN = (
    pickle.UnpicklingError,
    ArithmeticError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    TypeError,
    ValueError,
)


def kept(name: str, sources: Iterable[Path], make: Callable[[], T], *, folder: Path) -> T:
    """What `make` made of `sources` (files, folders) the last time, or makes it now.

    It is kept under `name` where Python keeps what it compiles of `folder`. A change of one byte in
    a source, of a file's name or place, or of Python makes it anew. Where nothing can be written it
    is made each time.
    """
    mark = _mark(sources)
    path = _cache_of(folder) / f"{name}.{sys.implementation.cache_tag}.pickle"
    if data := _read(path, mark):
        try:
            found: T = pickle.loads(data)  # noqa: S301 -- as trusted as our compiled modules
            return found
        except BROKEN:
            pass
    made = make()
    if not sys.dont_write_bytecode:
        _write(path, mark + pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def folder_for(name: str, sources: Iterable[Path]) -> Path | None:
    """A folder for what a library keeps of the house's files, another one after each change of
    `sources` and of Python; None where nothing can be kept.
    """
    if sys.dont_write_bytecode:
        return None
    folder = _cache_of(ROOT) / f"{name}.{_mark(sources).hex()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        about = folder.stat()
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) and _is_ours_alone(about) else None


def _is_ours_alone(about: os.stat_result) -> bool:
    """Nobody but us, or whoever installed the house, may write it."""
    if not hasattr(os, "getuid"):
        return True
    is_open = about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return about.st_uid in (0, os.getuid()) and not is_open


def _cache_of(folder: Path) -> Path:
    if sys.pycache_prefix:
        return Path(sys.pycache_prefix, *folder.parts[1:])
    return folder / "__pycache__"


def _mark(sources: Iterable[Path]) -> bytes:
    """One digest of every source's place and content."""
    digest = sha256(sys.version.encode())
    for source in sources:
        for path in sorted(_files(source)):
            digest.update(f"\0{path}\0".encode())
            digest.update(path.read_bytes())
    return digest.digest()


def _files(source: Path) -> Iterable[Path]:
    if source.is_file():
        return [source]
    return (
        Path(where) / name
        for where, folders, names in os.walk(source)
        if "__pycache__" not in where
        for name in names
    )


def _read(path: Path, mark: bytes) -> bytes | None:
    """The kept bytes; None when they are of other sources, or another person may write them."""
    try:
        with path.open("rb") as file:
            ours = _is_ours_alone(os.fstat(file.fileno()))
            return file.read() if ours and file.read(len(mark)) == mark else None
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    """Puts it there in one move, so that nobody reads half of it; a full disk is no fault."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.chmod(0o644)  # like a compiled module; the texts are public
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()  # a full disk is not filled further
