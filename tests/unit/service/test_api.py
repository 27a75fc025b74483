from __future__ import annotations

import json
import re

import pytest
from bibtexparser.entrypoint import parse_string
from starlette.testclient import TestClient

from assistant.api.representations import accepted
from assistant.assistant import Assistant
from assistant.cli import main
from tests.readings import COLLECTION

QUESTION = {"question": "Who elects the board of the Indian Coffee House in Kerala?"}
EVENTS = {"accept": "text/event-stream"}


def test_an_answer_is_what_the_command_prints(api: TestClient, small: Assistant) -> None:
    answer = api.post("ask", json=QUESTION).json()
    expected = small.ask(QUESTION["question"]).to_json()
    assert answer.keys() == expected.keys()
    assert {**answer, "milliseconds": 0} == {**expected, "milliseconds": 0}
    assert answer["answered"]
    assert answer["citations"][0]["resource"] == "kerala-coffee-house"


def test_what_was_said_before_and_filters_count(api: TestClient) -> None:
    history = [
        {"role": "user", "content": "Tell me about Mondragon"},
        {"role": "assistant", "content": "It was founded in 1956.", "cited": ["mondragon-story"]},
    ]
    followed = api.post("ask", json={"question": "And how many workers?", "history": history}).json()
    assert "Mondragon" in followed["understood_as"]
    body = {**QUESTION, "filters": {"place": ["France"]}}
    assert not api.post("ask", json=body).json()["answered"]


def test_an_answer_can_be_had_as_events_that_end_with_the_whole(api: TestClient) -> None:
    response = api.post("ask", json=QUESTION, headers=EVENTS)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    *_, last = re.findall(r"event: (\w+)\ndata: (.*)\n\n", response.text)
    assert last[0] == "done"
    assert json.loads(last[1])["sentences"] == api.post("ask", json=QUESTION).json()["sentences"]


@pytest.mark.parametrize("headers", [{}, EVENTS])
@pytest.mark.parametrize("question", [" ", "\u200b"])
def test_a_question_that_can_t_be_taken_is_a_problem(
    api: TestClient, headers: dict[str, str], question: str
) -> None:
    response = api.post("ask", json={"question": question}, headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert response.json()["detail"] == "The question is empty. Type a question, or a few words."


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "resources/none", 404),
        ("GET", "similar?resource=none", 404),
        ("GET", "nothing/here", 404),
        ("GET", "ask", 405),
        ("DELETE", "resources/scop-law", 405),
        ("GET", "search", 422),
        ("GET", "search?q=x&k=0", 422),
        ("GET", "search?q=x&nothing=1", 422),
        ("GET", "resources?offset=-1", 422),
        ("GET", "resources/scop-law?format=pdf", 422),
    ],
)
def test_every_refusal_is_a_problem_that_says_what_to_do(
    api: TestClient, method: str, path: str, status: int
) -> None:
    response = api.request(method, path)
    told = response.json()
    assert response.status_code == told["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "detail"} <= told.keys()


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b'{"question": "\\ud800"}', b"\xff\xfe", b"null"])
def test_a_body_that_is_none_is_a_problem_and_no_failure(api: TestClient, body: bytes) -> None:
    response = api.post("ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.json()["status"] == response.status_code


def test_what_was_sent_is_not_sent_back(api: TestClient) -> None:
    assert (
        "secret" not in api.post("ask", json={"question": 3, "secret-key": "secret words"}).json()["errors"]
    )
    assert "secret words" not in api.post("ask", json={"question": ["secret words"]}).text


def test_a_search_is_what_the_command_prints(api: TestClient, small: Assistant) -> None:
    hits = api.get("search", params={"q": "Arizmendi bakeries", "k": 2}).json()
    assert [hit["resource"] for hit in hits] == [
        hit.resource.id for hit in small.search("Arizmendi bakeries", 2)
    ]
    assert set(hits[0]) == {"resource", "title", "url", "passage", "start", "end", "score"}
    assert (
        api.get("search", params={"q": "bakeries", "language": "fr"}).json()[0]["resource"] == "scop-law-fr"
    )


def test_similar_readings_come_with_a_reason(api: TestClient) -> None:
    readings = api.get("similar", params={"resource": "scop-law", "k": 3}).json()
    assert len(readings) == 3
    assert all(reading["why"] for reading in readings)


def test_readings_come_page_by_page(api: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "resources?limit=3"
    while address:
        response = api.get(address)
        page = response.json()
        assert page["total"] == len(COLLECTION)
        seen += [one["id"] for one in page["resources"]]
        assert page["next"] is None or f"<{page['next']}>" in response.headers["link"]
        address = page["next"] and page["next"].removeprefix("/api/v1/")
    assert seen == sorted(resource.id for resource in COLLECTION)


def test_the_next_page_keeps_the_filters(api: TestClient) -> None:
    filters = {"publisher": "ILO", "topic": ["finance", "law & order"]}
    page = api.get("resources", params={"limit": 1, **filters}).json()
    assert page["total"] == 2
    following = api.get(page["next"].removeprefix("/api/v1/")).json()
    assert [one["id"] for one in following["resources"]] == ["scop-law-fr"]


@pytest.mark.parametrize(
    ("accept", "media_type", "beginning"),
    [
        ("*/*", "application/json", "{"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json", "{"),
        ("application/x-bibtex", "application/x-bibtex; charset=utf-8", "@misc{scop-law,"),
        ("application/x-research-info-systems", "application/x-research-info-systems", "TY  - GEN"),
        ("application/vnd.citationstyles.csl+json", "application/vnd.citationstyles.csl+json", "["),
        ("text/*", "text/markdown; charset=utf-8", "- "),
        ("application/json;q=0.5, text/markdown", "text/markdown; charset=utf-8", "- "),
    ],
)
def test_a_reading_comes_as_what_is_asked_for(
    api: TestClient, accept: str, media_type: str, beginning: str
) -> None:
    response = api.get("resources/scop-law", headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(media_type)
    assert response.text.startswith(beginning)
    assert response.headers["vary"] == "Accept"


def test_a_reading_comes_as_what_the_address_names(api: TestClient) -> None:
    response = api.get("resources/scop-law?format=bibtex", headers={"accept": "application/json"})
    assert parse_string(response.text).entries[0].key == "scop-law"
    assert response.headers["content-disposition"] == 'attachment; filename="scop-law.bib"'


def test_a_format_that_we_have_not_is_refused(api: TestClient) -> None:
    response = api.get("resources/scop-law", headers={"accept": "application/pdf"})
    assert response.status_code == 406
    assert "text/markdown" in response.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "json"),
        ("text/markdown;q=0, */*", "json"),
        ("application/*;q=0.1, text/markdown;q=0.2", "markdown"),
        ("application/json;q=9", "json"),
        ("application/json;q=0", None),
        ("nonsense", "json"),
        ("image/png", None),
    ],
)
def test_an_accept_header_is_read_as_the_standard_says(accept: str, name: str | None) -> None:
    assert accepted(accept) == name


def test_facets_follow_the_search_and_the_filters(api: TestClient) -> None:
    facets = {facet["facet"]: facet["choices"] for facet in api.get("facets?publisher=ILO").json()}
    assert {choice["value"]: choice["count"] for choice in facets["language"]} == {"en": 2, "fr": 1}
    assert api.get("facets?q=bakeries").status_code == 200


def test_the_status_says_what_is_served(api: TestClient) -> None:
    status = api.get("status").json()
    assert (status["readings"], status["languages"]) == (len(COLLECTION), ["en", "es", "fr"])
    assert status["answering"] is True


def test_the_documentation_names_everything_and_loads_nothing(api: TestClient) -> None:
    page = api.get("docs")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    for path in api.get("openapi.json").json()["paths"]:
        assert f"/api/v1{path}" in page.text
    assert not re.findall(r"<(?:script|link|img|iframe)|\bsrc=|@import|url\(", page.text)
    assert "https://" not in page.text


def test_the_command_line_lists_the_same_format_names(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert "{bibtex,ris,csl-json,markdown}" in capsys.readouterr().out
