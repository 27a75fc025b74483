from __future__ import annotations

import pytest

from assistant.preamble import without_preamble


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("tell me about Suma", "Suma"),
        ("Can you tell me how co-ops raise capital?", "how co-ops raise capital?"),
        ("Could you please explain what a SCOP is?", "what a SCOP is?"),
        ("I'd like to know more about indivisible reserves", "indivisible reserves"),
        ("do you know if worker co-ops last?", "if worker co-ops last?"),
        ("What do you know about the Marcora law?", "the Marcora law?"),
        ("Pouvez-vous m'expliquer comment naît une Scop ?", "comment naît une Scop ?"),
        ("parlez-moi des Scop", "Scop"),
        ("¿Puedes explicarme qué es una sociedad laboral?", "qué es una sociedad laboral?"),
        ("háblame de Mondragon", "Mondragon"),
        ("give me three examples of recovered companies", "recovered companies"),
        ("examples of platform co-ops", "platform co-ops"),
        ("list worker co-op federations", "worker co-op federations"),
        ("Name two founders of Mondragon", "founders of Mondragon"),
        ("name of Melbourne's first co-working space", "name of Melbourne's first co-working space"),
        ("tell me more", "tell me more"),
        ("tell me about it", "tell me about it"),
        ("How do you explain it?", "How do you explain it?"),
        ("Do you know Suma?", "Do you know Suma?"),
        ("describe", "describe"),
    ],
)
def test_words_before_a_question_that_say_nothing_of_it_are_left_out(message: str, asked: str) -> None:
    assert without_preamble(message) == asked
