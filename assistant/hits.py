"""A found passage for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embeddings.search import Hit


def hit_json(hit: Hit) -> dict[str, Any]:
    """The passage as `search --json` prints it; these keys are a contract. `url` is where it was learned."""
    return {
        "resource": hit.resource.id,
        "title": hit.resource.title,
        "url": hit.resource.url_at(hit.passage.start),
        "passage": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 4),
    }
