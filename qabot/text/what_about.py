"""The last question of a dialogue asked of something else: "What about the roof?", "And motorcycles?"."""

from __future__ import annotations

import re

from qabot.text.auxiliaries import AUXILIARIES, BEFORE_SUBJECT, ENDED_VERB, PARTICIPLES, QUESTION_WORD
from qabot.text.names import names

_PLACING = "in|at|on|for|by|with|to|from|of"  # begins what is asked about: "And in Pakistan?"
_NO_OTHER = "if|because|while|after|before|then|so|not|it|they|that|this|there|here|how|end|begin|start|stop"
_WORD = r"[\w(][\w'’.()-]*"  # also "9.2(a)"
_WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:what|how) about (?P<other>(?!if\b|when\b|then\b).+?)[\s?!.,;]*$"
    rf"|^\W*(?:and |(?=(?:{_PLACING}) ))(?!(?:{_PLACING}) {QUESTION_WORD}\b)(?P<only>(?:(?:{_PLACING}) )?(?:the )?"
    rf"(?!(?:{QUESTION_WORD}|{AUXILIARIES}|{_NO_OTHER})\b)"
    rf"{_WORD}(?: (?!(?:{AUXILIARIES}|{ENDED_VERB})\b){_WORD}){{0,3}}?)[\s?!.,;]*$",
    re.IGNORECASE,
)
_PHRASE = rf"(?P<phrase>(?:(?:the|an?) )?(?:(?!(?:{AUXILIARIES})\b)[\w-]+ ){{0,2}}?(?!(?:{AUXILIARIES})\b)[\w-]+)"
_DO = rf"(?:{BEFORE_SUBJECT})"
_SUBJECT = re.compile(rf"\b{_DO} the $", re.IGNORECASE)
# Where a question without a name holds what it is about, likeliest first.
_PLACES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:is|are|was|were) {_PHRASE}(?= (?:{PARTICIPLES})$)",  # "How are problems reported?"
        r"^\W*(?:who|what) (?:is|are|was|were) (?P<phrase>the [\w-]+(?: [\w-]+)?)$",  # "Who is the treasurer?"
        # "Who repairs the roof?"
        rf"^\W*(?:who|which \w+) (?!(?:{AUXILIARIES})\b)\w+(?: for| of| to| on| with| after)? {_PHRASE}$",
        rf"\b(?:pay|pays|paid) for {_PHRASE}$",
        rf"^{_DO} (?:the |an? )?[\w-]+ (?!in\b|on\b|at\b)[\w-]+ (?P<phrase>(?:(?:the|an?) )?(?:[\w-]+ )?[\w-]+)$",
        rf"\b(?:if|when|{_DO}) (?P<phrase>the [\w-]+)(?= \w)",  # "What happens if the tenant is late?"
        rf"\b(?:ha[sd]|have|needs?) to \w+ {_PHRASE}$",
        r"\b(?:with|to|of|about|for) (?P<phrase>(?:(?:the|an?) )?(?!that\b|this\b|it\b)[\w-]+"
        r"(?: (?:over|under|above|below|from|in|of) .+)?)$",
    )
)
# "Which systems does larder support?": what else it could be is asked by yes or no.
_CHOICE = re.compile(rf"^\W*(?:which|what) (?:(?!(?:{AUXILIARIES})\b)[\w-]+ ){{1,3}}?(?P<rest>{_DO} .*[a-z])$", re.IGNORECASE)
_ORDINALS = "first|second|third|fourth|fifth|sixth|last|next|previous"
_ORDINAL = re.compile(rf"\b(?:{_ORDINALS})\b", re.IGNORECASE)
_CLAUSE = re.compile(r" (?:before|after|when|while|because|if|since|until|although) (?=(?:[\w'’-]+ )?[\w'’-]+ )", re.IGNORECASE)
_BEHIND = "? What about "
_PREPOSITION = re.compile(rf"^(?:{_PLACING})\b", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"(?<![\w.])\d[\w.()-]*(?<![.-])")
_NOUN_BEHIND = re.compile(rf" (?!(?:{_PLACING})\b)[a-z][\w-]*(?<!ed)$")


def other_of(question: str) -> str | None:
    """What ``question`` asks to hear about next; None when it is not of this kind.

    >>> other_of("And what about the roof?"), other_of("And clause 9.2(a)?"), other_of("And what changed?")
    ('the roof', 'clause 9.2(a)', None)
    """
    about = _WHAT_ABOUT.match(question)
    return (about["other"] or about["only"]).strip() if about is not None else None


def asked_about(other: str, question: str) -> list[str]:
    """What asking ``question`` about ``other`` can mean, likeliest first: in place of the name, the number or the phrase that it
    resembles, else behind the rest.

    >>> asked_about("the web interface", "What is the default port of the broker?")[0]
    'What is the default port of the web interface?'
    """
    question = without_behind(question).rstrip("? ")
    clause = _CLAUSE.search(question)  # what it is about stands before: "What did he do before he left Arlen?"
    for length in (clause.start() if clause is not None else 0, len(question)):
        placed = _in_same_place(other, question[:length])
        if placed is not None:
            return [f"{_once(placed, other)}{question[length:]}?"]
    found = [match for place in _PLACES if (match := place.search(question)) is not None]
    replaced = [_once(f"{question[: one.start('phrase')]}{other}{question[one.end('phrase') :]}", other) + "?" for one in found]
    choice = _CHOICE.match(question)
    if choice is not None and not found and other[0].isupper():
        return [f"{choice['rest'][0].upper()}{choice['rest'][1:]} {other}?"]
    both = f"{question}{_BEHIND}{other}?"  # whatever it is to replace, together they say what is meant
    alike = bool(found) and _has_article(found[0]["phrase"]) == _has_article(other)
    return replaced if alike else [both, *replaced]


def without_behind(question: str) -> str:
    """``question`` without what "What about ...?" put behind it."""
    return question.split(_BEHIND)[0]


def _once(meaning: str, other: str) -> str:
    """``meaning`` without the noun that ``other`` brings along: "the red light" for "the green" in "the green light"; "the blue
    one" is what it stands beside.
    """
    at = meaning.rfind(other)
    end = at + len(other)
    noun = re.match(r" ([\w-]+)", meaning[end:])
    if at < 0 or noun is None or not other:
        return meaning
    *_, last = other.split()
    if last.lower() in {"one", "ones"}:
        return f"{meaning[:at]}{other[: -len(last)]}{meaning[end + 1 :]}"
    return f"{meaning[:end]}{meaning[end + noun.end() :]}" if noun[1].lower() == last.lower() else meaning


def _in_same_place(other: str, question: str) -> str | None:
    """``question`` with ``other`` where a preposition, a number, an ordinal, a word or a name shows its place."""
    if not question:
        return None
    preposition = _PREPOSITION.match(other)
    if preposition is not None:
        other = f"{other[0].lower()}{other[1:]}"
        place = _behind(preposition.group(), question)
        return f"{question[: place.start()]}{other}{question[place.end() :]}" if place else f"{question} {other}"
    numbers = list(_NUMBER_WORD.finditer(question))
    if numbers and _NUMBER_WORD.fullmatch(other):  # "And 9.2?" after "... clause 9.1 ..."
        return f"{question[: numbers[-1].start()]}{other}{question[numbers[-1].end() :]}"
    ordinal, counted = _ORDINAL.search(question), _ORDINAL.search(other)
    if ordinal is not None and counted is not None:  # "And the second one?" after "... the first prize ..."
        return f"{question[: ordinal.start()]}{counted.group()}{question[ordinal.end() :]}"
    word = re.sub(r"^the ", "", other, flags=re.IGNORECASE).split()[0]
    same = re.search(rf"\b{re.escape(word)} [\w.()-]+", question)
    if same is not None and " " in other:  # "And status 5?" after "... status 4 ..."
        return f"{question[: same.start()]}{other}{question[same.end() :]}"
    own = [name for name in names(question) if not re.search(rf"\d {re.escape(name)}\b", question)]  # no unit: "50 MB"
    alike = [name for name in own if name.count(" ") == other.count(" ")] or own
    return _in_place_of(alike[-1], other, question) if alike else None


def _in_place_of(name: str, other: str, question: str) -> str:
    """``question`` with ``other`` for ``name`` where that stands last; a noun beside the name goes with it."""
    start = question.rfind(name)
    end = start + len(name)
    subject = _SUBJECT.search(question[:start]) is not None  # "must the Company give": a verb stands behind it
    noun = _NOUN_BEHIND.match(question, end) if not subject else None  # "the MQTT broker"
    if question[:start].lower().endswith("the ") and noun is None:
        return f"{question[:start]}{re.sub(r'^the ', '', other, flags=re.IGNORECASE)}{question[end:]}"
    before = re.search(r"\bthe (?:[a-z][\w-]* ){0,2}$", question[:start])  # "the trawler Marigold"
    if before is not None:
        start, end = before.start(), noun.end() if noun is not None else end
    return f"{question[:start]}{other}{question[end:]}"


def _behind(preposition: str, question: str) -> re.Match[str] | None:
    """What ``preposition`` begins in ``question``: its end, or a name."""
    last = re.search(rf"\b{preposition} (?:the )?(?:[\w'’-]+ ){{0,2}}[\w'’-]+$", question, re.IGNORECASE)
    return last or re.search(rf"\b{preposition} (?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*", question)


def _has_article(phrase: str) -> bool:
    return re.match(r"(?:the|an?) ", phrase, re.IGNORECASE) is not None
