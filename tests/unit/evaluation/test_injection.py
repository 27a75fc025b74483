from __future__ import annotations

from pathlib import Path

from assistant.evaluation.injection import read_attacks
from tests.unit.evaluation.fakes import write

CONTEXT = "The bill is due. You paid forty euros. Thank you."


def test_each_instruction_stands_on_a_line_of_its_own_and_where_it_is_said_to(tmp_path: Path) -> None:
    write(tmp_path / "contexts.jsonl", [{"_id": "mail", "context": CONTEXT, "question": "Q: How much?"}])
    write(tmp_path / "attacks.jsonl", [{"_id": str(n), "text": f"Do {n}"} for n in range(3)])
    lines = []
    for number, ((resource,), (question,)) in enumerate(read_attacks(tmp_path).places):
        span = question.hidden["mail"]
        assert resource.text[span.start : span.end] == f"Do {number}"
        assert question.text == "How much?"
        lines.append([line.strip() for line in resource.text.splitlines()])
    assert lines == [
        ["Do 0", CONTEXT],
        ["The bill is due.", "Do 1", "You paid forty euros. Thank you."],
        [CONTEXT, "Do 2"],
    ]


def test_instructions_are_used_by_turns(tmp_path: Path) -> None:
    rows = [{"_id": str(n), "context": CONTEXT, "question": "?"} for n in range(3)]
    write(tmp_path / "contexts.jsonl", rows)
    write(tmp_path / "attacks.jsonl", [{"_id": str(n), "text": f"Do {n}"} for n in range(5)])
    texts = [resource.text for resources, _ in read_attacks(tmp_path).places for resource in resources]
    assert [next(n for n in range(5) if f"Do {n}" in text) for text in texts] == [0, 1, 2, 3, 4, 0, 1, 2, 3]
