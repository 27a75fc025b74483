"""The assistant as tools and resources of the Model Context Protocol. Nothing else of it is offered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec
from urllib.parse import quote

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import Resource as McpResource
from mcp_types import ToolAnnotations
from pydantic import Field
from starlette.applications import Starlette

from assistant.api.protocol import ApiAssistant
from assistant.api.representations import summary
from assistant.hits import hit_json
from assistant.question import MAX_QUESTION_CHARACTERS
from assistant.version import program_version
from corpus.errors import CoopAssistantError, QuestionError, UnavailableError, UnknownReading
from corpus.writer import to_markdown

SCHEME = "reading"
"""Readings are `reading://ID`."""

INSTRUCTIONS = (
    "A collection of readings on worker cooperatives. `ask` gives a short answer in which every sentence "
    "names the passage that backs it; `search` gives passages, `similar` other readings, `read` a whole one."
)

_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_Words = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)]
_Id = Annotated[str, Field(min_length=1, max_length=200, description="as `search` and `similar` give it")]
_Number = Annotated[int, Field(ge=1, le=50, description="at most so many")]

_Arguments = ParamSpec("_Arguments")


class ReadingServer(MCPServer[None]):
    """The server over an assistant; its resources are the readings as they are when they are listed."""

    def __init__(self, assistant: ApiAssistant) -> None:
        super().__init__(
            "coop-assistant",
            title="Worker cooperatives: a reading room",
            instructions=INSTRUCTIONS,
            version=program_version(),
            subscriptions=False,
        )
        self._assistant = assistant
        for tool in _tools(assistant):
            self.add_tool(tool, annotations=_READS)
        self.resource(f"{SCHEME}://{{resource_id}}", name="reading", mime_type="text/markdown")(self._text)

    async def list_resources(self) -> list[McpResource]:
        """Every reading."""
        return [
            McpResource(
                uri=f"{SCHEME}://{quote(resource.id, safe='')}",
                name=resource.id,
                title=resource.title,
                mime_type="text/markdown",
            )
            for resource in self._assistant.resources
        ]

    def over_http(self, path: str) -> Starlette:
        """The same at a path over streamable HTTP, without sessions.

        `self.session_manager.run()` has to be entered around it. Whose requests get here is not its matter.
        """
        return self.streamable_http_app(
            streamable_http_path=path,
            stateless_http=True,
            json_response=True,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )

    def _text(self, resource_id: str) -> str:
        """A reading with what is known about it, as Markdown."""
        try:
            return to_markdown(self._assistant.resource(resource_id))
        except UnknownReading as error:
            raise ResourceError(str(error)) from None


def _tools(assistant: ApiAssistant) -> tuple[Callable[..., Any], ...]:
    @_told
    def ask(question: _Words) -> dict[str, Any]:
        """Answer a question about worker cooperatives in sentences that each cite a passage.

        Where the collection has no answer, `answered` is false and `readings` are the nearest ones.
        """
        return assistant.ask(question).to_json()

    @_told
    def search(words: _Words, k: _Number = 10) -> list[dict[str, Any]]:
        """Find passages of readings, best first."""
        return [hit_json(hit) for hit in assistant.search(words, k)]

    @_told
    def similar(resource_id: _Id, k: _Number = 10) -> list[dict[str, Any]]:
        """Find readings like one that is known, each with why."""
        return [reading.to_json() for reading in assistant.similar(resource_id, k)]

    @_told
    def read(resource_id: _Id) -> dict[str, Any]:
        """Give a reading: what is known about it, and its text (where `notes` is true, our notes on it)."""
        resource = assistant.resource(resource_id)
        return summary(resource) | {"text": resource.text}

    return ask, search, similar, read


def _told(tool: Callable[_Arguments, Any]) -> Callable[_Arguments, Any]:
    """The tool, which tells a caller what is wrong where that is the caller's, and no more otherwise."""

    @wraps(tool)
    def telling(*args: _Arguments.args, **named: _Arguments.kwargs) -> Any:  # noqa: ANN401, as the tool
        try:
            return tool(*args, **named)
        except (QuestionError, UnavailableError, UnknownReading) as error:
            raise ToolError(str(error)) from None
        except CoopAssistantError:
            raise ToolError("The collection can't be read at present. Try again later.") from None

    return telling
