"""ZIP archives, and the formats that are ZIP archives inside: nothing is opened that asks for too much."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from corpus.readers.content import UnreadableError
from corpus.readers.limits import MIB, Limits

DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What is raised for archives that are not whole."""

_ENCRYPTED = 0x1
_CLUTTER = ("__MACOSX", "Thumbs.db")


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, if what it says of its files is within the limits; UnreadableError otherwise."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE as error:
        raise UnreadableError("The archive is damaged. Get the file again.") from error
    infos = archive.infolist()
    if len(infos) > limits.archive_files:
        raise UnreadableError(
            f"The archive has {len(infos):,} files; at most {limits.archive_files:,} are read from one. "
            "Unpack it and add the folder."
        )
    if sum(info.file_size for info in infos) > limits.archive_bytes:
        raise UnreadableError(
            f"The archive unpacks to more than {limits.archive_bytes // MIB:,} MiB. "
            "If you trust it, unpack it and add the folder."
        )
    for info in infos:
        _check_ratio(info, limits)
    return archive


def _check_ratio(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.file_size > MIB and info.file_size > limits.archive_ratio * max(info.compress_size, 1):
        raise UnreadableError(
            f"The archive holds a file that unpacks to more than {limits.archive_ratio} times its size, "
            "as only files made to do harm do. If you trust it, unpack it and add the folder."
        )


def files_of(archive: zipfile.ZipFile) -> tuple[list[str], list[tuple[str, str]]]:
    """The names of the files that can be read, in order, and those that can't, with the reason."""
    good: list[str] = []
    bad: list[tuple[str, str]] = []
    for info in sorted({info.filename: info for info in archive.infolist()}.values(), key=_name):
        if info.is_dir() or _is_clutter(info.filename):
            continue
        if reason := _offence(info):
            bad.append((info.filename, reason))
        else:
            good.append(info.filename)
    return good, bad


def _name(info: zipfile.ZipInfo) -> str:
    return info.filename


def _is_clutter(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any(part in _CLUTTER or (part.startswith(".") and part != "..") for part in parts)


def _offence(info: zipfile.ZipInfo) -> str | None:
    """Why the file is left alone."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "Its path leads out of the archive, as only files made to do harm do."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link, and links in archives are not followed. Add the file itself."
    if info.flag_bits & _ENCRYPTED:
        return "It is locked with a password. Unpack it and add the file."
    return None


def member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """The bytes of a file in the archive; UnreadableError if it is not there, damaged or too large."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise UnreadableError(f"There is no file {name} in the archive.") from error
    try:
        if info.file_size > limits.file_bytes:
            raise UnreadableError(too_large(limits))
        with archive.open(info) as stream:
            data = stream.read(limits.file_bytes + 1)
    except (*DAMAGE, RuntimeError) as error:
        raise UnreadableError(f"The archive is damaged at {name}. Get the file again.") from error
    if len(data) > limits.file_bytes:
        raise UnreadableError(too_large(limits))
    return data


def too_large(limits: Limits) -> str:
    """What is said of a file that is larger than allowed."""
    return f"The file is larger than {limits.file_bytes // MIB:,} MiB. Split it and add the parts."


def unpacked(data: bytes, members: Iterable[str], limits: Limits) -> bytes:
    """What stands in an archive, or in an archive in it, under the names on the way there."""
    for name in members:
        with open_archive(data, limits) as archive:
            data = member(archive, name, limits)
    return data
