"""SQuAD-format JSON as training material: contexts, questions, and where the answers stand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qabot.records import Span


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question on one context. ``answers`` are all spans that count as right; empty: the context doesn't answer it."""

    id: str
    question: str
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A context of an article, with its questions."""

    title: str
    context: str
    questions: tuple[TrainingQuestion, ...]


def read_paragraphs(path: Path) -> list[Paragraph]:
    """All contexts of a SQuAD v1.1 or v2.0 file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    return [
        Paragraph(article["title"], paragraph["context"], tuple(_questions(paragraph)))
        for article in articles
        for paragraph in article["paragraphs"]
    ]


def _questions(paragraph: dict) -> Iterator[TrainingQuestion]:  # type: ignore[type-arg]  # JSON as it comes
    context: str = paragraph["context"]
    for item in paragraph["qas"]:
        spans = {Span(a["answer_start"], a["answer_start"] + len(a["text"])) for a in item["answers"] if a["text"]}
        if any(answer.get("start_guessed") or item.get("start_guessed") for answer in item["answers"]):
            # The place was rebuilt by a guess: any occurrence of the same words may be the one that was meant.
            spans |= {span for answer in item["answers"] for span in _occurrences(context, answer["text"])}
        yield TrainingQuestion(item["id"], item["question"].strip(), tuple(sorted(spans)))


def _occurrences(context: str, text: str, most: int = 8) -> list[Span]:
    spans: list[Span] = []
    at = context.find(text)
    while at >= 0 and len(spans) < most:
        end = at + len(text)
        if not (context[at - 1 : at].isalnum() or context[end : end + 1].isalnum()):
            spans.append(Span(at, end))
        at = context.find(text, at + 1)
    return spans


def without_articles_of(paragraphs: list[Paragraph], held_out: list[Paragraph]) -> list[Paragraph]:
    """``paragraphs`` without every article that shares a context with ``held_out`` (matched by context, not by title)."""
    contexts = {paragraph.context.strip() for paragraph in held_out}
    titles = {paragraph.title for paragraph in paragraphs if paragraph.context.strip() in contexts}
    return [paragraph for paragraph in paragraphs if paragraph.title not in titles]
