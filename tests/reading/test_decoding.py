from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.reading.decoding import decode

LOW = -5.0


def logits(values: dict[int, float], tokens: int = 8) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    row = np.full(tokens, LOW, np.float32)
    for at, value in values.items():
        row[at] = value
    return row


def test_the_best_span_comes_first_with_its_margin_over_the_null() -> None:
    # [CLS] q [SEP] then four passage tokens and [SEP]: numbers 3 to 6 are the passage's 0 to 3.
    start, end = logits({0: 1.0, 4: 3.0, 3: 2.0}), logits({0: 0.5, 5: 4.0, 6: 1.0})
    first, second, *_ = decode(start, end, 3, 4)
    assert (first.first, first.last, first.margin, first.null) == (1, 2, 3.0 + 4.0 - 1.5, 1.5)
    assert (second.first, second.last, second.margin) == (0, 3, 2.0 + 1.0 - 1.5)


def test_nothing_but_the_passage_is_an_answer() -> None:
    # The highest logits stand on the question and on the last [SEP].
    start, end = logits({1: 9.0, 7: 9.0, 3: 1.0}), logits({1: 9.0, 7: 9.0, 3: 1.0})
    assert [(found.first, found.last) for found in decode(start, end, 3, 4, best=1)] == [(0, 0)]


def test_an_end_before_its_start_is_no_span() -> None:
    start, end = logits({6: 9.0, 3: 1.0}), logits({3: 9.0, 6: 0.0})
    assert [(found.first, found.last) for found in decode(start, end, 3, 4, best=2)] == [(0, 0), (3, 3)]


@pytest.mark.parametrize(("longest", "last"), [(1, 0), (2, 1), (3, 2), (4, 3), (30, 3)])
def test_no_span_is_longer_than_allowed(longest: int, last: int) -> None:
    start, end = logits({3: 9.0}), logits({3: 1.0, 4: 2.0, 5: 3.0, 6: 4.0})
    assert decode(start, end, 3, 4, longest=longest)[0].last == last


def test_no_span_runs_from_one_sentence_into_the_next() -> None:
    start, end = logits({3: 9.0, 5: 1.0}), logits({6: 9.0, 4: 1.0})
    best = [(found.first, found.last) for found in decode(start, end, 3, 4, sentences=[1, 1, 2, 2], best=2)]
    assert best == [(0, 1), (2, 3)]


def test_a_margin_below_the_null_is_kept() -> None:
    start, end = logits({0: 6.0}), logits({0: 6.0})
    assert decode(start, end, 3, 4, best=1)[0].margin == 2 * LOW - 12.0


def test_an_empty_window_has_no_span() -> None:
    assert decode(logits({}), logits({}), 3, 0) == []


rows = st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=12)


@given(rows, st.integers(1, 5), st.integers(1, 6), st.data())
def test_decode_agrees_with_trying_every_span(starts: list[float], longest: int, best: int, data: st.DataObject) -> None:
    ends = data.draw(st.lists(st.floats(-20, 20, width=32), min_size=len(starts), max_size=len(starts)))
    head = [0.25, 99.0]
    found = decode(
        np.array([*head, *starts], np.float32), np.array([*head, *ends], np.float32), 2, len(starts), longest=longest, best=best
    )
    every = {
        (first, last): starts[first] + ends[last] - 0.5
        for first in range(len(starts))
        for last in range(first, min(len(starts), first + longest))
    }
    assert found[0].margin == pytest.approx(max(every.values()), abs=1e-5)
    assert all(one.margin == pytest.approx(every[one.first, one.last], abs=1e-5) for one in found)
    assert len(found) <= best
    assert [one.margin for one in found] == sorted((one.margin for one in found), reverse=True)
    assert len({one.first for one in found}) == len({one.last for one in found}) == len(found)
