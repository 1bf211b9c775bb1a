"""Why an answer is wrong: every wrong one lands in exactly one named bucket."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from qabot.evaluation.metrics import f1, normalise
from qabot.evaluation.tokens import in_a_row


class Bucket(StrEnum):
    """What went wrong, in the order of the line: finding, choosing, cutting out, deciding."""

    NOT_RETRIEVED = "passage not retrieved"
    NOT_CHOSEN = "retrieved, not chosen"
    TOO_SHORT = "span too short"
    TOO_LONG = "span too long"
    OVERLAPPING = "overlapping span"
    WRONG_SPAN = "wrong span"
    ANSWERED = "answered the unanswerable"
    REFUSED = "refused the answerable"


def bucket_of(golds: Sequence[str], prediction: str, *, retrieved: bool, chosen: bool, overlaps: bool) -> Bucket:
    """The bucket of a wrong ``prediction`` (empty: refused).

    ``retrieved`` says whether any passage that was found or read holds a gold, ``chosen`` whether the prediction's own does, and
    ``overlaps`` whether the prediction shares a code point with a gold there. Words that are part of a gold, or have one in
    them, are a span too short or too long wherever they were read.
    """
    if not golds:
        return Bucket.ANSWERED
    if not prediction:
        return Bucket.REFUSED if retrieved else Bucket.NOT_RETRIEVED
    tokens = normalise(prediction).split()
    for gold in sorted(golds, key=lambda one: -f1(prediction, one)):
        wanted = normalise(gold).split()
        if in_a_row(tokens, wanted):
            return Bucket.TOO_SHORT
        if in_a_row(wanted, tokens):
            return Bucket.TOO_LONG
    if overlaps:
        return Bucket.OVERLAPPING
    if chosen:
        return Bucket.WRONG_SPAN
    return Bucket.NOT_CHOSEN if retrieved else Bucket.NOT_RETRIEVED
