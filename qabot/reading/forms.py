"""Candidates in the form that the question asks for: the deciding sentence of a yes/no question, the single items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qabot.reading.bullets import listed
from qabot.reading.edges import tidy
from qabot.records import Answer, Span
from qabot.text.graphemes import widen
from qabot.text.question_kind import question_kind
from qabot.text.sentences import trim

# "Brandt & Daughters" is one, and so is "Python 3.10 or newer".
_OR = r"or(?!\s+(?:newer|later|older|earlier|more|less|fewer|higher|lower|greater|better|longer|shorter|above|below|so)\b)"
_BETWEEN_ITEMS = re.compile(rf"\s*[,;]\s+(?:(?:and|or|as well as)\s+)?|\s+(?:and|{_OR}|as well as|&(?!\s+[A-Z]))\s+")
_BEFORE_ITEMS = re.compile(r"^(?:both|either|and|or)(?:\s+|$)", re.IGNORECASE)
_OPENING, _CLOSING = "([{“«", ")]}”»"
# What follows a name only says what that is: "Quayside Ltd, the landlord, and ...".
_APPOSITION = re.compile(r"(?:the|an?) (?:[a-z][\w-]* ?)+$")
_YEAR = re.compile(r"\d{3,4}$")


def in_form(question: str, candidates: Sequence[Answer]) -> Sequence[Answer]:
    """``candidates`` as ``question`` wants them, best first; of several in one deciding sentence it stays once."""
    kind = question_kind(question)
    if kind == "polar":
        return _sentences(candidates)
    if kind == "list" and candidates:
        items = _items(question, candidates[0])
        return [*items, *(one for one in candidates[1:] if not any(_overlap(one, item) for item in items))]
    return candidates


def _sentences(candidates: Sequence[Answer]) -> list[Answer]:
    """Each candidate's sentence in its place; a sentence with several is the best one's."""
    found: dict[tuple[str, Span], Answer] = {}
    for candidate in candidates:
        whole = replace(_sentence(candidate), agreeing=tuple(_sentence(one) for one in candidate.agreeing))
        found.setdefault((whole.document.id, whole.span), whole)
    return list(found.values())


def _sentence(answer: Answer) -> Answer:
    """The whole sentence (or sentences) of ``answer``, but no part of a grapheme."""
    return replace(answer, span=widen(answer.document.text, answer.sentence_span), kind="sentence")


def _items(question: str, best: Answer) -> list[Answer]:
    """The items that ``best`` coordinates, or those of the list that it stands in; ``best`` alone where neither."""
    items = list(_without_appositions(best.document.text, item_spans(best.document.text, best.span)))
    if len(items) < 2:
        items = listed(question, best.passage, best.span)
    if not items:
        return [best]
    return [replace(best, span=widen(best.document.text, span), kind="item", agreeing=()) for span in items]


def _overlap(one: Answer, other: Answer) -> bool:
    return one.document.id == other.document.id and one.span.overlaps(other.span)


def item_spans(text: str, span: Span) -> Iterator[Span]:
    """The items of an enumeration; nothing within quotes or brackets is parted, nor a date's year from its day.

    >>> text = "both Latvia, Estonia (once Reval, Dorpat) and Finland"
    >>> [item.of(text) for item in item_spans(text, Span(0, len(text)))]
    ['Latvia', 'Estonia (once Reval, Dorpat)', 'Finland']
    """
    start = span.start
    for match in _BETWEEN_ITEMS.finditer(text, span.start, span.end):
        before = text[span.start : match.start()]
        if _is_open(before) or (_YEAR.match(text[match.end() : span.end]) and before[-1:].isdigit()):
            continue
        yield from _item(text, start, match.start(), span)
        start = match.end()
    yield from _item(text, start, span.end, span)


def _without_appositions(text: str, items: Iterable[Span]) -> Iterator[Span]:
    named = False
    for item in items:
        words = item.of(text)
        if not (named and _APPOSITION.match(words)):
            yield item
        named = words[:1].isupper() and not words.startswith(("The ", "A ", "An "))


def _item(text: str, start: int, end: int, within: Span) -> Iterator[Span]:
    lead = _BEFORE_ITEMS.match(text[start:end])
    trimmed = trim(text, start + (lead.end() if lead else 0), end)
    if trimmed is not None and any(char.isalnum() for char in trimmed.of(text)):
        yield tidy(text, trimmed, within)


def _is_open(text: str) -> bool:
    """Whether a bracket or a quote that ``text`` opens is not closed in it."""
    opened = sum(text.count(mark) for mark in _OPENING) - sum(text.count(mark) for mark in _CLOSING)
    return opened > 0 or text.count('"') % 2 == 1
