"""What a long-lived process has freed goes back to the system, and does not stay as holes in its memory."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

LARGE = 1 << 20
"""Bytes from which on a piece of memory is its own mapping, which its end gives back.

An index has such pieces; what a question to some thousand passages needs is smaller.
"""

TRIMMED = 32 << 20
"""Bytes at a heap's end that are given back; with less it grows and shrinks at every question."""

HEAPS = 2
"""glibc would make eight for each core: each thread's garbage would keep one of them apart."""

# The names of glibc's malloc.h.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8


def keep_small() -> None:
    """Set the C library so, before there are threads; where it is not glibc nothing happens."""
    mallopt = _of_glibc("mallopt")
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, HEAPS)
        mallopt(_M_MMAP_THRESHOLD, LARGE)
        mallopt(_M_TRIM_THRESHOLD, TRIMMED)


def give_back() -> None:
    """Give back the holes that something large has left, an index or a crowd; it takes some milliseconds."""
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_glibc(name: str) -> Any:  # noqa: ANN401  a function of C
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
