"""The page's own traffic with its server, without a browser: its events go through Gradio's queue."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from secrets import token_hex
from time import perf_counter
from typing import Any, Self

import httpx
from gradio_client.utils import apply_diff  # type: ignore[import-untyped]

_CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)
_JOIN, _DATA = "/gradio_api/queue/join", "/gradio_api/queue/data"


@dataclass(slots=True)
class PageClient:
    """One tab: what its components hold, by id. Its `client` has the page's address as base_url."""

    client: httpx.AsyncClient
    config: dict[str, Any]
    values: dict[int, Any] = field(default_factory=dict)
    session: str = field(default_factory=lambda: token_hex(6))
    seconds_to_answer: float = 0.0
    updates: int = 0
    began: float = 0.0

    @classmethod
    async def open(cls, client: httpx.AsyncClient) -> Self:
        """Fetch the page, and run what it runs when it is opened."""
        response = await client.get("/")
        response.raise_for_status()
        found = _CONFIG.search(response.text)
        assert found, "the page has no configuration"
        config = json.loads(found[1])
        held = {one["id"]: one["props"].get("value") for one in config["components"]}
        page = cls(client, config, held)
        await page.run("open")
        return page

    async def ask(self, question: str) -> str:
        """Type a question, and give the HTML of the latest question and its answer.

        `seconds_to_answer` is then the time to its first sentence, or to the line that is there instead, and
        `updates` how many times the page was changed for it.
        """
        self.values[self.component("question")] = question
        self.seconds_to_answer, self.updates, self.began = 0.0, 0, perf_counter()
        await self.run("ask")
        return str(self.values[self.component("current")])

    async def run(self, name: str, told: dict[str, Any] | None = None) -> None:
        """Run an event by the name of its function, to its end; `told` comes with a click."""
        event = next(one for one in self.config["dependencies"] if one["api_name"] == name)
        body = {
            "data": [self.values.get(component) for component in event["inputs"]],
            "event_data": told,
            "fn_index": event["id"],
            "trigger_id": event["targets"][0][0],
            "session_hash": self.session,
        }
        response = await self.client.post(_JOIN, json=body)
        response.raise_for_status()
        await self._listen(event["outputs"])

    def component(self, name: str) -> int:
        """The id of the component that the page calls so."""
        found = (one["id"] for one in self.config["components"] if one["props"].get("elem_id") == name)
        return int(next(found))

    async def _listen(self, outputs: list[int]) -> None:
        seen: list[Any] | None = None
        async with self.client.stream("GET", _DATA, params={"session_hash": self.session}) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if message.get("msg") in ("process_generating", "process_completed"):
                    assert message["success"], message
                    given = message["output"]["data"]
                    if seen is None or message["msg"] == "process_completed":
                        seen = seen or given
                    else:
                        seen = [apply_diff(*pair) for pair in zip(seen, given, strict=True)]
                    self._take(outputs, seen)
                    self.updates += message["msg"] == "process_generating"
                    if not self.seconds_to_answer and self._is_answered():
                        self.seconds_to_answer = perf_counter() - self.began
                if message.get("msg") == "close_stream":
                    return

    def _is_answered(self) -> bool:
        shown = str(self.values[self.component("current")])
        return 'class="sentence' in shown or 'class="remark">' in shown

    def _take(self, outputs: list[int], given: list[Any]) -> None:
        for component, value in zip(outputs, given, strict=True):
            if isinstance(value, dict) and value.get("__type__") == "update":
                if "value" in value:
                    self.values[component] = value["value"]
            else:
                self.values[component] = value
