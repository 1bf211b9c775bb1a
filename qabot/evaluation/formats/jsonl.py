"""JSON Lines: a question an object, an object a line; also what the chat's marks are kept in."""

from __future__ import annotations

import json
from typing import Any

from qabot.errors import QuestionSetError
from qabot.evaluation.question import Question, QuestionSet, question_from, with_unique_ids


def read_jsonl(name: str, text: str) -> QuestionSet:
    """The questions of ``text``, the content of the file ``name``."""
    questions: list[tuple[int | None, Question]] = []
    problems: list[QuestionSetError] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                questions.append((number, parse_line(name, number, line)))
            except QuestionSetError as error:
                problems.append(error)
    return QuestionSet(tuple(with_unique_ids(name, questions, problems)), (), tuple(problems))


def parse_line(name: str, number: int, line: str) -> Question:
    """One line of a JSONL set. Raises QuestionSetError."""
    return question_from(name, number, parse_object(name, number, line))


def parse_object(name: str, number: int, line: str) -> dict[str, Any]:
    """A line that must hold a JSON object. Raises QuestionSetError."""
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionSetError(name, number, f"is not valid JSON ({error.msg})") from error
    except RecursionError as error:
        raise QuestionSetError(name, number, "is not valid JSON (too deeply nested)") from error
    except ValueError as error:  # a number of thousands of digits
        raise QuestionSetError(name, number, "has a number too long to read") from error
    if not isinstance(item, dict):
        raise QuestionSetError(name, number, 'is not an object like {"question": "...", "answers": ["..."]}')
    return item
