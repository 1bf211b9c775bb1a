"""What a question asks with: the row it stands in where failures are counted."""

from __future__ import annotations

import re

from qabot.text.question_kind import question_kind

_WORDS = re.compile(r"\b(how\s+(?:many|much)|who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_SAME = {"whom": "who", "whose": "who", "how much": "how many"}
OTHER = "other"
POLAR = "yes or no"


def question_word(question: str) -> str:
    """The first word that asks, ``yes or no`` where none of them but a verb does, else ``other``.

    >>> question_word("In which year did it open?"), question_word("Did it open?"), question_word("How much was it?")
    ('which', 'yes or no', 'how many')
    """
    if question_kind(question) == "polar":
        return POLAR
    found = _WORDS.search(question)
    if found is None:
        return OTHER
    word = " ".join(found.group().lower().split())
    return _SAME.get(word, word)
