"""A file of questions for ``ask --questions``: a question a line, or JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import IO, Any

from qabot.errors import QuestionSetError
from qabot.evaluation.questions import parse_object

Id = str | int | float | None  # as it is given, so it comes back


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """Line ``number`` (from 1) of the file; ``error`` says why it can't be asked, when it can't."""

    number: int
    question: str = ""
    id: Id = None
    error: str | None = None


def read_question_lines(file: str, stdin: IO[bytes] | None) -> Iterator[QuestionLine]:
    """The lines of ``file`` ("-": standard input) that aren't blank. In a file whose name says JSON Lines a line that is JSON but
    no object is a bad one; elsewhere it may be a question in quotes.

    Raises QuestionSetError when it can't be read.
    """
    strict = Path(file).suffix.lower() in {".jsonl", ".ndjson"}
    for number, line in enumerate(read_text(file, stdin).split("\n"), start=1):
        if not line.strip():
            continue
        if not line.lstrip().startswith("{") and not (strict and _is_json(line)):
            yield QuestionLine(number, line.strip())
            continue
        try:
            item = parse_object(file, number, line)
        except QuestionSetError as error:
            yield QuestionLine(number, error=error.reason)
            continue
        yield _from_object(number, item)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _from_object(number: int, item: dict[str, Any]) -> QuestionLine:
    question, id = item.get("question"), item.get("id")
    if not isinstance(question, str):
        return QuestionLine(number, error='has no "question" (a text)')
    # Python takes true for a number, and NaN for JSON.
    if not isinstance(id, str | int | float | None) or isinstance(id, bool) or (isinstance(id, float) and not isfinite(id)):
        return QuestionLine(number, error='its "id" must be a text, a number or null')
    return QuestionLine(number, question, id)


def read_text(file: str, stdin: IO[bytes] | None) -> str:
    """The text of ``file`` ("-": standard input). Raises QuestionSetError when it can't be read."""
    try:
        if file == "-":
            return stdin.read().decode("utf-8-sig") if stdin else ""
        if not Path(file).is_file() and Path(file).exists():
            raise QuestionSetError(file, None, "is not a regular file; name a file of questions or answers, or -")
        return Path(file).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise QuestionSetError(file, None, "no such file; check the spelling") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(file, None, "is not UTF-8 text; save it as UTF-8") from error
    except (OSError, ValueError) as error:
        raise QuestionSetError(
            file, None, f"can't be read: {(getattr(error, 'strerror', None) or str(error)).lower()}"
        ) from error
