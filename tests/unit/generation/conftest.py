"""A scripted model server, and an assistant over a small collection that its models may write for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.generation.model import LanguageModel
from tests.fakes import FakeEncoder
from tests.model_server import ModelServer, model_server
from tests.readings import COLLECTION

FOUNDED = "When was Mondragon founded by five young engineers and a priest?"

Opens = Callable[..., Assistant]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as served:
        yield served


@pytest.fixture
def assistant_with(home: Path) -> Iterator[Opens]:
    """Opens an assistant with these models."""
    with ExitStack() as stack:

        def opened(*models: LanguageModel) -> Assistant:
            assistant = Assistant.open(home, resources=COLLECTION, encoder=FakeEncoder(), models=models)
            return stack.enter_context(closing(assistant))

        yield opened
