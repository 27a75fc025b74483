"""The process that reads files: it has little memory and little time, and is replaced when it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.readers.content import ScannedError, UnreadableError
from corpus.readers.limits import LIMITS, MIB, Limits

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV")
"""The settings that the process inherits: no key of anything is among them."""

_BYTES_A_CHARACTER = 8
"""In the reply, at most, with some room for everything that is not text."""

_CPU_SIGNAL = 24
_TIME_TO_END = 2.0
"""Seconds between the last that is heard of the process and its end."""

_ELSE = "If it opens elsewhere, save it there again, or as another format, and add that."
_UNEXPECTED = f"The file is damaged in a way that no reader expects. {_ELSE}"


class ReaderProcess:
    """Reads one file after another, for one thread; started when first needed, stopped by `close`."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, path: Path, members: Sequence[str] = ()) -> Mapping[str, Any]:
        """What the file holds, as `wire` writes it; UnreadableError says why it holds nothing."""
        if self._process and self._process.poll() is not None:
            self.close()
        process = self._process or self._start()
        job = json.dumps({"path": str(path), "members": list(members)}).encode() + b"\n"
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.limits.wall_seconds, stop)
        timer.start()
        try:
            line = self._exchange(process, job)
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            raise UnreadableError(self._cause_of_death(process, late.is_set()))
        return self._checked(line)

    def _exchange(self, process: subprocess.Popen[bytes], job: bytes) -> bytes:
        """The reply's line; cut short if the process ended, or said more than it may."""
        if process.stdin is None or process.stdout is None:
            raise ValueError("The process was started without pipes.")
        try:
            process.stdin.write(job)
            process.stdin.flush()
        except BrokenPipeError:
            return b""
        return process.stdout.readline(self.limits.text_characters * _BYTES_A_CHARACTER + 64 * MIB)

    def _checked(self, line: bytes) -> Mapping[str, Any]:
        """The reply, if it tells what the file holds."""
        try:
            reply = json.loads(line)
        except (ValueError, RecursionError) as error:
            self.close()
            raise UnreadableError(_UNEXPECTED) from error
        match reply:
            case {"is": "scanned", "reason": str(reason)}:
                raise ScannedError(reason)
            case {"is": "unreadable", "reason": str(reason)}:
                raise UnreadableError(reason)
            case {"is": "MemoryError"}:
                self.close()  # what is left of its memory is in pieces
                raise UnreadableError(self._too_much_memory())
            case {"is": "RecursionError"}:
                raise UnreadableError(f"The file is nested too deeply. {_ELSE}")
            case {"is": str()}:
                return dict(reply)
        self.close()
        raise UnreadableError(_UNEXPECTED)

    def _cause_of_death(self, process: subprocess.Popen[bytes], late: bool) -> str:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_TIME_TO_END)
        self.close()
        if late:
            return f"Reading took longer than {self.limits.wall_seconds:g} seconds and was stopped. {_ELSE}"
        if process.returncode == -_CPU_SIGNAL:
            return (
                f"Reading took more than {self.limits.cpu_seconds} seconds of work and was stopped. {_ELSE}"
            )
        if process.returncode < 0:
            return f"The file is damaged, or needs more memory than allowed. {_ELSE}"
        return _UNEXPECTED

    def _too_much_memory(self) -> str:
        return f"Reading needs more than {self.limits.memory_bytes // MIB:,} MiB of memory. {_ELSE}"

    def _start(self) -> subprocess.Popen[bytes]:
        settings = {name: os.environ[name] for name in _KEPT if name in os.environ}
        settings |= {"PYTHONPATH": str(_ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603, this very program
            [sys.executable, "-m", "corpus.readers.worker", json.dumps(asdict(self.limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=settings,
            start_new_session=True,  # Ctrl-C is for the program that was started, which then closes this one
        )
        return self._process

    def close(self) -> None:
        """Stop the process, if it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):  # a job that it never took
                if pipe:
                    pipe.close()
        process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
