"""What the commands refuse, what keeps them from their work, and what they exit with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.cli import CLOSED_PIPE, FAILED, INTERRUPTED, WRONG_USE
from embeddings import Progress, Vectors
from tests.fakes import FakeEncoder
from tests.unit.cli.conftest import ANSWER_KEYS, Terminal, batch_file


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("", "not JSON"),
        ("[]", '"question"'),
        ('{"question": 5}', '"question"'),
        ('{"question": "why?", "history": "no"}', '"history"'),
        ('{"question": "why?", "history": [{"role": "system", "content": "x"}]}', '"role"'),
        ('{"question": "why?", "history": [{"role": "user"}]}', '"content"'),
    ],
)
def test_a_bad_line_is_named_before_anything_is_asked(
    line: str, said: str, terminal: Terminal, tmp_path: Path
) -> None:
    file = batch_file(tmp_path / "questions.jsonl", '{"question": "fine"}', line, '{"question": "fine"}')
    message = terminal.refusal("ask", "--json", "--batch", str(file))
    assert message.startswith(f"{file}:2: ")
    assert said in message
    assert not terminal.encoder.encoded


def test_a_batch_that_is_no_file_is_told(terminal: Terminal, tmp_path: Path) -> None:
    assert "Check the path" in terminal.refusal("ask", "--json", "--batch", str(tmp_path / "none.jsonl"))
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"question": "où?"}'.encode("latin-1"))
    assert "not UTF-8" in terminal.refusal("ask", "--json", "--batch", str(latin))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["sing"], "sing"),
        (["ask"], "--batch"),
        (["ask", "Why?", "--batch", "questions.jsonl", "--json"], "--batch"),
        (["ask", "--batch", "questions.jsonl"], "--json"),
        (["ask", "  "], "empty"),
        (["ask", "x" * 20_000], "characters"),
        (["ask", "Why?", "--model", "gpt"], "extract"),
        (["ask", "why", "not"], "not"),
        (["search", "owl", "-k", "0"], "above 0"),
        (["search", "owl", "--kind", "song"], "blog, news"),
        (["search", "owl", "--from-year", "2020", "--to-year", "2010"], "--from-year"),
        (["similar", "nightingale"], "nightingale"),
        (["export", "owl"], "--format"),
        (["export", "owl", "nightingale", "--format", "ris"], "nightingale"),
        (["export", "owl", "--format", "pdf"], "bibtex"),
        (["remove"], "RESOURCE_ID"),
        (["evaluate"], "FOLDER"),
        (["serve", "--port", "70000"], "--port"),
    ],
)
def test_wrong_use_is_told_in_one_line_with_exit_code_2(
    arguments: list[str], said: str, terminal: Terminal
) -> None:
    assert said in terminal.refusal(*arguments)


@pytest.mark.parametrize(
    "question",
    [
        'a "b',
        "AND",
        "NEAR(",
        "foo:bar",
        "<script>",
        "![x](http://a.example)",
        "'; DROP TABLE x; --",
        "🦉",
        "تعاونية",
        "合作社是什么？",
        "a\x00b\x1b[31mc",
        "\udcff owl",
    ],
)
def test_odd_questions_get_an_answer_or_one_line(question: str, terminal: Terminal) -> None:
    assert terminal.run("ask", question) in (0, WRONG_USE)
    assert "\x1b" not in terminal.out + terminal.err
    assert "Traceback" not in terminal.err
    if terminal.run("ask", question, "--json") == 0:
        assert list(json.loads(terminal.out)) == ANSWER_KEYS


def test_what_keeps_a_command_from_its_work_is_told_with_exit_code_1(
    terminal: Terminal, collection: Path, tmp_path: Path
) -> None:
    assert "no such folder or file" in terminal.refusal("evaluate", str(tmp_path / "x.jsonl"), code=FAILED)
    (collection / "owl.md").write_text("no header", "utf-8")
    assert "owl.md:1:" in terminal.refusal("ask", "Why?", code=FAILED)


def test_a_home_that_is_a_file_is_told(terminal: Terminal, home: Path) -> None:
    home.write_text("not a folder", "utf-8")
    assert str(home) in terminal.refusal("ask", "Why?", code=FAILED)


def test_interrupting_a_command_ends_it_quietly(terminal: Terminal) -> None:
    class Interrupted(FakeEncoder):
        def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
            super().encode(texts[:1], progress)
            raise KeyboardInterrupt

    terminal.encoder = Interrupted()
    assert terminal.run("ask", "Why?") == INTERRUPTED
    assert (terminal.out, terminal.err) == ("", "")


def test_a_pipe_that_is_closed_early_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "assistant", "status"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert ran.stderr == b""
    assert ran.returncode == CLOSED_PIPE


def test_wrong_use_is_told_before_any_library_that_takes_time_is_loaded() -> None:
    script = (
        "import sys; from assistant.cli import main\n"
        "try: main(['ask', '--model', 'none', 'x'])\n"
        "except SystemExit: print(*{'faiss', 'torch', 'gradio', 'fastapi', 'sklearn'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not ran.stdout.strip()
