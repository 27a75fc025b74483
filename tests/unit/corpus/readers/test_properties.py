"""Whatever the bytes are, there is an outcome, and what is read is a reading."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.check import KINDS, LANGUAGES, is_date, is_web_address
from corpus.front_matter import plain
from corpus.links import link_to
from corpus.passages import split_passages
from corpus.readers import Found, Outcome, ReaderProcess, Skipped, read, text_digest
from corpus.resource import Resource
from embeddings.rows import resource_from_row, resource_to_row
from tests.documents import readable
from tests.file_makers import damaged

EXTENSIONS = ("pdf", "html", "docx", "epub", "md", "txt", "zip", "bib", "ris", "json", "xyz", "")
DOCUMENTS = tuple(document for document in readable() if document.fact.language == "en")
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytes")


def _check(outcomes: list[Outcome]) -> None:
    assert outcomes
    for outcome in outcomes:
        assert plain(outcome.name) == outcome.name != ""
        if isinstance(outcome, Skipped):
            assert 10 < len(outcome.reason) <= 500
        if isinstance(outcome, Found):
            _check_resource(outcome.resource)


def _check_resource(resource: Resource) -> None:
    length = len(resource.text)
    assert resource.text.strip()
    assert plain(resource.text) == resource.text
    assert resource.title
    assert resource.kind in KINDS
    assert resource.language in LANGUAGES
    assert resource.date is None or is_date(resource.date)
    assert resource.url is None or is_web_address(resource.url)
    assert all(0 <= section.start <= length for section in resource.sections)
    assert list(resource.pages) == sorted(resource.pages)
    assert all(0 <= page <= length for page in resource.pages)
    assert resource_from_row(resource_to_row(resource)) == resource
    assert resource.text.encode()
    assert len(text_digest(resource)) == 64
    for passage in split_passages(resource)[:3]:
        link_to(resource, passage.start, passage.end)


@QUICK
@given(
    data=st.binary(max_size=2000) | st.text(max_size=2000).map(str.encode),
    extension=st.sampled_from(EXTENSIONS),
)
def test_any_bytes_have_an_outcome(process: ReaderProcess, folder: Path, data: bytes, extension: str) -> None:
    path = folder / f"any.{extension}"
    path.write_bytes(data)

    _check(list(read(path, process=process)))


@QUICK
@given(document=st.sampled_from(DOCUMENTS), seed=st.integers(0, 2**32))
def test_any_damage_has_an_outcome(process: ReaderProcess, folder: Path, document: object, seed: int) -> None:
    assert isinstance(document, type(DOCUMENTS[0]))
    path = folder / document.name
    path.write_bytes(damaged(document.data, Random(seed)))

    _check(list(read(path, process=process)))
