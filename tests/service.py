"""A whole service over a small collection, for the tests of what is around the answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from assistant.api.application import PATH, create_api
from assistant.assistant import Assistant
from assistant.service.desk import Desk
from assistant.settings import Settings
from assistant.web.guard import Guard
from tests.fakes import FakeEncoder
from tests.readings import COLLECTION


@contextmanager
def small_assistant(home: Path) -> Iterator[Assistant]:
    """An assistant over eight readings that knows shared words only."""
    opened = Assistant.open(home, resources=COLLECTION, encoder=FakeEncoder(256))
    with closing(opened) as assistant:
        yield assistant


def api_alone(assistant: Assistant, settings: Settings | None = None) -> ASGIApp:
    """The API where it is mounted, guarded, without the page and without limits."""
    return Guard(Starlette(routes=[Mount(PATH, create_api(assistant, Desk(settings or Settings())))]))
