"""A reader does not wait for a better wording of the question."""

from __future__ import annotations

from time import monotonic

from assistant.generation.rewriting import stand_alone
from tests.model_server import ModelServer


def test_a_model_that_takes_too_long_is_left(server: ModelServer) -> None:
    started = monotonic()

    assert stand_alone("and there?", (), server.model("silent"), seconds=0.2) is None
    assert monotonic() - started < 0.5
    assert server.disconnected.wait(1)
