"""Questions changed so that their passage no longer answers them: right names, wrong relation.

People ask for the second forum where a text tells of the third. A reader learns to notice from pairs of questions that differ in
one word; too few were written by people, so some are made: one name, year or ordering word of an answerable question is replaced.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from qabot.records import Span

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]*[a-z](?: (?:(?:of|the|de|von|van) )?[A-Z][\w-]*[a-z])*")
_YEAR = re.compile(r"\b1[5-9]\d\d\b|\b20[0-2]\d\b")
# Words that part one thing from its like: each stands in for the others of its row.
_ROWS = tuple(
    tuple(row.split())
    for row in (
        "first second third fourth fifth",
        "largest smallest second-largest",
        "highest lowest",
        "oldest youngest newest",
        "earliest latest",
        "north south east west",
        "northern southern eastern western",
        "increase decrease",
        "increased decreased",
        "won lost",
        "more fewer",
        "older younger",
        "father mother",
        "son daughter",
        "win lose",
        "killed injured",
        "winter summer",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
    )
)
_ROW_OF = {word: row for row in _ROWS for word in row}
_WORD = re.compile(r"[A-Za-z-]+")


def near_miss(question: str, context: str, answers: Sequence[Span], names: Sequence[str], rng: random.Random) -> str | None:
    """``question`` with one name, year or ordering word replaced so that ``context`` doesn't answer it; None where none can be.

    ``names`` are what may stand in for a name (other names of the same article). What is replaced stands in ``context``, what
    replaces it is no part of an answer.
    """
    given = " ".join(span.of(context) for span in answers)
    ways = [_other_name(question, context, given, names, rng), _other_year(question, context, rng), _other_word(question, rng)]
    made = [way for way in ways if way is not None and way != question]
    return rng.choice(made) if made else None


def names_in(text: str) -> list[str]:
    """The names in running text, by their capitals; not those that begin a sentence.

    >>> names_in("In 1931 the bridge of Arlen was opened by Queen Maud of Skerra.")
    ['Arlen', 'Queen Maud of Skerra']
    """
    return _NAME.findall(text)


def _other_name(question: str, context: str, given: str, names: Sequence[str], rng: random.Random) -> str | None:
    own = [match for match in _NAME.finditer(question) if match.group() in context]
    fit = [name for name in names if name not in question and name not in given]
    if not own or not fit:
        return None
    match = rng.choice(own)
    same_length = [name for name in fit if name.count(" ") == match.group().count(" ")]
    return question[: match.start()] + rng.choice(same_length or fit) + question[match.end() :]


def _other_year(question: str, context: str, rng: random.Random) -> str | None:
    years = list(_YEAR.finditer(question))
    if not years:
        return None
    match = rng.choice(years)
    other = str(int(match.group()) + rng.choice((-1, 1)) * rng.choice((1, 2, 3, 5, 10, 20)))
    return None if other in context else question[: match.start()] + other + question[match.end() :]


def _other_word(question: str, rng: random.Random) -> str | None:
    found = [match for match in _WORD.finditer(question) if match.start() and match.group() in _ROW_OF]
    if not found:
        return None
    match = rng.choice(found)
    other = rng.choice([one for one in _ROW_OF[match.group()] if one != match.group()])
    return question[: match.start()] + other + question[match.end() :]
