"""A question that leans on the turns before it -> the question that it stands for. English, by rule, only where it must.

What a question leaves out is taken from the last turn that has it. A question that can stand alone is left as it is: a pronoun
whose own question names somebody before it, "it" where it stands for nothing ("Is it true ..."), "there is".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qabot.text.auxiliaries import AUXILIARIES, PARTICIPLES
from qabot.text.mentions import Mention, MentionKind, beside, is_plural, mentions, names


@dataclass(frozen=True, slots=True)
class Turn:
    """An answered turn: the question as it was understood, its answer, and the sentence that this stood in."""

    question: str
    answer: str
    sentence: str


_WH = r"(?:who|whom|whose|what|which|where|when|why|how(?: (?:many|much|long|old|far|often|big|large|high|tall))?)"
_AUXILIARY = rf"(?:{AUXILIARIES})"
_ASKING = "for|since|from|until|by|to|with|in|at|on|under"  # stands before a question word: "For how long?"
_PLACING = "in|at|on|for|by|with|to|from|of"  # begins what is asked about: "And in Pakistan?"
# What ends a short question with a verb of its own: "And which team won?", "What changed?".
_ENDED_VERB = (
    r"\w+ed|\w+s(?= \w)|won|came|went|said|spoke|died|left|took|got|lost|fell|rose|began|ran|made|sank|happens?|comes?|goes"
)
_LEAD = r"(?:(?:and|but|so|then|ok(?:ay)?|also|well)\b,? ?)?"
# "And when?", "For how long?", "Why not?": a question word and hardly more.
_BARE = re.compile(rf"^\W*{_LEAD}(?P<asked>(?:(?:{_ASKING}) )?{_WH}(?: else| exactly| not)?)\W*$", re.I)
# "And how many passengers?", "At what hours?", "How many weekly ones?": a question word and what it asks for, no verb.
_VERBLESS = re.compile(
    rf"^\W*(?=(?:and|but|so|then|{_ASKING})\b|.* ones\W*$){_LEAD}"
    rf"(?P<asked>(?:(?:{_ASKING}) )?(?:how many|how much|what|which)"
    rf"(?: (?!(?:{_AUXILIARY}|{_ENDED_VERB}|of|about|there|here|it|them|then)\b)[\w-]+){{1,3}})\W*$",
    re.IGNORECASE,
)
_WORD = r"[\w(][\w'’.()-]*"  # also "9.2(a)"
_WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:what|how) about (?P<other>.+?)[\s?!.,;]*$"
    rf"|^\W*and (?P<only>(?:(?:{_PLACING}) )?(?:the )?(?!(?:{_WH}|{_AUXILIARY})\b)"
    rf"{_WORD}(?: (?!(?:{_AUXILIARY}|{_ENDED_VERB})\b){_WORD}){{0,3}}?)[\s?!.,;]*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"^\W*(?P<asked>(?:(?:{_ASKING}) )?(?:{_WH})"
    rf"(?:(?! {_AUXILIARY}\b)(?<!who)(?<!whom) [\w-]+){{0,3}}?)(?= {_AUXILIARY}\b)",
    re.IGNORECASE,
)
# What a question ends with, behind a verb or a preposition: "Who repairs the roof?", "Who pays for water?".
_END = re.compile(
    rf"(?:^\W*(?:who|which \w+) (?!{_AUXILIARY}\b)\w+(?: for| of| to| on| with| after)?|\b(?:pay|pays|paid) for) "
    r"(?P<phrase>(?:the )?(?:[\w-]+ ){0,2}?[\w-]+)$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"^\W*(?:who|what|which [\w-]+) (?P<was>was|were|is|are|has been|have been) (?P<done>(?:{PARTICIPLES})\b.*)$", re.IGNORECASE
)
_PREPOSITION = re.compile(rf"^(?:{_PLACING})\b", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"(?<![\w.])\d[\w.()-]*(?<![.-])")
_PRONOUN = re.compile(
    r"\b(?P<he>he|she|him)\b|\b(?P<his>his|hers?)\b|\b(?P<it>it)\b|\b(?P<its>its)\b|\b(?P<they>they|them)\b|\b(?P<their>their)\b"
    r"|\b(?P<there>there)\b|\b(?P<then>then|at that time|that (?:day|month|year))\b"
    r"|\b(?P<this>this|that|these|those) (?P<noun>(?!is\b|are\b|was\b|were\b|the\b|did\b|has\b|had\b)[a-z-]+)\b",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\bit (?:true|possible|likely|clear|correct|certain|necessary|take|takes|took|matter|rain\w*|snow\w*)\b"
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
    "there": ("place",),
    "then": ("time",),
}
_NUMBER = {"it": False, "its": False, "they": True, "their": True}  # whether a thing that it stands for is many
_NOUN_BEHIND = re.compile(rf" (?!(?:{_PLACING})\b)[a-z][\w-]*(?<!ed)$")
_LOOK_BACK = 12  # turns


def leans(question: str) -> bool:
    """Whether ``question`` is hardly more than a question word: without the turns before it, it asks for nothing.

    >>> leans("And when?"), leans("When was it?")
    (True, False)
    """
    return _BARE.match(question) is not None


def resolve(question: str, turns: Sequence[Turn], topic: str | None = None) -> str:
    """``question`` with what it leaves to be understood put in from ``turns`` (oldest first); itself where it stands alone.

    ``topic`` is the name of what the documents are about: a pronoun stands for it where no turn has named anything that fits.
    """
    again = _from_last(question, turns[-1]) if turns else None
    return again or _with_mentions(question, turns[-_LOOK_BACK:], topic)


def _from_last(question: str, last: Turn) -> str | None:
    """The last question asked anew with one thing changed; None unless ``question`` is of that kind."""
    bare = _BARE.match(question)
    if bare is not None:
        return _asked_anew(bare["asked"], last)
    verbless = _VERBLESS.match(question)
    if verbless is not None:
        return _asked_for_another(verbless, last)
    about = _WHAT_ABOUT.match(question)
    return _about_another((about["other"] or about["only"]).strip(), last) if about is not None else None


def _asked_anew(asked: str, last: Turn) -> str | None:
    """``last`` with another question word."""
    found = _ASKED.match(last.question)
    passive = _PASSIVE.match(last.question)
    if passive is not None and last.answer:  # "What was hit?", "And when?"
        return f"{asked.capitalize()} {passive['was']} {last.answer} {passive['done']}"
    if found is not None:
        return f"{asked.capitalize()}{last.question[found.end() :]}"
    # The question word was the subject ("Who paid?"): its answer takes its place.
    subject = re.match(r"^\W*(?:who|what|which [\w-]+)(?P<rest> .*)$", last.question, re.IGNORECASE)
    if subject is None or not last.answer:
        return None
    return f"{asked.capitalize()} is it that {last.answer}{subject['rest']}"


def _asked_for_another(verbless: re.Match[str], last: Turn) -> str | None:
    """``last`` with something else asked for: "How many cars ...?", "And how many lorries?"; None where it asks for nothing."""
    found = _ASKED.match(last.question)
    if found is None:
        return None
    asked, before = verbless["asked"], found["asked"].split()
    if asked.lower().endswith(" ones") and len(before) > 1:
        asked = f"{asked[: -len('ones')]}{before[-1]}"
    return f"{asked[0].upper()}{asked[1:]}{last.question[found.end() :]}"


def _about_another(other: str, last: Turn) -> str:
    """``last`` about ``other``: in place of the name that it resembles, else behind the rest."""
    question = last.question.rstrip("? ")
    preposition = _PREPOSITION.match(other)
    if preposition is not None:
        place = _phrase(question, preposition.group())
        return f"{question[: place.start()]}{other}{question[place.end() :]}?" if place else f"{question} {other}?"
    numbers = list(_NUMBER_WORD.finditer(question))
    if numbers and _NUMBER_WORD.fullmatch(other):  # "And 9.2?" after "... clause 9.1 ..."
        return f"{question[: numbers[-1].start()]}{other}{question[numbers[-1].end() :]}?"
    word = re.sub(r"^the ", "", other, flags=re.IGNORECASE).split()[0]
    same = re.search(rf"\b{re.escape(word)} [\w.()-]+", question)
    if same is not None and " " in other:  # "And status 5?" after "... status 4 ..."
        return f"{question[: same.start()]}{other}{question[same.end() :]}?"
    own = [name for name in names(question) if not re.search(rf"\d {re.escape(name)}\b", question)]  # no unit: "50 MB"
    alike = [name for name in own if name.count(" ") == other.count(" ")] or own
    if alike:
        return _in_place_of(alike[-1], other, question)
    object_ = _END.search(question)
    if object_ is not None and _is_definite(object_["phrase"]) == _is_definite(other):
        return f"{question[: object_.start('phrase')]}{other}?"
    return f"{question}? What about {other}?"  # whatever it is to replace, together they say what is meant


def _in_place_of(name: str, other: str, question: str) -> str:
    """``question`` with ``other`` for ``name`` where that stands last; a noun beside the name goes with it."""
    start = question.rfind(name)
    end = start + len(name)
    noun = _NOUN_BEHIND.match(question, end)  # "the MQTT broker"
    if question[:start].lower().endswith("the ") and noun is None:
        return f"{question[:start]}{re.sub(r'^the ', '', other, flags=re.IGNORECASE)}{question[end:]}?"
    before = re.search(r"\bthe (?:[a-z][\w-]* ){0,2}$", question[:start])  # "the trawler Marigold"
    if before is not None:
        start, end = before.start(), noun.end() if noun is not None else end
    return f"{question[:start]}{other}{question[end:]}?"


def _phrase(question: str, preposition: str) -> re.Match[str] | None:
    """What ``preposition`` begins in ``question``: its end, or a name."""
    last = re.search(rf"\b{preposition} (?:the )?(?:[\w'’-]+ ){{0,2}}[\w'’-]+$", question, re.IGNORECASE)
    return last or re.search(rf"\b{preposition} (?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*", question)


def _is_definite(phrase: str) -> bool:
    return phrase.lower().startswith("the ")


def _with_mentions(question: str, turns: Sequence[Turn], topic: str | None) -> str:
    pieces, at = [], 0
    for match in _PRONOUN.finditer(question):
        words = _stands_for(match, question, turns, topic)
        if words is not None:
            pieces += [question[at : match.start()], words]
            at = match.end()
    return "".join([*pieces, question[at:]])


def _stands_for(match: re.Match[str], question: str, turns: Sequence[Turn], topic: str | None) -> str | None:
    """What to put for a pronoun; None to leave it."""
    kind = match.lastgroup if match.lastgroup != "noun" else "this"
    before = question[: match.start()]
    if kind == "this":
        return _named_before(match["noun"], turns)
    assert kind is not None  # noqa: S101 - every alternative has a name
    if kind in {"he", "his", "they", "their", "it", "its"} and names(before):
        return None
    if (kind == "it" and _EMPTY_IT.search(question)) or (kind == "there" and _EMPTY_THERE.search(question)):
        return None
    if kind == "his" and match.group().lower() == "her" and not re.match(r" [a-z]", question[match.end() :]):
        kind = "he"
    words = _last_of(kind, turns, topic)
    if words is None:
        return None
    if kind in {"there", "then"}:
        return f"in {words}"
    return words + ("'" if words.endswith("s") else "'s") if kind in {"his", "its", "their"} else words


def _last_of(kind: str, turns: Sequence[Turn], topic: str | None) -> str | None:
    """The last mention that a pronoun of ``kind`` can stand for, the first kind of a turn before its second: what was asked for
    or about in any turn goes before the topic, and that before what only stood in an answer's sentence.
    """
    asked = [list(mentions(turn.question, turn.answer, turn.sentence)) for turn in reversed(turns)]
    stood = [list(beside(turn.sentence)) for turn in reversed(turns)]
    first = next((one.words for told in asked for one in _fitting(kind, told)), None)
    if first is not None or (topic is not None and kind not in {"there", "then"}):
        return first or topic
    return next((one.words for told in stood for one in _fitting(kind, told)), None)


def _fitting(kind: str, told: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions of one turn that a pronoun can stand for, likeliest first."""
    for wanted in _KINDS[kind]:
        for mention in told:
            many = is_plural(mention.words) or (wanted == "person" and " and " in mention.words)
            number = kind not in _NUMBER or many == _NUMBER[kind]
            if mention.kind == wanted and (number or wanted == "place"):
                yield mention


def _named_before(noun: str, turns: Sequence[Turn]) -> str | None:
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
                return f"the {found}"
    return None


def _longest(matches: Iterator[re.Match[str]]) -> str | None:
    return max((match["words"] for match in matches), key=len, default=None)
