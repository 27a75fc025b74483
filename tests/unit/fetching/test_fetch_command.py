"""`fetch`: what readings link to becomes their text, and what can't be had is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.cli import main, make_parser
from assistant.commands.fetching import fetch
from corpus.fetching import copy_folder
from tests.fakes import FakeEncoder
from tests.unit.fetching.web import PUBLIC, Internet, Web, page, redirect

NOTES = "Our notes say that it is there."
TEXT = (
    "The bakery elects its board by secret vote every second year. Each member has one vote in the assembly."
)
LONGER = f"<html><body><main><h1>Board</h1><p>{TEXT}</p></main></body></html>".encode()


def test_the_text_that_a_reading_links_to_takes_the_place_of_the_notes(fetching: Fetching) -> None:
    fetching.reading("bakery", archived="http://web.archive.org/web/2023/http://coop.example/bakery")
    fetching.web.pages["/bakery"] = page(LONGER)
    (result,) = fetching.run("bakery")
    assert (result["state"], result["resource"]) == ("fetched", "bakery")
    reading = fetching.stored("bakery")
    assert TEXT in reading.text
    assert not reading.notes
    assert (reading.title, reading.kind, reading.topics) == ("The bakery", "news", ("history",))
    assert (reading.url, reading.file) == ("http://coop.example/bakery", None)
    with closing(Assistant.open(encoder=fetching.encoder)) as assistant:
        answer = assistant.ask("How does the bakery elect its board?")
    assert any("secret vote" in sentence.text for sentence in answer.sentences)
    assert not any(NOTES in sentence.text for sentence in answer.sentences)


def test_what_was_fetched_is_neither_asked_for_nor_encoded_again(fetching: Fetching) -> None:
    fetching.reading("bakery")
    fetching.web.pages["/bakery"] = page(LONGER)
    fetching.run("bakery")
    asked, encoded = list(fetching.web.asked), list(fetching.encoder.encoded)
    (result,) = fetching.run("bakery")
    assert result["state"] == "unchanged"
    assert (fetching.web.asked, fetching.encoder.encoded) == (asked, encoded)
    fetching.web.pages["/bakery"] = page(LONGER.replace(b"secret", b"open"))
    (result,) = fetching.run("bakery", "--refresh")
    assert result["state"] == "fetched"
    assert "open vote" in fetching.stored("bakery").text


def test_what_cannot_be_had_is_told_and_the_rest_is_fetched(fetching: Fetching) -> None:
    for name in ("broken", "gone", "private", "short", "there"):
        fetching.reading(name)
    fetching.reading("nowhere", url="http://nowhere.example/x")
    fetching.reading("mine", url="http://intranet.example/x")
    fetching.reading("record", kind="library record")
    fetching.internet.host("intranet.example", ["10.0.0.1"])
    fetching.web.pages |= {
        "/broken": page(b"\x89PNG", "image/png"),
        "/robots.txt": page(b"User-agent: *\nDisallow: /private"),
        "/short": page(b"<html><body><p>Not yet.</p></body></html>"),
        "/there": page(LONGER),
    }
    results = {result["resource"]: result for result in fetching.run("--all", code=1)}
    assert {name: result["state"] for name, result in results.items()} == {
        "broken": "failed",
        "gone": "failed",
        "mine": "failed",
        "nowhere": "failed",
        "private": "failed",
        "record": "notes kept",
        "short": "notes kept",
        "there": "fetched",
    }
    for name, why in {
        "broken": "image/png",
        "gone": "404",
        "mine": "--allow-private",
        "nowhere": "no host",
        "private": "robots.txt",
    }.items():
        assert why in results[name]["why"]
    assert fetching.stored("there").text.count(TEXT) == 1


def test_a_reading_that_is_removed_leaves_no_copy(fetching: Fetching, home: Path) -> None:
    fetching.reading("bakery")
    fetching.web.pages["/bakery"] = page(LONGER)
    fetching.run("bakery")
    assert copy_folder(home, "bakery").exists()
    assert main(["remove", "bakery"], fetching.encoder) == 0
    assert not copy_folder(home, "bakery").exists()
    assert not [path for path in home.rglob("*") if path.is_file() and b"secret vote" in path.read_bytes()]


def test_an_archived_copy_is_read_and_linked_where_the_page_is_gone(fetching: Fetching) -> None:
    fetching.internet.host("web.archive.org", [PUBLIC])
    page_address = "http://coop.example/bakery"
    fetching.reading("bakery", archived=f"http://web.archive.org/web/2023/{page_address}")
    fetching.web.pages |= {
        f"/web/2023id_/{page_address}": redirect(f"/web/2022id_/{page_address}"),
        f"/web/2022id_/{page_address}": page(LONGER),
    }
    (result,) = fetching.run("bakery")
    assert result["archived"]
    assert result["address"] == f"http://web.archive.org/web/2022/{page_address}"
    assert fetching.stored("bakery").url == result["address"]
    (again,) = fetching.run("bakery", "--refresh")
    assert again["state"] == "unchanged"
    assert "GET coop.example/bakery" in fetching.web.asked[-4:]


def test_lines_for_a_person_say_what_was_fetched_and_sum_it_up(
    fetching: Fetching, capsys: pytest.CaptureFixture[str]
) -> None:
    fetching.reading("bakery")
    fetching.reading("gone")
    fetching.web.pages["/bakery"] = page(LONGER)
    options = make_parser().parse_args(["fetch", "--all"])
    assert fetch(options, fetching.encoder, fetching.internet.client()) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first == "fetched    bakery: 1 passage, 0 kB, from http://coop.example/bakery"
    assert second.startswith("failed     gone: http://coop.example/gone: the page is gone (404).")
    assert last.startswith("1 fetched, 0 unchanged, 0 notes kept, 1 failed: 1 passage in ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fetch"], "say --all"),
        (["fetch", "bakery", "--all"], "say --all"),
        (["fetch", "bakery", "brewery"], "'brewery'"),
        (["links", "brewery"], "'brewery'"),
    ],
)
def test_a_reading_that_is_not_there_is_told_before_anything_is_fetched(
    fetching: Fetching, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    fetching.reading("bakery")
    assert main(arguments, fetching.encoder) == 2
    assert said in capsys.readouterr().err
    assert not fetching.web.asked


def test_an_address_of_ones_own_network_is_fetched_where_that_is_said(fetching: Fetching) -> None:
    """The whole command, as it is typed."""
    fetching.reading("bakery", url=f"http://127.0.0.1:{fetching.web.port}/bakery")
    fetching.web.pages["/bakery"] = page(LONGER)
    assert main(["fetch", "bakery"], fetching.encoder) == 1
    assert not fetching.web.asked
    assert main(["fetch", "bakery", "--allow-private"], fetching.encoder) == 0
    assert TEXT in fetching.stored("bakery").text


class Fetching:
    """A collection of readings, and the command over a web of one's own."""

    def __init__(self, folder: Path, web: Web, internet: Internet, out: pytest.CaptureFixture[str]) -> None:
        self._folder, self._out = folder, out
        self.web, self.internet = web, internet
        self.encoder = FakeEncoder()

    def reading(
        self, name: str, *, url: str | None = None, archived: str | None = None, kind: str = "publisher"
    ) -> None:
        lines = [
            *(f"title: The {name}", "kind: news", "language: en", "topics: [history]", "notes: true"),
            *(f"url: {url or f'http://coop.example/{name}'}", f"url_kind: {kind}"),
            *([f"archived_url: {archived}"] if archived else []),
        ]
        text = "\n".join(["---", *lines, "---", "", NOTES, ""])
        (self._folder / f"{name}.md").write_text(text, "utf-8")

    def run(self, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
        options = make_parser().parse_args(["fetch", "--json", *arguments])
        assert fetch(options, self.encoder, self.internet.client()) == code
        shown: list[dict[str, Any]] = json.loads(self._out.readouterr().out)["readings"]
        return shown

    def stored(self, name: str) -> Any:  # noqa: ANN401, a resource
        with closing(Assistant.open(encoder=self.encoder)) as assistant:
            return assistant.resource(name)


@pytest.fixture
def fetching(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    web: Web,
    internet: Internet,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Fetching]:
    folder = tmp_path / "readings"
    folder.mkdir()
    monkeypatch.setenv("ASSISTANT_COLLECTION", str(folder))
    yield Fetching(folder, web, internet, capsys)
