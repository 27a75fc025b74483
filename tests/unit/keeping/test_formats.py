"""Every format, from the command that adds it to an answer in its own words, linked to where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.cli import main
from tests.documents import Readable, readable, unreadable, write_all
from tests.readings import MONDRAGON

READABLE = tuple(readable())
ADDRESS = "https://example.org/reading"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home to which all documents were added, and `summary.json`, what the command said of it."""
    folder = tmp_path_factory.mktemp("documents")
    documents, home = folder / "documents", folder / "home"
    documents.mkdir()
    write_all(documents)
    with pytest.MonkeyPatch.context() as environment, (folder / "said").open("w+") as said:
        environment.setenv("ASSISTANT_HOME", str(home))
        environment.setattr("sys.stdout", said)
        assert main(["add", str(documents), "--json"]) == 1
        said.seek(0)
        (folder / "summary.json").write_text(said.read())
    return home


@pytest.fixture(scope="module")
def assistant(added: Path) -> Iterator[Assistant]:
    with closing(Assistant.open(added, resources=[MONDRAGON])) as opened:
        yield opened


def test_what_can_be_read_is_added_and_everything_else_is_skipped_with_its_reason(added: Path) -> None:
    summary = json.loads((added.parent / "summary.json").read_text())
    assert len(summary["added"]) == len(READABLE)
    assert summary["passages"] == sum(reading["passages"] for reading in summary["added"]) > len(READABLE)
    reasons = {Path(skipped["file"]).name: skipped["reason"] for skipped in summary["skipped"]}
    expected = {one.name: one.reason for one in unreadable()}
    assert reasons.keys() == expected.keys()
    assert all(expected[name] in reasons[name] for name in expected)


@pytest.mark.parametrize("document", READABLE, ids=lambda one: one.name)
def test_a_question_is_answered_in_the_documents_own_words(document: Readable, assistant: Assistant) -> None:
    answer = assistant.ask(document.fact.question)
    (sentence,) = [each for each in answer.sentences if each.text == document.fact.answer]
    assert sentence.support == "quoted"
    (citation,) = [each for each in answer.citations if each.number in sentence.citations]
    assert citation.words == document.fact.answer
    assert not citation.resource.notes
    assert document.name in (citation.resource.file or "")
    assert citation.resource.page_at(citation.start) == document.page
    if document.heading:
        assert citation.resource.heading_at(citation.start) == document.fact.heading


@pytest.mark.parametrize("extension", ["pdf", "html", "docx"])
def test_a_reading_with_an_address_is_linked_to_its_words(extension: str, assistant: Assistant) -> None:
    document = next(one for one in READABLE if one.name.endswith(f".fr.{extension}"))
    answer = assistant.ask(document.fact.question)
    citation = next(each for each in answer.citations if each.words == document.fact.answer)
    placed = replace(citation, resource=replace(citation.resource, url=ADDRESS))
    there = "#page=2" if extension == "pdf" else f"#:~:text={document.fact.answer.split()[0]}%20"
    assert str(placed.link).startswith(f"{ADDRESS}{there}")
