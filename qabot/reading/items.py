"""The items of a list as they are shown: without what binds them to their sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qabot.reading.edges import tidy
from qabot.records import Span

# What binds items to their sentence, and stands before each of them or before the first alone.
_BINDING = re.compile(
    r"(?P<word>to|be|must|it|they|from|by|on|in|at|for|with|under|between|into|about|through|against)\s+(?=\S)", re.IGNORECASE
)
_HAS_TO = re.compile(r"(?:has|have|is|are)\s+to\s+(?=\S)", re.IGNORECASE)
_THE_REST = re.compile(r"the\s+(?:rest|remainder)\s+(?:(?:came|comes|coming)\s+)?(?:from|by)\s+(?=\w)", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z\d]|(?:the|an?|its|their|his|her)\s")


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
