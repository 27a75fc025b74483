from __future__ import annotations

import platform
import subprocess
import sys

import pytest

HOLES = """
from pathlib import Path
from assistant.heap import give_back, keep_small

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 2**20

{prepare}
before = held()
bytearray(16 << 20)  # its end makes glibc believe that pieces of this size come and go
pieces, pins = [], []
for _ in range({number}):
    pieces.append(bytearray({size}))
    pins.append(bytearray(100_000))
del pieces
{end}
print(held() - before)
"""


def _megabytes_left(prepare: str, end: str = "", *, number: int = 10, size: int = 12 << 20) -> int:
    command = [sys.executable, "-c", HOLES.format(prepare=prepare, end=end, number=number, size=size)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is set for glibc alone")
def test_what_was_freed_goes_back_to_the_system_even_between_what_stays() -> None:
    assert _megabytes_left("keep_small()") < 20
    assert _megabytes_left("") > 80, "the C library does so by itself: this need not be set any more"


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is done for glibc alone")
def test_smaller_pieces_go_back_when_they_are_given_back() -> None:
    assert _megabytes_left("keep_small()", "give_back()", number=200, size=1 << 19) < 40
    assert _megabytes_left("keep_small()", number=200, size=1 << 19) > 80
