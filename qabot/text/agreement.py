"""Which answers say the same, and which documents say something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qabot.records import Answer
from qabot.text.terms import query_terms

MOST_CONFLICTS = 5  # documents that are named beside the best answer


def said_terms(text: str) -> tuple[str, ...]:
    """What an answer says, apart from little words and endings.

    >>> said_terms("in the Bank of Tarnov") == said_terms("Bank of Tarnov")
    True
    """
    return tuple(query_terms(text)) or (text,)


def merged(candidates: Sequence[Answer]) -> tuple[Answer, ...]:
    """``candidates`` with those that say the same as a better one taken into it, as agreeing. Items of a list and deciding
    sentences stay as they are.
    """
    kept: dict[object, Answer] = {}
    for number, one in enumerate(candidates):
        key: object = said_terms(one.text) if one.kind == "span" else number
        better = kept.get(key)
        if better is None:
            kept[key] = one
        else:
            more = (replace(one, agreeing=()), *one.agreeing)
            kept[key] = replace(better, agreeing=(*better.agreeing, *more))
    return tuple(kept.values())


def conflicting(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Of the answers that count, those by which other documents say something else than the first: the best of each document.

    A document that says the same elsewhere, or the same in more or fewer words, is not at odds with it.
    """
    if not answers or answers[0].kind != "span":
        return ()
    first = set(said_terms(answers[0].text))
    agreeing = {one.document.id for one in (answers[0], *answers[0].agreeing)}
    other: dict[str, Answer] = {}
    for one in answers[1:]:
        said = set(said_terms(one.text))
        places = {place.document.id for place in (one, *one.agreeing)}
        if said <= first or first <= said:
            agreeing |= places
        elif one.kind == "span" and one.document.id not in agreeing:
            other.setdefault(one.document.id, one)
    return tuple(one for id, one in other.items() if id not in agreeing)[:MOST_CONFLICTS]
