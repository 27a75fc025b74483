"""What an OpenAI-compatible server's refusal means, told without its key."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import openai

from assistant.generation.failure import Kind, ModelFailure

DETAIL = 300
"""Characters of a server's own words that are shown to whoever runs it."""

SHORTEST_WAIT = 0.2
"""Seconds before a server is asked again that says "at once"."""

_ASK_LATER = (429, 503)
_TOO_LONG = re.compile(
    r"context[_ ](?:length|size|window)|too many tokens|maximum context|n_ctx", re.IGNORECASE
)
_KEY_LIKE = re.compile(r"\b(?:sk|key|pk|gsk|hf|xai)[-_][\w*-]{6,}|\bBearer\s+\S+", re.IGNORECASE)


@contextmanager
def explained(key: str) -> Iterator[None]:
    """Turns what the client raises into ModelFailure, in which `key` never stands."""
    try:
        yield
    except (TimeoutError, openai.APITimeoutError) as error:
        late = not isinstance(error, openai.APITimeoutError)
        raise ModelFailure("time out" if late else "no server") from None
    except openai.APIStatusError as error:
        raise ModelFailure(_kind(error), _detail(error, key)) from None
    except openai.APIConnectionError as error:
        raise ModelFailure(_connection(error), _detail(error, key)) from None
    except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
        # The client takes a server's answer apart unchecked: whatever is wrong with it, it is no answer.
        raise ModelFailure("not understood", _detail(error, key)) from None


def seconds_to_wait(error: openai.APIStatusError) -> float | None:
    """How long the server wants us to wait before we ask again; None where it doesn't want us to."""
    wanted = error.response.headers.get("retry-after", "")
    if error.status_code not in _ASK_LATER or not wanted:
        return None
    with suppress(ValueError):
        seconds = float(wanted)
        return max(seconds, SHORTEST_WAIT) if math.isfinite(seconds) else None
    with suppress(ValueError):
        until = parsedate_to_datetime(wanted)
        return max((until.astimezone(UTC) - datetime.now(UTC)).total_seconds(), SHORTEST_WAIT)
    return None


def _kind(error: openai.APIStatusError) -> Kind:
    if _TOO_LONG.search(error.message) and error.status_code < 500:
        return "context too small"
    match error.status_code:
        case 401 | 403:
            return "bad key"
        case 404:
            return "unknown model"
        case 429:
            return "rate limit"
    return "refused"


def _connection(error: openai.APIConnectionError) -> Kind:
    """A connection that was never made, or one that was lost."""
    cause = type(error.__cause__).__name__ if error.__cause__ else ""
    return "no server" if cause.startswith("Connect") else "broken"


def _detail(error: Exception, key: str) -> str:
    """The error's own words on one line, without the key and what looks like one."""
    words = " ".join(str(error).split())
    if key:
        words = words.replace(key, "…")
    return "".join(sign for sign in _KEY_LIKE.sub("…", words) if sign.isprintable())[:DETAIL]
