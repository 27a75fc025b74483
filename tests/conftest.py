"""Every test runs in a home of its own, away from the user's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fakes import FakeEncoder
from tests.stores import database, place, postgres

if TYPE_CHECKING:
    from assistant.assistant import Assistant

__all__ = ["database", "home", "place", "postgres"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, which `ASSISTANT_HOME` names for this test and the programs it starts.

    None of the developer's own settings is seen.
    """
    folder = tmp_path / "home"
    for name in [name for name in os.environ if name.startswith(("ASSISTANT_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ASSISTANT_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the starter collection, indexed with the packaged model: a minute, once. Only read it."""
    from assistant.assistant import Assistant  # tests without an assistant start faster without it

    folder = tmp_path_factory.mktemp("starter") / "home"
    Assistant.open(folder).close()
    return folder


@pytest.fixture(scope="session")
def starter(starter_home: Path) -> Iterator[Assistant]:
    """The assistant as it is shipped, over the starter collection. Only ask it."""
    from assistant.assistant import Assistant

    with closing(Assistant.open(starter_home)) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def quick_starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the starter collection that knows shared words only: seconds. Only ask it."""
    from assistant.assistant import Assistant

    folder = tmp_path_factory.mktemp("quick") / "home"
    with closing(Assistant.open(folder, encoder=FakeEncoder(256))) as assistant:
        yield assistant
