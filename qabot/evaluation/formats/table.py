"""CSV and TSV with a header: a question a row.

The columns are ``question`` and ``answers`` (or ``answer``), and if wanted ``id``, ``unanswerable``, ``document``, ``passage``,
``evidence`` and ``tags``; others are left alone. Several golds of one cell are parted by ``|`` (or are a JSON list), or stand in
columns ``answer1``, ``answer2`` ...; no gold at all: the question has no answer. Tags are parted by commas or semicolons.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from qabot.errors import QuestionSetError
from qabot.evaluation.question import Question, QuestionSet, question_from, with_unique_ids

_ANSWER = re.compile(r"answers?[ _]?\d*")
_TRUTHS = {"true": True, "yes": True, "1": True, "": False, "false": False, "no": False, "0": False}
_DELIMITERS = (",", "\t", ";")


def delimiter_of(text: str) -> str | None:
    """What parts the cells of ``text``, whose first line must be a header with a column "question"; None when there is none."""
    header = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return next((one for one in _DELIMITERS if "question" in _columns(_cells(header, one))), None)


def read_table(name: str, text: str, delimiter: str) -> QuestionSet:
    """The questions of ``text``, the content of the file ``name``. Raises QuestionSetError when the header lacks a column."""
    rows = _rows(name, text, delimiter)
    _, header, broken = next(rows, (1, [], None))
    if broken is not None:
        raise broken
    columns = _columns(header)
    if not any(_ANSWER.fullmatch(column) for column in columns):
        raise QuestionSetError(name, 1, f'has no column "answers" (only {", ".join(columns)})')
    questions: list[tuple[int | None, Question]] = []
    problems: list[QuestionSetError] = []
    for number, cells, problem in rows:
        try:
            if problem is not None:
                raise problem
            if len(cells) != len(columns):
                raise QuestionSetError(name, number, f"has {len(cells)} cells where the header has {len(columns)}")
            questions.append((number, question_from(name, number, _item(name, number, columns, cells))))
        except QuestionSetError as error:
            problems.append(error)
    return QuestionSet(tuple(with_unique_ids(name, questions, problems)), (), tuple(problems))


def _rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str], QuestionSetError | None]]:
    """Each row that isn't blank with the line it begins on, or what is wrong there."""
    # No line end is changed on the way in: a quoted cell may hold some.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [], QuestionSetError(name, number, f"can't be parted into cells ({error}); check its quotes")
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells, None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell beyond what the library reads
        return []


def _columns(header: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in header]


def _item(name: str, number: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """A row as the object that a line of JSONL would hold."""
    item: dict[str, Any] = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    item["id"] = item.get("id") or None
    item["answers"] = [
        gold for column, cell in zip(columns, cells, strict=True) if _ANSWER.fullmatch(column) for gold in _golds(cell.strip())
    ]
    item["tags"] = [tag.strip() for tag in re.split(r"[,;]", item.get("tags", "")) if tag.strip()]
    try:
        item["unanswerable"] = _TRUTHS[item.get("unanswerable", "").lower()]
    except KeyError as error:
        raise QuestionSetError(name, number, f'"unanswerable" must be true or false, not {error.args[0]!r}') from error
    return item


def _golds(cell: str) -> list[str]:
    if cell.startswith("["):
        try:
            several = json.loads(cell)
        except (ValueError, RecursionError):
            several = None  # words in brackets
        if isinstance(several, list) and all(isinstance(one, str) for one in several):
            return several
    return [gold.strip() for gold in cell.split("|") if gold.strip()]
