"""The last question of a dialogue asked again with another question word, or for another thing."""

from __future__ import annotations

import re

from qabot.text.auxiliaries import AUXILIARIES, ENDED_VERB, PARTICIPLES, QUESTION_WORD
from qabot.text.mentions import is_phrase
from qabot.text.turns import Turn

_ASKING = "for|since|from|until|by|to|with|in|at|on|under"  # stands before a question word: "For how long?"
_LEAD = r"(?:(?:and|but|so|then|ok(?:ay)?|also|well)\b,? ?)?"
# "And when?", "For how long?", "Why not?": a question word and hardly more.
_BARE = re.compile(rf"^\W*{_LEAD}(?P<asked>(?:(?:{_ASKING}) )?{QUESTION_WORD}(?: else| exactly| not| for)?)\W*$", re.IGNORECASE)
# "And how many passengers?", "At what hours?", "How many weekly ones?": a question word and what it asks for, no verb.
_VERBLESS = re.compile(
    rf"^\W*(?=(?:and|but|so|then|{_ASKING})\b|.* ones\W*$){_LEAD}"
    rf"(?P<asked>(?:(?:{_ASKING}) )?(?:how many|how much|what|which)"
    rf"(?: (?!(?:{AUXILIARIES}|{ENDED_VERB}|of|about|there|here|it|them|then)\b)[\w-]+){{1,3}})\W*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"^\W*(?P<asked>(?:(?:{_ASKING}) )?{QUESTION_WORD}"
    rf"(?:(?! (?:{AUXILIARIES})\b)(?<!who)(?<!whom) [\w-]+){{0,3}}?)(?= (?:{AUXILIARIES})\b)",
    re.IGNORECASE,
)
# The question word was the subject: "Who paid?", "Which clerk else paid?".
_SUBJECT = re.compile(r"^\W*(?:who|what|which [\w-]+)(?: else)?(?P<rest> .*)$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"^\W*(?:who|what(?: (?:kind|sort|type)s? of [\w-]+)?|which [\w-]+) (?P<was>was|were|is|are|has been|have been)"
    rf" (?P<done>(?:{PARTICIPLES})\b.*)$",
    re.IGNORECASE,
)
_YES_NO = re.compile(rf"^(?:{AUXILIARIES})\b", re.IGNORECASE)
# The question word was the object, and a verb ends the question: "Whom did she thank?".
_OBJECT = re.compile(
    r"^\W*(?:who|whom|what) (?:do|does|did) .+ (?!(?:in|on|at|by|to|for|with|of|from)\b)[a-z]+\W*$", re.IGNORECASE
)
_LONGEST_REASONED = 30  # words of a sentence that is asked "why" of


def leans(question: str) -> bool:
    """Whether ``question`` is hardly more than a question word: without the turns before it, it asks for nothing.

    >>> leans("And when?"), leans("When was it?")
    (True, False)
    """
    return _BARE.match(question) is not None


def asked_again(question: str, last: Turn) -> list[str]:
    """What ``question`` can mean after ``last``, likeliest first; nothing unless it is of that kind."""
    bare = _BARE.match(question)
    if bare is not None:
        return _asked_anew(bare["asked"], last)
    verbless = _VERBLESS.match(question)
    return _asked_for_another(verbless, last) if verbless is not None else []


def _asked_anew(asked: str, last: Turn) -> list[str]:
    """``last`` with another question word; "why" may also be asked of the sentence that answered."""
    word = "Why" if asked.lower() == "what for" else asked.capitalize()
    found, passive, subject = (pattern.match(last.question) for pattern in (_ASKED, _PASSIVE, _SUBJECT))
    meant = []
    if passive is not None and last.answer:  # "What was hit?", "And when?"
        meant.append(f"{word} {passive['was']} {last.answer} {passive['done']}")
    elif found is not None:
        rest = last.question[found.end() :]
        if _OBJECT.match(last.question) and is_phrase(last.answer):  # "Whom did she thank?", "What for?"
            meant.append(f"{word}{rest.rstrip('?! ')} {last.answer}?")
        meant.append(f"{word}{rest}")
    elif subject is not None and last.answer:  # its answer takes its place
        meant.append(f"{word} is it that {last.answer}{subject['rest']}")
    elif _YES_NO.match(last.question):
        meant.append(f"{word} {last.question[0].lower()}{last.question[1:]}")
    if word.lower() == "why" and 0 < len(last.sentence.split()) <= _LONGEST_REASONED:
        meant.append(f"{word} is it that {last.sentence.rstrip('.!? ')}?")
    return meant


def _asked_for_another(verbless: re.Match[str], last: Turn) -> list[str]:
    """``last`` with something else asked for: "How many cars ...?", "And how many lorries?"; nothing where none was."""
    found = _ASKED.match(last.question)
    if found is None:
        return []
    asked, before = verbless["asked"], found["asked"].split()
    if asked.lower().endswith(" ones") and len(before) > 1:
        asked = f"{asked[: -len('ones')]}{before[-1]}"
    return [f"{asked[0].upper()}{asked[1:]}{last.question[found.end() :]}"]
