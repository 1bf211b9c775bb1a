"""Questions of the training sets asked as people go on asking: behind another question and its answer, and leaning on them.

"When did Queen Maud die?" becomes "Who owned the mill? Queen Maud. When did she die?", "Did the mill close? When was that?" or
"Who owned the inn? Ilse Brandt. And the mill?". Some keep their own words behind a question about something else, so that a
reader learns to leave alone what has nothing to do with it. No dialogue of any set is used.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from qabot.text.auxiliaries import QUESTION_WORD
from qabot.text.mentions import is_plural
from qabot.text.names import names
from qabot.text.people import is_name_of_one, is_organisation, is_personal
from qabot.text.turns import Turn, after
from qabot.training.squad import Paragraph, TrainingQuestion
from qabot.training.yes_no import yes_no

_THING = re.compile(r"\b[Tt]he (?:[a-z][\w-]+ ){0,2}[a-z][\w-]+(?: of (?:the )?[A-Z][\w-]+)?")
_PREPOSITION_BEFORE = re.compile(r"\b(?:in|on|at|by|from|to|for|with|of|about|against|under) $", re.IGNORECASE)
_ASKED = re.compile(rf"^(?P<word>{QUESTION_WORD}|in (?:what|which) (?:year|country|city|month))\b", re.IGNORECASE)
_LEADS = ("And ", "But ", "So ", "Then ", "OK, ", "And then ")
_ANEW = ("{}?", "And {}?", "But {}?", "{} exactly?")
_ABOUT = ("What about {}?", "And {}?", "How about {}?", "And what about {}?")
_DATE = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|\w+day)$", re.IGNORECASE
)
_APART = 0.2  # the share of those behind a question about something else

_OWN = {"he": "his", "she": "her", "it": "its", "they": "their"}
_OBJECT = {"he": "him", "she": "her", "it": "it", "they": "them"}


def follow_up(paragraph: Paragraph, item: TrainingQuestion, others: Sequence[Paragraph], rng: random.Random) -> str | None:
    """``item`` of ``paragraph`` as it may be asked behind another question, in the form that `turns.after` gives; ``others`` are
    paragraphs about other things. None where nothing fits.
    """
    leaning = [_by_pronoun, *rng.sample((_anew, _about), 2)]
    if rng.random() < 0.4:
        rng.shuffle(leaning)
    for way in (_apart,) if rng.random() < _APART else leaning:
        made = way(paragraph, item, others, rng)
        if made is not None:
            return made
    return None


def _by_pronoun(paragraph: Paragraph, item: TrainingQuestion, _: Sequence[Paragraph], rng: random.Random) -> str | None:
    """A name or a thing that another question of the paragraph, or its answer, named already, as a pronoun."""
    found = list(_shared(paragraph, item))
    if not found:
        return None
    first, words = rng.choice(found)
    at = item.question.find(words)
    end = at + len(words)
    pronoun = _pronoun_of(words, paragraph.context)
    before, behind = item.question[:at], item.question[end:]
    if behind.startswith(("'s", "’s", "'", "’")):
        behind = behind[2:] if behind[1:2] == "s" else behind[1:]
        pronoun = _OWN[pronoun]
    elif _PREPOSITION_BEFORE.search(before) or not behind.strip(" ?"):
        pronoun = _OBJECT[pronoun]
    if before.lower().endswith("the ") and not words.lower().startswith("the "):
        before = before[:-4]
    lead = rng.choice(_LEADS) if rng.random() < 0.25 else ""
    asked = f"{before}{pronoun}{behind}"
    asked = f"{lead}{asked[0].lower()}{asked[1:]}" if lead else f"{asked[0].upper()}{asked[1:]}"
    return after(first, asked)


def _shared(paragraph: Paragraph, item: TrainingQuestion) -> Iterator[tuple[Turn, str]]:
    own = [match.group() for match in _THING.finditer(item.question)]
    own += [name for name in names(item.question) if _stands_alone(name, item.question)]
    for other in paragraph.questions:
        if other.id != item.id and other.answers:
            turn = _turn(paragraph, other)
            for words in own:
                if any(re.search(rf"\b{re.escape(words)}\b", text) for text in (turn.question, turn.answer)):
                    yield turn, words


def _stands_alone(name: str, question: str) -> bool:
    """Whether ``name`` is no part of a longer one and no attribute: "the Arlen 500", "an Arlen bridge"."""
    within = re.search(
        rf"(?:(?P<article>\b(?:the|an?) )|(?<![\w'’]))\W?{re.escape(name)}(?P<behind> [A-Z0-9]| [a-z]+)?", question
    )
    if within is None or _DATE.match(name) or re.match(r" [A-Z0-9]", within["behind"] or ""):
        return False
    return within["article"] is None or within["behind"] is None


def _pronoun_of(words: str, context: str) -> str:
    told = {one: len(re.findall(rf"\b{one}\b", context, re.IGNORECASE)) for one in ("he", "his", "she", "her", "it", "its")}
    his, hers, its = told["he"] + told["his"], told["she"] + told["her"], told["it"] + told["its"]
    of_one = is_name_of_one(re.sub(r" (?:von|van|de|der|al) ", " ", words)) or is_personal(words, context)
    # A single name among many a "he" and hardly an "it" is mostly his.
    single = words[0].isupper() and " " not in words and max(his, hers) > 2 + 2 * its
    if his + hers and (of_one or single) and not is_organisation(words):
        return "he" if his >= hers else "she"
    return "they" if is_plural(words) and not words[0].isupper() else "it"


def _anew(paragraph: Paragraph, item: TrainingQuestion, _: Sequence[Paragraph], rng: random.Random) -> str | None:
    """The question as one of yes or no, and then its question word alone: "Did the mill close? When?"."""
    asked = _ASKED.match(item.question)
    answer = item.answers[0].of(paragraph.context)
    bare = yes_no(item.question, answer, "", rng) if asked is not None else None
    if asked is None or bare is None or answer in bare:
        return None
    form = "When was that?" if asked["word"].lower() == "when" and rng.random() < 0.2 else rng.choice(_ANEW)
    word = asked["word"].lower() if form.startswith(("And", "But")) else asked["word"].capitalize()
    return after(Turn(bare, "", ""), form.format(word))


def _about(paragraph: Paragraph, item: TrainingQuestion, _: Sequence[Paragraph], rng: random.Random) -> str | None:
    """The question asked of another name first, and then "What about ...?"."""
    own = [name for name in names(item.question) if not _DATE.match(name)]
    asked_of = [name for other in paragraph.questions if other.id != item.id for name in names(other.question)]
    fit = [name for name in asked_of if own and name not in item.question and not _DATE.match(name)]
    if not fit:
        return None
    name, other = rng.choice(own), rng.choice(fit)
    first = re.sub(rf"\b{re.escape(name)}\b", lambda _: other, item.question, count=1)
    answer = rng.choice([_turn(paragraph, one).answer for one in paragraph.questions if one.answers])
    the = "the " if f"the {name}" in item.question else ""
    return after(Turn(first, answer, ""), rng.choice(_ABOUT).format(f"{the}{name}"))


def _apart(_: Paragraph, item: TrainingQuestion, others: Sequence[Paragraph], rng: random.Random) -> str | None:
    """The question as it stands behind one of something else."""
    other = rng.choice(others)
    asked = [one for one in other.questions if one.answers]
    return after(_turn(other, rng.choice(asked)), item.question) if asked else None


def _turn(paragraph: Paragraph, item: TrainingQuestion) -> Turn:
    return Turn(item.question, item.answers[0].of(paragraph.context), "")
