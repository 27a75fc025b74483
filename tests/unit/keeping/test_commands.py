"""`add`, `remove`, `status`, `verify`, `rebuild`, `backup` and `restore`, as they are typed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.cli import FAILED, WRONG_USE
from corpus.fetching import FOLDER
from embeddings.store import FILE, Store
from embeddings.turns import turn
from tests.fakes import FakeEncoder
from tests.unit.cli.conftest import Terminal, collection, terminal

__all__ = ["collection", "terminal"]

GLASS = "The glaziers of Newtown melt their own glass in a kiln of brick."


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two texts, one of them in an archive, and a file that can't be read."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "glass.txt").write_text(GLASS)
    (folder / "empty.txt").write_text("")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("rope.md", "# Ropes\n\nThe ropewalk of Oldport is four hundred metres long.")
    return folder


def test_a_folder_is_added_once_and_what_is_skipped_is_told(terminal: Terminal, files: Path) -> None:
    assert terminal.run("add", str(files)) == 1
    told = [line.split()[0] for line in terminal.out.splitlines()]
    assert told == ["skipped", "added", "added", "2"]
    assert "empty.txt: The file is empty" in terminal.out
    assert "2 added, 0 unchanged, 0 replaced, 1 skipped: 2 passages in" in terminal.out
    (files / "empty.txt").unlink()
    terminal.encoder.encoded.clear()
    again = terminal.json("add", str(files), "--json")
    assert [len(again[name]) for name in ("added", "unchanged", "replaced", "skipped")] == [0, 2, 0, 0]
    assert terminal.encoder.encoded == []
    (files / "glass.txt").write_text(f"{GLASS} It is green.")
    changed = terminal.json("add", str(files / "glass.txt"), "--json")
    assert [reading["title"] for reading in changed["replaced"]] == ["Glass"]


def test_what_was_added_is_answered_in_its_own_words(terminal: Terminal, files: Path) -> None:
    terminal.run("add", str(files / "glass.txt"), "--url", "https://example.org/glass", "--kind", "guide")
    answer = terminal.json("ask", "Who melt their own glass in a kiln of brick?", "--json")
    (sentence,) = answer["sentences"]
    assert (sentence["text"], sentence["citations"], sentence["support"]) == (GLASS, [1], "quoted")
    assert answer["citations"][0]["url"].startswith("https://example.org/glass#:~:text=The%20glaziers%20of")
    assert terminal.json("search", "glass kiln", "--json", "--kind", "guide", "-k", "1")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "song"], "song"),
        (["--topic", "songs"], "songs"),
        (["--language", "xx"], "xx"),
        (["--date", "yesterday"], "yesterday"),
        (["--url", "ftp://example.org"], "ftp"),
        (["--title", "One title"], "One title"),
    ],
)
def test_what_no_reading_can_be_is_wrong_use(
    terminal: Terminal, files: Path, options: list[str], said: str
) -> None:
    assert said in terminal.refusal("add", str(files), *options)


def test_what_is_not_there_is_skipped(terminal: Terminal, tmp_path: Path) -> None:
    summary_code = terminal.run("add", str(tmp_path / "none.pdf"), "--json")
    assert summary_code == 1
    assert len(json.loads(terminal.out)["skipped"]) == 1


def test_an_address_of_this_machine_is_skipped_unless_it_is_allowed(terminal: Terminal) -> None:
    assert terminal.run("add", "http://127.0.0.1:8999/page.html") == 1
    assert "http://127.0.0.1:8999/page.html" in terminal.out
    assert "--allow-private" in terminal.out


def test_a_removed_reading_leaves_no_trace(terminal: Terminal, files: Path, home: Path) -> None:
    added = terminal.json("add", str(files / "glass.txt"), "--json")["added"][0]["resource"]
    terminal.json("search", "glaziers", "--json")
    copy = home / FOLDER / added
    copy.mkdir(parents=True)
    (copy / "page.html").write_text("glaziers")
    assert terminal.run("remove", added) == 0
    assert not copy.exists()
    for path in home.rglob("*"):
        assert not path.is_file() or b"glazier" not in path.read_bytes(), path


def test_a_starter_reading_whose_full_text_was_added_is_removed_altogether(
    terminal: Terminal, home: Path
) -> None:
    terminal.json("search", "owl", "--json")
    with closing(Store.open(home, FakeEncoder())) as store:
        owl = next(resource for resource in store.resources() if resource.id == "owl")
        store.put(owl, [], {}, "user")
    assert terminal.run("remove", "owl") == 0
    assert "owl" not in {hit["resource"] for hit in terminal.json("search", "owl", "--json")}


def test_status_for_programs_tells_state_sizes_and_age(terminal: Terminal, files: Path) -> None:
    assert terminal.json("status", "--json")["begun"] is False
    terminal.json("search", "owl", "--json")
    terminal.run("add", str(files / "glass.txt"))
    terminal.run("remove", "wren")
    status = terminal.json("status", "--json")
    figures = {name: status[name] for name in ("begun", "readings", "own", "waiting", "removed")}
    assert figures == {"begun": True, "readings": 3, "own": 1, "waiting": 0, "removed": 1}
    assert status["bytes"][FILE] > 10_000
    assert status["changed"] >= status["last_added"]
    assert terminal.run("status") == 0
    assert "of your own  1" in terminal.out


def test_everything_is_verified(terminal: Terminal, home: Path) -> None:
    terminal.json("search", "owl", "--json")
    assert terminal.run("verify") == 0
    assert "WRONG" not in terminal.out
    findings = {finding["what"]: finding for finding in terminal.json("verify", "--json")}
    assert {"file", "readings", "passages", "vectors", "model", "index"} <= findings.keys()
    with closing(sqlite3.connect(home / FILE)) as connection, connection:
        connection.execute("UPDATE resources SET passages = '[]' WHERE id = 'owl'")
    assert terminal.run("verify") == 1
    assert "WRONG  readings" in terminal.out
    assert "owl was altered" in terminal.out


def test_another_model_is_found_by_verifying(terminal: Terminal) -> None:
    terminal.json("search", "owl", "--json")
    terminal.encoder = FakeEncoder(name="another")
    assert terminal.run("verify") == 1
    assert "rebuild" in terminal.out


def test_a_damaged_store_is_rebuilt_from_what_can_be_read(
    terminal: Terminal, files: Path, home: Path
) -> None:
    terminal.run("add", str(files / "glass.txt"))
    before = terminal.json("search", "owl", "--json")
    content = (home / FILE).read_bytes()
    (home / FILE).write_bytes(content.replace(b"hunts mice", b"hunts rats"))
    assert "rebuild" in terminal.refusal("ask", "Why?", code=FAILED)
    assert terminal.run("rebuild") == 0
    assert "damaged-" in terminal.out
    assert terminal.json("search", "owl", "--json") == before
    assert terminal.run("verify") == 0


def test_a_backup_is_restored(terminal: Terminal, files: Path, tmp_path: Path) -> None:
    terminal.run("add", str(files / "glass.txt"))
    assert terminal.run("backup", str(tmp_path / "backup")) == 0
    assert "1 reading" in terminal.out
    terminal.run("remove", "owl")
    assert terminal.run("restore", str(tmp_path / "backup")) == 0
    assert terminal.json("search", "glass kiln", "--json", "-k", "1")[0]["passage"] == GLASS
    assert "no backup" in terminal.refusal("restore", str(files / "more.zip"), code=FAILED)
    assert "FILE" in terminal.refusal("restore", code=WRONG_USE)


ADD = """
import sys
from assistant.cli import main
from tests.fakes import FakeEncoder
sys.exit(main(["add", sys.argv[1]], FakeEncoder()))
"""


def test_of_two_writers_one_waits_and_says_so_and_a_page_sees_what_was_added_within_two_seconds(
    files: Path, home: Path
) -> None:
    (files / "empty.txt").unlink()
    with closing(Assistant.open(home, resources=(), encoder=FakeEncoder())) as page:
        with turn(home):
            writer = subprocess.Popen(
                [sys.executable, "-c", ADD, str(files)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            assert writer.stdout
            assert writer.stderr
            assert "waiting until it is done" in writer.stderr.readline()
            assert page.resources == ()
        assert writer.stdout.readline().startswith("added")
        told = time.monotonic()
        assert len(page.resources) == 2
        assert page.search("glass kiln", 1)[0].passage.text == GLASS
        assert time.monotonic() - told < 2
        assert writer.wait() == 0
        writer.stdout.close()
        writer.stderr.close()


def test_a_turn_is_free_again_after_whoever_had_it_was_killed(home: Path) -> None:
    script = (
        "import os, pathlib, sys\nfrom embeddings.turns import turn\n"
        "with turn(pathlib.Path(sys.argv[1])):\n  os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(home)], check=False)
    with turn(home):
        pass
