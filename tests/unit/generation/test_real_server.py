"""A real model server, with a tiny model of random weights: streamed from, survived, and stopped."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic

import pytest

from assistant.generation.client import RemoteModel
from assistant.generation.failure import ModelFailure
from assistant.generation.model import Message, Tokens
from assistant.generation.models import ModelAddress
from tests.tiny_model import NotStarted, tiny_model_server
from tests.unit.answering.contract import assert_keeps_the_contract
from tests.unit.generation.conftest import FOUNDED, Opens

QUESTION = (Message(role="user", content="How many votes has a member?"),)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteModel]:
    pytest.importorskip("accelerate", reason="`transformers serve` needs accelerate")
    try:
        with tiny_model_server(tmp_path_factory.mktemp("model")) as (url, name):
            yield RemoteModel(ModelAddress(name, url))
    except NotStarted as error:
        pytest.skip(f"The model server did not start: {error}")


@dataclass(frozen=True)
class Brief:
    """The same model with few words, since these are slow."""

    model: RemoteModel
    name: str = "tiny"

    def stream(self, messages: Sequence[Message], _most: int, stop: Event) -> Generator[str | Tokens]:
        return self.model.stream(messages, 20, stop)


def test_it_is_streamed_from_and_counts_its_tokens(model: RemoteModel) -> None:
    *pieces, tokens = model.stream(QUESTION, 20, Event())

    assert all(isinstance(piece, str) for piece in pieces)
    assert isinstance(tokens, Tokens)
    assert tokens.completion == 20


def test_whatever_it_says_the_reader_gets_an_answer(model: RemoteModel, assistant_with: Opens) -> None:
    answer = assistant_with(Brief(model)).ask(FOUNDED)

    assert_keeps_the_contract(answer)
    assert answer.writer == "extract"
    assert answer.remark
    assert answer.usage


def test_it_is_stopped(model: RemoteModel) -> None:
    stop = Event()
    pieces = model.stream(QUESTION, 4000, stop)
    next(pieces)
    stop.set()
    started = monotonic()

    with pytest.raises(ModelFailure, match="stopped"):
        list(pieces)
    assert monotonic() - started < 0.3
