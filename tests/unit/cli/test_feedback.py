"""`feedback` shows what readers said."""

from __future__ import annotations

from pathlib import Path

from assistant.feedback import Feedback, keep_feedback
from tests.unit.cli.conftest import Terminal

WRONG = Feedback(
    verdict="wrong citation",
    question="When does the owl\x1b[31m hunt?",
    sentence="It hunts at noon.",
    resource="owl",
    start=0,
    end=18,
    comment="At night.",
)


def test_nobody_has_said_anything_yet(terminal: Terminal) -> None:
    assert terminal.run("feedback") == 0
    assert "No feedback yet" in terminal.out
    assert terminal.json("feedback", "--json") == []


def test_what_was_said_is_shown_without_characters_that_a_terminal_obeys(
    terminal: Terminal, home: Path
) -> None:
    keep_feedback(home, Feedback(verdict="good", question="What is a wren?"))
    keep_feedback(home, WRONG)
    assert terminal.run("feedback") == 0
    assert "good" in terminal.out
    assert "owl, characters 0 to 18" in terminal.out
    assert "“At night.”" in terminal.out
    assert "\x1b" not in terminal.out
    assert "2 lines of feedback." in terminal.out


def test_for_programs_every_field_is_there(terminal: Terminal, home: Path) -> None:
    kept = keep_feedback(home, WRONG)
    (one,) = terminal.json("feedback", "--json")
    assert one == {
        "verdict": "wrong citation",
        "question": WRONG.question,
        "answer": "",
        "sentence": "It hunts at noon.",
        "resource": "owl",
        "start": 0,
        "end": 18,
        "comment": "At night.",
        "at": kept.at,
    }
