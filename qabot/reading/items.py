"""The items of an enumeration within a text: "both Latvia, Estonia and Finland" names three."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qabot.reading.edges import tidy
from qabot.records import Span
from qabot.text.sentences import trim

# "Brandt & Daughters" is one, and so is "Python 3.10 or newer".
_OR = r"or(?!\s+(?:newer|later|older|earlier|more|less|fewer|higher|lower|greater|better|longer|shorter|above|below|so)\b)"
_BETWEEN_ITEMS = re.compile(rf"\s*[,;]\s+(?:(?:and|or|as well as)\s+)?|\s+(?:and|{_OR}|as well as|&(?!\s+[A-Z]))\s+")
_BEFORE_ITEMS = re.compile(r"^(?:both|either|and|or)(?:\s+|$)", re.IGNORECASE)
_OPENING, _CLOSING = "([{“«", ")]}”»"
# What follows a name only says what that is: "Quayside Ltd, the landlord, and ...".
_APPOSITION = re.compile(r"(?:the|an?)(?: (?:\d+-year-old|[a-z][\w-]*))+$|(?:who|whose|which)\s")
# The same within an item, where semicolons part them: "Leo Brisk, a surveyor; ...".
_EXPLAINED = re.compile(
    r"(?P<name>(?!(?:The|An?|In|On|At|By|For|From|To|Of|With|If|When|Where|Who|Whose|Which|What|How|Why)\b)[A-Z][\w.&’'-]*"
    r"(?: (?:(?:of|the|de|von|van|der) )?[A-Z][\w.&’'-]*)*)(?:, \d\d)?, (?:(?:the|an?) (?:\d+-year-old|[a-z])|who\s|whose\s)"
    r"|(?P<person>[^,;()\[\]]*\b[A-Z][\w’'-]*), who(?:se)?\s"
)
_NAME = re.compile(r"(?!(?:The|An?|Who|Whose|Whom|Which|What|Where|When|Why|How)\b)[A-Z]")
# The two ends of a way or a range: "from Arlen to Skerra".
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_FROM_TO = re.compile(r"(?P<from>[^,;\s]+(?:\s+[^,;\s]+){0,3}?)\s+to\s+(?P<to>[^,;\s]+(?:\s+[^,;\s]+){0,3})")
_TIME = re.compile(
    r"\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter"
    r"|noon|midnight|\w+day)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?!.*\sand\s)", re.IGNORECASE | re.DOTALL)
# How items may begin that are alike: names, and questions. A name that others go before must be all that follows.
_SHAPES = (
    re.compile(r"(?<!\S)(?:\w*[A-Z][\w.&’'-]*)(?: (?:(?:of|the|de|von|van) )?\w*[A-Z][\w.&’'-]*)*$"),
    re.compile(r"\b(?:who|whom|whose|what|which|where|when|why|how)\b"),
)
_DAY = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d\d?$", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}\b(?![.,]\d)")
# What binds items to their sentence, and stands before each of them or before the first alone.
_BINDING = re.compile(
    r"(?P<word>to|be|must|it|they|from|by|on|in|at|for|with|under|between|into|about|through|against)\s+(?=\S)", re.IGNORECASE
)
_HAS_TO = re.compile(r"(?:has|have|is|are)\s+to\s+(?=\S)", re.IGNORECASE)
_THE_REST = re.compile(r"the\s+(?:rest|remainder)\s+(?:(?:came|comes|coming)\s+)?(?:from|by)\s+(?=\w)", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z\d]|(?:the|an?|its|their|his|her)\s")
_ENTITY = re.compile(r"&#?\w+$")  # "&amp;" parts nothing


def enumerated(text: str, span: Span) -> list[Span]:
    """The items of ``span`` of ``text`` without what only explains one of them; empty unless there are two at least."""
    items = _alike(text, list(_without_appositions(text, item_spans(text, span))))
    if len(items) == 1 and _FROM.search(text, max(0, span.start - 10), span.start):
        ends = _FROM_TO.fullmatch(text, span.start, span.end)
        between = ends is not None and not _TIME.search(ends["from"])  # "from May to July" is one stretch, and not of two months
        items = [Span(*ends.span("from")), Span(*ends.span("to"))] if ends is not None and between else []
    return items if len(items) > 1 else []


def _alike(text: str, items: list[Span]) -> list[Span]:
    """``items`` with the first without what stands before all of them: "runs on" of "runs on Linux and macOS", "tells" of "tells
    how it works and what it costs".
    """
    if len(items) < 2:
        return items
    first, *others = items
    if _BETWEEN_ITEMS.search(text, first.start, first.end) is not None:
        return items
    for shape in _SHAPES:
        begun = shape.search(text, first.start, first.end)
        if begun is not None and all(shape.match(text, other.start, other.end) for other in others):
            return [Span(begun.start(), first.end), *others]
    return items


def bare(text: str, items: Sequence[Span]) -> list[Span]:
    """``items`` of an enumeration as they are shown, without what binds them to their sentence: "Wednesdays" and "Saturdays" of
    "on Wednesdays and on Saturdays", "ripen", "washed" and "dried" of "has to ripen, be washed and be dried".
    """
    first, *others = items
    others = [_without(_THE_REST, text, other) for other in others]
    if not any(_HAS_TO.match(text, other.start, other.end) for other in others):
        first = _without(_HAS_TO, text, first)
    before = re.search(r"\b(\w+)\s+$", text[max(0, first.start - 20) : first.start])
    if before is not None:
        others = [_without_lead(before.group(1).lower(), text, other) for other in others]
    shown = [first, *others]
    for _ in range(2):  # "must be washed, must be dried"
        shown = _without_shared(text, shown)
    # What an item now begins with may be markup or a quote.
    return [new if new == old else tidy(text, new, new) for new, old in zip(shown, items, strict=True)]


def _without(pattern: re.Pattern[str], text: str, item: Span) -> Span:
    """``item`` behind what it begins with, if that is as ``pattern`` says."""
    found = pattern.match(text, item.start, item.end)
    return item if found is None else Span(found.end(), item.end)


def _without_lead(lead: str, text: str, item: Span) -> Span:
    """``item`` without the word ``lead``, which stands before the first item, where a thing or a deed follows."""
    found = _BINDING.match(text, item.start, item.end)
    if found is None or found["word"].lower() != lead or not (lead in {"it", "they"} or _NAMED.match(text, found.end())):
        return item
    return Span(found.end(), item.end)


def _without_shared(text: str, items: list[Span]) -> list[Span]:
    """``items`` without the word that all of them begin with; with "be" all but the first, where these are several."""
    words = [found["word"].lower() if (found := _BINDING.match(text, one.start, one.end)) is not None else "" for one in items]
    shared = words[-1]
    if not shared or set(words[1:]) != {shared} or not (words[0] == shared or (shared == "be" and len(words) > 2)):
        return items
    return [_without(_BINDING, text, one) if word == shared else one for one, word in zip(items, words, strict=True)]


def item_spans(text: str, span: Span) -> Iterator[Span]:
    """The items of an enumeration; nothing within quotes or brackets is parted, nor a date's year from its day, nor what
    something stands between.

    >>> text = "both Latvia, Estonia (once Reval, Dorpat) and Finland"
    >>> [item.of(text) for item in item_spans(text, Span(0, len(text)))]
    ['Latvia', 'Estonia (once Reval, Dorpat)', 'Finland']
    """
    start = span.start
    between = [match for match in _BETWEEN_ITEMS.finditer(text, span.start, span.end) if _parts(text, span, match)]
    for match in _outermost(between):
        before = text[span.start : match.start()]
        if _BETWEEN.search(text, start, match.start()) and match.group().strip() == "and":
            continue
        if _YEAR.match(text, match.end(), span.end) and _DAY.search(before):
            continue
        yield from _item(text, start, match.start(), span)
        start = match.end()
    yield from _item(text, start, span.end, span)


def _parts(text: str, span: Span, match: re.Match[str]) -> bool:
    """Whether a ``match`` in ``span`` stands in no brackets or quotes, and isn't the end of a character's name."""
    named = ";" in match.group() and _ENTITY.search(text, max(span.start, match.start() - 20), match.start()) is not None
    return not named and not _is_open(text[span.start : match.start()])


def _outermost(between: list[re.Match[str]]) -> list[re.Match[str]]:
    """What parts the items: where semicolons do, a comma stands within one. A single semicolon may also part two sentences."""
    semicolons = [match for match in between if ";" in match.group()]
    return semicolons if len(semicolons) > 1 else between


def _without_appositions(text: str, items: Iterable[Span]) -> Iterator[Span]:
    named, end = False, 0
    for item in items:
        words = item.of(text)
        if named and text[end : item.start].strip() == "," and _APPOSITION.match(words):
            end = item.end
            continue
        explained = _EXPLAINED.match(words)
        name = explained and (explained["name"] or explained["person"])
        yield Span(item.start, item.start + len(name)) if name else item
        named, end = _NAME.match(words) is not None, item.end


def _item(text: str, start: int, end: int, within: Span) -> Iterator[Span]:
    lead = _BEFORE_ITEMS.match(text[start:end])
    trimmed = trim(text, start + (lead.end() if lead else 0), end)
    if trimmed is not None and any(char.isalnum() for char in trimmed.of(text)):
        yield tidy(text, trimmed, within)


def _is_open(text: str) -> bool:
    """Whether a bracket or a quote that ``text`` opens is not closed in it."""
    opened = sum(text.count(mark) for mark in _OPENING) - sum(text.count(mark) for mark in _CLOSING)
    return opened > 0 or text.count('"') % 2 == 1
