"""What a turn of a dialogue was about: the names, things, places and times that "he", "it", "there" and "then" can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qabot.text.auxiliaries import AUXILIARIES, PARTICIPLES

MentionKind = Literal["person", "thing", "place", "time"]

_LONGEST = 8  # words of an answer that a pronoun can stand for
_LONGEST_PAIR = 12  # of one that names two: "the union and the owners of the hotels"
_LONGEST_TOPIC = 5  # words of a title that is a name
_CAPITAL = r"[A-Z][\w&-]*(?:\.(?=[\w]))?[\w&-]*"
_NAME = re.compile(rf"\b{_CAPITAL}(?: (?:(?:of|the|of the|de|von|van|al|bin) )?{_CAPITAL})*")
# Words with a capital only because a sentence or a question begins with them.
_FIRST_WORD = re.compile(
    r"^(?:who|whom|whose|what|which|where|when|why|how|and|but|did|does|do|is|are|was|were|has|have|had|can|could|will|would"
    r"|should|in|on|at|by|from|for|with|to|the|a|an|after|before|during|since|according|name|tell|under|of|as|if|his|her|its"
    r"|their|he|she|it|they|this|that|these|those|not|no|many|most|some|each|both|other|another|i)\b ?",
    re.IGNORECASE,
)
_VERBS = rf"{AUXILIARIES}|be|been|take|took|held|hold|happen|end|begin|start|come|came|go|went|get|cost|last|mean|become|became"
_VERB = rf"(?:{_VERBS})"
_NO_HEAD = rf"(?!(?:that|who|which|and|or|of|in|on|at|by|to|for|from|with|as|{_VERB})\b)"
_THING = re.compile(
    rf"\b(?:the|an?) (?P<head>{_NO_HEAD}[\w’'-]+(?: {_NO_HEAD}[\w’'-]+){{0,3}}?)"
    rf"(?P<tail>(?: (?:of|on|in|between|against) (?:the |an? )?[\w-]+(?: (?-i:[A-Z])[\w-]*)*)?)"
    rf"(?= (?:{_VERB}|that|who|which|in|on|at|by|to|for|from|with|as|after|before|when|while|during|{PARTICIPLES})\b|\W*$|,)",
    re.IGNORECASE,
)
# Stands before a subject whose verb follows: "does the lease run", "if the tenant pays", "Is the deposit refundable".
_ASKING_OF = re.compile(
    r"\b(?:do|does|did|can|could|will|would|shall|should|may|might|must|if|when|because) $|^\W*(?:and )?(?:is|are|was|were) $",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:said|says|told|asked|wrote|added|warned|reported|met|who|mr|mrs|ms|dr|captain|minister|president|spokesman|spokesperson"
    r"|spokeswoman|engineer|mayor|director|professor|king|queen|sir|ambassador|envoy|member|sister|brother|leader|chief)\b",
    re.IGNORECASE,
)
# Nouns that speak of one person: "the new ambassador", "the tenant".
_PERSONS = frozenset(
    "ambassador envoy minister president spokesman spokesperson spokeswoman mayor director manager chairman chairwoman secretary"  # noqa: SIM905
    " professor teacher doctor lawyer judge engineer captain king queen leader chief head founder owner author inventor tenant"
    " landlord guarantor buyer seller employee employer member officer driver pilot sister brother mother father wife husband son"
    " daughter successor predecessor winner man woman boy girl".split()
)
# What a question ends with behind its subject: "When is the rent due?".
_SAID_OF = frozenset("due late payable available open closed ready valid free safe legal included".split())  # noqa: SIM905
_OF_A_PLACE = frozenset({"to", "of", "in", "for", "from", "at"})
_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\bwhere\b|\b(?:which|what) (?:\w+ )?(?:city|town|country|place|village|island|region|state|port)\b", re.IGNORECASE
)
_WHEN = re.compile(r"\bwhen\b|\b(?:which|what) (?:\w+ )?(?:year|month|day|date|decade|century)\b", re.IGNORECASE)
_PLACE = re.compile(rf"\b(?:in|at|to|near) (?:the )?(?P<name>{_CAPITAL}(?: {_CAPITAL})*)")
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


def names(text: str) -> list[str]:
    """The runs of capitalised words in ``text``, without words that have a capital only as the first of a sentence.

    >>> names("Who represented the Bank of Tarnov in Arlen?")
    ['Bank of Tarnov', 'Arlen']
    """
    found = []
    for match in _NAME.finditer(text):
        name = match.group()
        while (shorter := _FIRST_WORD.sub("", name)) != name:
            name = shorter
        if name and name[0].isupper():
            found.append(name)
    return found


def topic_of(title: str) -> str | None:
    """What a document is about, where its title is a name and not a headline.

    >>> topic_of("Tarnov (harbour)"), topic_of("Notes of the meeting"), topic_of("Ilse Brandt Calls For Help At Last In Vain")
    ('Tarnov', None, None)
    """
    plain = re.sub(r"\s*\([^()]*\)$", "", title.strip())
    bare = re.sub(r"^(?:The|A|An) ", "", plain)
    return plain if len(plain.split()) <= _LONGEST_TOPIC and _NAME.fullmatch(plain) and names(plain) == [bare] else None


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
    return _head(words) in _GROUPS


def _head(words: str) -> str:
    """The noun that the others belong to, in lower case."""
    return re.split(r" (?:of|on|in|at|to|for|between|against|from|with) ", words.lower())[0].split()[-1]


def is_personal(name: str, sentence: str) -> bool:
    """Whether the words beside ``name`` in ``sentence`` are such as stand beside a person's name.

    >>> is_personal("Tarnov", "the envoy to Tarnov left"), is_personal("Ilse", "the envoy Ilse left")
    (False, True)
    """
    at = sentence.find(name)
    if at < 0:
        return False
    before = sentence[:at].split()[-2:]
    if before and before[-1].lower() in _OF_A_PLACE:  # "ambassador to ..." speaks of somebody else
        before = []
    around = " ".join([*before, "|", *sentence[at + len(name) :].split()[:2]])
    return _PERSONAL.search(around) is not None


def _of_answer(question: str, answer: str, sentence: str) -> Iterator[Mention]:
    if _WHO.search(question) or (answer[:1].isupper() and is_personal(answer, sentence) and not _WHERE.search(question)):
        yield Mention(answer, "person")
    elif _WHERE.search(question):
        yield Mention(answer, "place")
    elif _WHEN.search(question):
        yield Mention(answer, "time")
    elif not answer[:1].isdigit() and re.search(r"\b(?:what|which)\b", question, re.IGNORECASE):
        yield Mention(answer, "thing")


def _of_question(question: str, sentence: str) -> Iterator[Mention]:
    things = [_definite(_subject(match, question)) for match in _THING.finditer(question)]
    for name in names(question):
        if is_personal(name, sentence) or is_personal(name, question):
            yield Mention(name, "person")
        elif not any(name in thing for thing in things):
            things.append(name)
    for thing in things:
        if _head(thing) in _PERSONS:
            yield Mention(thing, "person")
    yield from (Mention(thing, "thing") for thing in things)
    yield from _places(question)


def _subject(thing: re.Match[str], question: str) -> str:
    """The words of ``thing``, without what is said of it to the question's end: "How long does the lease run?", "Is the deposit
    refundable?".
    """
    words = thing.group().strip().split(" ")
    ends = not question[thing.end() :].strip(" ?!.") and not thing["tail"]
    if ends and len(words) > 2 and _ASKING_OF.search(question[: thing.start()]):
        return " ".join(words[:2])
    return " ".join(words[:-1] if ends and words[-1].lower() in _SAID_OF else words)


def _definite(thing: str) -> str:
    """``thing`` as one speaks of it the second time."""
    return re.sub(r"^(?:an?|the) ", "the ", thing, flags=re.IGNORECASE)


def _places(text: str) -> Iterator[Mention]:
    for match in _PLACE.finditer(text):
        if not _NO_PLACE.match(match["name"]):
            yield Mention(match["name"], "place")
