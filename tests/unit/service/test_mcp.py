from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent

from assistant.assistant import Assistant
from assistant.mcp import ReadingServer
from tests.readings import COLLECTION

Result = TypeVar("Result")


def called(small: Assistant, use: Callable[[Client], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        async with Client(ReadingServer(small)) as client:
            return await use(client)

    return asyncio.run(run())


def tool(small: Assistant, name: str, **arguments: object) -> CallToolResult:
    return called(small, lambda client: client.call_tool(name, dict(arguments)))


def told(result: CallToolResult) -> str:
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


def test_four_tools_are_offered_and_each_only_reads(small: Assistant) -> None:
    tools = called(small, lambda client: client.list_tools()).tools
    assert [one.name for one in tools] == ["ask", "search", "similar", "read"]
    assert all(one.annotations and one.annotations.read_only_hint for one in tools)
    assert all(one.description for one in tools)


def test_an_answer_is_what_the_command_prints(small: Assistant) -> None:
    question = "Who elects the board of the Indian Coffee House in Kerala?"
    answer = json.loads(told(tool(small, "ask", question=question)))
    expected = small.ask(question).to_json()
    assert {**answer, "milliseconds": 0} == {**expected, "milliseconds": 0}


def test_passages_readings_and_texts_can_be_had(small: Assistant) -> None:
    hits = tool(small, "search", words="Arizmendi bakeries", k=1)
    assert "arizmendi-bakeries" in told(hits)
    assert "kerala-coffee-house" not in told(tool(small, "similar", resource_id="kerala-coffee-house", k=2))
    assert "Every" not in told(tool(small, "read", resource_id="scop-law"))
    assert json.loads(told(tool(small, "read", resource_id="scop-law")))["text"].startswith("A SCOP is")


def test_every_reading_is_a_resource_and_can_be_read(small: Assistant) -> None:
    listed = called(small, lambda client: client.list_resources()).resources
    assert [one.name for one in listed] == sorted(one.id for one in COLLECTION)
    address = next(str(one.uri) for one in listed if one.name == "scop-law")
    content = called(small, lambda client: client.read_resource(address)).contents[0]
    assert content.mime_type == "text/markdown"
    assert "In a SCOP each member has one vote." in content.text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "address", ["reading://none", "reading://..%2F..%2Fetc%2Fpasswd", "file:///etc/passwd"]
)
def test_nothing_but_a_reading_is_a_resource(small: Assistant, address: str) -> None:
    async def refused(client: Client) -> bool:
        with pytest.raises(MCPError):
            await client.read_resource(address)
        return True

    assert called(small, refused)


@pytest.mark.parametrize(
    ("name", "arguments", "wrong"),
    [
        ("ask", {"question": " "}, "The question is empty"),
        ("read", {"resource_id": "none"}, "none"),
        ("search", {"words": "x", "k": 0}, "k"),
    ],
)
def test_what_is_wrong_with_a_call_is_told(
    small: Assistant, name: str, arguments: dict[str, object], wrong: str
) -> None:
    result = tool(small, name, **arguments)
    assert result.is_error
    assert wrong in told(result)


def test_the_command_speaks_over_standard_input_and_output(tmp_path: Path) -> None:
    script = tmp_path / "served.py"
    script.write_text(
        "import sys\nfrom assistant.cli import main\nfrom tests.fakes import FakeEncoder\n"
        "sys.exit(main(['mcp'], FakeEncoder()))\n",
        "utf-8",
    )
    root = Path(__file__).parents[3]
    (tmp_path / "readings").mkdir()
    starter = root / "corpus" / "resources" / "boell-employee-buyouts.md"
    (tmp_path / "readings" / starter.name).write_bytes(starter.read_bytes())
    environment = {
        "PYTHONPATH": str(root),
        "ASSISTANT_HOME": str(tmp_path / "home"),
        "ASSISTANT_COLLECTION": str(tmp_path / "readings"),
    }
    program = StdioServerParameters(command=sys.executable, args=[str(script)], env=environment)

    async def run() -> list[str]:
        async with Client(stdio_client(program)) as client:
            return [one.name for one in (await client.list_resources()).resources]

    assert asyncio.run(run()) == ["boell-employee-buyouts"]
