"""Question sets: JSONL of our own, and SQuAD v1.1 / v2.0 JSON; plain or gzipped."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qabot.answering import check_question
from qabot.errors import QuestionError, QuestionSetError
from qabot.records import Document, Section, Span

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its gold ``answers`` (none: it has no answer in the corpus).

    ``document`` is the id of the set's own document that it was asked of, and ``places`` where its answers stand there; None
    and empty where the set tells no place.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    document: str | None = None
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What could be read of a file: ``documents`` are the contexts it carries (SQuAD), ``problems`` what had to be left out."""

    questions: tuple[Question, ...]
    documents: tuple[Document, ...]
    problems: tuple[QuestionSetError, ...]


def read_question_set(path: str | Path) -> QuestionSet:
    """Read a question set. Bad lines are left out and named in ``problems``.

    Raises QuestionSetError when the file can't be read, or has no usable question at all.
    """
    name = str(path)
    text = _text(name)
    squad = _as_squad(name, text)
    found = _squad(name, squad) if squad is not None else _jsonl(name, text)
    if not found.questions:
        first = found.problems[0] if found.problems else QuestionSetError(name, None, "has no questions")
        raise QuestionSetError(name, first.line, f"{first.reason} (no usable question in the file)")
    return found


def parse_line(name: str, number: int, line: str) -> Question:
    """One line of a JSONL set. Raises QuestionSetError."""
    item = parse_object(name, number, line)
    answers = item.get("answers")
    if not isinstance(answers, list) or not all(isinstance(answer, str) and answer.strip() for answer in answers):
        raise QuestionSetError(name, number, '"answers" must be a list of texts, empty for a question without an answer')
    return Question(_id(item, number), _question(name, number, item), tuple(answers))


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


def _question(name: str, number: int | None, item: dict[str, Any]) -> str:
    question = item.get("question")
    if not isinstance(question, str):
        raise QuestionSetError(name, number, 'has no "question" (a text)')
    try:
        check_question(question)
    except QuestionError as error:
        raise QuestionSetError(name, number, str(error)) from error
    return question


def _id(item: dict[str, Any], number: int) -> str:
    return str(item["id"]) if item.get("id") is not None else str(number)


def _text(name: str) -> str:
    try:
        if not name:
            raise QuestionSetError("''", None, "is no file name; name a JSONL or SQuAD file")
        if Path(name).exists() and not Path(name).is_file():
            raise QuestionSetError(name, None, "is not a regular file; name a JSONL or SQuAD file")
        data = Path(name).read_bytes()
        return (gzip.decompress(data) if data.startswith(_GZIP) else data).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise QuestionSetError(name, None, "no such file; check the spelling") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(name, None, "is not UTF-8 text; save the question set as UTF-8") from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise QuestionSetError(name, None, f"can't be read: {getattr(error, 'strerror', None) or error}".lower()) from error


def _jsonl(name: str, text: str) -> QuestionSet:
    questions: list[Question] = []
    problems: list[QuestionSetError] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                questions.append(parse_line(name, number, line))
            except QuestionSetError as error:
                problems.append(error)
    return QuestionSet(tuple(questions), (), tuple(problems))


def _as_squad(name: str, text: str) -> list[Any] | None:
    """The articles of a SQuAD file, or None when ``text`` is something else (JSON Lines)."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        if name.removesuffix(".gz").endswith(".json"):
            raise QuestionSetError(name, None, "is not valid JSON; a file of one object a line is called .jsonl") from None
        return None
    if "data" in whole:
        if not isinstance(whole["data"], list):
            raise QuestionSetError(name, None, 'has no list under "data", as a SQuAD file has')
        return whole["data"]
    return None


def _squad(name: str, articles: Sequence[Any]) -> QuestionSet:
    questions: list[Question] = []
    documents: list[Document] = []
    problems: list[QuestionSetError] = []
    for title, context, items in _paragraphs(name, articles, problems):
        document = _context_document(len(documents), title, context)
        if document is None:
            problems.append(QuestionSetError(name, None, f"a paragraph of {title!r} is empty; its questions are left out"))
            continue
        documents.append(document)
        for item in items:
            try:
                questions.append(_squad_question(name, item, document, context))
            except QuestionSetError as error:
                problems.append(error)
    return QuestionSet(tuple(questions), tuple(documents), tuple(problems))


def _paragraphs(name: str, articles: Sequence[Any], problems: list[QuestionSetError]) -> Iterator[tuple[str, str, list[Any]]]:
    for number, article in enumerate(articles, start=1):
        try:
            title = str(article.get("title", ""))
            for paragraph in article["paragraphs"]:
                context, items = paragraph["context"], paragraph["qas"]
                if not isinstance(context, str) or not isinstance(items, list):
                    raise TypeError
                yield title, context, items
        except (KeyError, TypeError, AttributeError):
            problems.append(QuestionSetError(name, None, f"article {number} is not SQuAD: a paragraph needs context and qas"))


def _context_document(number: int, title: str, context: str) -> Document | None:
    """A context as a document of its own under its article's title; it is one block, as SQuAD's paragraphs are.

    None when there is nothing to read in it.
    """
    if not context.strip() or any("\ud800" <= char <= "\udfff" for char in context):
        return None
    section = Section("", (Span(0, len(context)),))
    title = title.replace("_", " ")
    return Document(f"{title}#{number:05}", title, context, f"{title}#{number}", (section,))


def _squad_question(name: str, item: Any, document: Document, context: str) -> Question:
    if not isinstance(item, dict):
        raise QuestionSetError(name, None, "a question is not an object")
    id = str(item.get("id", ""))
    try:
        golds = [] if item.get("is_impossible") else [(gold["text"], gold["answer_start"]) for gold in item["answers"]]
        golds = [(text, start) for text, start in golds if text.strip()]
        places = {Span(at, at + len(text)) for text, at in golds if at >= 0 and context[at : at + len(text)] == text}
    except (KeyError, TypeError, AttributeError) as error:
        raise QuestionSetError(name, None, f"question {id!r}: answers need text and answer_start") from error
    try:
        question = _question(name, None, item)
    except QuestionSetError as error:
        raise QuestionSetError(name, None, f"question {id!r}: {error.reason}") from error
    texts = tuple(dict.fromkeys(text for text, _ in golds))
    return Question(id, question, texts, document.id, tuple(sorted(places)))
