"""A stop in order: who has asked is answered, and nobody is kept waiting."""

from __future__ import annotations

import asyncio
import socket
import threading
from threading import Event
from typing import Any

import httpx
from fastapi import FastAPI

from assistant.api.application import PATH, create_api
from assistant.assistant import Assistant
from assistant.service.attended import Attended
from assistant.service.desk import Desk
from assistant.service.metrics import Figures
from assistant.service.probes import probes
from assistant.settings import Settings
from assistant.web.connections import OrderlyServer, server

WAIT = 10.0
QUESTION = {"question": "Who founded Mondragon?"}


class Held:
    """The assistant, which answers when it is let."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.begun, self.let = Event(), Event()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401, whatever the assistant has
        return getattr(self._assistant, name)

    def ask(self, *said: Any, **how: Any) -> Any:  # noqa: ANN401, as the assistant's own
        self.begun.set()
        assert self.let.wait(WAIT)
        return self._assistant.ask(*said, **how)


def test_a_running_answer_is_finished_and_a_new_question_told_to_come_back(small: Assistant) -> None:
    held, desk, figures = Held(small), Desk(Settings()), Figures()
    attended = Attended(held, desk, figures, lambda: "a", longest=4000, log_questions=False)
    app = FastAPI()
    app.include_router(probes(small, desk, figures))
    app.mount(PATH, create_api(attended, desk))
    running: OrderlyServer = server(app, desk, stop_seconds=WAIT)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=asyncio.run, args=(running.serve(sockets=[listening]),))
    thread.start()
    answers: list[httpx.Response] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=WAIT) as client:
        assert client.get("/readyz").status_code == 200
        asking = threading.Thread(target=lambda: answers.append(client.post("/api/v1/ask", json=QUESTION)))
        asking.start()
        assert held.begun.wait(WAIT)
        running.should_exit = True
        while not desk.stopping:
            thread.join(0.01)
        for refused in (client.post("/api/v1/ask", json=QUESTION), client.get("/readyz")):
            assert refused.status_code == 503
            assert int(refused.headers["retry-after"]) > 0
        assert client.get("/healthz").status_code == 200
        held.let.set()
        asking.join(WAIT)
        assert answers[0].status_code == 200
    thread.join(WAIT)
    assert not thread.is_alive()
