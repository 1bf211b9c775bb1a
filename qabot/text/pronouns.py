"""The pronouns of a question -> what they stand for: names, things, places and times of the turns before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from qabot.text.auxiliaries import AUXILIARIES, PARTICIPLES
from qabot.text.mentions import COUNTED, Mention, MentionKind, beside, is_group, is_plural, mentions
from qabot.text.names import names
from qabot.text.people import PERSONS, fuller, is_organisation, sex_of
from qabot.text.turns import Turn

# "Where can I buy one?"; elsewhere "one" is a number, or somebody.
_TAKES_ONE = re.compile(
    r"\b(?:buy|get|have|need|want|use|order|book|find|see|rent|borrow|make|apply for|ask for|pay for|cancel|lose|return) $",
    re.IGNORECASE,
)
_AUXILIARY = rf"(?:{AUXILIARIES})"
_PRONOUN = re.compile(
    rf"(?:(?<=\bis )|(?<=\bwas ))(?P<that>this|that)\b(?= (?:{PARTICIPLES})\b)|"
    rf"(?:(?<=\bare )|(?<=\bwere ))(?P<those>those|these)\b(?= (?:{PARTICIPLES})\b)|"
    r"\b(?P<he>he|she|him)\b|\b(?P<his>his|hers?)\b|\b(?P<it>it)\b|\b(?P<its>its)\b|\b(?P<they>they|them)\b|\b(?P<their>their)\b"
    r"|\b(?P<one>one)\b(?=\W*$| (?:at|in|on|from|for|with|there)\b)"
    r"|\b(?P<there>there)\b|\b(?P<then>then|at that time|that (?:day|month|year))\b"
    r"|\b(?P<this>this|that|these|those) (?P<noun>(?!is\b|are\b|was\b|were\b|the\b|did\b|has\b|had\b)[a-z-]+)\b",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\bit (?:true|possible|likely|clear|correct|certain|necessary|matter|rain\w*|snow\w*)\b"
    r"|\bit (?:take|takes|took)\b(?=.* to\b)"
    r"|\bit (?:is|was) (?:foggy|cold|hot|warm|dark|late|early|windy|sunny|wet|dry)\b"
    r"|\b(?:what|which) (?:time|day|date) (?:is|was) it\b|\bit (?:is|was)\b.*\b(?:that|who)\b",
    re.IGNORECASE,
)
_EMPTY_THERE = re.compile(
    rf"\b{_AUXILIARY} there\b(?! (?:held|built|shown|made|found|killed|born)\b)|\bthere (?:{_AUXILIARY}|be|been)\b", re.I
)
_KINDS: dict[str, tuple[MentionKind, ...]] = {
    "he": ("person",),
    "his": ("person",),
    "it": ("thing", "place"),
    "its": ("thing", "place"),
    "they": ("person", "thing"),
    "their": ("person", "thing"),
    "one": ("thing",),
    "there": ("place",),
    "then": ("time",),
}
_NUMBER = {"it": False, "its": False, "they": True, "their": True, "one": False}  # whether a thing that it stands for is many
# Pronouns that may stand for the same in one question.
_WHO = {
    **dict.fromkeys(("she", "her", "hers"), "she"),
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("it", "its", "that", "this"), "it"),
    **dict.fromkeys(("they", "them", "their"), "they"),
}
_LOOK_BACK = 12  # turns
_MOST = 8  # pronouns of a question that are looked at
_MEANINGS = 2  # that one pronoun is tried with
# "Who mends the roof if it leaks?", "Does the crew know its ship?": what a pronoun stands for may stand before it.
_CLAUSE = re.compile(
    r"\b(?:and (?:when|where|why|how|what|whom?)|if|when|while|until|because|before|after|once|where|unless) (?:\w+ ){0,2}?$",
    re.IGNORECASE,
)
_NO_SUBJECT = (
    "the|an?|i|you|we|he|she|it|they|there|not|this|that|these|those|his|her|its|their|my|your|our"
    r"|some|any\w*|every\w*|no\w*|others?|all|most|many|much|more|people"
)
_DOES = re.compile(rf"\b{_AUXILIARY} (?!(?:{_NO_SUBJECT})\b)(?P<subject>[\w-]+) ", re.IGNORECASE)


def with_mentions(question: str, turns: Sequence[Turn], topic: str | None = None) -> list[str]:
    """``question`` with its pronouns replaced by what the last of ``turns`` (oldest first), else ``topic``, named; then with what
    was named before that, if there is something that fits.
    """
    turns = turns[-_LOOK_BACK:]
    found = [
        (match, fitting)
        for match in islice(_PRONOUN.finditer(question), _MOST)
        if (fitting := _stands_for(match, question, turns, topic))
    ]
    most = max((len(fitting) for _, fitting in found), default=1)
    return [_replaced(question, _chosen(found, number)) for number in range(min(most, _MEANINGS))]


def _chosen(found: Sequence[tuple[re.Match[str], Sequence[str]]], number: int) -> list[tuple[re.Match[str], str]]:
    """For each pronoun the ``number``th of what it can stand for, or the last. "What did he give her?": two of them are not the
    same; one that then stands for nothing is left.
    """
    taken: dict[str, str] = {}
    chosen = []
    for match, fitting in found:
        who = _WHO.get(match.group().lower(), match.group())
        order = [*fitting[min(number, len(fitting) - 1) :], *fitting]
        words = next((one for one in order if taken.get(_bare(one), who) == who), None)
        if words is not None:
            taken[_bare(words)] = who
            chosen.append((match, words))
    return chosen


def _bare(words: str) -> str:
    return re.sub(r"['’]s?$", "", words)


def _replaced(question: str, pieces: Sequence[tuple[re.Match[str], str]]) -> str:
    for match, words in reversed(pieces):
        question = f"{question[: match.start()]}{words}{question[match.end() :]}"
    return question


def about_topic(question: str, topic: str) -> str | None:
    """``question`` with ``topic`` for its first pronoun that a person or thing can stand behind; None without one.

    >>> about_topic("who signs for him?", "the landlord"), about_topic("who was there?", "the landlord")
    ('Who signs for the landlord?', None)
    """
    for match in _PRONOUN.finditer(question):
        kind = _kind_of(match, question)
        if kind in _KINDS and kind not in {"there", "then"}:
            meant = f"{question[: match.start()]}{_put(topic, kind)}{question[match.end() :]}"
            return meant[0].upper() + meant[1:]
    return None


def _kind_of(match: re.Match[str], question: str) -> str:
    """A key of `_KINDS`, or "this"."""
    kind = match.lastgroup
    assert kind is not None  # noqa: S101 - every alternative has a name
    if kind in {"that", "those"}:
        return "it" if kind == "that" else "they"
    if match.group().lower() == "her" and not re.match(r" [a-z]", question[match.end() :]):
        return "he"
    return "this" if kind == "noun" else kind


def _put(words: str, kind: str) -> str:
    """``words`` as they stand where a pronoun of ``kind`` stood."""
    if kind in {"there", "then"}:
        return f"in {words}"
    if kind == "one":
        return re.sub(r"^the ", "an " if re.match(r"the [aeiou]", words) else "a ", words)
    return words + ("'" if words.endswith("s") else "'s") if kind in {"his", "its", "their"} else words


def _stands_for(match: re.Match[str], question: str, turns: Sequence[Turn], topic: str | None) -> list[str]:
    """What to put for a pronoun, likeliest first; nothing to leave it."""
    kind = _kind_of(match, question)
    if kind == "this":
        return _named_before(match["noun"], turns) or _last_person(match["noun"], turns)
    if kind not in {"there", "then"} and (names(question[: match.start()]) or _named_in(question[: match.start()], kind)):
        return []
    if kind == "one" and not _TAKES_ONE.search(question[: match.start()]):
        return []
    if (kind == "it" and _EMPTY_IT.search(question)) or (kind == "there" and _EMPTY_THERE.search(question)):
        return []
    fitting = _last_of(kind, turns, topic)
    if match.lastgroup == "that":  # said of no name
        fitting = [words for words in fitting if words[:1].islower()]
    if kind in {"he", "his"}:
        told = [*([topic] if topic else []), *(text for turn in turns for text in (turn.question, turn.answer, turn.sentence))]
        fitting = list(dict.fromkeys(fuller(words, told) for words in fitting))
        fitting = [words for words in fitting if not (is_organisation(words) or _is_other(words, match.group(), turns))]
    return [_put(words, kind) for words in fitting]


def _is_other(name: str, pronoun: str, turns: Sequence[Turn]) -> bool:
    """Whether the turns speak of ``name`` as of a woman and ``pronoun`` is a man's, or the other way round."""
    told = sex_of(name, [text for turn in turns for text in (turn.question, turn.sentence)])
    return told is not None and told != _WHO[pronoun.lower()]


def _named_in(before: str, kind: str) -> bool:
    """Whether what a pronoun of ``kind`` stands for is in its own question, ``before`` it: in the clause before, or, for a
    possessive, the one who does it.
    """
    if kind not in {"its", "their"} and not _CLAUSE.search(before):
        return False
    told = list(mentions(COUNTED.sub("", before), "", ""))  # what is counted stands for nothing else
    if kind not in _NUMBER:
        return any(one.kind == "person" for one in told)
    words = [one.words for one in told] + [one["subject"] for one in _DOES.finditer(before)]
    return any(is_plural(one) == _NUMBER[kind] for one in words)


def _last_of(kind: str, turns: Sequence[Turn], topic: str | None) -> list[str]:
    """The last mentions that a pronoun of ``kind`` can stand for, the first kind of a turn before its second: what was asked for
    or about in any turn goes before the topic, and that before what only stood in an answer's sentence.
    """
    asked = [_told(turn) for turn in reversed(turns)]
    found = [one.words for told in asked for one in _fitting(kind, told)]
    if kind in {"it", "its"}:
        people = {one.words for told in asked for one in told if one.kind == "person"}
        found = [words for words in found if words not in people]
    if topic is not None and kind not in {"there", "then"}:
        found.append(topic)
    if not found:
        stood = [list(beside(turn.sentence)) for turn in reversed(turns)]
        found = [one.words for told in stood for one in _fitting(kind, told)]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _told(turn: Turn) -> tuple[Mention, ...]:
    return tuple(mentions(turn.question, turn.answer, turn.sentence))


def _fitting(kind: str, told: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions of one turn that a pronoun can stand for, likeliest first."""
    places = {mention.words for mention in told if mention.kind == "place"}
    for wanted in _KINDS[kind]:
        for mention in told:
            many = is_plural(mention.words) or (wanted == "person" and " and " in mention.words)
            number = kind not in _NUMBER or many == _NUMBER[kind] or is_group(mention.words)
            somewhere = kind in {"they", "their"} and re.sub(r"^the ", "", mention.words) in places
            if mention.kind == wanted and (number or wanted == "place") and not somewhere:
                yield mention


def _named_before(noun: str, turns: Sequence[Turn]) -> list[str]:
    """The fuller words for "that ``noun``", as they stood in the last turns."""
    phrase = re.compile(
        rf"\b(?:the|an?|its|his|her|their) (?P<words>(?:[\w-]+ ){{0,3}}?{re.escape(noun)}"
        r"(?: (?:of|in|on|at|between) (?:the )?(?-i:[A-Z])[\w-]*(?: (?-i:[A-Z])[\w-]*)*)?)",
        re.IGNORECASE,
    )
    for turn in reversed(turns):
        for text in (turn.question, turn.sentence):
            found = _longest(phrase.finditer(text))
            if found is not None:
                return [f"the {found}"]
    return []


def _last_person(noun: str, turns: Sequence[Turn]) -> list[str]:
    """The person whom the last answer named, where ``noun`` speaks of one: "that doctor"."""
    told = _told(turns[-1]) if turns and noun.lower() in PERSONS else ()
    return [one.words for one in told if one.kind == "person" and one.words in turns[-1].answer][:1]


def _longest(matches: Iterator[re.Match[str]]) -> str | None:
    return max((match["words"] for match in matches), key=len, default=None)
