"""Questions with a question word turned into ones that yes or no would answer, by rule (English).

"When did the mill close?" and "in 1931" become "Did the mill close in 1931?", "Who owned the mill?" and "Maud" become "Was it
Maud who owned the mill?". The sentence that decides stays the same, so a reader learns from them to point at it. Nobody wrote
such questions for the training sets.
"""

from __future__ import annotations

import random
import re

from qabot.text.auxiliaries import AUXILIARIES, PARTICIPLES

_PREPOSITIONS = "in|on|at|by|from|to|for|with|during|near|under|after|before|since|until|between|through|within|over|about|as|of"
_LONGEST = 8  # words of an answer that a question can be asked with
_AUX = rf"(?P<aux>{AUXILIARIES})"
_WHEN_WHERE = re.compile(rf"^(?:when|where) {_AUX} (?P<rest>.+)$", re.IGNORECASE)
_HOW = re.compile(rf"^how (?:long|old|tall|high|deep|large|big|far|much|often) {_AUX} (?P<rest>.+)$", re.IGNORECASE)
_WHY = re.compile(rf"^why {_AUX} (?P<rest>.+)$", re.IGNORECASE)
_BECAUSE = re.compile(r"^(?:because|due|to|for|as|since)\b", re.IGNORECASE)
_HOW_MANY = re.compile(rf"^how many (?P<what>(?:(?!(?:{AUXILIARIES})\b)[\w-]+ ){{1,3}}){_AUX} (?P<rest>.+)$", re.IGNORECASE)
_THERE = re.compile(r"^there(?P<rest>\b.*)$", re.IGNORECASE)
# "In what year did ...", "To whom was ...": what stands before the auxiliary goes behind, with the answer for the question word.
_PLACED = re.compile(
    rf"^(?P<before>{_PREPOSITIONS}) (?:what|which|whom)(?: (?!(?:{AUXILIARIES})\b)[\w-]+){{0,3}} {_AUX} (?P<rest>.+)$",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"^(?:whom?|(?:what|which)(?: (?!(?:do|does|did)\b)[\w-]+){0,3}) (?P<aux>do|does|did|can|could|will|would) (?P<rest>.+)$",
    re.IGNORECASE,
)
_TIME = re.compile(rf"^(?:what|which) (?:year|month|day|date|century|decade) {_AUX} (?P<rest>.+)$", re.IGNORECASE)
_COPULA = re.compile(
    rf"^(?:who|(?:what|which)(?: (?!(?:{AUXILIARIES}|of)\b)[\w-]+){{0,3}}) (?P<aux>is|are|was|were|has|had|have) (?P<rest>.+)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"^(?:(?P<who>who)|(?:what|which [\w-]+)(?= [a-z]+(?:ed|[^s]s)\b)) (?!(?:{AUXILIARIES})\b)(?P<rest>[a-z]+\b.+)$",
    re.IGNORECASE,
)
_OPEN_ENDED = re.compile(rf"\b(?:{PARTICIPLES}|{_PREPOSITIONS})$", re.IGNORECASE)


def yes_no(question: str, answer: str, before: str, rng: random.Random) -> str | None:
    """``question`` asked as one of yes or no that holds ``answer``, which stands behind the word ``before`` in its text; now and
    then, where the question says enough without, with no answer in it. None where no rule fits.

    >>> yes_no("When did the mill close?", "1931", "in", random.Random(1))
    'Did the mill close in 1931?'
    >>> yes_no("Who owned the mill?", "Queen Maud", "", random.Random(1))
    'Was it Queen Maud who owned the mill?'
    """
    asked = question.strip().rstrip("? ").strip()
    if not 0 < len(answer.split()) <= _LONGEST or "?" in asked:
        return None
    placing = f"{before} " if before.lower() in _PREPOSITIONS.split("|") else ""
    free = rng.random() < 0.35  # without the answer, where the rest is a question still
    made = _moved(asked, "" if free else f" {placing}{answer}") or _filled(asked, answer)
    return f"{made[0].upper()}{made[1:]}?" if made else None


def _moved(asked: str, behind: str) -> str | None:
    """Questions whose answer, ``behind``, stands at the end; it may be left out of them."""
    for pattern in (_WHEN_WHERE, _TIME, _HOW):
        match = pattern.match(asked)
        if match is not None:
            return f"{match['aux'].lower()} {match['rest']}{behind}"
    placed = _PLACED.match(asked)
    if placed is not None:
        given = f" {placed['before'].lower()} {behind.split(' ', 1)[1]}" if behind else ""
        given = re.sub(rf"^ ({_PREPOSITIONS}) (?:{_PREPOSITIONS}) ", r" \1 ", given, flags=re.IGNORECASE)
        return f"{placed['aux'].lower()} {placed['rest']}{given}"
    why = _WHY.match(asked)
    if why is not None and (not behind or _BECAUSE.match(behind.strip())):
        return f"{why['aux'].lower()} {why['rest']}{behind}"
    return None


def _filled(asked: str, answer: str) -> str | None:
    """Questions that are none without their answer."""
    many = _HOW_MANY.match(asked)
    if many is not None:
        there = _THERE.match(many["rest"])
        what = f"{answer} {many['what'].strip()}"
        if there is not None:
            return f"{many['aux'].lower()} there {what}{there['rest']}"
        return f"{many['aux'].lower()} {many['rest']} {what}"
    found = _OBJECT.match(asked)
    if found is not None:
        return f"{found['aux'].lower()} {found['rest']} {answer}"
    copula = _COPULA.match(asked)
    if copula is not None:
        if _OPEN_ENDED.search(copula["rest"]) and " " in copula["rest"]:  # "What is it called": its subject stands before
            return f"{copula['aux'].lower()} {copula['rest']} {answer}"
        return f"{copula['aux'].lower()} {answer} {copula['rest']}"
    subject = _SUBJECT.match(asked)
    return f"was it {answer} {'who' if subject['who'] else 'that'} {subject['rest']}" if subject is not None else None
