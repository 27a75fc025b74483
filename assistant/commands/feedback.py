"""`feedback`: what readers said of answers, to read or for programs."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.commands.shown import count, plain
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.feedback import Feedback
    from embeddings.encoder import Encoder


def feedback(options: Namespace, _: Encoder | None) -> int:
    """Everything that was kept, oldest first. Raises HomeError."""
    from assistant.feedback import read_feedback  # here, since checking lines takes a library

    kept = read_feedback(Settings.load().home)
    if options.json:
        print(json.dumps([asdict(one) for one in kept], ensure_ascii=False, indent=2))
    elif kept:
        print("\n\n".join(map(_shown, kept)))
        print(f"\n{count(len(kept), 'line')} of feedback.")
    else:
        print("No feedback yet: readers give it under an answer of the page.")
    return 0


def _shown(one: Feedback) -> str:
    lines = [f"{plain(one.at)}  {one.verdict}", f"    {plain(one.question)}"]
    if one.resource:
        cited = f"    cited: {plain(one.resource)}, characters {one.start} to {one.end}"
        lines += [cited, f"    for: {plain(one.sentence)}"]
    if one.comment:
        lines.append(f"    “{plain(one.comment)}”")
    return "\n".join(lines)
