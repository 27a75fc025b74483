"""What the commands print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import FAILED
from tests.fakes import FakeEncoder
from tests.unit.cli.conftest import ANSWER_KEYS, READINGS, Terminal, batch_file
from tests.unit.evaluation.fakes import birds


def test_an_answer_as_json_has_the_keys_of_the_contract(terminal: Terminal) -> None:
    answer = terminal.json("ask", "When does the owl hunt mice?", "--json")
    assert list(answer) == ANSWER_KEYS
    assert not terminal.err


def test_an_answer_to_read_says_what_is_in_the_json(terminal: Terminal) -> None:
    answer = terminal.json("ask", "When does the owl hunt mice?", "--json")
    assert terminal.run("ask", "When does the owl hunt mice?") == 0
    shown = " ".join(terminal.out.split())
    for sentence in answer["sentences"]:
        assert f"{sentence['text']} [{sentence['citations'][0]}]" in shown
    for reading in (*answer["citations"], *answer["readings"]):
        assert reading["title"] in shown
        assert reading["url"] in shown


def test_a_batch_is_answered_line_by_line_in_order(terminal: Terminal, tmp_path: Path) -> None:
    earlier = [{"role": "user", "content": "the owl"}, {"role": "assistant", "content": "It hunts."}]
    file = batch_file(
        tmp_path / "questions.jsonl",
        json.dumps({"question": "When does the owl hunt?"}),
        json.dumps({"question": "What does it hear?", "history": earlier}),
        json.dumps({"question": "Where is the nest\u2028of the wren?", "history": None}),
    )
    assert terminal.run("ask", "--json", "--batch", str(file)) == 0
    answers = [json.loads(line) for line in terminal.out.strip().split("\n")]
    assert [answer["question"].split()[0] for answer in answers] == ["When", "What", "Where"]
    assert answers[1]["understood_as"] != "What does it hear?"
    assert all(list(answer) == ANSWER_KEYS for answer in answers)


def test_an_empty_batch_has_no_answers(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.run("ask", "--json", "--batch", str(batch_file(tmp_path / "empty.jsonl"))) == 0
    assert terminal.out == ""


def test_a_question_that_cannot_be_taken_is_told_in_its_own_line(terminal: Terminal, tmp_path: Path) -> None:
    file = batch_file(tmp_path / "questions.jsonl", '{"question": " "}', '{"question": "What is a wren?"}')
    assert terminal.run("ask", "--json", "--batch", str(file)) == 0
    refused, other = (json.loads(line) for line in terminal.out.strip().split("\n"))
    assert not refused["answered"]
    assert refused["suggestions"]
    assert "empty" in refused["remark"]
    assert other["question"] == "What is a wren?"


def test_passages_are_found_best_first(terminal: Terminal) -> None:
    hits = terminal.json("search", "nest of moss", "--json", "-k", "2")
    assert [list(hit) for hit in hits] == [
        ["resource", "title", "url", "passage", "start", "end", "score"]
    ] * 2
    assert hits[0]["resource"] == "wren"
    assert hits[0]["passage"] == READINGS["wren"][-1][hits[0]["start"] : hits[0]["end"]]
    assert hits[0]["score"] >= hits[1]["score"]
    assert terminal.run("search", "nest of moss", "-k", "1") == 0
    assert "https://example.org/wren" in terminal.out
    assert "id: wren" in terminal.out
    assert "owl" not in terminal.out


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--kind", "News"], {"owl", "swift"}),
        (["--kind", "news", "--kind", "blog"], {"owl", "swift", "wren"}),
        (["--topic", "history", "--place", "italy"], {"owl"}),
        (["--from-year", "2013", "--to-year", "2020"], {"wren"}),
        (["--language", "EN", "--place", "Spain"], {"wren"}),
        (["--topic", "finance", "--place", "Spain"], set()),
    ],
)
def test_only_readings_that_pass_the_filters_are_found(
    options: list[str], found: set[str], terminal: Terminal
) -> None:
    hits = terminal.json("search", "birds at night", "--json", *options)
    assert {hit["resource"] for hit in hits} == found
    answer = terminal.json("ask", "birds at night", "--json", *options)
    assert {reading["resource"] for reading in (*answer["readings"], *answer["citations"])} <= found


def test_a_search_that_finds_nothing_says_why(terminal: Terminal) -> None:
    assert terminal.run("search", "owl", "--topic", "finance", "--place", "Spain") == 0
    assert "filters" in terminal.out


def test_similar_readings_have_their_reasons(terminal: Terminal) -> None:
    readings = terminal.json("similar", "owl", "--json", "-k", "1")
    assert [list(reading) for reading in readings] == [["resource", "title", "url", "why", "score"]]
    assert terminal.run("similar", "owl", "-k", "1") == 0
    assert readings[0]["why"] in terminal.out
    assert f"id: {readings[0]['resource']}" in terminal.out


def test_readings_are_exported_in_the_order_given_each_once(terminal: Terminal) -> None:
    assert terminal.run("export", "wren", "owl", "wren", "--format", "ris") == 0
    assert [line for line in terminal.out.splitlines() if line.startswith("TI")] == [
        "TI  - The wren",
        "TI  - The owl",
    ]
    assert len(terminal.json("export", "wren", "--format", "csl-json")) == 1


def test_what_is_removed_stays_away(terminal: Terminal) -> None:
    assert "none was removed" in terminal.refusal("remove", "owl", "nightingale")
    assert terminal.run("remove", "owl") == 0
    assert terminal.out == "Removed owl: The owl\n"
    assert "'owl'" in terminal.refusal("similar", "owl")
    assert {hit["resource"] for hit in terminal.json("search", "owl", "--json")} == {"wren", "swift"}


def test_status_makes_nothing_and_tells_what_there_is(terminal: Terminal, home: Path) -> None:
    assert terminal.run("status") == 0
    assert "none yet" in terminal.out
    assert not home.exists()
    terminal.json("search", "owl", "--json")
    assert terminal.run("status") == 0
    said = dict(line.split(maxsplit=1) for line in terminal.out.splitlines() if line.split()[0] != "kept")
    assert said["readings"].startswith("3 in 1 language")
    assert said["passages"] == "3"
    assert said["model"] == terminal.encoder.name
    assert str(home) in terminal.out


def test_another_model_is_refused_until_everything_is_encoded_again(terminal: Terminal) -> None:
    before = terminal.json("search", "nest of moss", "--json")
    terminal.encoder = FakeEncoder(dimensions=32, name="smaller")
    assert "python -m assistant rebuild" in terminal.refusal("ask", "Why?", code=FAILED)
    assert terminal.run("rebuild") == 0
    assert terminal.out == "Encoded 3 readings in 3 passages with smaller.\n"
    assert [hit["resource"] for hit in terminal.json("search", "nest of moss", "--json")][:1] == [
        before[0]["resource"]
    ]


def test_nothing_is_encoded_twice(terminal: Terminal) -> None:
    terminal.json("search", "owl", "--json")
    terminal.encoder = FakeEncoder()
    assert terminal.run("export", "owl", "--format", "bibtex") == 0
    assert terminal.encoder.encoded == []


def test_a_test_collection_is_measured(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "collection"
    folder.mkdir()
    result = terminal.json("evaluate", str(birds(folder)), "--json")
    assert (result["collection"], result["questions"], result["passages"]) == ("collection", 3, 3)
    assert terminal.run("evaluate", str(folder), "--limit", "2") == 0
    assert "| collection " in terminal.out
