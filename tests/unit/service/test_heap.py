from __future__ import annotations

import platform
import subprocess
import sys

import pytest

HOLES = """
from pathlib import Path
from assistant.service.heap import keep_small

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 2**20

{prepare}
before = held()
bytearray(16 << 20)  # its end makes glibc believe that pieces of this size come and go
pieces, pins = [], []
for _ in range(10):
    pieces.append(bytearray(12 << 20))
    pins.append(bytearray(100_000))
del pieces
print(held() - before)
"""


def _megabytes_left(prepare: str) -> int:
    command = [sys.executable, "-c", HOLES.format(prepare=prepare)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is set for glibc alone")
def test_what_was_freed_goes_back_to_the_system_even_between_what_stays() -> None:
    assert _megabytes_left("keep_small()") < 20
    assert _megabytes_left("") > 80, "the C library does so by itself: this need not be set any more"
