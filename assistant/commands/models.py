"""`models`: which language models may write answers, and whether they can."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.generation.trying import Trial
    from embeddings.encoder import Encoder

NONE = """\
No language model is configured: answers are made of sentences that stand in the readings.
To have one write, set ASSISTANT_MODEL, for example to ollama:llama3.2, openai:MODEL (with OPENAI_API_KEY)
or http://localhost:8080/v1#MODEL (with ASSISTANT_MODEL_KEY, if its server wants a key)."""


def models(options: Namespace, _encoder: Encoder | None) -> int:
    """Try each model that is configured. 1 if one of them can't be used. Raises LanguageModelError."""
    from assistant.generation.models import parse_models
    from assistant.settings import Settings

    addresses = parse_models(Settings.load().model)
    if addresses:
        from assistant.generation.trying import try_model  # here, since the client takes its time
    trials = []
    for address in addresses:
        trials.append(try_model(address))
        if not options.json:
            print(trial_text(trials[-1]), flush=True)
    if options.json:
        print(json.dumps([trial.to_json() for trial in trials], ensure_ascii=False, indent=2))
    elif not addresses:
        print(NONE)
    return int(any(trial.wrong for trial in trials))


def trial_text(trial: Trial) -> str:
    """The model, its address, and how it went, for a terminal."""
    from assistant.commands.shown import plain  # here, since it takes its time

    lines = [f"{plain(trial.address.name)} at {plain(trial.address.url)}"]
    if trial.wrong:
        lines += [f"    {plain(trial.wrong)}", f"    {plain(trial.remedy)}"]
    else:
        lines += [f"    It works; the first word came after {trial.seconds_to_first_word:.1f} seconds."]
    return "\n".join(lines)
