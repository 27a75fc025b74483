"""Three readings, and a terminal to run commands in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import WRONG_USE, main
from tests.fakes import FakeEncoder

READINGS = {
    "owl": ("The owl", "news", "2012", ["history"], "Italy", "The owl hunts mice at night. It hears them."),
    "wren": ("The wren", "blog", "2020", ["history"], "Spain", "The wren sings loudly. Its nest is of moss."),
    "swift": ("The swift", "news", "2021", ["finance"], "Italy", "The swift sleeps in flight."),
}
ANSWER_KEYS = [
    *("question", "understood_as", "intent", "answered", "sentences", "citations", "readings"),
    *("suggestions", "confidence", "remark", "writer", "usage", "milliseconds"),
]


@pytest.fixture(autouse=True)
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three readings, which the settings name."""
    folder = tmp_path / "birds"
    folder.mkdir()
    for identifier, (title, kind, date, topics, place, text) in READINGS.items():
        (folder / f"{identifier}.md").write_text(
            f"---\ntitle: {title}\nkind: {kind}\nlanguage: en\ndate: '{date}'\nplaces: [{place}]\n"
            f"topics: {json.dumps(topics)}\nurl: https://example.org/{identifier}\n---\n\n{text}\n",
            "utf-8",
        )
    monkeypatch.setenv("ASSISTANT_COLLECTION", str(folder))
    return folder


class Terminal:
    """Runs commands, and shows what they print."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured
        self.encoder = FakeEncoder()
        self.out = self.err = ""

    def run(self, *arguments: str) -> int:
        try:
            code = main(arguments, self.encoder)
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        self.out, self.err = self._captured.readouterr()
        return code

    def json(self, *arguments: str) -> Any:  # noqa: ANN401, whatever JSON holds
        assert self.run(*arguments) == 0, self.err
        return json.loads(self.out)

    def refusal(self, *arguments: str, code: int = WRONG_USE) -> str:
        """What is said of a command that is refused: one line, and nothing on standard output."""
        assert self.run(*arguments) == code
        assert not self.out
        assert self.err.count("\n") == 1
        return self.err


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def batch_file(path: Path, *lines: str) -> Path:
    """A file with these lines."""
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path
