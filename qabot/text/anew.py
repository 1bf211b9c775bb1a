"""The last question of a dialogue asked again with another question word, or for another thing."""

from __future__ import annotations

import re

from qabot.text.auxiliaries import AUXILIARIES, ENDED_VERB, PARTICIPLES, QUESTION_WORD, negated
from qabot.text.mentions import is_phrase
from qabot.text.turns import Turn
from qabot.text.what_about import without_behind

# "For how long?", "Over what period?"
_ASKING = "for|since|from|until|by|to|with|in|at|on|under|of|about|against|after|before|over|during|within|through"
_LEAD = r"(?:(?:and|but|so|then|ok(?:ay)?|also|well)\b,? ?)?"
# "And when?", "For how long?", "Why not?", "When was that?": a question word and hardly more.
_BARE = re.compile(
    rf"^\W*{_LEAD}(?P<asked>(?:(?:{_ASKING}) )?{QUESTION_WORD}(?: else| exactly| not| for)?)"
    r"(?:(?<=when|here) (?:is|was) (?:that|this)|(?<=when|here) did (?:that|this) happen|(?<=why) (?:is|was) (?:that|this))?\W*$",
    re.IGNORECASE,
)
# "And how many passengers?", "At what hours?", "How many weekly ones?": a question word and what it asks for, no verb.
_VERBLESS = re.compile(
    rf"^\W*(?=(?:and|but|so|then|{_ASKING})\b|.* ones\W*$){_LEAD}"
    rf"(?P<asked>(?:(?:{_ASKING}) )?(?:how many|how much|what|which)"
    rf"(?: (?!(?:{AUXILIARIES}|{ENDED_VERB}|of|about|there|here|it|them|then)\b)[\w-]+){{1,3}})\W*$",
    re.IGNORECASE,
)
_CIRCUMSTANCE = re.compile(rf"^\W*{_LEAD}(?:{_ASKING})\b", re.IGNORECASE)
_ASKED = re.compile(
    rf"^\W*(?P<asked>(?:(?:{_ASKING}) )?{QUESTION_WORD}"
    rf"(?:(?! (?:{AUXILIARIES})\b)(?<!who)(?<!whom) [\w-]+){{0,3}}?)(?= (?:{AUXILIARIES})\b)",
    re.IGNORECASE,
)
# The question word was the subject: "Who paid?", "Which clerk else paid?".
_SUBJECT = re.compile(
    r"^\W*(?:who|what|which [\w-]+|how many (?P<noun>[\w-]+))(?: else)?(?P<rest> (?!about\b).*)$", re.IGNORECASE
)
# The same before an auxiliary, with nobody behind it: "Who was against it?", "Who will mend it?", "What kind of boat was hit?".
_SUBJECT_OF = re.compile(
    rf"^\W*(?:who|what(?: (?:kind|sort|type)s? of [\w-]+)?|which [\w-]+)(?: else)? (?P<auxiliary>{AUXILIARIES}) (?!the\b|an?\b"
    r"|i\b|you\b|we\b|he\b|she\b|it\b|they\b|this\b|that\b|these\b|those\b|his\b|her\b|its\b|their\b|my\b|your\b|our\b|there\b"
    rf"|(?-i:[A-Z])|(?!(?:{PARTICIPLES})\b)[\w-]+s\b)(?P<rest>\S.*)$",
    re.IGNORECASE,
)
# The same of a number: "How many people were seen in it?".
_COUNTED = re.compile(
    rf"^\W*how many (?P<noun>(?:[\w-]+ )??[\w-]+) (?P<auxiliary>is|are|was|were) (?P<rest>(?:{PARTICIPLES})\b.*)$", re.IGNORECASE
)
_HAPPENED = re.compile(r"^ (?:has )?happen(?:s|ed)\b", re.IGNORECASE)
_ELSE = re.compile(r"^(?:who|what|where)(?! else)\b(?P<rest> .*)$", re.IGNORECASE)
_YES_NO = re.compile(rf"^(?P<auxiliary>{AUXILIARIES})\b(?P<rest> .*)$", re.IGNORECASE)
# The question word was the object, and a verb ends the question: "Whom did she thank?".
_OBJECT = re.compile(
    r"^\W*(?:whom?|(?:what|which)(?: [\w-]+)?) (?:do|does|did) .+ (?!(?:in|on|at|by|to|for|with|of|from|about)\b)[a-z]+\W*$",
    re.IGNORECASE,
)
# "What was it before?", "How many had that been in 2022?"
_AT_ANOTHER_TIME = re.compile(
    rf"^\W*{_LEAD}(?:what|how (?:much|many|long|high|big|large)) (?:was|were|is|are|had|has|will) (?:it|that|this|they)"
    r"(?: been| be)? (?P<when>in (?:the )?[\w ]+|before|earlier|(?:the )?(?:year|month|week|day) (?:before|after)"
    r"|(?:last|next|this) \w+)\W*$",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"^\W*how (?:much|many|long|high|big|large|far|often)\b", re.IGNORECASE)
_NOW = re.compile(r" (?:now|today|nowadays|at present|this year)$", re.IGNORECASE)
# Other words for "why?".
_REASON = re.compile(
    rf"^\W*{_LEAD}(?:what (?:was|is|were|are) the (?:reasons?|causes?)(?: (?:for|of) (?:that|this|it))?|for what reason"
    r"|how come)\W*$",
    re.IGNORECASE,
)
_LONGEST_REASONED = 30  # words of a sentence that is asked "why" of


def leans(question: str) -> bool:
    """Whether ``question`` is hardly more than a question word: without the turns before it, it asks for nothing.

    >>> leans("And when?"), leans("When was that?"), leans("When was it?")
    (True, True, False)
    """
    return _BARE.match(question) is not None or _REASON.match(question) is not None


def hangs(question: str) -> bool:
    """Whether ``question`` says nothing that can be looked for by itself: it leans, or only asks for another circumstance.

    >>> hangs("And where?"), hangs("Over what period?"), hangs("And how many passengers?")
    (True, True, False)
    """
    return leans(question) or (_CIRCUMSTANCE.match(question) is not None and _VERBLESS.match(question) is not None)


def asked_again(question: str, last: Turn) -> list[str]:
    """What ``question`` can mean after ``last``, likeliest first; nothing unless it is of that kind."""
    plain = re.sub(r"^(?:and|but|so) ", "", without_behind(last.question), flags=re.IGNORECASE)
    last = Turn(f"{plain[0].upper()}{plain[1:]}" if plain else "", last.answer, last.sentence)
    bare = _BARE.match(question)
    if bare is not None:
        return _asked_anew(bare["asked"], last)
    if _REASON.match(question):
        return _asked_anew("why", last)
    then = _AT_ANOTHER_TIME.match(question)
    if then is not None and _HOW_MUCH.match(last.question):
        return _at_another_time(then["when"], last.question)
    verbless = _VERBLESS.match(question)
    return _asked_for_another(verbless, last) if verbless is not None else []


def _asked_anew(asked: str, last: Turn) -> list[str]:
    """``last`` with another question word; "why" may also be asked of the sentence that answered."""
    word = "Why" if asked.lower() == "what for" else asked.capitalize()
    if word.lower().endswith(" else"):
        again = _ELSE.match(last.question)
        return [f"{word}{again['rest']}"] if again is not None else []
    meant = [] if word == "Why not" else _of_question(word, last)
    yes_no = _YES_NO.match(last.question)
    if yes_no is not None:
        auxiliary = negated(yes_no["auxiliary"]) if word == "Why not" else yes_no["auxiliary"].lower()
        meant.append(f"{word.removesuffix(' not')} {auxiliary}{yes_no['rest']}")
    if word.startswith("Why") and 0 < len(last.sentence.split()) <= _LONGEST_REASONED:
        meant.append(f"Why is it that {last.sentence.rstrip('.!? ')}?")
    return meant


def _of_question(word: str, last: Turn) -> list[str]:
    """``last``, which asked with a question word, with ``word`` in its place."""
    subject_of, found, subject = (pattern.match(last.question) for pattern in (_SUBJECT_OF, _ASKED, _SUBJECT))
    if subject_of is not None and is_phrase(last.answer):  # its answer takes its place
        return [f"{word} {subject_of['auxiliary']} {last.answer} {subject_of['rest']}"]
    counted = _of_counted(word, last.question)
    if counted is not None:
        return [counted]
    if found is not None:
        rest = last.question[found.end() :]
        said = [f"{word}{rest}"]
        if _OBJECT.match(last.question) and is_phrase(last.answer):  # "Whom did she thank?", "What for?"
            return [f"{word}{rest.rstrip('?! ')} {last.answer}?", *said]
        return said
    if subject is None:
        return []
    if _HAPPENED.match(subject["rest"]):
        return [f"{word} did it happen{_HAPPENED.sub('', subject['rest'])}"]
    named = subject["noun"] or (last.answer if is_phrase(last.answer) else None)
    return [f"{word} is it that {named}{subject['rest']}"] if named else []


def _of_counted(asked: str, question: str) -> str | None:
    """``question`` of how many were something, with ``asked`` in its place: "How many people were seen?", "Over what period?"."""
    counted = _COUNTED.match(question)
    return None if counted is None else f"{asked} {counted['auxiliary']} {counted['noun']} {counted['rest']}"


def _at_another_time(when: str, question: str) -> list[str]:
    """``question``, of a number, asked of another time: "How long is the wait now?", "What was it before?"."""
    plain = _NOW.sub("", question.rstrip("?! "))
    in_year = re.search(r"\bin \d{4}\b", plain) if when.lower().startswith("in ") else None
    return [f"{plain[: in_year.start()]}{when}{plain[in_year.end() :]}?" if in_year is not None else f"{plain} {when}?"]


def _asked_for_another(verbless: re.Match[str], last: Turn) -> list[str]:
    """``last`` with something else asked for: "How many cars ...?", "And how many lorries?"; nothing where none was."""
    found = _ASKED.match(last.question)
    if found is None:
        return []
    counted = _of_counted(verbless["asked"].capitalize(), last.question)
    if counted is not None and _CIRCUMSTANCE.match(verbless["asked"]):
        return [counted]
    asked, before = verbless["asked"], found["asked"].split()
    if asked.lower().endswith(" ones") and len(before) > 1:
        asked = f"{asked[: -len('ones')]}{before[-1]}"
    return [f"{asked[0].upper()}{asked[1:]}{last.question[found.end() :]}"]
