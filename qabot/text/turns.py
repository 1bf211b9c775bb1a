"""What a dialogue remembers of a turn, and how a question is read after one."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 32  # words of a question with what came before it: a reader takes 48 tokens
_LONGEST_ANSWER = 8  # words of an answer that are read with it


@dataclass(frozen=True, slots=True)
class Turn:
    """An answered turn: the question as it was understood, its answer, and the sentence that this stood in."""

    question: str
    answer: str
    sentence: str


def lead_in(last: Turn, question: str) -> str:
    """What a reader takes before ``question``, which goes on from the turn ``last``: its question and its answer. The answer is
    left out, then the beginning of the last question, where both would be too long to read.

    >>> lead_in(Turn("Who owned the mill?", "Queen Maud", ""), "And when did she die?")
    'Who owned the mill? Queen Maud.'
    """
    asked, said = f"{last.question.rstrip('?! ')}?".split(), f"{last.answer.rstrip('.!? ')}.".split()
    room = max(0, _MOST - len(question.split()))
    if not last.answer or len(said) > _LONGEST_ANSWER or len(asked) + len(said) > room:
        said = []
    return " ".join([*asked[max(0, len(asked) + len(said) - room) :], *said])


def after(last: Turn, question: str) -> str:
    """``question`` behind its `lead_in`, as one text."""
    return f"{lead_in(last, question)} {question}".strip()
