"""What a question expects of its answer's words: cheap evidence that a reader often lacks."""

from __future__ import annotations

import re

from qabot.text.stopwords import STOP_WORDS
from qabot.text.terms import fold, terms

_WHO = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
# What a question offers to choose from may well be its answer.
_CHOICE = re.compile(r"\b(?:or|versus|vs|between|among|whether|which of)\b", re.IGNORECASE)


def asks_who(question: str) -> bool:
    """Whether ``question`` asks for a person or a body: something that is mostly written with a capital.

    >>> asks_who("To whom was it sent?"), asks_who("Why was it sent?")
    (True, False)
    """
    return _WHO.search(question) is not None


def echoes(question: str, words: str) -> bool:
    """Whether ``words`` say nothing that ``question`` didn't: no answer is, unless the question gives things to choose from.

    >>> echoes("In which city of Tarnov is it?", "Tarnov"), echoes("Is it red or blue?", "red"), echoes("Who is it?", "Ilse")
    (True, False, False)
    """
    if _CHOICE.search(question):
        return False
    said = {term for span, term in terms(words) if fold(span.of(words)) not in STOP_WORDS}
    return bool(said) and said <= {term for _, term in terms(question)}
