"""What a dialogue remembers of a turn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """An answered turn: the question as it was understood, its answer, and the sentence that this stood in."""

    question: str
    answer: str
    sentence: str
