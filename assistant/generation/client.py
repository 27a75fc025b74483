"""A language model behind an OpenAI-compatible address. The only module that imports a model client.

No proxy, no redirect and no other address than the configured one is used, and no key goes anywhere else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Sequence
from functools import cache
from ssl import SSLContext, create_default_context
from threading import Event
from typing import Any

import openai
from openai import AsyncOpenAI, AsyncStream, Omit
from openai.types.chat import ChatCompletionChunk

from assistant.generation.failure import ModelFailure
from assistant.generation.model import Message, Patience, Tokens
from assistant.generation.models import ModelAddress
from assistant.generation.request import Request
from assistant.generation.trouble import explained, seconds_to_wait

_NO_KEY = "none"
"""The client wants a key even where the server wants none."""

_OWN_HEADERS = ("OpenAI-Organization", "OpenAI-Project")

Put = Callable[[str | Tokens], None]


class RemoteModel:
    """The model at an address."""

    def __init__(self, address: ModelAddress, patience: Patience | None = None) -> None:
        self.address = address
        self.name = address.name
        self._patience = patience or Patience()

    def stream(self, messages: Sequence[Message], most_tokens: int, stop: Event) -> Generator[str | Tokens]:
        """As `LanguageModel.stream`."""

        async def work(put: Put) -> None:
            await self._write(self._parameters(messages, most_tokens), put)

        return Request(work).received(stop)

    def listed(self, stop: Event) -> Generator[dict[str, Any]]:
        """What the server says of each of its models, as it says it. Raises ModelFailure."""

        async def work(put: Callable[[dict[str, Any]], None]) -> None:
            with explained(self.address.key()):
                async with asyncio.timeout(self._patience.next_word), self._client() as client:
                    for model in (await client.models.list()).data or ():
                        put(model.model_dump())

        return Request(work).received(stop)

    def _parameters(self, messages: Sequence[Message], most_tokens: int) -> dict[str, Any]:
        """Some of the hosted models take no temperature, and another name for the number of tokens."""
        asked: dict[str, Any] = {
            "model": self.name,
            "messages": list(messages),
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if self.address.hosted:
            return asked | {"max_completion_tokens": most_tokens}
        return asked | {"max_tokens": most_tokens, "temperature": 0}

    async def _write(self, parameters: dict[str, Any], put: Put) -> None:
        with explained(self.address.key()):
            async with (
                asyncio.timeout(self._patience.whole),
                self._client() as client,
                await self._opened(client, parameters) as chunks,
            ):
                await self._read(chunks, put)

    def _client(self) -> AsyncOpenAI:
        address = self.address
        others = {} if address.hosted else dict.fromkeys(_OWN_HEADERS, Omit())
        return AsyncOpenAI(
            api_key=address.key() or _NO_KEY,
            base_url=address.url,
            max_retries=0,
            default_headers=others,  # type: ignore[arg-type]  # Omit takes a header away
            http_client=openai.DefaultAsyncHttpxClient(
                trust_env=False,
                follow_redirects=False,
                verify=_certificates(),
                timeout=openai.Timeout(None, connect=self._patience.connect),
            ),
        )

    async def _opened(
        self, client: AsyncOpenAI, parameters: dict[str, Any]
    ) -> AsyncStream[ChatCompletionChunk]:
        """The open answer; a server that asks for a moment's patience gets it."""
        patience = self._patience
        async with asyncio.timeout(patience.first_word):
            waited = 0.0
            while True:
                try:
                    opened: AsyncStream[ChatCompletionChunk] = await client.chat.completions.create(
                        **parameters
                    )
                except openai.APIStatusError as error:
                    seconds = seconds_to_wait(error)
                    if seconds is None or waited + seconds > patience.retry:
                        raise
                else:
                    return opened
                waited += seconds
                await asyncio.sleep(seconds)

    async def _read(self, chunks: AsyncStream[ChatCompletionChunk], put: Put) -> None:
        """Hand over every word. An answer that ends without saying so has broken off."""
        coming, patience = aiter(chunks), self._patience.first_word
        begun = finished = False
        while True:
            async with asyncio.timeout(patience):  # wait_for of Python 3.11 may swallow a cancellation
                chunk = await anext(coming, None)
            if chunk is None:
                break
            begun = True
            for choice in chunk.choices or ():
                finished = finished or bool(choice.finish_reason)
                if choice.delta and choice.delta.content:
                    put(choice.delta.content)
                    patience = self._patience.next_word
            if chunk.usage:
                put(Tokens(chunk.usage.prompt_tokens, chunk.usage.completion_tokens))
        if not finished:
            raise ModelFailure("broken" if begun else "not understood")


@cache
def _certificates() -> SSLContext:
    """Made once: it takes longer than a request to a server on the same machine."""
    return create_default_context()
