"""What the reader learns from: a question, a text, and where it answers."""

from __future__ import annotations

from dataclasses import dataclass

from qabot.records import Span


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a text; ``answers`` are spans of the text that count as right, none when it doesn't hold the answer.

    ``items`` are all the single things that it answers with; None where that isn't known.
    """

    question: str
    text: str
    answers: tuple[Span, ...]
    items: tuple[Span, ...] | None = None
