from __future__ import annotations

from pathlib import Path

import pytest

from qabot.errors import QuestionSetError
from qabot.evaluation.questions import parse_line, read_question_set

DEEP = '{"question": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"question": "Who?", "answers": [', "is not valid JSON (Expecting value)"),
        (DEEP, "is not valid JSON (too deeply nested)"),
        ('{"question": "Who?", "answers": [], "id": ' + "9" * 5_000 + "}", "has a number too long to read"),
        ("[]", "is not an object"),
        ('{"answers": []}', 'has no "question"'),
        ('{"question": "Who?"}', '"answers" must be a list of texts'),
        ('{"question": "Who?", "answers": [""]}', '"answers" must be a list of texts'),
        ('{"question": " ", "answers": []}', "the question is empty"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: str, reason: str) -> None:
    with pytest.raises(QuestionSetError) as refused:
        parse_line("set.jsonl", 3, line)
    assert (refused.value.line, refused.value.reason.startswith(reason)) == (3, True)


def test_an_empty_name_is_no_file() -> None:
    with pytest.raises(QuestionSetError, match="is no file name"):
        read_question_set("")


def test_a_question_keeps_its_answers_and_gets_its_line_for_an_id(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"question": "Who?", "answers": ["Ilse", "Brandt"]}\n\n{"question": "Why?", "answers": [], "id": "w"}\n')
    first, second = read_question_set(file).questions
    assert (first.id, first.answers) == ("1", ("Ilse", "Brandt"))
    assert (second.id, second.answers) == ("w", ())
