"""`python -m corpus check`: what it prints and its exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.__main__ import main
from tests.unit.corpus.samples import HEADER, markdown


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "corpus", "check", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_shipped_collection_has_no_problems() -> None:
    done = _run()

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "264 readings, 1,166 notes, 5 languages: no problems\n"


def test_every_problem_is_printed_with_file_and_line_and_the_exit_code_is_1(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(markdown(HEADER + "date: soon\n", "One.[^1]\n"), "utf-8")
    (tmp_path / "b.md").write_text("text", "utf-8")
    done = _run(str(tmp_path))

    assert (done.returncode, done.stderr) == (1, "")
    first, second, third, summary = done.stdout.splitlines()
    assert first.startswith(f"{tmp_path / 'a.md'}:6: 'soon' is not a date. Write YYYY")
    assert second.startswith(f"{tmp_path / 'a.md'}:9: The footnote [^1] has no source. Add a line")
    assert third.startswith(f"{tmp_path / 'b.md'}:1: The file has no header. Begin with")
    assert summary == "3 problems in 2 files"


def test_one_of_a_thing_is_not_called_by_its_plural(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(markdown(HEADER + "notes: true\n"), "utf-8")

    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 reading, 1 note, 1 language: no problems\n"


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "missing")]) == 2
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["chek"], ["check", "a", "b"]])
def test_wrong_use_has_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)

    assert raised.value.code == 2
    assert "usage:" in capsys.readouterr().err
