"""Which of the readings of a follow-up is meant, and which candidate answers it: what the reader is surest of, less what a
question that goes on from a dialogue hardly asks for.

A worth is a sum of logits; its weights were fitted on the dialogues of ``tests/questions/dialogues_build.jsonl`` by
``python -m tests.benchmarks.choosing``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from qabot.records import Reply
from qabot.text.terms import terms
from qabot.text.turns import Turn

# How a question was read: as it is said, where nothing in it goes on from a dialogue, and where something does but no rule tells
# what; as the likeliest thing that a rule takes it for, as another one; as it is said, though a rule takes it for something else;
# behind the last turn, where it seems to go on from that, and where not.
Way = Literal["alone", "said", "likeliest", "other", "literal", "behind", "behind, alone"]
# What is known of a candidate beside the way: ln(p / (1 - p)) of its confidence p; whether it gives the last answer again, that
# one and more, or an earlier one (a question that stands alone may well have the same answer as one before).
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "sure": 0.88,
        "alone": 0.35,
        "said": 0.89,
        "likeliest": 0.64,
        "other": -0.8,
        "literal": -0.22,
        "behind": 0.0,
        "behind, alone": -0.86,
        "repeats": -2.02,
        "holds": -0.97,
        "repeats an earlier one": -1.76,
    }
)
CONSIDERED = 2  # of a reply's candidates
_LEAST = 0.001  # a probability: none is quite 0 or 1


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What came of a question read in one ``way``, as ``question`` behind ``before`` (empty: behind nothing)."""

    way: Way
    question: str
    before: str
    reply: Reply


def features(heard: Heard, number: int, turns: Sequence[Turn]) -> dict[str, float]:
    """What speaks for candidate ``number`` of ``heard`` after ``turns`` (oldest first), by the names of `WEIGHTS`."""
    one = heard.reply.candidates[number]
    probability = min(max(one.confidence, _LEAST), 1 - _LEAST)
    words, told = _words(one.text), [_words(turn.answer) for turn in turns]
    found = {"sure": math.log(probability / (1 - probability)), heard.way: 1.0}
    if heard.way == "alone":
        return found
    if told and words == told[-1]:
        found["repeats"] = 1.0
    elif told and f" {told[-1]} " in f" {words} ":
        found["holds"] = 1.0
    if words in told[:-1]:
        found["repeats an earlier one"] = 1.0
    return found


def worth(found: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The weighed sum of `features`."""
    return sum(weights[name] * value for name, value in found.items())


def considered(readings: Sequence[Heard]) -> Iterator[tuple[Heard, int]]:
    """Every candidate that may be chosen: the first two of each reading, of a list its first item alone; where there is but one
    reading, its first.
    """
    for heard in readings:
        listed = bool(heard.reply.candidates) and heard.reply.candidates[0].kind == "item"
        most = 1 if listed or len(readings) == 1 else CONSIDERED
        for number in range(min(most, len(heard.reply.candidates))):
            yield heard, number


def choose(readings: Sequence[Heard], turns: Sequence[Turn]) -> Heard:
    """The reading whose candidate is worth most after ``turns``, that candidate first in its reply (one before it is left out:
    it was told before); the first of equals, and the first reading where none has a candidate.
    """
    best = max(considered(readings), key=lambda one: worth(features(one[0], one[1], turns)), default=None)
    if best is None:
        return readings[0]
    heard, number = best
    return replace(heard, reply=replace(heard.reply, candidates=heard.reply.candidates[number:])) if number else heard


def is_sure(heard: Heard, turns: Sequence[Turn], sure: float) -> bool:
    """Whether ``heard`` needs no other reading beside it: its first candidate is so likely, and tells something new."""
    if not heard.reply.candidates or heard.reply.candidates[0].confidence < sure:
        return False
    return not {"repeats", "holds"} & features(heard, 0, turns).keys()


def _words(text: str) -> str:
    """The index terms of ``text``: what two answers share that say the same."""
    return " ".join(term for _, term in terms(text))
