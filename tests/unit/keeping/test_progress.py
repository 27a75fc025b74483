"""Somebody who waits is told how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.adding import Kept
from assistant.commands.adding_progress import AddingProgress
from corpus.readers import Skipped


def test_a_log_is_told_how_much_is_done_and_how_fast_and_how_long_the_rest_takes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "files"
    (folder / "in").mkdir(parents=True)
    for name, size in (("a.txt", 100), ("in/b.zip", 300)):
        (folder / name).write_bytes(bytes(size))
    progress = AddingProgress([str(folder), "https://example.org/page"], pause=0)
    list(progress.reading([Skipped("files/a.txt", "It is empty.")]))
    progress.encoding(1, 2)
    progress.told(Kept("files/a.txt", "a", "added", "A", 5))
    list(progress.reading([Skipped("files/in/b.zip/c.txt", "It is empty.")]))
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "read files/a.txt"
    assert said[1].startswith("encoded 1 of 2 texts, 12% of all, about ")
    assert said[1].endswith(" s left")
    assert "passages a second, 25% of all" in said[2]
