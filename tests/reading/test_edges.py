from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.ingest.reading import document_from_text
from qabot.reading.edges import answer_span, tidy
from qabot.records import Span
from qabot.text.graphemes import widen
from tests.building import placed
from tests.strategies import messy_text, text_and_span


@pytest.mark.parametrize(
    ("text", "read", "answer"),
    [
        # Whole words.
        ("the minister spoke", "minist", "minister"),
        ("the minister spoke", "ister", "minister"),
        ("in 2023 it", "02", "2023"),
        ("где министр был", "инист", "министр"),
        ("a re\u0301sume\u0301 here", "sum", "re\u0301sume\u0301"),
        ("a re\u0301sume\u0301 here", "r", "re\u0301sume\u0301"),
        ("the Trans-Himalaya Forum", "Himalaya", "Himalaya"),
        # Punctuation of the sentence.
        ("It was Ilse Brandt.", "Ilse Brandt.", "Ilse Brandt"),
        ("Ilse, of course", "Ilse,", "Ilse"),
        ("at last - the end", "- the end", "the end"),
        ("who? Ilse!", "Ilse!", "Ilse"),
        ("cost: 4.2 million;", ": 4.2 million;", "4.2 million"),
        ("it fell to -4 degrees", "-4 degrees", "-4 degrees"),
        ("about .5 litres", ".5 litres", ".5 litres"),
        ("he said\r\n no\r\n", " no\r\n", "no"),
        # What only opens a clause.
        ("it means that the store is full.", "that the store is full", "the store is full"),
        ("they say that China won", "that China won", "China won"),
        ("on that day", "that day", "that day"),
        ("all that", "that", "that"),
        # Markup at an edge.
        ("*Ilse* _Brandt_ `x`", "*Ilse*", "Ilse"),
        ("**Ilse** came", "**Ilse", "Ilse"),
        ("| Ilse | 41 |", "| Ilse |", "Ilse"),
        # Abbreviations keep their dot.
        ("made in the U.S. then", "U.S.", "U.S."),
        ("made in the U.S. then", "U.S", "U.S."),
        ("at 9:30 a.m. sharp", "9:30 a.m", "9:30 a.m."),
        ("from Acme Inc. and", "Acme Inc.", "Acme Inc."),
        ("with J. K. Rowling", "J. K. Rowling", "J. K. Rowling"),
        # What is written without a space is one thing.
        ("from -25 °C to", "25 °C", "-25 °C"),
        ("from −25 to", "25", "−25"),
        ("from 1914-1918 in", "1914", "1914"),
        ("cost $48.3m in", "48.3m", "$48.3m"),
        ("paid 4,850,000.00 in", "4,850", "4,850,000.00"),
        ("at 8.5% a year", "8.5", "8.5%"),
        ("release v3.2.1, which", "v3.2", "v3.2.1"),
        ("under 4(b)(ii) of", "4(b)", "4(b)(ii)"),
        ("in contract MSA-2023/0417.", "MSA-2023", "MSA-2023/0417"),
        ("write to a.brekke@sea.example, or", "a.brekke@sea", "a.brekke@sea.example"),
        ("see https://a.example/x/ first", "https://a.example/x/", "https://a.example/x/"),
        ("in /var/log/x every", "var/log/x", "/var/log/x"),
        ("in `~/notes`.", "notes", "~/notes"),
        ("with --from FILE", "from FILE", "--from FILE"),
        ("in `.env` at", "env", ".env"),
        ("in `docs/` at", "docs", "docs/"),
        ("call `__init__` first", "init", "__init__"),
        ("The setting `start_at` changes", "start", "start_at"),
        ("MAX_ROWS_2 is 5", "ROWS", "MAX_ROWS_2"),
        ("a _very_ old one", "very", "very"),
        ("in log_2024-05-01", "2024", "2024"),
        ("is max__rows.", "max", "max__rows"),
        ("on 2024-05-01.", "2024", "2024-05-01"),
        ("well-known and -based", "known", "known"),
        ("and/or both", "and", "and"),
        ("he left - 25 came", "25 came", "25 came"),
        ("within ninety (90) days of", "ninety", "ninety (90) days"),
        ("within ninety (as said)", "ninety", "ninety"),
        ("5.1 The Client pays", "5.1 The Client", "The Client"),
        ("see 5.1 The Client", "5.1 The Client", "5.1 The Client"),
        # Brackets and quotes go together.
        ("Wang (the minister) spoke", "(the minister)", "(the minister)"),
        ("Wang (the minister) spoke", "(the minister", "the minister"),
        ("Wang (the minister) spoke", "the minister)", "the minister"),
        ("Wang (the minister) spoke", "Wang (the minister", "Wang (the minister)"),
        ("Wang (the minister) spoke", "Wang (", "Wang"),
        ("Wang (the minister) spoke", "the minister", "the minister"),
        ("its “old friendship” with", "its “old friendship", "its “old friendship”"),
        ('its "old friendship" with', 'its "old friendship', 'its "old friendship"'),
        ('said "no" twice', '"no"', '"no"'),
        ('said "no" twice', '"no', "no"),
        ("«нет», сказал", "«нет»,", "«нет»"),
        ("see [1] and", "see [", "see"),
        # Graphemes.
        ("a cafe\u0301 there", "cafe", "cafe\u0301"),
        ("the 👨‍👩‍👧 family", "👨", "👨‍👩‍👧"),
        ("flags 🇨🇳🇦🇫 of", "🇫", "🇦🇫"),
        # Nothing but punctuation is what was read.
        ("what ... now", "...", "..."),
        ("so — then", "—", "—"),
    ],
)
def test_edges(text: str, read: str, answer: str) -> None:
    assert tidy(text, placed(text, read), Span(0, len(text))).of(text) == answer


@pytest.mark.parametrize(
    ("text", "within", "read", "answer"),
    [
        ("the minister spoke", "minis", "nis", "minis"),
        ("(the minister) spoke", "the minister", "the minister", "the minister"),
        ("“old friends”", "“old friends", "“old", "old"),
        ("cafe\u0301s", "cafe", "fe", "cafe\u0301"),
    ],
)
def test_edges_stay_within_the_passage_but_for_a_grapheme(text: str, within: str, read: str, answer: str) -> None:
    assert tidy(text, placed(text, read), placed(text, within)).of(text) == answer


@given(text_and_span(), st.data())
def test_any_span_comes_out_whole_and_within(case: tuple[str, Span], data: st.DataObject) -> None:
    text, within = case
    start = data.draw(st.integers(within.start, within.end - 1))
    span = Span(start, data.draw(st.integers(start + 1, within.end)))
    tidied = tidy(text, span, within)
    assert tidied.within(widen(text, within))
    assert widen(text, tidied) == tidied
    # Letters and digits that were read are never lost.
    kept = range(tidied.start, tidied.end)
    assert all(at in kept for at in range(span.start, span.end) if text[at].isalnum())


@pytest.mark.parametrize(
    ("source", "read", "answer"),
    [
        ("met a [baker](http://x.y/z) there", "a [baker", "a [baker"),
        ("a [baker](http://x.y/z) spoke", "baker](http://x.y/z) spoke", "baker](http://x.y/z) spoke"),
        ("a [*fine* baker](x) spoke", "*fine* baker](x", "fine* baker"),
        ("**eleven** boats", "**eleven** boats", "eleven** boats"),
        ("| Ilse (x) | 41 |\n|---|---|\n| a | b |", "Ilse (x", "Ilse (x)"),
        ("see [1] there", "see [1", "see [1]"),
    ],
)
def test_markup_at_an_edge_stays_outside_of_an_answer(source: str, read: str, answer: str) -> None:
    doc = document_from_text(source, id="a.md", suffix=".md")
    assert answer_span(doc, placed(source, read), Span(0, len(source))).of(source) == answer


@given(messy_text.filter(bool), st.data())
def test_no_answer_begins_or_ends_with_markup_unless_a_grapheme_would_break(text: str, data: st.DataObject) -> None:
    doc = document_from_text(text, id="a.md", suffix=".md")
    blocks = [block for section in doc.sections for block in section.blocks]
    if not blocks:
        return
    block = data.draw(st.sampled_from(blocks))
    seen, offsets = doc.visible(block)
    # The reader's spans begin and end on characters that it sees.
    letters = [at for at, char in zip(offsets, seen, strict=True) if char.isalnum()]
    if not letters:
        return
    first = data.draw(st.integers(0, len(letters) - 1))
    last = data.draw(st.integers(first, len(letters) - 1))
    found = answer_span(doc, Span(letters[first], letters[last] + 1), block)
    for mark in doc.hidden:
        if mark.start <= found.start < mark.end:
            assert widen(text, Span(mark.end, mark.end + 1)).start == found.start
        if mark.start < found.end <= mark.end:
            assert widen(text, Span(mark.start - 1, mark.start)).end == found.end
