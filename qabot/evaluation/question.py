"""A question with its golds, and one field of it at a time out of what a file holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qabot.answering import check_question
from qabot.errors import QuestionError, QuestionSetError
from qabot.records import Document, Span


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its gold ``answers`` (none: it has no answer in the corpus).

    ``document`` is the document that it was asked of: the id of the set's own, or a name as the set writes it until ``place``
    has found the document; ``places`` are the spans where its answers stand there; None and empty where the set tells no place.
    ``passage`` is the text that the answer stands in, ``evidence`` the sentences (any of them) that show it, ``tags`` what its
    maker filed it under.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    document: str | None = None
    places: tuple[Span, ...] = ()
    passage: str | None = None
    evidence: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What could be read of a file: ``documents`` are the contexts it carries (SQuAD), ``problems`` what had to be left out."""

    questions: tuple[Question, ...]
    documents: tuple[Document, ...]
    problems: tuple[QuestionSetError, ...]


def question_from(name: str, number: int, item: Mapping[str, Any]) -> Question:
    """The question that line ``number`` of the file ``name`` holds as ``item``. Raises QuestionSetError.

    ``answers`` may be left out where ``unanswerable`` is true. A document that comes with a ``wrong`` answer (a bad mark of the
    chat) is where that one stood, and tells nothing of the right one.
    """
    unanswerable = item.get("unanswerable", False)
    if not isinstance(unanswerable, bool):
        raise QuestionSetError(name, number, '"unanswerable" must be true or false')
    answers = item.get("answers", [] if unanswerable else None)
    if not isinstance(answers, list) or not all(isinstance(answer, str) and answer.strip() for answer in answers):
        raise QuestionSetError(name, number, '"answers" must be a list of texts, empty for a question without an answer')
    if unanswerable and answers:
        raise QuestionSetError(name, number, 'is "unanswerable" and has "answers"; take one of them away')
    return Question(
        id=str(item["id"]) if item.get("id") is not None else str(number),
        question=asked(name, number, item),
        answers=tuple(answers),
        document=None if item.get("wrong") is not None else _text(name, number, item, "document"),
        passage=_text(name, number, item, "passage"),
        evidence=_texts(name, number, item, "evidence"),
        tags=_texts(name, number, item, "tags"),
    )


def asked(name: str, number: int | None, item: Mapping[str, Any]) -> str:
    """The words of the question. Raises QuestionSetError when they can't be asked."""
    question = item.get("question")
    if not isinstance(question, str):
        raise QuestionSetError(name, number, 'has no "question" (a text)')
    try:
        check_question(question)
    except QuestionError as error:
        raise QuestionSetError(name, number, str(error)) from error
    return question


def _text(name: str, number: int, item: Mapping[str, Any], field: str) -> str | None:
    value = item.get(field)
    if not isinstance(value, str | None):
        raise QuestionSetError(name, number, f'"{field}" must be a text')
    return value if value and value.strip() else None


def _texts(name: str, number: int, item: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = item.get(field)
    values = [value] if isinstance(value, str) else value or []
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise QuestionSetError(name, number, f'"{field}" must be a text or a list of texts')
    return tuple(one for one in values if one.strip())


def with_unique_ids(
    name: str, numbered: Iterable[tuple[int | None, Question]], problems: list[QuestionSetError]
) -> list[Question]:
    """The questions whose id came first; every other is named in ``problems``, by its line where it has one.

    Runs are compared and taken up again by these ids: two questions of one id could not be told apart.
    """
    first: dict[str, Question] = {}
    for number, question in numbered:
        if question.id in first:
            problems.append(QuestionSetError(name, number, f"its id {question.id!r} was given to an earlier question"))
        else:
            first[question.id] = question
    return list(first.values())
