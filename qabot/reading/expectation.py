"""What kind of thing a question asks for, and whether words could be its answer: cheap evidence that a reader often lacks."""

from __future__ import annotations

import re
from typing import Literal

from qabot.text.stopwords import STOP_WORDS
from qabot.text.terms import fold, terms

Expected = Literal["number", "time", "name"]

_NUMBER_ASKED = re.compile(
    r"\bhow (?:many|much|old|long|far|tall|high|large|big|wide|deep|heavy|often|fast)\b"
    r"|\bwhat (?:percent|percentage|number|proportion|share|size|age|amount|fraction)\b",
    re.IGNORECASE,
)
_TIME_ASKED = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|decade|century|season|period)s?\b|\bhow long ago\b", re.IGNORECASE
)
_NAME_ASKED = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:no|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|several|many|few|both|all|most"
    r"|majority|minority|once|twice|daily|weekly|monthly|yearly|annual(?:ly)?|every|a|an)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|mon|tues|wednes|thurs|fri|satur"
    r"|sun)(?:days?)?\b|\b(?:today|tonight|yesterday|tomorrow|now|morning|noon|afternoon|evening|night|midnight|day|days|week|weeks"
    r"|month|months|year|years|decade|decades|century|centuries|spring|summer|autumn|fall|winter|season|period|era|age|time|war"
    r"|birth|death|ago|after|before|during|since|until|while|when|once|early|late|last|next|recent\w*)\b",
    re.IGNORECASE,
)
# What a question offers to choose from may well be its answer.
_CHOICE = re.compile(r"\b(?:or|versus|vs|between|among|whether|which of)\b", re.IGNORECASE)
# What singles one thing out among its like: numbers, years, and words of order and date.
_SINGLING = re.compile(
    r"\b(?:\d[\d.,]*(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next|previous|january"
    r"|february|march|april|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)


def expected(question: str) -> Expected | None:
    """The kind of thing that ``question`` asks for; None where its words don't tell.

    >>> expected("How many boats burned?"), expected("In what year was it built?"), expected("Why?")
    ('number', 'time', None)
    """
    if _TIME_ASKED.search(question):
        return "time"
    if _NUMBER_ASKED.search(question):
        return "number"
    return "name" if _NAME_ASKED.search(question) else None


def fits(kind: Expected | None, words: str) -> bool:
    """Whether ``words`` could be of ``kind``: a number needs a figure or a number word, a time a figure or a word of time, a name
    a capital. Where nothing is expected everything fits.

    >>> fits("number", "eleven boats"), fits("time", "the harbour"), fits("name", "the mayor")
    (True, False, False)
    """
    if kind == "number":
        return _NUMBER.search(words) is not None
    if kind == "time":
        return _TIME.search(words) is not None
    return kind is None or any(char.isupper() for char in words)


def echoes(question: str, words: str) -> bool:
    """Whether ``words`` say nothing that ``question`` didn't: no answer is, unless the question gives things to choose from.

    >>> echoes("In which city of Tarnov is it?", "Tarnov"), echoes("Is it red or blue?", "red"), echoes("Who is it?", "Ilse")
    (True, False, False)
    """
    if _CHOICE.search(question):
        return False
    said = {term for span, term in terms(words) if fold(span.of(words)) not in STOP_WORDS}
    return bool(said) and said <= {term for _, term in terms(question)}


def unmet(question: str, around: str) -> float:
    """The share of what singles one thing out in ``question`` (numbers, years, "second", "March") that is missing in ``around``;
    0 where nothing does.

    >>> unmet("Where was the second fair of 1931 held?", "The third fair, in 1931, was held in Arlen.")
    0.5
    """
    wanted = {fold(match.group()) for match in _SINGLING.finditer(question)}
    if not wanted:
        return 0.0
    there = {fold(span.of(around)) for span, _ in terms(around)}
    return len(wanted - there) / len(wanted)
