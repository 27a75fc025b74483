"""The bytes that an answer stands for, unpacked piece by piece and counted, so that no bomb goes off."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from corpus.errors import UnfitContent
from corpus.fetching.answer import Answer

_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS  # tells zlib to expect gzip's header and checksum


def decoded(answer: Answer, size: int) -> Iterator[bytes]:
    """The body. Raises UnfitContent beyond `size` bytes, packed or not, and where it can't be unpacked."""
    encoding = (answer.headers["Content-Encoding"] or "identity").strip().lower()
    pieces = _counted(answer, answer.pieces, size)
    if encoding in ("gzip", "x-gzip"):
        yield from _counted(answer, _unpacked(answer, pieces), size)
    elif encoding in ("identity", ""):
        yield from pieces
    else:
        wrong = f"it comes packed as {encoding}, which was not asked for"
        raise UnfitContent(str(answer.address), wrong, "Save it with your browser, and add the file.")


def beginning(pieces: Iterator[bytes], size: int) -> bytes:
    """The first pieces together: at least so many bytes, or all there are."""
    found = bytearray()
    while len(found) < size and (piece := next(pieces, b"")):
        found += piece
    return bytes(found)


def too_large(answer: Answer, size: int) -> UnfitContent:
    """The error for more than `size` bytes."""
    remedy = "If you want it, save it with your browser, and add the file."
    return UnfitContent(str(answer.address), f"it has more than {size / 1e6:,.0f} MB", remedy)


def _counted(answer: Answer, pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    count = 0
    for piece in pieces:
        count += len(piece)
        if count > size:
            raise too_large(answer, size)
        yield piece


def _unpacked(answer: Answer, pieces: Iterator[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP)
    try:
        for data in pieces:
            while data:
                yield from _inflated(member, data)
                data = member.unused_data.lstrip(b"\0") if member.eof else b""
                if data:
                    member = zlib.decompressobj(_GZIP)
    except zlib.error as error:
        raise UnfitContent(str(answer.address), "it is packed wrongly", "Try again later.") from error
    if not member.eof:
        raise UnfitContent(str(answer.address), "it breaks off", "Try again later.")


def _inflated(member: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """All that the data give, never more than a piece in memory."""
    while True:
        piece = member.decompress(data, _PIECE)
        if piece:
            yield piece
        data = member.unconsumed_tail
        if not data and len(piece) < _PIECE:
            return
