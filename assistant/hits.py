"""A found passage for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.links import link_to

if TYPE_CHECKING:
    from embeddings.search import Hit


def hit_json(hit: Hit) -> dict[str, Any]:
    """The passage as `search --json` prints it; these keys are a contract. `url` opens at its words."""
    return {
        "resource": hit.resource.id,
        "title": hit.resource.title,
        "url": link_to(hit.resource, hit.passage.start, hit.passage.end),
        "passage": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 4),
    }
