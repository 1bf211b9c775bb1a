"""What a turn of a dialogue was about: the names, things, places and times that "he", "it", "there" and "then" can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qabot.text.auxiliaries import AUXILIARIES, BEFORE_SUBJECT, PARTICIPLES
from qabot.text.names import CAPITAL, names
from qabot.text.people import ORGANISATIONS, PERSONS, is_organisation, is_personal

MentionKind = Literal["person", "thing", "place", "time"]

_LONGEST = 8  # words of an answer that a pronoun can stand for
_LONGEST_PAIR = 12  # of one that names two: "the union and the owners of the hotels"
_VERBS = (
    rf"{AUXILIARIES}|be|been|take|took|held|hold|happen|end|begin|start|come|came|go|went|get|got|cost|last|mean|become|became"
)
_VERB = rf"(?:{_VERBS})"
_NO_HEAD = rf"(?!(?:that|who|whose|which|(?-i:the|an?)|and|or|of|in|on|at|by|to|for|from|with|as|now|today|{_VERB})\b)"
# "the council originally meant"; but "the commercially viable engine".
_ADVERB = (
    r"\w{3,}(?:ally|ntly|edly|ously|tely|ctly) "
    r"(?:(?:mean|plan|want|think|hope|expect|intend|ask|pay|need|use|say|own|sell|buy|spend)s?"
    r"|(?:plann|want|hop|expect|intend|ask|need|us|own)ed|meant|thought|paid|ha[ds]|have|said|sold|bought|spent)"
)
_THING = re.compile(
    rf"\b(?:the|an?|its|their|(?:last|this) year['’]s) (?P<head>{_NO_HEAD}[\w’'-]+(?: {_NO_HEAD}[\w’'-]+){{0,3}}?)"
    rf"(?P<tail>(?: (?:of|on|in|between|against) (?:the |an? )?[\w-]+(?: (?-i:[A-Z])[\w-]*)*)?)"
    rf"(?= (?:{_VERB}|{_ADVERB}|that|who|whose|which|(?-i:the|an?)|in|on|at|by|to|for|from|with|as|after|before|when|while|during"
    rf"|now|today|{PARTICIPLES})\b|\W*$|,)",
    re.IGNORECASE,
)
# What a question asks the number of.
COUNTED = re.compile(
    rf"\bhow many (?P<counted>(?:(?!(?:{AUXILIARIES})\b)[\w-]+ )?[\w-]+s)(?= (?:{AUXILIARIES})\b)", re.IGNORECASE
)
# Stands before a subject whose verb follows: "does the lease run", "if the tenant pays", "Is the deposit refundable".
_ASKING_OF = re.compile(
    rf"\b(?:{BEFORE_SUBJECT}|if|when|because|lets?|makes?|made) $"
    r"|^\W*(?:and )?(?:is|are|was|were) $",
    re.IGNORECASE,
)
_VERB_BEHIND = re.compile(rf" (?:{_VERBS}|{PARTICIPLES})\b", re.IGNORECASE)
# What a question ends with behind its subject: "When is the rent due?".
_SAID_OF = frozenset("due late payable available open closed ready valid free safe legal included".split())  # noqa: SIM905
_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_WHO_IS = re.compile(r"^\W*who (?:is|was) (?P<name>[^?]+?)\W*$", re.IGNORECASE)
_WHERE = re.compile(
    r"\bwhere\b|\b(?:which|what) (?:\w+ )?(?:city|town|country|place|village|island|region|state|port)\b", re.IGNORECASE
)
_WHEN = re.compile(r"\bwhen\b|\b(?:which|what) (?:\w+ )?(?:year|month|week|day|date|decade|century)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\S*\d|(?:about |nearly |over |some |almost )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundreds?|thousands?)"
    r"\b(?! \w+s\b)",
    re.IGNORECASE,
)
# What is done or happens is told by a verb, which no pronoun stands for; unless it is told by a noun: "a fire".
_DEED = re.compile(
    rf"\bwhat (?:else )?(?:happens?|happened\b|(?:{AUXILIARIES}) [^?]*\b(?:do|done|doing|happen|happened)"
    r"(?=\W*$| (?:with|to|in|on|at|for|by|about|before|after|when|if|once|there|next|then|while|during|instead)\b))",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?i:the|an?|its|his|her|their) |[A-Z]")
_AT_WHAT_TIME = re.compile(r"\b(?:which|what) (?:time|hour)\b", re.IGNORECASE)  # no "then", and no thing
_PLACE = re.compile(rf"\b(?:in|at|to|near) (?:the )?(?P<name>{CAPITAL}(?: {CAPITAL})*)")
_NO_PLACE = re.compile(
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day)\b",
    re.IGNORECASE,
)


_NO_PHRASE = re.compile(
    rf"[;!?]|\w{{3,}}\. |^(?:in|on|at|by|for|from|with|to|and|but|because|when|while|after|before)\b|\b(?:{_VERBS}"
    r"|he|she|it|they|him|them|his|her|i|we|you|my|our|who|which)\b",
    re.IGNORECASE,
)
_MANY = frozenset({"people", "men", "women", "children", "police"})
_GROUPS = frozenset(
    "band group team family police staff crew couple company union council committee board club party"  # noqa: SIM905
    " association government".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """``words`` as they stood in a question, an answer or its sentence, and what they can be taken for."""

    words: str
    kind: MentionKind


def mentions(question: str, answer: str, sentence: str) -> Iterator[Mention]:
    """What one turn asked for and what it asked about, the likeliest to be meant next first.

    ``answer`` and ``sentence`` (the answer's) may be empty; the sentence only tells persons from things here.
    """
    if is_phrase(answer):
        yield from _of_answer(question, _definite(answer.strip(" .,;:\"'“”")), sentence)
    yield from _of_question(question, sentence)


def beside(sentence: str) -> Iterator[Mention]:
    """What else stood in an answer's sentence: persons and places that nobody asked about."""
    for name in names(sentence):
        if is_personal(name, sentence):
            yield Mention(name, "person")
    yield from _places(sentence)


def is_phrase(answer: str) -> bool:
    """Whether an answer is a phrase that a pronoun can stand for: no whole sentence, no piece of one.

    >>> is_phrase("the Bank of Tarnov"), is_phrase("In 2003, he teamed with a singer"), is_phrase("was raised in Tarnov")
    (True, False, False)
    """
    longest = _LONGEST_PAIR if re.search(r"[a-z] and (?:the )?[a-z]", answer) else _LONGEST
    return 0 < len(answer.split()) <= longest and _NO_PHRASE.search(answer) is None


def is_plural(words: str) -> bool:
    """Whether ``words`` are a plural.

    >>> is_plural("the threats to China"), is_plural("the bus")
    (True, False)
    """
    head = _head(words)
    return head in _MANY or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def is_group(words: str) -> bool:
    """Whether ``words`` speak of people together, who are "it" or "they".

    >>> is_group("the council of the islands"), is_group("the councillor")
    (True, False)
    """
    head = _head(words, lower=False)
    return head.lower() in (ORGANISATIONS if head[0].isupper() else _GROUPS)


def _head(words: str, *, lower: bool = True) -> str:
    """The noun that the others belong to."""
    return re.split(r" (?:of|on|in|at|to|for|between|against|from|with) ", words.lower() if lower else words)[0].split()[-1]


def _of_answer(question: str, answer: str, sentence: str) -> Iterator[Mention]:
    named = _WHO_IS.match(question)
    if named is not None and names(question) == [named["name"]] and names(answer) != [answer]:
        return  # "Who is Tessa Grand?", "the secretary": she is still called by her name
    if _WHO.search(question) or (answer[:1].isupper() and is_personal(answer, sentence) and not _WHERE.search(question)):
        yield Mention(answer, "person")
        if is_organisation(answer):
            yield Mention(answer, "thing")
    elif _WHERE.search(question):
        yield Mention(answer, "place")
    elif _WHEN.search(question):
        yield Mention(answer, "time")
    elif _AT_WHAT_TIME.search(question) or (_DEED.search(question) and not _NOUN.match(answer)):
        return
    elif not _NUMBER.match(answer) and re.search(r"\b(?:what|which)\b", question, re.IGNORECASE):
        yield Mention(answer, "thing")


def _of_question(question: str, sentence: str) -> Iterator[Mention]:
    things = [_definite(_subject(match, question)) for match in _THING.finditer(question)]
    things += [f"the {match['counted']}" for match in COUNTED.finditer(question)]
    named = _WHO_IS.match(question)
    for name in names(question):
        personal = is_personal(name, sentence) or is_personal(name, question) or (named is not None and named["name"] == name)
        if personal and not is_organisation(name):
            yield Mention(f"the {name}" if f"the {name}" in question and " " not in name else name, "person")
        elif not any(name in thing for thing in things):
            things.append(name)
    for thing in things:
        if _head(thing) in PERSONS and not re.search(
            rf"\b(?:as|be|being|become|became|is|was) an? {re.escape(thing[4:])}", question
        ):
            yield Mention(thing, "person")
    # What it was asked of comes first: the subject.
    yield from (Mention(thing, "thing") for thing in sorted(things, key=lambda thing: question.find(re.sub("^the ", "", thing))))
    yield from _places(question)


def _subject(thing: re.Match[str], question: str) -> str:
    """The words of ``thing``, without what is said of it to the question's end: "How long does the lease run?", "Is the deposit
    refundable?".
    """
    words = thing.group().strip().split(" ")
    ends = not question[thing.end() :].strip(" ?!.") and not thing["tail"]
    done = _VERB_BEHIND.match(question[thing.end() :]) is not None  # then no verb is among the words
    if len(words) > 2 and not (thing["tail"] or done) and _ASKING_OF.search(question[: thing.start()]):
        many = len(words) > 3 and words[-1].endswith("s") and not words[-1].endswith("ss")  # "the display use batteries"
        return " ".join(words[:2] if many or len(words) == 3 else words[:-1])
    return " ".join(words[:-1] if ends and words[-1].lower() in _SAID_OF else words)


def _definite(thing: str) -> str:
    """``thing`` as one speaks of it the second time."""
    return re.sub(r"^(?:an?|the|its|their) ", "the ", thing, flags=re.IGNORECASE)


def _places(text: str) -> Iterator[Mention]:
    for match in _PLACE.finditer(text):
        if not _NO_PLACE.match(match["name"]):
            yield Mention(match["name"], "place")
