"""Questions as people type them: without the question mark, in lower case, with a slip of the hand."""

from __future__ import annotations

import random

from qabot.text.spelling import NEIGHBOUR_KEYS
from qabot.text.stopwords import STOP_WORDS

_SHORTEST = 5  # letters of a word that gets a slip


def misspell(question: str, rng: random.Random) -> str:
    """``question`` with one slip (two letters swapped, one dropped, doubled, or a key beside it) in one of its content words of
    at least five letters; as it is when it has none.
    """
    words = question.split(" ")
    fit = [number for number, word in enumerate(words) if _content(word)]
    if not fit:
        return question
    number = rng.choice(fit)
    words[number] = slip(words[number], rng)
    return " ".join(words)


def slip(word: str, rng: random.Random) -> str:
    """``word`` with one slip of the hand, never at its first letter."""
    letters = [at for at, char in enumerate(word) if char.isalpha()]
    at = rng.choice(letters[1:-1])
    beside = NEIGHBOUR_KEYS.get(word[at].lower(), word[at])
    return rng.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + rng.choice(beside) + word[at + 1 :],
        )
    )


def _content(word: str) -> bool:
    bare = word.strip("?,.;:!'\"()")
    return len(bare) >= _SHORTEST and bare.isalpha() and bare.lower() not in STOP_WORDS
