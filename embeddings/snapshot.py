"""Indexes that can be made again from the store, kept on disk so that a start is quick.

A snapshot is one file: a line with the manifest's SHA-256, a line of JSON (the manifest: stamp, and
size and SHA-256 of each part), then the parts, each from the next multiple of `ALIGNED` bytes on. It is
never trusted: what does not match is not used. A large one stays on disk and is mapped into memory, of
which the system keeps what is used; nobody may shorten the file meanwhile, and we only replace it.
"""

from __future__ import annotations

import json
import logging
import mmap
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = "2"
"""Part of every stamp: a change here makes all older snapshots stale."""

ALIGNED = 64
"""Numbers are read as they lie in the file, and fastest at such a place."""

MAPPED_FROM = 256_000_000
"""Bytes of a file that is mapped instead of read."""

Files = Mapping[str, bytes | memoryview]
"""The parts by their names; those of a mapped file are memoryviews."""

_ABANDONED = 3600.0
"""Seconds after which another writer's temporary file is taken for that of a program that was killed."""

_log = logging.getLogger(__name__)


class _Damaged(ValueError):
    """The snapshot is not what was written; the message says what differs."""


def write(folder: Path, name: str, files: Files, stamp: Mapping[str, str]) -> Files:
    """Keep the files under a name, all or none; readers see the old ones until the new ones are whole.

    Gives the files back, those of a large snapshot mapped, so that the memory they were made in can go.
    A snapshot that can't be written is logged and costs the next start some time, nothing else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(folder, name)
        _publish(folder, name, files, stamp)
    except OSError as error:
        _log.warning(
            "The snapshot %s can't be kept in %s (%s): the next start is slower.", name, folder, error
        )
        return files
    large = sum(map(len, files.values())) >= MAPPED_FROM
    return read(folder, name, stamp) or files if large else files


def read(folder: Path, name: str, stamp: Mapping[str, str]) -> Files | None:
    """The files as they were written under this stamp, or None; a line of the log says why."""
    try:
        with _path(folder, name).open("rb") as stream:
            manifest = _manifest(stream)
            if manifest.get("stamp") != _stamp(stamp):
                _log.info("The snapshot %s is stale: it is made again.", name)
                return None
            return _parts(stream, manifest["files"])
    except FileNotFoundError:
        _log.info("The snapshot %s is missing: it is made again.", name)
    except (_Damaged, OSError) as error:
        _log.warning("The snapshot %s is damaged (%s): it is made again.", name, error)
    return None


def clear(folder: Path) -> None:
    """Take all snapshots away, whatever is in their place."""
    for path in folder.glob("*.snapshot"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def stamp(folder: Path, name: str) -> dict[str, str] | None:
    """What the snapshot is of, or None where there is none that can be read."""
    try:
        with _path(folder, name).open("rb") as stream:
            found: dict[str, str] = _manifest(stream)["stamp"]
            return found
    except (_Damaged, OSError):
        return None


def damage(path: Path) -> str | None:
    """What is wrong with the snapshot in a file, or None."""
    try:
        with path.open("rb") as stream:
            _parts(stream, _manifest(stream)["files"])
    except (_Damaged, OSError) as error:
        return str(error)
    return None


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.snapshot"


def _stamp(stamp: Mapping[str, str]) -> dict[str, str]:
    return {**stamp, "format": FORMAT}


def _publish(folder: Path, name: str, files: Files, stamp: Mapping[str, str]) -> None:
    parts = [[part, len(data), sha256(data).hexdigest()] for part, data in files.items()]
    manifest = json.dumps({"stamp": _stamp(stamp), "files": parts}).encode() + b"\n"
    descriptor, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(sha256(manifest).hexdigest().encode() + b"\n" + manifest)
            for data in files.values():
                stream.write(bytes(-stream.tell() % ALIGNED))
                stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(_path(folder, name))
    finally:
        Path(temporary).unlink(missing_ok=True)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can open a folder at all."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_abandoned(folder: Path, name: str) -> None:
    for path in folder.glob(f".{name}.*.part"):
        with suppress(FileNotFoundError):  # its writer has just finished
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()


def _manifest(stream: BinaryIO) -> dict[str, Any]:
    digest, manifest = stream.readline(), stream.readline()
    if digest != sha256(manifest).hexdigest().encode() + b"\n":
        raise _Damaged("its manifest was altered")
    found: dict[str, Any] = json.loads(manifest)
    return found


def _parts(stream: BinaryIO, manifest: list[tuple[str, int, str]]) -> Files:
    """Each part by itself: nothing holds all of a file that is read."""
    mapped = _mapped(stream)
    files: dict[str, bytes | memoryview] = {}
    for part, size, digest in manifest:
        padding, files[part] = _next(stream, mapped, -stream.tell() % ALIGNED), _next(stream, mapped, size)
        if any(padding) or sha256(files[part]).hexdigest() != digest:
            raise _Damaged(f"{part} was altered")
        if mapped is not None:
            _let_go(mapped)
    if stream.read(1):
        raise _Damaged("it has more in it than was written")
    return files


def _next(stream: BinaryIO, mapped: memoryview | None, size: int) -> bytes | memoryview:
    if mapped is None:
        return stream.read(size)
    start = stream.tell()
    return mapped[start : stream.seek(size, os.SEEK_CUR)]


def _let_go(content: memoryview) -> None:
    """What was checked need not stay in memory."""
    if isinstance(content.obj, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        content.obj.madvise(mmap.MADV_DONTNEED)


def _mapped(stream: BinaryIO) -> memoryview | None:
    """The whole file, if it is large."""
    if os.fstat(stream.fileno()).st_size < MAPPED_FROM:
        return None
    return memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
