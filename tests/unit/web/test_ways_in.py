"""What the first screen offers to click is answered, in each language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.web.labels import label_of
from assistant.web.strings import LANGUAGES
from assistant.web.view import collection_figures

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@pytest.mark.parametrize("strings", LANGUAGES.values(), ids=lambda strings: str(strings.code))
def test_every_example_and_every_topic_is_answered(starter: Assistant, strings: Any) -> None:  # noqa: ANN401
    topics = [label_of("topic", topic, strings) for topic, _ in collection_figures(starter.resources).topics]
    questions = [*strings.examples, *map(strings.topic_question.format, topics)]
    assert len(questions) == 15
    assert [question for question in questions if not starter.ask(question).answered] == []
