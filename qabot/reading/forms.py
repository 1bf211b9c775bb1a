"""Candidates in the form that the question asks for: the deciding sentence of a yes/no question, the single items of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qabot.reading.bullets import listed
from qabot.reading.expectation import echoes
from qabot.reading.items import bare
from qabot.reading.marking import Marking
from qabot.records import Answer, Span
from qabot.text.graphemes import widen
from qabot.text.question_kind import question_kind

# By how much several things must be likelier than one (natural logarithm), where one may be asked for: with half of it, 16 of 586
# plain questions about the tests' documents are answered in parts, with this 10 (`python -m tests.benchmarks.forms`).
_CLEARLY = 8.0


def in_form(question: str, candidates: Sequence[Answer], marking: Marking | None = None) -> Sequence[Answer]:
    """``candidates`` as ``question`` wants them, best first; of several in one deciding sentence it stays once.

    ``marking`` is what was marked around the first of them.
    """
    kind = question_kind(question)
    if kind == "polar":
        return _sentences(candidates)
    if kind in {"list", "open"} and candidates:
        items = _items(question, candidates[0], marking) if kind == "list" else _many(candidates[0], marking)
        return [*items, *(one for one in candidates[1:] if not any(_overlap(one, item) for item in items))]
    return candidates


def _sentences(candidates: Sequence[Answer]) -> list[Answer]:
    """Each candidate's sentence in its place; one that was named before, as an answer or as agreeing with one, stays there."""
    named: list[Answer] = []

    def new(one: Answer) -> bool:
        if any(_overlap(one, other) for other in named):
            return False
        named.append(one)
        return True

    found: list[Answer] = []
    for candidate in candidates:
        whole = _sentence(candidate)
        if new(whole):
            found.append(replace(whole, agreeing=tuple(one for one in map(_sentence, candidate.agreeing) if new(one))))
    return found


def _sentence(answer: Answer) -> Answer:
    """The whole sentence (or sentences) of ``answer``, but no part of a grapheme."""
    return replace(answer, span=widen(answer.document.text, answer.sentence_span), kind="sentence")


def _items(question: str, best: Answer, marking: Marking | None) -> list[Answer]:
    """The lines of the list that ``best`` stands in, or what is marked; ``best`` alone where neither is several."""
    items = listed(question, best.passage, best.span) or (marking.items if marking is not None else ())
    telling = [span for span in items if not echoes(question, span.of(best.document.text))]
    items = telling if len(telling) > 1 else items
    return _as_items(best, items) if len(items) > 1 else [best]


def _many(best: Answer, marking: Marking | None) -> list[Answer]:
    """What is marked, where it is clearly several things and ``best`` is among them, though one might have been asked for; else
    ``best`` alone.
    """
    if marking is None or len(marking.items) < 2 or marking.lead < _CLEARLY:
        return [best]
    return _as_items(best, marking.items) if any(item.overlaps(best.span) for item in marking.items) else [best]


def _as_items(best: Answer, items: Sequence[Span]) -> list[Answer]:
    text = best.document.text
    return [replace(best, span=widen(text, span), kind="item", agreeing=()) for span in bare(text, items)]


def _overlap(one: Answer, other: Answer) -> bool:
    return one.document.id == other.document.id and one.span.overlaps(other.span)
