"""SQuAD v1.1 and v2.0: JSON of articles, each of paragraphs with their questions; the set brings its own documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from qabot.errors import QuestionSetError
from qabot.evaluation.question import Question, QuestionSet, asked, with_unique_ids
from qabot.records import Document, Section, Span


def as_squad(name: str, text: str) -> list[Any] | None:
    """The articles of a SQuAD file, or None when ``text`` is something else (JSON Lines). Raises QuestionSetError."""
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


def read_squad(name: str, articles: Sequence[Any]) -> QuestionSet:
    """The questions of ``articles`` and their contexts, each a document of its own."""
    questions: list[tuple[int | None, Question]] = []
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
                questions.append((None, _question(name, str(len(questions) + 1), item, document, context)))
            except QuestionSetError as error:
                problems.append(error)
    return QuestionSet(tuple(with_unique_ids(name, questions, problems)), tuple(documents), tuple(problems))


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


def _question(name: str, otherwise: str, item: Any, document: Document, context: str) -> Question:
    """The question of ``item``, its id ``otherwise`` where it has none of its own."""
    if not isinstance(item, dict):
        raise QuestionSetError(name, None, "a question is not an object")
    id = str(item.get("id", otherwise))
    try:
        golds = [] if item.get("is_impossible") else [(gold["text"], gold["answer_start"]) for gold in item["answers"]]
        golds = [(text, start) for text, start in golds if text.strip()]
        places = {Span(at, at + len(text)) for text, at in golds if at >= 0 and context[at : at + len(text)] == text}
        evidence, tags = ([one for one in item.get(field) or () if one.strip()] for field in ("evidences", "tags"))
    except (KeyError, TypeError, AttributeError) as error:
        raise QuestionSetError(name, None, f"question {id!r}: answers need text and answer_start") from error
    try:
        words = asked(name, None, item)
    except QuestionSetError as error:
        raise QuestionSetError(name, None, f"question {id!r}: {error.reason}") from error
    return Question(
        id=id,
        question=words,
        answers=tuple(dict.fromkeys(text for text, _ in golds)),
        document=document.id,
        places=tuple(sorted(places)),
        evidence=tuple(dict.fromkeys(evidence)),
        tags=tuple(tags),
    )
