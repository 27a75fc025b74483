"""The tools over HTTP: the same door as everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from mcp import Client

from assistant.settings import Settings
from tests.security.conftest import Service, serving

KEY = "a-key-of-twenty-letters-or-more"
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HEADERS = {"accept": "application/json, text/event-stream", "authorization": f"Bearer {KEY}"}


@pytest.fixture(scope="module")
def keyed(assistant: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    keys: Path = tmp_path_factory.mktemp("keys") / "keys"
    keys.write_text(KEY, "utf-8")
    with serving(assistant, Settings(mcp=True, api_keys_file=keys)) as running:
        yield running


def test_the_tools_are_not_there_unless_they_are_switched_on(client: httpx.Client) -> None:
    assert client.post("/mcp", json=LIST, headers=HEADERS).status_code in (404, 405)


def test_the_tools_ask_for_a_key(keyed: Service) -> None:
    assert httpx.post(f"{keyed.address}/mcp", json=LIST).status_code == 401
    told = httpx.post(f"{keyed.address}/mcp", json=LIST, headers=HEADERS)
    assert told.status_code == 200
    assert [tool["name"] for tool in told.json()["result"]["tools"]] == ["ask", "search", "similar", "read"]


def test_another_site_s_page_can_t_call_them(keyed: Service) -> None:
    foreign = {**HEADERS, "origin": "https://foreign.example"}
    assert httpx.post(f"{keyed.address}/mcp", json=LIST, headers=foreign).status_code == 403


def test_the_protocol_s_own_client_gets_an_answer(assistant: object) -> None:
    async def ask(address: str) -> bool:
        async with Client(f"{address}/mcp") as client:
            return not (await client.call_tool("ask", {"question": "Who founded Mondragon?"})).is_error

    with serving(assistant, Settings(mcp=True)) as running:
        assert asyncio.run(ask(running.address))
