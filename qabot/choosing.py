"""Which of the readings of a follow-up is meant: the one that the reader is surest of, less what a question that goes on from a
dialogue hardly asks for.

A reading's worth is a sum of logits. Its weights were set by hand near a fit on ``tests/questions/dialogues_build.jsonl``;
``python -m tests.benchmarks.choosing`` compares them with one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from qabot.records import Reply
from qabot.text.agreement import said_terms
from qabot.text.turns import Turn

# How a question that goes on from a dialogue was read: as it is said, no rule telling what it leaves out; as the likeliest thing
# that a rule takes it for, as another one; as it is said, though a rule takes it for something else; behind the last turn.
Way = Literal["said", "likeliest", "other", "literal", "behind"]
# What is known of its first candidate beside the way: ln(p / (1 - p)) of the confidence p; whether it gives the last answer
# again, that one and more, or an earlier one.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "sure": 1.0,
        "said": 1.0,
        "likeliest": 0.7,
        "other": -0.9,
        "literal": -0.2,
        "behind": 0.0,
        "repeats": -2.2,
        "holds": -1.1,
        "repeats an earlier one": -2.0,
    }
)
_LEAST = 0.001  # a probability: none is quite 0 or 1


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What came of a question read in one ``way``, as ``question`` behind ``before`` (empty: behind nothing)."""

    way: Way
    question: str
    before: str
    reply: Reply


def features(heard: Heard, turns: Sequence[Turn]) -> dict[str, float]:
    """What speaks for ``heard``, which has a candidate, after ``turns`` (oldest first), by the names of `WEIGHTS`.

    A question asked again may have the same answer again, and a deciding sentence may well name what was told.
    """
    best = heard.reply.candidates[0]
    probability = min(max(best.confidence, _LEAST), 1 - _LEAST)
    found = {"sure": math.log(probability / (1 - probability)), heard.way: 1.0}
    again = heard.way in ("said", "likeliest") and any(heard.question == turn.question for turn in turns)
    if best.kind == "sentence" or again:
        return found
    words, told = _words(best.text), [_words(turn.answer) for turn in turns]
    if told and words == told[-1]:
        found["repeats"] = 1.0
    elif told and f" {told[-1]} " in f" {words} ":
        found["holds"] = 1.0
    if words in told[:-1]:
        found["repeats an earlier one"] = 1.0
    return found


def worth(found: Mapping[str, float]) -> float:
    """The weighed sum of `features`."""
    return sum(WEIGHTS[name] * value for name, value in found.items())


def choose(readings: Sequence[Heard], turns: Sequence[Turn]) -> Heard:
    """The reading that is worth most after ``turns``, the first of equals; the first of all where none has a candidate."""
    answered = [heard for heard in readings if heard.reply.candidates]
    return max(answered, key=lambda heard: worth(features(heard, turns)), default=readings[0])


def is_sure(heard: Heard, turns: Sequence[Turn], sure: float) -> bool:
    """Whether ``heard`` needs no other reading beside it: its first candidate is so likely, and not what the last turn told."""
    if not heard.reply.candidates or heard.reply.candidates[0].confidence < sure:
        return False
    return not {"repeats", "holds"} & features(heard, turns).keys()


def _words(text: str) -> str:
    """What two answers share that say the same."""
    return " ".join(said_terms(text))
