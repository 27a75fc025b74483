"""A reading list goes out as a file that reference managers read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
import rispy
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.web.exports import FILES, exports
from corpus.reference import FORMATS
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION, KERALA, MONDRAGON


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("exports")
    with closing(Assistant.open(home, resources=COLLECTION, encoder=FakeEncoder())) as assistant:
        app = FastAPI()
        app.include_router(exports(assistant))
        yield TestClient(app)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_what_it_writes_as_a_file_of_its_own_kind(client: TestClient, name: str) -> None:
    reply = client.get("/export", params={"format": name, "ids": [KERALA.id, MONDRAGON.id]})
    assert reply.status_code == 200
    assert reply.text == FORMATS[name]([KERALA, MONDRAGON])
    assert reply.headers["content-type"] == f"{FILES[name].media_type}; charset=utf-8"
    ending = FILES[name].ending
    assert reply.headers["content-disposition"] == f'attachment; filename="readings.{ending}"'


def test_readings_come_in_the_order_of_the_list_and_once(client: TestClient) -> None:
    ids = [MONDRAGON.id, KERALA.id, MONDRAGON.id]
    records = rispy.loads(client.get("/export", params={"format": "ris", "ids": ids}).text)
    assert [record["id"] for record in records] == [MONDRAGON.id, KERALA.id]
    items = json.loads(client.get("/export", params={"format": "csl-json", "ids": ids}).text)
    assert [item["id"] for item in items] == [MONDRAGON.id, KERALA.id]


def test_a_reading_that_is_not_there_is_named(client: TestClient) -> None:
    reply = client.get("/export", params={"ids": [KERALA.id, "no-such"]})
    assert reply.status_code == 404
    assert "'no-such'" in reply.text


def test_what_can_be_asked_is_said(client: TestClient) -> None:
    assert "bibtex, ris" in client.get("/export", params={"format": "pdf", "ids": KERALA.id}).text
    none = client.get("/export")
    assert (none.status_code, "1 to 500" in none.text) == (400, True)
    many = client.get("/export", params={"ids": [f"r{n}" for n in range(501)]})
    assert many.status_code == 400


def test_every_format_has_a_file_name() -> None:
    assert set(FILES) == set(FORMATS)
    assert len({file.ending for file in FILES.values()}) == len(FORMATS)
