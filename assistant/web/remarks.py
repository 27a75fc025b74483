"""What the assistant remarks and what a model took, in the page's language. The assistant speaks English."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Answer
from assistant.generation.failure import HAPPENED
from assistant.generation.generate import FAILED, NOTHING_LEFT, SAYS_NO
from assistant.generation.models import NO_MODEL
from assistant.web.strings import Strings
from assistant.writing import NOT_ANSWERED, NOTHING_ADMITTED


def remark_in(answer: Answer, strings: Strings) -> str:
    """What the assistant remarks, in the page's language where the page has the words for it."""
    own = {NOT_ANSWERED: strings.not_answered, NOTHING_ADMITTED: strings.nothing_admitted}
    if answer.usage:
        own |= dict(_on_model(answer.usage.model, strings))
    return str(own.get(answer.remark, answer.remark))


def usage_in(answer: Answer, strings: Strings) -> str:
    """Which model was asked, and what that took: `Written by llama, … · first word after 0.4 s`."""
    usage = answer.usage
    if usage is None:
        return ""
    words = strings.usage
    parts = [words["asked" if answer.writer == NO_MODEL else "written"].format(usage.model)]
    if usage.seconds_to_first_word is not None:
        parts.append(words["first_word"].format(_seconds(usage.seconds_to_first_word, strings)))
    parts.append(words["seconds"].format(_seconds(usage.seconds, strings)))
    if usage.prompt_tokens is not None and usage.completion_tokens is not None:
        counted = strings.number(usage.prompt_tokens), strings.number(usage.completion_tokens)
        parts.append(words["tokens"].format(*counted))
    return " · ".join(parts)


def _on_model(model: str, strings: Strings) -> Iterator[tuple[str, str]]:
    """Each line that tells why a model's answer is not there, and the same in the page's language."""
    words = strings.model_remarks
    yield NOTHING_LEFT.format(model=model), words["nothing_left"].format(model=model)
    yield SAYS_NO.format(model=model), words["says_no"].format(model=model)
    for kind, happened in HAPPENED.items():
        said = words["failed"].format(model=model, happened=words["happened"][kind])
        yield FAILED.format(model=model, happened=happened), said


def _seconds(seconds: float, strings: Strings) -> str:
    return f"{seconds:.1f}".replace(".", strings.decimal)
