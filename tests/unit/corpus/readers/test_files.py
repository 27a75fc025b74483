"""Folders and archives: all of their files and nothing else, and ids that stay."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.readers import (
    LIMITS,
    Found,
    Limits,
    Metadata,
    ReaderProcess,
    Skipped,
    Unchanged,
    read,
    text_digest,
)
from embeddings.rows import resource_from_row, resource_to_row
from tests.file_makers import page, pdf, scan, zipped

WORDS = b"The members vote."


def _one(path: Path, process: ReaderProcess, given: Metadata | None = None) -> Found:
    (outcome,) = read(path, given or Metadata(), process=process)
    assert isinstance(outcome, Found), outcome
    return outcome


def _names(path: Path, process: ReaderProcess) -> dict[str, str]:
    """Each outcome's name, with the reason if it was skipped."""
    return {o.name: o.reason if isinstance(o, Skipped) else "" for o in read(path, process=process)}


def test_a_folder_is_read_with_its_folders_and_without_hidden_files(
    tmp_path: Path, process: ReaderProcess
) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden.txt", ".git/d.txt", "a/Thumbs.db"):
        path = tmp_path / "all" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(WORDS)

    assert _names(tmp_path / "all", process) == {"all/a/c.txt": "", "all/b.txt": ""}


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path, process: ReaderProcess) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "own.txt").write_bytes(WORDS)
    (tmp_path / "private.txt").write_bytes(b"Private words.")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "other.txt").write_bytes(b"Others' words.")
    (folder / "out.txt").symlink_to(tmp_path / "private.txt")
    (folder / "outer").symlink_to(tmp_path / "others")
    (folder / "in.txt").symlink_to(folder / "own.txt")
    (folder / "round").symlink_to(folder)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")

    names = _names(folder, process)

    assert {name for name, reason in names.items() if not reason} == {"all/own.txt"}
    assert {name for name, reason in names.items() if "out of the folder" in reason} == {
        "all/gone.txt",
        "all/out.txt",
        "all/outer",
    }


def test_what_is_no_file_or_can_not_be_opened_is_skipped(tmp_path: Path, process: ReaderProcess) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert "neither a file" in _names(tmp_path / "pipe.txt", process)["pipe.txt"]
    assert "No such file" in _names(tmp_path / "nothing.txt", process)["nothing.txt"]


def test_the_same_file_keeps_its_id_in_a_new_version(tmp_path: Path, process: ReaderProcess) -> None:
    path = tmp_path / "Our Handbook.txt"
    path.write_bytes(WORDS)
    first = _one(path, process)
    again = _one(path, process)
    path.write_bytes(b"Other words.")
    changed = _one(path, process)

    assert first == again
    assert first.resource.id.startswith("our-handbook-")
    assert changed.resource.id == first.resource.id
    assert changed.fingerprint != first.fingerprint


def test_a_page_keeps_its_id_wherever_its_copy_lies(tmp_path: Path, process: ReaderProcess) -> None:
    given = Metadata(url="https://example.org/rules.html?x=1")
    for name in ("one.html", "two.html"):
        (tmp_path / name).write_bytes(page("Rules", "<p>The members vote.</p>"))

    ids = {_one(tmp_path / name, process, given).resource.id for name in ("one.html", "two.html")}
    other = _one(tmp_path / "one.html", process, replace(given, url="https://example.org/rules.html?x=2"))

    assert len(ids) == 1
    assert other.resource.id not in ids


def test_a_page_can_not_take_another_ones_id_by_naming_its_address(
    tmp_path: Path, process: ReaderProcess
) -> None:
    head = '<link rel="canonical" href="https://example.org/rules">'
    (tmp_path / "hostile.html").write_bytes(page("Rules", "<p>Members obey.</p>", head))
    (tmp_path / "rules.html").write_bytes(page("Rules", "<p>Members vote.</p>"))

    true = _one(tmp_path / "rules.html", process, Metadata(url="https://example.org/rules"))

    assert _one(tmp_path / "hostile.html", process).resource.id != true.resource.id


def test_the_same_words_are_known_in_another_format(tmp_path: Path, process: ReaderProcess) -> None:
    words = "The members of the firm vote on everything that matters to them, and on little else."
    (tmp_path / "a.txt").write_bytes(words.encode())
    (tmp_path / "b.pdf").write_bytes(pdf([[words]]))
    (tmp_path / "c.txt").write_bytes(words.replace("vote", "do not vote").encode())

    digests = {
        name: text_digest(_one(tmp_path / name, process).resource) for name in ("a.txt", "b.pdf", "c.txt")
    }

    assert digests["a.txt"] == digests["b.pdf"] != digests["c.txt"]


def test_what_is_known_is_not_read_again_unless_something_else_is_given(
    tmp_path: Path, process: ReaderProcess
) -> None:
    (tmp_path / "a.txt").write_bytes(WORDS)
    found = _one(tmp_path / "a.txt", process)

    def known(id_: str, fingerprint: str) -> bool:
        return (id_, fingerprint) == (found.resource.id, found.fingerprint)

    assert list(read(tmp_path / "a.txt", known=known, process=process)) == [
        Unchanged("a.txt", found.resource.id)
    ]
    (outcome,) = read(tmp_path / "a.txt", Metadata(kind="guide"), known=known, process=process)
    assert isinstance(outcome, Found)


def test_what_is_given_overrides_what_was_found(tmp_path: Path, process: ReaderProcess) -> None:
    (tmp_path / "a.html").write_bytes(page("Its title", "<p>The members vote.</p>", language="es"))
    given = Metadata(title="My title", language="fr", kind="guide", topics=("finance",), people=("Ana Ruiz",))

    resource = _one(tmp_path / "a.html", process, given).resource

    assert (resource.title, resource.language, resource.kind) == ("My title", "fr", "guide")
    assert (resource.topics, resource.people) == (("finance",), ("Ana Ruiz",))


def test_everything_that_is_read_survives_in_the_store(tmp_path: Path, process: ReaderProcess) -> None:
    (tmp_path / "a.pdf").write_bytes(
        pdf([[f"Page {n}."] for n in ("one", "two")], headings=["First", "Second"])
    )

    resource = _one(tmp_path / "a.pdf", process).resource

    assert len(resource.pages) == 2
    assert resource.sections
    assert resource_from_row(resource_to_row(resource)) == resource


def test_an_archive_is_read_with_archives_in_it(tmp_path: Path, process: ReaderProcess) -> None:
    inner = zipped({"b.txt": b"Other words."})
    (tmp_path / "a.zip").write_bytes(zipped({"x/a.txt": WORDS, "in.zip": inner, ".DS_Store": b"x"}))

    assert _names(tmp_path / "a.zip", process) == {"a.zip/in.zip/b.txt": "", "a.zip/x/a.txt": ""}


def test_an_archive_that_changed_is_read_anew(tmp_path: Path, process: ReaderProcess) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": WORDS}))
    first = _one(path, process)
    path.write_bytes(zipped({"a.txt": b"Other words."}))

    assert _one(path, process).resource.text == "Other words."
    assert _one(path, process).resource.id == first.resource.id


def test_no_path_leads_out_of_an_archive(tmp_path: Path, process: ReaderProcess) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("../up.txt", "/etc/passwd.txt", "a/../../b.txt", "C:\\x.txt", "..\\y.txt"):
            archive.writestr(zipfile.ZipInfo(name), WORDS)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.txt", WORDS)
    (tmp_path / "a.zip").write_bytes(stream.getvalue())

    names = _names(tmp_path / "a.zip", process)

    assert [name for name, reason in names.items() if not reason] == ["a.zip/good.txt"]
    assert len(names) == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]


def _nested(depth: int) -> bytes:
    data = zipped({"a.txt": WORDS})
    for _ in range(depth):
        data = zipped({"in.zip": data})
    return data


SMALL = replace(LIMITS, archive_files=3, archive_bytes=2_000_000, archive_depth=2, file_bytes=1_500_000)


@pytest.fixture(scope="module")
def small() -> Iterator[ReaderProcess]:
    with ReaderProcess(SMALL) as process:
        yield process


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({f"{n}.txt": WORDS for n in range(4)}), "4 files; at most 3"),
        (
            zipped({f"{n}.txt": b"word" * 200_000 + os.urandom(9_000) for n in range(3)}),
            "unpacks to more than 1 MiB",
        ),
        (zipped({"a.txt": b"a" * 1_200_000}), "200 times"),
        (zipped({"a.txt": b"word " * 300_000 + os.urandom(20_000)}), "larger than 1 MiB"),
        (_nested(2), "read 2 deep"),
        (zipped({f"{n}.zip": zipped({"a.txt": WORDS, "b.txt": WORDS}) for n in range(3)}), "too large"),
    ],
)
def test_archives_stop_at_their_limits(
    tmp_path: Path, small: ReaderProcess, data: bytes, reason: str
) -> None:
    (tmp_path / "a.zip").write_bytes(data)

    assert reason in " ".join(_names(tmp_path / "a.zip", small).values())


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(WORDS)

    (outcome,) = read(tmp_path / "a.txt", limits=Limits(file_bytes=10))

    assert isinstance(outcome, Skipped)
    assert "larger than" in outcome.reason


def test_scans_are_skipped_with_the_way_to_their_letters(tmp_path: Path, process: ReaderProcess) -> None:
    (tmp_path / "a.pdf").write_bytes(scan())

    reason = _names(tmp_path / "a.pdf", process)["a.pdf"]

    assert "--ocr" in reason
    assert "ocrmypdf" in reason
