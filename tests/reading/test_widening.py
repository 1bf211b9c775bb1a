from __future__ import annotations

import numpy as np

from qabot.reading.decoding import Decoded, decode
from qabot.reading.widening import PREFERRED, Enumeration, around
from qabot.reading.windows import Window
from qabot.records import Passage, Span
from tests.building import passage

FIRST = 2  # [CLS] and [SEP]


def words_of(of: Passage) -> list[Span]:
    """The words of a passage, each a token."""
    text, at, found = of.document.text, 0, []
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append(Span(start, at))
    return found


def read(of: Passage, starts: dict[str, float], ends: dict[str, float]) -> tuple[list[Decoded], list[Enumeration | None]]:
    """What is decoded where these words have these start and end logits (others -20, the null 0), and what stands around it."""
    spans = words_of(of)
    words = [span.of(of.document.text).strip(".,;") for span in spans]
    start, end = (np.full(len(spans) + FIRST + 1, -20.0, np.float32) for _ in range(2))
    start[0] = end[0] = 0
    for row, given in ((start, starts), (end, ends)):
        for word, logit in given.items():
            row[FIRST + words.index(word)] = logit
    sentences = tuple(of.document.text.count(". ", 0, span.start) for span in spans)
    window = Window(0, (0,) * len(start), FIRST, tuple(spans), sentences)
    decoded = decode(start, end, FIRST, len(spans), sentences=sentences, best=2)
    return decoded, [around(start, end, window, of, part) for part in decoded]


GOODS = "Explosives, animals and waste may not be brought in. Paper and wood may."


def shown(of: Passage, found: Enumeration | None) -> str | None:
    return None if found is None else found.span.of(of.document.text)


def test_an_item_brings_its_enumeration_when_that_lies_little_behind() -> None:
    of = passage(GOODS)
    (first, _), (whole, _) = read(of, {"Explosives": 5}, {"Explosives": 4, "waste": 4 - PREFERRED / 2})
    assert shown(of, whole) == "Explosives, animals and waste"
    assert whole is not None
    assert whole.margin == first.margin - PREFERRED / 2
    assert whole.tokens.of(of.document.text) == "Explosives, animals and waste"


def test_an_item_stays_alone_when_its_enumeration_lies_far_behind() -> None:
    of = passage(GOODS)
    _, (whole, _) = read(of, {"Explosives": 5}, {"Explosives": 4, "waste": 4 - 2 * PREFERRED})
    assert whole is None


def test_an_enumeration_stays_as_it_was_read() -> None:
    of = passage(GOODS)
    _, (whole, _) = read(of, {"Explosives": 5}, {"waste": 4, "in": 3.9})
    assert shown(of, whole) == "Explosives, animals and waste"


def test_a_clause_that_goes_on_behind_the_answer_is_no_enumeration_of_it() -> None:
    of = passage("The Constitution sets out laws, treaties and rules.")
    _, (whole, _) = read(of, {"The": 5}, {"Constitution": 4, "rules": 3.9})
    assert whole is None


def test_articles_do_not_make_clauses_alike() -> None:
    of = passage("The council sets out the laws, the treaties.")
    _, (whole, _) = read(of, {"The": 5}, {"council": 4, "treaties": 3.9})
    assert whole is None


def test_no_enumeration_goes_on_in_the_next_sentence() -> None:
    of = passage(GOODS)
    _, (whole, _) = read(of, {"Explosives": 5}, {"Explosives": 4, "wood": 3.9})
    assert whole is None


def test_items_that_begin_alike_come_first() -> None:
    of = passage("He asked them to take fears seriously and to act soon.")
    _, (whole, _) = read(of, {"fears": 5, "to": 4.5}, {"seriously": 4, "soon": 4.2})
    assert shown(of, whole) == "to take fears seriously and to act soon"
