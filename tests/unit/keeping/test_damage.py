"""Whatever happens to a file of the home: it is named, mended where it can be, and no answer is wrong."""

from __future__ import annotations

import logging
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from corpus.errors import HomeError
from embeddings.backup import back_up, restore
from embeddings.indexing import index
from embeddings.salvage import salvage
from embeddings.store import FILE, Store
from embeddings.verify import verify
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION, MONDRAGON, UNDATED, reading

OWN = reading("own", "The glaziers of Newtown melt their own glass in a kiln.", notes=False, title="Glaziers")
SNAPSHOT = "index.snapshot"
QUESTIONS = (
    "When was Mondragon founded by five young engineers and a priest?",
    "Who melt their own glass in Newtown?",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a collection and a reading of the user's, which is only to be copied."""
    home = tmp_path_factory.mktemp("whole") / "home"
    with closing(Store.open(home, FakeEncoder())) as store:
        index(store, FakeEncoder(), [OWN])
    opened(home).close()
    return home


@pytest.fixture
def kept(whole: Path, home: Path) -> Path:
    shutil.copytree(whole, home)
    return home


def opened(home: Path) -> Assistant:
    return Assistant.open(home, resources=COLLECTION, encoder=FakeEncoder())


def told(home: Path) -> list[tuple[str, ...]]:
    """What is answered to the questions, each by its sentences."""
    with closing(opened(home)) as assistant:
        answers = [assistant.ask(question) for question in QUESTIONS]
        assert all(citation.words in citation.resource.text for a in answers for citation in a.citations)
        return [tuple(sentence.text for sentence in answer.sentences) for answer in answers]


def sound(home: Path) -> bool:
    return all(finding.wrong is None for finding in verify(home, FakeEncoder()))


@pytest.fixture(scope="module")
def expected(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, ...]]:
    copy = tmp_path_factory.mktemp("expected") / "home"
    shutil.copytree(whole, copy)
    answers = told(copy)
    assert all(answers)
    return answers


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x21
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def garble(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    """The same file of a home that another model made."""
    home = path.parent.with_name("foreign")
    other = FakeEncoder(32, "another")
    Assistant.open(home, resources=COLLECTION, encoder=other).close()
    shutil.copyfile(home / path.name, path)


@pytest.mark.parametrize("harm", [cut, garble, folder, empty, foreign, Path.unlink])
def test_an_index_that_is_harmed_costs_nothing_but_time(
    kept: Path, expected: list[tuple[str, ...]], harm: Callable[[Path], None]
) -> None:
    harm(kept / SNAPSHOT)
    assert told(kept) == expected


@pytest.mark.parametrize("harm", [cut, garble, folder, foreign])
def test_a_store_that_is_harmed_is_refused_with_the_way_out_and_rebuilt_or_restored(
    kept: Path, tmp_path: Path, expected: list[tuple[str, ...]], harm: Callable[[Path], None]
) -> None:
    back_up(kept, tmp_path / "backup")
    harm(kept / FILE)
    harmed = (kept / FILE).is_file() and (kept / FILE).read_bytes()
    with pytest.raises(HomeError, match=r"rebuild|ASSISTANT_HOME"):
        told(kept)
    assert ((kept / FILE).is_file() and (kept / FILE).read_bytes()) == harmed
    assert not sound(kept)
    restore(kept, tmp_path / "backup")
    assert told(kept) == expected
    assert sound(kept)


@pytest.mark.parametrize("harm", [empty, Path.unlink])
def test_a_store_that_is_gone_is_begun_anew_and_named(
    kept: Path,
    expected: list[tuple[str, ...]],
    harm: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    harm(kept / FILE)
    starter, own = told(kept)
    assert starter == expected[0]
    assert expected[1][0] not in own
    assert str(kept / FILE) in caplog.text
    assert "restore FILE" in caplog.text


def test_no_flipped_byte_makes_an_answer_wrong(kept: Path, expected: list[tuple[str, ...]]) -> None:
    whole = {path: path.read_bytes() for path in kept.iterdir()}
    chance = random.Random(11)
    refused = 0
    for path in [kept / FILE] * 40 + [kept / SNAPSHOT] * 5:
        for each, content in whole.items():
            each.write_bytes(content)
        for log in kept.glob("*-wal"):
            log.unlink()
        flip(path, chance.randrange(len(whole[path])))
        try:
            assert told(kept) == expected
        except HomeError as error:
            refused += 1
            assert "rebuild" in str(error) or "ASSISTANT_HOME" in str(error)
    assert refused > 2


def page_of(path: Path, words: bytes) -> int:
    return path.read_bytes().index(words) // 4096


def test_what_can_still_be_read_of_a_damaged_store_is_kept_by_a_rebuild(
    kept: Path, expected: list[tuple[str, ...]]
) -> None:
    content = bytearray((kept / FILE).read_bytes())
    lost = page_of(kept / FILE, UNDATED.text.encode())
    content[lost * 4096 : (lost + 1) * 4096] = bytes(4096)
    assert page_of(kept / FILE, b"glaziers") != lost
    (kept / FILE).write_bytes(content)
    with pytest.raises(HomeError, match="rebuild"):
        told(kept)
    found = salvage(kept, FakeEncoder())
    assert found.readings >= 1
    assert found.aside
    assert found.aside.read_bytes() == content
    assert told(kept) == expected
    assert sound(kept)


def test_an_altered_vector_is_found_and_made_again(kept: Path, expected: list[tuple[str, ...]]) -> None:
    with closing(sqlite3.connect(kept / FILE)) as connection, connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(128) WHERE id = 5")
    (wrong,) = [finding for finding in verify(kept, FakeEncoder()) if finding.wrong]
    assert wrong.what == "vectors"
    assert "rebuild" in str(wrong.wrong)
    (kept / SNAPSHOT).unlink()
    with pytest.raises(HomeError, match="rebuild"):
        told(kept)
    Store.open(kept, FakeEncoder(), renew=True).close()
    assert told(kept) == expected
    assert sound(kept)


def test_an_altered_text_is_never_quoted(kept: Path) -> None:
    with closing(sqlite3.connect(kept / FILE)) as connection, connection:
        connection.execute("UPDATE resources SET fields = replace(fields, '1956', '1965')")
    with pytest.raises(HomeError, match=f"{MONDRAGON.id} was altered"):
        told(kept)
    assert not sound(kept)


def test_changes_that_were_lost_with_the_log_beside_the_store_are_named(
    kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    older = (kept / FILE).read_bytes()
    with closing(Store.open(kept, FakeEncoder())) as store:
        index(store, FakeEncoder(), [reading("late", "The late reading is about lamps.")])
    opened(kept).close()
    (kept / FILE).write_bytes(older)
    with caplog.at_level(logging.WARNING), closing(opened(kept)) as assistant:
        assert "lost the last 1 changes" in caplog.text
        assert "late" not in {resource.id for resource in assistant.resources}


def test_an_index_of_another_history_with_as_many_changes_is_not_taken(kept: Path) -> None:
    older = (kept / FILE).read_bytes()
    with closing(Store.open(kept, FakeEncoder())) as store:
        index(store, FakeEncoder(), [reading("lamps", "The late reading is about lamps.")])
    opened(kept).close()
    (kept / FILE).write_bytes(older)
    with closing(Store.open(kept, FakeEncoder())) as store:
        index(store, FakeEncoder(), [reading("ropes", "The other reading is about ropes.")])
    with closing(opened(kept)) as assistant:
        assert {"ropes"} == {resource.id for resource in assistant.resources} & {"ropes", "lamps"}


FULL = """
import resource, sys
from assistant.cli import main
from tests.fakes import FakeEncoder

class Filling(FakeEncoder):
    def encode(self, *work):
        fill()
        return super().encode(*work)

def fill():
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))

if sys.argv[1] == "backup":
    fill()
sys.exit(main(sys.argv[1:], Filling()))
"""


@pytest.mark.parametrize("command", ["add", "backup"])
def test_a_full_disk_is_named_and_leaves_everything_as_it_was(
    kept: Path, tmp_path: Path, expected: list[tuple[str, ...]], command: str
) -> None:
    file = tmp_path / "file.txt"
    if command == "add":
        file.write_text("A paragraph is about glue.")
    ran = subprocess.run(
        [sys.executable, "-c", FULL, command, str(file)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "Make room" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "added" not in ran.stdout
    assert file.exists() is (command == "add")
    assert told(kept) == expected
    assert sound(kept)
