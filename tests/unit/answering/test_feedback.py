"""What readers say is kept, whole and in order, whatever they write and whoever else writes."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.feedback import FILE, LARGEST_FILE, LONGEST_TEXT, Feedback, keep_feedback, read_feedback
from corpus.errors import HomeError

GOOD = Feedback(verdict="good", question="What is a SCOP?", answer="A French company.")
WRONG = Feedback(
    verdict="wrong citation",
    question="What is a SCOP?",
    sentence="A French company.",
    resource="scop-law",
    start=3,
    end=20,
    comment="It is about Spain.",
)


def test_what_was_said_comes_back_in_order_with_its_time(home: Path) -> None:
    kept = [keep_feedback(home, GOOD), keep_feedback(home, WRONG)]
    assert list(read_feedback(home)) == kept
    assert [replace(one, at="") for one in kept] == [GOOD, WRONG]
    assert kept[0].at.endswith("+00:00")


def test_nothing_was_said_in_a_new_home(home: Path) -> None:
    assert read_feedback(home) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(max_size=50))
def test_no_text_can_break_a_line(home: Path, text: str) -> None:
    (home / FILE).unlink(missing_ok=True)
    keep_feedback(home, replace(GOOD, comment=text))
    keep_feedback(home, WRONG)
    assert [one.comment for one in read_feedback(home)] == [text, WRONG.comment]
    assert (home / FILE).read_bytes().count(b"\n") == 2


def test_half_a_character_is_replaced(home: Path) -> None:
    keep_feedback(home, replace(GOOD, comment="a\ud800b"))
    assert read_feedback(home)[0].comment == "a?b"


def test_a_long_text_is_cut(home: Path) -> None:
    assert len(keep_feedback(home, replace(GOOD, comment="x" * 10**6)).comment) == LONGEST_TEXT
    assert (home / FILE).stat().st_size < 2 * LONGEST_TEXT


def test_a_full_file_takes_no_more_and_says_what_to_do(home: Path) -> None:
    home.mkdir()
    (home / FILE).write_bytes(b"\n" * LARGEST_FILE)
    with pytest.raises(HomeError, match="feedback --json"):
        keep_feedback(home, GOOD)
    assert (home / FILE).stat().st_size == LARGEST_FILE


def test_a_line_that_was_cut_short_costs_no_other_line(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    keep_feedback(home, GOOD)
    with (home / FILE).open("ab") as file:
        file.write(b'{"verdict": "go')
    keep_feedback(home, WRONG)
    assert [one.verdict for one in read_feedback(home)] == ["good", "wrong citation"]
    assert "line 2 is no feedback" in caplog.text


def test_readers_who_write_at_once_lose_nothing(home: Path) -> None:
    def say(number: int) -> None:
        for turn in range(10):
            keep_feedback(home, replace(GOOD, comment=f"{number}-{turn}"))

    threads = [threading.Thread(target=say, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.comment for one in read_feedback(home)}) == 40


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    with pytest.raises(HomeError, match="Allow writing there"):
        keep_feedback(blocked, GOOD)


def test_a_line_of_another_program_is_not_taken_for_feedback(home: Path) -> None:
    home.mkdir()
    other = {"verdict": "marvellous", "question": "?"}
    (home / FILE).write_text(f"{json.dumps(other)}\n[]\n\n\xff\n", "latin-1")
    assert read_feedback(home) == ()
