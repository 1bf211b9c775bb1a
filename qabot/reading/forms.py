"""Candidates in the form that the question asks for: the deciding sentence of a yes/no question, the single items of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qabot.reading.bullets import listed
from qabot.reading.expectation import echoes
from qabot.reading.items import bare, enumerated
from qabot.records import Answer, Span
from qabot.text.graphemes import widen
from qabot.text.question_kind import question_kind

_SIBLING_WITHIN = 5.0  # logits that a second name or figure may lie behind the first and still be an item
_CLAUSE_WITHIN = 2.5  # the same of what is neither
_MANY = 3  # items; two things, or a thing with an "and" in it, are often meant as one
_LAST = re.compile(r"\b(?:and|or|as well as)\b|;|&")  # before the last item: "London, Ontario, Canada" is one place
# What is no item but a part of a sentence, a description ("Ann Lee, 45, a lawyer and ...") or a name ("Smith, Jones and Co.").
_APART = re.compile(
    r"(?:if|but|because|since|as|when|while|they|he|she|it|however|though|although)\b|\d+$|(?:Co|Ltd|Inc|Sons)\b", re.IGNORECASE
)


def in_form(question: str, candidates: Sequence[Answer]) -> Sequence[Answer]:
    """``candidates`` as ``question`` wants them, best first; of several in one deciding sentence it stays once."""
    kind = question_kind(question)
    if kind == "polar":
        return _sentences(candidates)
    if kind in {"list", "open"} and candidates:
        items = _items(question, candidates) if kind == "list" else _many(candidates[0])
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


def _items(question: str, candidates: Sequence[Answer]) -> list[Answer]:
    """The items that the first of ``candidates`` coordinates, or those of the list that it stands in, or what else its sentence
    has of its kind; the first alone where none of these.
    """
    best = candidates[0]
    text = best.document.text
    items = (
        enumerated(text, best.span)
        or listed(question, best.passage, best.span)
        or _siblings(candidates)
        or _coordinated(candidates)
    )
    telling = [span for span in items if not echoes(question, span.of(text))]
    items = telling if len(telling) > 1 else items
    return _as_items(best, items) if items else [best]


def _many(best: Answer) -> list[Answer]:
    """The items of ``best`` where it names three things or more, though one might have been asked for, and the reader takes it
    for an answer rather than for none; else ``best`` alone.
    """
    text = best.document.text
    items = enumerated(text, best.span) if best.evidence.margin > 0 else []
    if len(items) < _MANY or _LAST.search(text, items[-2].end, items[-1].start) is None:
        return [best]
    return [best] if any(_APART.match(text, item.start, item.end) for item in items) else _as_items(best, items)


def _as_items(best: Answer, items: Sequence[Span]) -> list[Answer]:
    text = best.document.text
    return [replace(best, span=widen(text, span), kind="item", agreeing=()) for span in bare(text, items)]


def _siblings(candidates: Sequence[Answer]) -> list[Span]:
    """The first candidate and those in its sentence that are names or figures as it is, and not far behind, in their order."""
    best = candidates[0]
    kind = _looks(best.text)
    if not any(kind):
        return []
    alike = [
        one.span
        for one in candidates
        if one.document.id == best.document.id
        and one.span.within(best.sentence_span)
        and one.evidence.margin >= best.evidence.margin - _SIBLING_WITHIN
        and _looks(one.text) == kind
        and not enumerated(best.document.text, one.span)
        and (one is best or not _share_words(one.text, best.text))
    ]
    return sorted(alike) if len(alike) > 1 else []


def _coordinated(candidates: Sequence[Answer]) -> list[Span]:
    """The items of what the first candidate, unless it is a name, and one close behind it in its sentence coordinate: "sends a
    mail" and "exits" of "sends a mail to the address and exits with status 3".
    """
    best = candidates[0]
    if best.text[:1].isupper():
        return []
    for other in candidates[1:]:
        near = other.evidence.margin >= best.evidence.margin - _CLAUSE_WITHIN
        if near and other.document.id == best.document.id and other.span.within(best.sentence_span):
            both = Span(min(best.span.start, other.span.start), max(best.span.end, other.span.end))
            items = enumerated(best.document.text, both)
            own = next((item for item in items if best.span.within(item)), None)
            if own is not None and not other.span.within(own):
                return items
    return []


def _share_words(one: str, other: str) -> bool:
    """Whether one of the two has all the words of the other: "Airlines" and "Aegean Airlines"."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return words <= others or others <= words


def _looks(words: str) -> tuple[bool, bool]:
    """Whether ``words`` begin with a capital, and whether they hold a figure."""
    return words[:1].isupper(), any(char.isdigit() for char in words)


def _overlap(one: Answer, other: Answer) -> bool:
    return one.document.id == other.document.id and one.span.overlaps(other.span)
