"""A question that leans on the turns before it -> what it can stand for. English, by rule, only where it must.

What a question leaves out is taken from the last turn that has it. A question that can stand alone is left as it is: a pronoun
whose own question names somebody before it, "it" where it stands for nothing ("Is it true ..."), "there is".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qabot.text.anew import asked_again, hangs, leans
from qabot.text.auxiliaries import QUESTION_WORD
from qabot.text.pronouns import about_topic, with_mentions
from qabot.text.turns import Turn
from qabot.text.what_about import asked_about, other_of

__all__ = ["Turn", "clings", "leans", "readings", "resolve"]

# "What about the landlord, who signs for him?": names what the rest is about.
_NAMED_FIRST = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:(?:(?:what|how) about|as for|regarding) )?"
    rf"(?P<topic>[^,]+), (?:and )?(?P<rest>{QUESTION_WORD}\b.+)$",
    re.IGNORECASE,
)


# What speaks of something said before, whether or not it can be told what.
_CLINGING = re.compile(
    r"^\W*(?:and|so|but|then|what if)\b|\b(?:it|its|they|them|their|he|him|his|she|hers?|there|then|instead|else|ones?)\b"
    r"|\b(?:this|that|these|those)\b",
    re.IGNORECASE,
)


def clings(question: str) -> bool:
    """Whether ``question`` seems to go on with what was told last, so that it is to be read behind that.

    >>> clings("How much of that is paid back?"), clings("And if it rains?"), clings("Who is the mayor?")
    (True, True, False)
    """
    return leans(question) or _CLINGING.search(question) is not None


def resolve(question: str, turns: Sequence[Turn], topic: str | None = None) -> str:
    """``question`` with what it leaves to be understood put in from ``turns`` (oldest first); itself where it stands alone.

    ``topic`` is the name of what the documents are about: a pronoun stands for it where no turn has named anything that fits.
    """
    return readings(question, turns, topic)[0]


def readings(question: str, turns: Sequence[Turn], topic: str | None = None) -> list[str]:
    """What ``question`` can mean, as `resolve` takes it, likeliest first; last of all what it says, if that is something else
    and can be looked for by itself.
    """
    found = _from_last(question, turns[-1]) if turns else []
    if not found:
        named = _NAMED_FIRST.match(question)
        of_named = about_topic(named["rest"], with_mentions(named["topic"], turns, topic)[0]) if named is not None else None
        found = [of_named] if of_named else with_mentions(question, turns, topic)
    return list(dict.fromkeys(found if found and hangs(question) else [*found, question]))


def _from_last(question: str, last: Turn) -> list[str]:
    """The last question asked anew with one thing changed; nothing unless ``question`` is of that kind."""
    again = asked_again(question, last)
    other = other_of(question) if not again else None
    return again if other is None or _NAMED_FIRST.match(question) else asked_about(other, last.question)
