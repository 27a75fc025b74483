"""What an operator's programs ask of a running service."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.service.desk import Desk
from assistant.service.metrics import Figures
from assistant.service.probes import Collection, probes
from assistant.settings import Settings
from corpus.errors import HomeError
from corpus.resource import Resource


class Away:
    """A collection of which the store can't be read."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        raise HomeError("The disk is gone.")


def asked(collection: Collection, desk: Desk | None = None) -> TestClient:
    app = FastAPI()
    app.include_router(probes(collection, desk or Desk(Settings()), Figures()))
    return TestClient(app)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_probe_may_ask_for_the_head_alone(small: Assistant, path: str) -> None:
    assert asked(small).head(path).status_code == 200
    assert asked(small).post(path).status_code == 405


def test_a_service_that_can_t_read_its_store_is_alive_and_not_ready() -> None:
    client = asked(Away())
    assert client.get("/healthz").status_code == 200
    refused = client.get("/readyz")
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert "disk" not in refused.text


def test_a_service_that_stops_is_not_ready(small: Assistant) -> None:
    desk = Desk(Settings())
    desk.stop()
    assert asked(small, desk).get("/readyz").json() == {"status": "stopping"}


def test_the_figures_have_a_type_and_a_meaning_each(small: Assistant) -> None:
    text = asked(small).get("/metrics").text
    names = set(re.findall(r"^# HELP (\w+) \S", text, re.MULTILINE))
    assert names == set(re.findall(r"^# TYPE (\w+) \w", text, re.MULTILINE))
    assert {
        "assistant_questions_total",
        "assistant_stage_seconds",
        "assistant_answer_seconds",
        "assistant_requests_total",
        "assistant_model_errors_total",
    } <= names
