"""An `add` that said "added" survives being killed at any moment, and nobody who asks meanwhile notices."""

from __future__ import annotations

from pathlib import Path

from tests.killing import add_texts, kill_and_ask


def test_what_was_acknowledged_is_found_after_any_kill_and_no_answer_was_wrong(
    home: Path, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    outcome = kill_and_ask(home, files, kills=16, seed=3, adds=add_texts)
    assert outcome.wrong == []
    assert outcome.kills == 16
    assert outcome.acknowledged > 5
    assert outcome.asked > 3
