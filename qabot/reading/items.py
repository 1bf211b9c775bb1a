"""The items of an enumeration within a text: "both Latvia, Estonia and Finland" names three."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qabot.reading.edges import tidy
from qabot.records import Span
from qabot.text.sentences import trim

# "Brandt & Daughters" is one, and so is "Python 3.10 or newer".
_OR = r"or(?!\s+(?:newer|later|older|earlier|more|less|fewer|higher|lower|greater|better|longer|shorter|above|below|so)\b)"
_BETWEEN_ITEMS = re.compile(rf"\s*[,;]\s+(?:(?:and|or|as well as)\s+)?|\s+(?:and|{_OR}|as well as|&(?!\s+[A-Z]))\s+")
_BEFORE_ITEMS = re.compile(r"^(?:both|either|and|or)(?:\s+|$)", re.IGNORECASE)
_OPENING, _CLOSING = "([{“«", ")]}”»"
# What follows a name only says what that is: "Quayside Ltd, the landlord, and ...".
_APPOSITION = re.compile(r"(?:the|an?)(?: [a-z][\w-]*)+$")
# The two ends of a way or a range: "from Arlen to Skerra".
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_FROM_TO = re.compile(r"(?P<from>[^,;\s]+(?:\s+[^,;\s]+){0,3}?)\s+to\s+(?P<to>[^,;\s]+(?:\s+[^,;\s]+){0,3})")
_BETWEEN = re.compile(r"\bbetween\s+(?!.*\sand\s)", re.IGNORECASE | re.DOTALL)
# How items may begin that are alike: names, and questions. A name that others go before must be all that follows.
_SHAPES = (
    re.compile(r"(?<!\S)(?:\w*[A-Z][\w.&’'-]*)(?: (?:(?:of|the|de|von|van) )?\w*[A-Z][\w.&’'-]*)*$"),
    re.compile(r"\b(?:who|whom|whose|what|which|where|when|why|how)\b"),
)
_YEAR = re.compile(r"\d{3,4}$")


def enumerated(text: str, span: Span) -> list[Span]:
    """The items of ``span`` of ``text`` without what only explains one of them; empty unless there are two at least."""
    items = _alike(text, list(_without_appositions(text, item_spans(text, span))))
    if len(items) == 1 and _FROM.search(text, max(0, span.start - 10), span.start):
        ends = _FROM_TO.fullmatch(text, span.start, span.end)
        items = [Span(*ends.span("from")), Span(*ends.span("to"))] if ends is not None else []
    return items if len(items) > 1 else []


def _alike(text: str, items: list[Span]) -> list[Span]:
    """``items`` with the first without what stands before all of them: "runs on" of "runs on Linux and macOS", "tells" of "tells
    how it works and what it costs".
    """
    if len(items) < 2:
        return items
    first, *others = items
    for shape in _SHAPES:
        begun = shape.search(text, first.start, first.end)
        if begun is not None and all(shape.match(text, other.start, other.end) for other in others):
            return [Span(begun.start(), first.end), *others]
    return items


def item_spans(text: str, span: Span) -> Iterator[Span]:
    """The items of an enumeration; nothing within quotes or brackets is parted, nor a date's year from its day, nor what
    something stands between.

    >>> text = "both Latvia, Estonia (once Reval, Dorpat) and Finland"
    >>> [item.of(text) for item in item_spans(text, Span(0, len(text)))]
    ['Latvia', 'Estonia (once Reval, Dorpat)', 'Finland']
    """
    start = span.start
    for match in _BETWEEN_ITEMS.finditer(text, span.start, span.end):
        before = text[span.start : match.start()]
        if _is_open(before) or (_BETWEEN.search(text, start, match.start()) and match.group().strip() == "and"):
            continue
        if _YEAR.match(text[match.end() : span.end]) and before[-1:].isdigit():
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
