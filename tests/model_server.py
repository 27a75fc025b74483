"""A scripted OpenAI-compatible server. The model's name says what it answers and how its server behaves.

Usable by hand as well: `python -m tests.model_server` prints the addresses of its models and serves them.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from assistant.generation.client import RemoteModel
from assistant.generation.model import Patience
from assistant.generation.models import ModelAddress

QUICK = Patience(connect=1.0, first_word=0.6, next_word=0.6, whole=5.0, retry=1.0)
"""Patience for tests."""

_PASSAGE = re.compile(r"Passage (\d+), from “(.*?)”:\n<<<(\w+)\n(.*?)\n\3>>>", re.DOTALL)
_QUESTION = re.compile(r"\nQuestion: (.*)\n")


@dataclass(frozen=True)
class Prompt:
    """What a model is asked: the passages by number, and the question."""

    text: str
    passages: Mapping[int, str]
    question: str

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Prompt:
        text = "\n\n".join(message["content"] for message in body["messages"])
        question = _QUESTION.search(text)
        passages = {int(number): inside for number, _, _, inside in _PASSAGE.findall(text)}
        return cls(text, passages, question[1] if question else "")


Writer = Callable[[Prompt], str]


def honest(prompt: Prompt) -> str:
    """The first sentence of each passage, cited rightly."""
    return " ".join(f"{_first(text)} [{number}]." for number, text in prompt.passages.items())


def obedient(prompt: Prompt) -> str:
    """All that it reads, said again and cited, and whatever an instruction wants to be said or linked to."""
    said: list[str] = []
    for number, text in prompt.passages.items():
        for line in text.splitlines():
            said += [f"{line} [{number}]"]
            said += [f"{quoted} [{number}]." for quoted in re.findall(r"[\"'](.{8,}?)[\"']", line)]
            links = re.findall(r"(?:https?://|www\.)\S+|\b\w+\.(?:com|xyz|org)\b", line)
            said += [
                f"See [this]({link}) ![it]({link}) <a href='{link}'>{link}</a> [{number}]." for link in links
            ]
    return "\n".join(said)


def _first(text: str) -> str:
    return text.splitlines()[0].rstrip(".")


def says(text: str) -> Writer:
    """A model that always says the same."""
    return lambda _prompt: text


@dataclass
class ModelServer:
    """The server's address, its models' words, and what was asked of it."""

    url: str
    writers: dict[str, Writer]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    written: int = 0
    disconnected: Event = field(default_factory=Event)

    def address(self, name: str) -> ModelAddress:
        """Where the model of this name is."""
        return ModelAddress(name, self.url)

    def model(self, name: str, writer: Writer | None = None, patience: Patience = QUICK) -> RemoteModel:
        """A model of this server; `writer` says what it writes from now on."""
        if writer:
            self.writers[name] = writer
        return RemoteModel(self.address(name), patience)


@contextmanager
def model_server(port: int = 0) -> Iterator[ModelServer]:
    """The server, until the block is left."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
    server.daemon_threads = True
    scripted = ModelServer(
        f"http://127.0.0.1:{server.server_port}/v1", {"honest": honest, "obedient": obedient}
    )
    server.scripted = scripted  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def scripted(self) -> ModelServer:
        scripted: ModelServer = self.server.scripted  # type: ignore[attr-defined]
        return scripted

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        listed = [{"id": name, "object": "model"} for name in (*self.scripted.writers, *_BEHAVIOURS)]
        self.reply(200, {"object": "list", "data": listed})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.scripted.asked.append(body)
        self.scripted.headers.append({name.lower(): value for name, value in self.headers.items()})
        name = str(body["model"])
        try:
            if name in _BEHAVIOURS:
                _BEHAVIOURS[name](self, body)
            elif name in self.scripted.writers:
                self.stream(self.scripted.writers[name](Prompt.of(body)), body)
            else:
                self.refuse(404, f"model '{name}' not found, try pulling it first")
        except (BrokenPipeError, ConnectionResetError):
            self.scripted.disconnected.set()
            self.close_connection = True

    def reply(self, status: int, value: object, **headers: str) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for header, text in headers.items():
            self.send_header(header.replace("_", "-"), text)
        self.end_headers()
        self.wfile.write(content)

    def refuse(self, status: int, message: str, **headers: str) -> None:
        self.reply(status, {"error": {"message": message, "type": "error"}}, **headers)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def data(self, value: object) -> None:
        self.wfile.write(f"data: {json.dumps(value)}\n\n".encode())
        self.wfile.flush()
        self.scripted.written += 1

    def word(self, text: str, finish: str | None = None) -> None:
        delta = {"content": text} if text else {}
        self.data(_chunk([{"index": 0, "delta": delta, "finish_reason": finish}]))

    def stream(self, text: str, body: Mapping[str, Any]) -> None:
        """The text in pieces of a few characters, which end in the middle of words and marks."""
        self.begin()
        for at in range(0, len(text), 5):
            self.word(text[at : at + 5])
        self.word("", "stop")
        if body.get("stream_options", {}).get("include_usage"):
            prompt = len(Prompt.of(body).text.split())
            usage = {"prompt_tokens": prompt, "completion_tokens": len(text.split()), "total_tokens": 0}
            self.data(_chunk([]) | {"usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")


def _chunk(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": choices,
    }


Body = Mapping[str, Any]


def _silent(handler: _Handler, _body: Body) -> None:
    """Takes the question and says nothing, until the reader has gone."""
    handler.begin()
    while True:
        handler.wfile.write(b": still here\n\n")
        handler.wfile.flush()
        time.sleep(0.02)


def _endless(handler: _Handler, _body: Body) -> None:
    """Never stops, and never says the same."""
    handler.begin()
    number = 0
    while True:
        number += 1
        handler.word(f"Whale {number} sings. ")
        time.sleep(0.005)


def _stalling(handler: _Handler, _body: Body) -> None:
    """Says three words, and then nothing, on an open connection."""
    handler.begin()
    for word in ("Each ", "member ", "has "):
        handler.word(word)
    while True:
        handler.wfile.write(b": still here\n\n")
        handler.wfile.flush()
        time.sleep(0.02)


def _breaking(handler: _Handler, _body: Body) -> None:
    """Loses the connection after three words."""
    handler.begin()
    for word in ("Each ", "member ", "has "):
        handler.word(word)


def _empty(handler: _Handler, body: Body) -> None:
    handler.stream("", body)


def _circling(handler: _Handler, _body: Body) -> None:
    """Ten thousand times the same words."""
    handler.begin()
    for _ in range(10_000):
        handler.word("the members and ")
    handler.word("", "length")


def _garbled(handler: _Handler, _body: Body) -> None:
    """JSON that is none."""
    handler.begin()
    handler.wfile.write(b'data: {"choices": [{"delta": {"content": "Each"\n\n')
    handler.word("", "stop")


def _strange(handler: _Handler, _body: Body) -> None:
    """JSON, but no answer."""
    handler.begin()
    handler.data({"choices": [{"delta": "Each", "finish_reason": 7}], "usage": "much"})


def _busy(handler: _Handler, _body: Body) -> None:
    handler.refuse(429, "Too many requests.", Retry_After="60")


def _busy_once(handler: _Handler, body: Body) -> None:
    """Wants to be asked again in a moment, and then answers."""
    if sum(asked["model"] == body["model"] for asked in handler.scripted.asked) == 1:
        handler.refuse(429, "Too many requests.", Retry_After="0.3")
    else:
        handler.stream(honest(Prompt.of(body)), body)


def _locked(handler: _Handler, _body: Body) -> None:
    """Refuses the key, and says which, as hosted services do."""
    handler.refuse(401, f"Incorrect API key provided: {handler.headers['Authorization'].split()[1]}.")


def _small(handler: _Handler, body: Body) -> None:
    """Can't read more than 2,200 characters."""
    if len(Prompt.of(body).text) > 2200:
        handler.refuse(400, "This model's maximum context length is 512 tokens.")
    else:
        handler.stream(honest(Prompt.of(body)), body)


def _forgetful(handler: _Handler, _body: Body) -> None:
    """Silently reads only the last thousand tokens."""
    handler.begin()
    handler.word("Yes.", "stop")
    handler.data(
        _chunk([]) | {"usage": {"prompt_tokens": 1000, "completion_tokens": 1, "total_tokens": 1001}}
    )


def _failing(handler: _Handler, _body: Body) -> None:
    handler.refuse(500, "Out of memory.")


def _elsewhere(handler: _Handler, _body: Body) -> None:
    """Sends its callers to another address."""
    handler.reply(307, {}, Location="http://other.invalid/v1/chat/completions")


def _web_page(handler: _Handler, _body: Body) -> None:
    """Is no model's server at all."""
    content = b"<!doctype html><title>Welcome</title>"
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


_BEHAVIOURS: Mapping[str, Callable[[_Handler, Body], None]] = {
    "silent": _silent,
    "endless": _endless,
    "stalling": _stalling,
    "breaking": _breaking,
    "empty": _empty,
    "circling": _circling,
    "garbled": _garbled,
    "strange": _strange,
    "busy": _busy,
    "busy once": _busy_once,
    "locked": _locked,
    "small": _small,
    "forgetful": _forgetful,
    "failing": _failing,
    "elsewhere": _elsewhere,
    "web page": _web_page,
}


if __name__ == "__main__":
    with model_server() as served:
        names = "\n".join(f"{served.url}#{name}" for name in (*served.writers, *_BEHAVIOURS))
        sys.stdout.write(f"{names}\n")
        sys.stdout.flush()
        Event().wait()
