from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from qabot.records import Span
from qabot.text.graphemes import widen
from tests.strategies import CLUSTERS, text_and_span


@pytest.mark.parametrize("cluster", CLUSTERS)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("a", "b"), ("ж", "ж"), ("one\n", "\ntwo")])
def test_a_part_of_a_grapheme_becomes_the_whole(cluster: str, before: str, after: str) -> None:
    text = before + cluster + after
    whole = Span(len(before), len(before) + len(cluster))
    for start in range(whole.start, whole.end):
        for end in range(start + 1, whole.end + 1):
            assert widen(text, Span(start, end)) == whole


def test_plain_characters_stay_as_they_are() -> None:
    assert widen("abc def", Span(1, 5)) == Span(1, 5)
    assert widen("где он", Span(1, 5)) == Span(1, 5)
    assert widen("a\nb", Span(0, 1)) == Span(0, 1)


def test_both_ends_are_widened() -> None:
    text = "xe\u0301 and e\u0301y"
    assert widen(text, Span(2, 9)).of(text) == "e\u0301 and e\u0301"


def test_flags_are_paired_from_the_beginning_of_their_row() -> None:
    # 300 flags in a row without a character between them: which two letters make a flag depends on the first one.
    assert widen("🇨🇳" * 300, Span(501, 502)) == Span(500, 502)
    assert widen("ж" + "🇨🇳" * 300, Span(500, 501)) == Span(499, 501)


def test_a_letter_with_hundreds_of_accents_is_one_grapheme() -> None:
    assert widen("ab" + "\u0301" * 400 + "c", Span(300, 310)) == Span(1, 402)


@given(text_and_span())
def test_widen_contains_is_idempotent_and_splits_nothing(case: tuple[str, Span]) -> None:
    text, span = case
    wide = widen(text, span)
    assert span.within(wide)
    assert wide.end <= len(text)
    assert widen(text, wide) == wide
    edges = set(accumulate((len(cluster) for cluster in iter_graphemes(text)), initial=0))
    assert {wide.start, wide.end} <= edges
    # The smallest: no edge lies between the span's and the wide one's.
    assert not edges & set(range(wide.start + 1, span.start + 1))
    assert not edges & set(range(span.end, wide.end))


@given(st.lists(st.sampled_from(["a", "ж", *CLUSTERS[1:]]), min_size=1, max_size=20), st.data())
def test_clusters_set_side_by_side_come_out_again(clusters: list[str], data: st.DataObject) -> None:
    edges = list(accumulate(map(len, clusters), initial=0))
    at = data.draw(st.integers(0, edges[-1] - 1))
    number = sum(edge <= at for edge in edges) - 1
    assert widen("".join(clusters), Span(at, at + 1)) == Span(edges[number], edges[number + 1])
