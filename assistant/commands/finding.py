"""`search`, `similar` and `export`: readings found, and taken along."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING

from assistant.commands.filters import filters_of
from assistant.commands.opening import opened
from assistant.commands.shown import hits_text, readings_text
from assistant.hits import hit_json
from corpus.reference import FORMATS

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


def search(options: Namespace, encoder: Encoder | None) -> int:
    """Passages, best first."""
    with opened(encoder, ready=True) as assistant:
        filters = filters_of(options, assistant.resources)
        hits = assistant.search(options.words, options.k, filters)
    if options.json:
        print(json.dumps([hit_json(hit) for hit in hits], ensure_ascii=False, indent=2))
    else:
        print(hits_text(hits))
    return 0


def similar(options: Namespace, encoder: Encoder | None) -> int:
    """Readings like this one, best first. Raises UnknownReading."""
    with opened(encoder) as assistant:
        readings = assistant.similar(options.id, options.k)
    if options.json:
        print(json.dumps([reading.to_json() for reading in readings], ensure_ascii=False, indent=2))
    else:
        print(readings_text(readings))
    return 0


def export(options: Namespace, encoder: Encoder | None) -> int:
    """References to the readings, in the order given. Raises UnknownReading before anything is printed."""
    with opened(encoder) as assistant:
        resources = [assistant.resource(resource_id) for resource_id in dict.fromkeys(options.ids)]
    print(FORMATS[options.format](resources), end="")
    return 0
