"""What form of answer a question asks for (English): words of a text, a yes or no, all items of a list, or one thing or more."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from qabot.text.auxiliaries import AUXILIARIES, NEGATED

QuestionKind = Literal["span", "polar", "list", "open"]

_AUXILIARY = rf"(?:am|{AUXILIARIES}|{NEGATED})"
# What sets the scene before the question proper: "In May, did ...".
_SCENE = (
    r"(?:(?:in|on|at|by|before|after|since|during|under|with|according|as)\b(?! (?:which|what|whom|whose|how)\b)[^,?]{0,60},\s*)?"
    r"(?:(?:and|but|so|then)\s+)?"
)
_POLAR = re.compile(rf"^\W*{_SCENE}{_AUXILIARY}\b", re.IGNORECASE)
# A question within a question, asked politely: "Can you tell me who ...".
_POLITE = re.compile(
    r"^\W*(?:(?:can|could|would|will) (?:you|anyone|someone)|do (?:you|we) (?:know|remember)|may i ask)\b.*?"
    r"\b(?P<asked>who|whom|whose|what|which|where|when|why|how|if|whether)\b",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"\bor\b(?! not\b)", re.IGNORECASE)
_PLURAL = r"(?P<head>[\w-]*(?:[a-rt-z]s(?<!us)(?<!is)|ses|people|men|women|children))"
# No noun's phrase goes on behind "which" with these: "what sets out the boundaries of", "which country lies on".
_ARTICLE = r"the|an?|its|their|his|her"
_VERB = r"lies|sits|stands|makes|gives|takes|comes|goes|says|leads|holds|sets|gets|brings|keeps|becomes"
# Nouns that stand for what is asked for: "What reasons lead to ...", whatever verb follows. None of them is a verb as well.
_CONTAINERS = (
    "activities|advantages|circumstances|conditions|consequences|countries|dangers|duties|events|examples|exceptions|expenses"
    "|facilities|factors|goals|ingredients|items|jobs|kinds|languages|locations|materials|methods|obligations|offences|options"
    "|organisations|people|penalties|problems|products|qualities|reasons|remedies|requirements|rights|roles|services|sources"
    "|subjects|tasks|things|tools|topics|towns|treatments|types|ways"
)
# Reasons, times and measures are one thing; whatever else is asked for may be several as well.
_OF_ONE = re.compile(
    r"^\W*(?:why|when|whether"
    r"|how\s+(?:come|many|much|few|long|short|old|far|near|often|tall|high|low|big|large|small|deep|wide|thick|fast|heavy|hot|cold|soon"
    r"|late|early)"
    r"|(?:what|which)\s+(?:time|date|day|month|year|decade|century|age|hour|price|number|share|proportion|percentage|extent))\b",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\b(?:who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)
# A question without one of these asks for no list: the patterns, which take milliseconds to compile, are not needed for it.
_LIST_OPENERS = ("which", "what", "who are", "who were", "name", "list", "enumerate")


def question_kind(question: str) -> QuestionKind:
    """``polar`` for a question that yes or no would answer, ``list`` for one that asks for several things, ``open`` for one that
    may be answered by one thing or by several, else ``span``.

    >>> question_kind("Has China recognised the Taliban?"), question_kind("Can you tell me who won?")
    ('polar', 'span')
    >>> question_kind("Which countries took part?"), question_kind("Which country took part?")
    ('list', 'open')
    >>> question_kind("What did they carry?"), question_kind("When did they leave?")
    ('open', 'span')
    """
    polite = _POLITE.search(question)
    if polite is not None:
        return "polar" if polite["asked"].lower() in {"if", "whether"} else "span"
    if _POLAR.search(question):
        return "span" if _ALTERNATIVE.search(question) else "polar"
    asking = _ASKING.search(question)
    first = asking.start() if asking is not None else 0
    lowered = " ".join(question.lower().split())
    if any(opener in lowered for opener in _LIST_OPENERS) and _asks_for_a_list(question, first):
        return "list"
    return "span" if _OF_ONE.search(question[first:]) else "open"


def _asks_for_a_list(question: str, first: int) -> bool:
    """Whether what is asked at ``first`` is a list: "How can I see which jobs wait?" asks for a way."""
    found = (pattern.search(question) for pattern in _lists())
    return any(match.start() <= first for match in found if match is not None)


@cache
def _lists() -> tuple[re.Pattern[str], ...]:
    return (
        # "Which countries sent ...", "what two towns share ...": whatever verb follows.
        re.compile(rf"\bwhich (?:of )?(?:the )?{_PLURAL}\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:which|what) (?:two|three|four|five|six|other|all|various|different|major) (?:[\w'’-]+ )?{_PLURAL}\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:which|what) (?:(?!{_ARTICLE}\b|{_AUXILIARY}\b)[\w'’-]+ )?(?:{_CONTAINERS})\b", re.IGNORECASE),
        # "What aspects of it are", "which old towns lie in": up to three words before the noun, and then no verb in the singular.
        re.compile(
            rf"\b(?:which|what) (?:(?!(?:of|{_ARTICLE}|{_AUXILIARY})\b)[\w'’-]+ ){{0,3}}?(?!(?:{_AUXILIARY}|{_VERB})\b){_PLURAL}"
            rf" (?:{_AUXILIARY}|\w+ed|took|gave|made|won|led|met|came|went|of|in|on|at|from|with|that|who)\b",
            re.IGNORECASE,
        ),
        re.compile(rf"^\W*(?:who|what|which) (?:are|were) (?:[\w'’-]+ ){{0,4}}?{_PLURAL}\b", re.IGNORECASE),
        re.compile(rf"^\W*(?:please )?(?:name|list|enumerate) (?:[\w'’-]+ ){{0,4}}?{_PLURAL}\b", re.IGNORECASE),
    )
