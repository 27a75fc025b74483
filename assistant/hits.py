"""A found passage for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.links import link_to

if TYPE_CHECKING:
    from embeddings.search import Hit


def hit_json(hit: Hit) -> dict[str, Any]:
    """The passage as `search --json` prints it; these keys are a contract. `url` opens at its words."""
    resource, passage = hit.resource, hit.passage
    return {
        "resource": resource.id,
        "title": resource.title,
        "url": link_to(resource, passage.start, passage.end),
        "passage": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": round(hit.score, 4),
    }
