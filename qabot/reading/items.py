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
_APPOSITION = re.compile(r"(?:the|an?)(?: [a-z\d][\w-]*)+$|(?:who|whose|which)\s")
_EXPLAINED = re.compile(r"(?P<name>[A-Z][^,;]*|[^,;]* [A-Z][^,;]*), (?:(?:the|an?) [a-z\d]|who\s|whose\s|which\s|\d+(?:,|$))")
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
# What is said of an item, or only binds it to its sentence: "it writes a log", "must be washed", "the rest from donors".
_BINDING = re.compile(
    r"(?:(?:it|he|she|they|we|you)\s+(?:(?:will|can|may|should)\s+)?)?(?:(?:has|have|is|are)\s+to\s+|must\s+)?(?:be\s+)?"
    r"(?=[^\W\d_]{3})"
)
_REST = re.compile(r"(?:the\s+)?(?:rest|remainder)\s+(?:(?:came|comes|coming)\s+)?(?:from|by)\s+", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:from|by|on|in|at|to|of|for|with|under|between|into|about|through|against)\s+", re.IGNORECASE)


def enumerated(text: str, span: Span) -> list[Span]:
    """The items of ``span`` of ``text`` without what only explains one of them; empty unless there are two at least."""
    items = _bare(text, _alike(text, list(_without_appositions(text, item_spans(text, span)))))
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


def _bare(text: str, items: list[Span]) -> list[Span]:
    """``items`` without what only binds them to their sentence, and those behind the first without its preposition, which stands
    before it: "Wednesdays" and "Saturdays" of "on Wednesdays and on Saturdays".
    """
    if len(items) < 2:
        return items
    before = text[max(0, items[0].start - 10) : items[0].start]
    bare = []
    for number, item in enumerate(items):
        led = _PREPOSITION.match(text, item.start, item.end) if number else None
        start = led.end() if led is not None and before.lower().endswith(led.group().lower()) else item.start
        for binding in (_REST, _BINDING):
            if (found := binding.match(text, start, item.end)) is not None and found.end() < item.end:
                start = found.end()
        bare.append(Span(start, item.end))
    return bare


def item_spans(text: str, span: Span) -> Iterator[Span]:
    """The items of an enumeration; nothing within quotes or brackets is parted, nor a date's year from its day, nor what
    something stands between.

    >>> text = "both Latvia, Estonia (once Reval, Dorpat) and Finland"
    >>> [item.of(text) for item in item_spans(text, Span(0, len(text)))]
    ['Latvia', 'Estonia (once Reval, Dorpat)', 'Finland']
    """
    start = span.start
    between = [
        match for match in _BETWEEN_ITEMS.finditer(text, span.start, span.end) if not _is_open(text[span.start : match.start()])
    ]
    for match in _outermost(between):
        before = text[span.start : match.start()]
        if _BETWEEN.search(text, start, match.start()) and match.group().strip() == "and":
            continue
        if _YEAR.match(text[match.end() : span.end]) and before[-1:].isdigit():
            continue
        yield from _item(text, start, match.start(), span)
        start = match.end()
    yield from _item(text, start, span.end, span)


def _outermost(between: list[re.Match[str]]) -> list[re.Match[str]]:
    """What parts the items: where semicolons do, a comma stands within one; but not behind the only one, where it may stand for a
    verb left out ("status 4 means a full disk; status 5, a wrong key").
    """
    semicolons = [match for match in between if ";" in match.group()]
    return semicolons if semicolons and (len(semicolons) > 1 or semicolons[0] is not between[0]) else between


def _without_appositions(text: str, items: Iterable[Span]) -> Iterator[Span]:
    named = False
    for item in items:
        words = item.of(text)
        if named and _APPOSITION.match(words):
            continue
        explained = _EXPLAINED.match(words)
        yield item if explained is None else Span(item.start, item.start + explained.end("name"))
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
