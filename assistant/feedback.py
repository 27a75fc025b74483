"""What readers say of answers, kept in the home as JSON lines and sent nowhere."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from corpus.errors import HomeError

FILE = "feedback.jsonl"
LONGEST_TEXT = 4000
"""Characters of a text that are kept; what is longer is cut."""

LARGEST_FILE = 10_000_000
"""Bytes; no more is kept, so that nobody can fill the disk by praising."""

Verdict = Literal["good", "bad", "wrong citation"]

_log = logging.getLogger(__name__)

_Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One reader's word on one answer, or on one of its citations.

    A wrong citation is characters `start` to `end` of the text of the reading `resource`, cited for
    `sentence`. `at` is when it was kept, as ISO 8601 in UTC.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    verdict: Verdict
    question: _Text
    answer: _Text = ""
    sentence: _Text = ""
    resource: _Text = ""
    start: int = 0
    end: int = 0
    comment: _Text = ""
    at: _Text = ""


_FORM = TypeAdapter(Feedback)


def keep_feedback(home: Path, feedback: Feedback) -> Feedback:
    """Add one line to the home's file, on disk when it returns; what was kept, with its time.

    Long texts are cut. Raises HomeError where the file can't be written or is full.
    """
    kept = replace(_keepable(feedback), at=datetime.now(UTC).isoformat(timespec="seconds"))
    line = json.dumps(asdict(kept)).encode() + b"\n"  # in ASCII: no text can end the line
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _locked(home / FILE) as descriptor:
            _append(descriptor, line, home / FILE)
    except OSError as error:
        raise HomeError(
            f"What you said can't be kept in {home / FILE}: {error.strerror}. Allow writing there."
        ) from error
    return kept


def read_feedback(home: Path) -> tuple[Feedback, ...]:
    """All that was kept, oldest first. A line that is not ours is skipped, and the log says so.

    Raises HomeError where the file can't be read.
    """
    try:
        lines = (home / FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise HomeError(f"{home / FILE} can't be read: {error.strerror}. Allow reading it.") from error
    return tuple(_parsed(lines, home / FILE))


def _parsed(lines: list[bytes], file: Path) -> Iterator[Feedback]:
    for number, line in enumerate(lines, start=1):
        try:
            yield _FORM.validate_json(line)
        except ValidationError:
            _log.warning("%s: line %d is no feedback, and is skipped.", file, number)


def _keepable(feedback: Feedback) -> Feedback:
    """Its texts cut, and without the halves of characters that JSON has no word for."""
    texts = {name: value for name, value in asdict(feedback).items() if isinstance(value, str)}
    kept: dict[str, Any] = {
        name: value[:LONGEST_TEXT].encode("utf-8", "replace").decode() for name, value in texts.items()
    }
    return replace(feedback, **kept)


def _append(descriptor: int, line: bytes, file: Path) -> None:
    size = os.lseek(descriptor, 0, os.SEEK_END)
    if size + len(line) > LARGEST_FILE:
        raise HomeError(
            f"{file} is full. Put what `python -m assistant feedback --json` prints somewhere else, "
            "and delete the file."
        )
    os.lseek(descriptor, max(size - 1, 0), os.SEEK_SET)
    if os.read(descriptor, 1) not in (b"", b"\n"):  # a writer was killed in the middle of a line
        line = b"\n" + line
    written = os.write(descriptor, line)
    if written != len(line):
        os.ftruncate(descriptor, size)
        raise HomeError(f"{file} can't take another line: the disk is full. Make room on it.")
    os.fsync(descriptor)


@contextmanager
def _locked(file: Path) -> Iterator[int]:
    """The file, open for appending by nobody else."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        _lock(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)  # which gives up the lock


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

else:

    def _lock(descriptor: int) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
