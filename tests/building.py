"""Short ways to the records that tests need."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qabot.records import Answer, Document, Evidence, Hit, Passage, Section, Span


def document(text: str, *, id: str = "a.txt", title: str = "", hidden: Sequence[Span] = ()) -> Document:
    """A document of one section and one block: all of ``text``."""
    blocks = (Span(0, len(text)),) if text else ()
    return Document(id, title, text, id, (Section("", blocks),), tuple(hidden))


def passage(text: str, *, id: str = "a.txt", title: str = "", heading: str = "") -> Passage:
    """A passage that is all of its document, as one sentence."""
    span = Span(0, len(text))
    return Passage(document(text, id=id, title=title), span, heading, (span,))


def hit(of: Passage, *, score: float = 1.0, rank: int = 1) -> Hit:
    return Hit(of, score, rank)


def answer(of: Passage, words: str, *, confidence: float = 0.5, margin: float = 1.0) -> Answer:
    """An answer of the first ``words`` in the passage."""
    start = of.document.text.index(words, of.span.start)
    return Answer(of, Span(start, start + len(words)), "span", 1.0, confidence, Evidence(margin, 0.0, 1.0))


def placed(text: str, words: str) -> Span:
    """Where ``words`` first stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def parted(text: str, words: str) -> list[Span]:
    """The things between the commas and the "and" or "or" of the first ``words`` in ``text``."""
    whole = placed(text, words)
    found, start = [], whole.start
    for match in re.finditer(r",? (?:and|or) |, ", words):
        found.append(Span(start, whole.start + match.start()))
        start = whole.start + match.end()
    return [*found, Span(start, whole.end)]
