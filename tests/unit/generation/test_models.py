"""Which models are configured, whether they can be used, and that no key is shown."""

from __future__ import annotations

import json
import logging

import pytest

from assistant.generation.model import Patience
from assistant.generation.models import (
    KEY,
    OLLAMA,
    OPENAI,
    OPENAI_KEY,
    ModelAddress,
    named_models,
    parse_models,
)
from assistant.generation.trying import ADVICE, PULL, try_model
from assistant.settings import Settings, listed
from corpus.errors import LanguageModelError
from tests.model_server import ModelServer, says
from tests.unit.cli.conftest import Terminal
from tests.unit.generation.conftest import FOUNDED, Opens

MINE = "sk-proj-Very5ecret0fMine"
QUICK = Patience(connect=1, first_word=1, next_word=1, whole=3, retry=0.5)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def test_the_forms_of_a_model() -> None:
    written = "ollama:llama3.2:3b, openai:gpt-5, http://localhost:8080/v1/#org/name, extract"

    assert parse_models(written) == (
        ModelAddress("llama3.2:3b", OLLAMA),
        ModelAddress("gpt-5", OPENAI, OPENAI_KEY, hosted=True),
        ModelAddress("org/name", "http://localhost:8080/v1"),
    )
    assert parse_models(None) == parse_models("extract") == ()


@pytest.mark.parametrize(
    "written",
    ["llama3.2", "ollama:", "http://localhost:8080/v1", "http://#name", "http://h:x/v1#n", "ftp://h/v1#n"],
)
def test_what_names_no_model_is_told_with_the_forms(written: str) -> None:
    with pytest.raises(LanguageModelError, match="ollama:llama3"):
        parse_models(written)


@pytest.mark.parametrize("written", [f"http://me:{MINE}@h/v1#n", f"https://h/v1?key={MINE}#n"])
def test_a_key_in_an_address_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(LanguageModelError, match=KEY) as refused:
        parse_models(written)
    assert MINE not in str(refused.value)


def test_two_models_of_one_name_are_refused() -> None:
    with pytest.raises(LanguageModelError, match="Two models are called a"):
        parse_models("ollama:a,http://h/v1#a")


def test_a_configured_model_may_be_called_by_its_name() -> None:
    assert named_models("a", "ollama:a,ollama:b") == parse_models("ollama:a")
    assert named_models("ollama:c", "ollama:a") == parse_models("ollama:c")


def test_the_key_goes_to_the_server_and_nowhere_else(
    server: ModelServer,
    assistant_with: Opens,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(KEY, MINE)
    monkeypatch.setenv(OPENAI_KEY, "sk-another-service")
    answer = assistant_with(server.model("locked")).ask(FOUNDED)
    trial = try_model(server.address("locked"), QUICK)

    assert server.headers[-1]["authorization"] == f"Bearer {MINE}"
    shown = [json.dumps(answer.to_json()), json.dumps(trial.to_json()), repr(Settings.load()), str(listed())]
    assert not any(MINE in text for text in (*shown, caplog.text))
    assert trial.remedy == ADVICE["bad key"].format(variable=KEY)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("nobody", ADVICE["unknown model"]),
        ("forgetful", ADVICE["context too small"]),
        ("small", ADVICE["context too small"]),
        ("busy", ADVICE["rate limit"]),
        ("empty", ADVICE["empty"]),
        ("web page", ADVICE["not understood"]),
        ("failing", ADVICE["refused"]),
        ("silent", ADVICE["time out"]),
    ],
)
def test_what_is_wrong_with_a_model_is_told_with_what_to_do(
    server: ModelServer, name: str, remedy: str
) -> None:
    trial = try_model(server.address(name), QUICK)

    assert trial.wrong
    assert trial.remedy.startswith(remedy)


def test_a_server_that_is_not_there_is_told() -> None:
    trial = try_model(ModelAddress("gone", "http://127.0.0.1:9/v1"), QUICK)

    assert trial.remedy == ADVICE["no server"]


def test_a_name_that_a_server_does_not_know_is_told_with_those_it_has(server: ModelServer) -> None:
    assert "The server has: honest, obedient" in try_model(server.address("nobody"), QUICK).remedy
    assert "{name}" in PULL


def test_a_model_that_works_is_told(
    server: ModelServer, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.model("fine", says("Yes."))
    monkeypatch.setenv("ASSISTANT_MODEL", f"{server.url}#fine")

    assert terminal.run("models") == 0
    assert "fine at http://127.0.0.1" in terminal.out
    assert "It works" in terminal.out


def test_models_that_do_not_work_end_with_1_and_json_tells_each(
    server: ModelServer, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.model("fine", says("Yes."))
    monkeypatch.setenv("ASSISTANT_MODEL", f"{server.url}#fine,{server.url}#locked")

    assert terminal.run("models", "--json") == 1
    assert [trial["works"] for trial in json.loads(terminal.out)] == [True, False]


def test_without_a_model_it_is_told_how_to_have_one(terminal: Terminal) -> None:
    assert terminal.run("models") == 0
    assert "ASSISTANT_MODEL" in terminal.out


def test_ask_takes_a_model(server: ModelServer, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL", f"{server.url}#honest,{server.url}#breaking")
    asked = ("ask", "When was Mondragon founded?", "--json", "--model")

    assert terminal.json(*asked, "breaking")["usage"]["model"] == "breaking"
    assert terminal.json(*asked, f"{server.url}#honest")["usage"]["model"] == "honest"
    assert terminal.json(*asked, "extract")["usage"] is None
