"""A question that names a document or a passage -> the places where its answers stand in the documents at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from qabot.evaluation.question import Question
from qabot.evaluation.tokens import occurrences
from qabot.records import Document, Span


def place(question: Question, documents: Sequence[Document]) -> Question:
    """``question`` with its gold document's id and the places of its answers there, as far as it names a document or passage.

    Where the document or the passage isn't among ``documents``, or holds none of the answers, no place is kept: the answers then
    count wherever their words stand. Places that a set brought for its own documents are dropped first.
    """
    bare = replace(question, document=None, places=())
    if not question.answers or (question.document is None and question.passage is None):
        return bare
    for document in documents:
        if question.document is not None and not same_document(question.document, document):
            continue
        for stretch in [Span(0, len(document.text))] if question.passage is None else _found(question.passage, document.text):
            text = stretch.of(document.text)
            spans = {span.shift(stretch.start) for gold in question.answers for span in occurrences(text, gold)}
            if spans:
                return replace(question, document=document.id, places=tuple(sorted(spans)))
    return bare


def unplaced(before: Iterable[Question], after: Iterable[Question]) -> int:
    """How many questions name a document or a passage that ``place`` couldn't find their answers in."""
    return sum(
        bool(one.answers) and (one.document is not None or one.passage is not None) and not placed.places
        for one, placed in zip(before, after, strict=True)
    )


def same_document(name: str, document: Document) -> bool:
    """Whether ``name`` is the document's id or title, or one of name and path is the other's end, by whole parts.

    A set may have been written with longer or shorter paths than the documents are named by now.
    """
    if name in (document.id, document.title, document.path):
        return True
    written, path = ([part for part in PurePath(text).parts if part != "."] for text in (name, document.path))
    shared = min(len(written), len(path))
    return shared > 0 and written[-shared:] == path[-shared:]


def _found(passage: str, text: str) -> list[Span]:
    """Where ``passage`` stands in ``text``, however its lines are broken."""
    pattern = r"\s+".join(map(re.escape, passage.split()))
    return [Span(*match.span()) for match in re.finditer(pattern, text)]
