from __future__ import annotations

import pytest
from hypothesis import given

from qabot.text.terms import count_words, fold, query_terms, term_of, terms, words
from tests.strategies import messy_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" .,;!? — ", []),
        ("The U.S. sent 1,200 men.", ["The", "U.S.", "sent", "1,200", "men"]),
        ("It cost 4.2, not 42.", ["It", "cost", "4.2", "not", "42"]),
        ("snake_case and kebab-case", ["snake", "case", "and", "kebab", "case"]),
        ("Amir\r\nKhan\fMuttaqi\u2028spoke", ["Amir", "Khan", "Muttaqi", "spoke"]),
        ("Кто такой Ван И?", ["Кто", "такой", "Ван", "И"]),
        ("cafe\u0301s re\u0301sume\u0301", ["cafe\u0301s", "re\u0301sume\u0301"]),
        ("A👨‍👩‍👧B", ["A", "B"]),
        ("end.Next", ["end", "Next"]),
        ("*bold*ly `x`", ["bold", "ly", "x"]),
        ("China's", ["China", "s"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert [word for _, word in words(text)] == found
    assert count_words(text) == len(found)


@given(messy_text)
def test_words_are_ordered_spans_of_the_text_that_leave_no_letter_or_digit_out(text: str) -> None:
    seen: set[int] = set()
    end = 0
    for span, word in words(text):
        assert span.start >= end
        assert span.of(text) == word
        end = span.end
        seen.update(range(span.start, span.end))
    assert all(at in seen for at, char in enumerate(text) if char.isalnum())


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("U.S.", "us"),
        ("1,200", "1200"),
        ("4.2", "4.2"),
        ("1,200.5", "1200.5"),
        ("ＮＡＴＯ", "nato"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("МИНИСТР", "министр"),
        ("Ёлка", "елка"),
        ("ﬁre", "fire"),
    ],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(messy_text)
def test_folding_again_changes_nothing_for_words_of_letters(text: str) -> None:
    for _, word in words(text):
        if fold(word).isalpha():
            assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ministers", [("Ministers", "minist")]),
        ("China's threats", [("China", "china"), ("threats", "threat")]),
        ("China’S boats", [("China", "china"), ("boats", "boat")]),
        ("plan s", [("plan", "plan"), ("s", "s")]),
        ("İz evi", [("İz", "iz"), ("evi", "evi")]),
    ],
)
def test_terms_keep_the_span_of_the_word_as_written(text: str, found: list[tuple[str, str]]) -> None:
    assert [(span.of(text), term) for span, term in terms(text)] == found


@pytest.mark.parametrize(("one", "other"), [("ministers", "minister"), ("repaired", "repairing"), ("Café", "cafe\u0301s")])
def test_forms_of_a_word_share_a_term(one: str, other: str) -> None:
    assert term_of(one) == term_of(other)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who is the foreign minister of China?", ["foreign", "minist", "china"]),
        ("What did the U.S. say, and the U.S. did?", ["us", "say"]),
        ("boat Boats BOAT", ["boat"]),
        ("Who is it?", ["who", "is", "it"]),
        ("¿?", []),
    ],
)
def test_query_terms_are_what_the_question_is_about(question: str, found: list[str]) -> None:
    assert query_terms(question) == found
