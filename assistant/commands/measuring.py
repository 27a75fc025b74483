"""`evaluate`: measure the product on a test collection."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


def measure(options: Namespace, encoder: Encoder | None) -> int:
    """The figures as a table, or as JSON. Raises EvaluationError."""
    from assistant.evaluation import Bars, evaluate, table
    from assistant.evaluation.shipped import shipped
    from embeddings.encoder import open_encoder

    product = shipped(encoder or open_encoder(Settings.load().encoder))
    with Bars() as bars:
        result = evaluate(options.path, options.unanswerable, bars, product=product, limit=options.limit)
    if options.json:
        print(json.dumps(result.to_json(), ensure_ascii=False, indent=2))
    else:
        print(table([result.to_json()]))
    return 0
