from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from tests.service import api_alone, small_assistant


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over eight readings. Only ask it."""
    with small_assistant(tmp_path_factory.mktemp("small") / "home") as assistant:
        yield assistant


@pytest.fixture(scope="session")
def api(small: Assistant) -> TestClient:
    """The API of that assistant."""
    return TestClient(api_alone(small), base_url="http://testserver/api/v1/")
