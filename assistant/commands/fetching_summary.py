"""What `fetch` says of each reading, and of all of them at the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from assistant.commands.shown import count, plain

State = Literal["fetched", "unchanged", "notes kept", "failed"]
"""Notes kept: what is at the address is not the reading itself, or says less than the notes on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of one reading; `why` where it was not fetched, `address` is where its words are from."""

    resource: str
    state: State
    why: str | None = None
    address: str | None = None
    archived: bool = False
    size: int = 0
    passages: int = 0


def which(results: Sequence[Fetched], state: State) -> list[Fetched]:
    """Those in this state."""
    return [result for result in results if result.state == state]


def line(result: Fetched) -> str:
    """What became of one reading, on one line."""
    if result.state == "fetched":
        where = f"{'the archived copy ' if result.archived else ''}{result.address}"
        about = f"{count(result.passages, 'passage')}, {result.size / 1e3:,.0f} kB, from {where}"
    else:
        about = result.why or ""
    return f"{result.state:<10} {result.resource}{': ' if about else ''}{plain(about)}"


def close(results: Sequence[Fetched], seconds: float, *, as_json: bool) -> None:
    """Print what became of all of them."""
    passages = sum(result.passages for result in results)
    if as_json:
        shown = {"readings": [asdict(result) for result in results], "passages": passages}
        print(json.dumps({**shown, "seconds": round(seconds, 2)}, ensure_ascii=False, indent=2))
        return
    states = ", ".join(f"{len(which(results, state)):,} {state}" for state in get_args(State))
    print(f"{states}: {count(passages, 'passage')} in {seconds:.0f} s")
