from __future__ import annotations

import pytest
from hypothesis import given

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.text.pairs import whole
from tests.strategies import messy_text


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("**Note:** The password is `changeme42`.", ["**Note:** The password is `changeme42`."]),
        ("The password is `changeme42`", ["The password is `changeme42`"]),
        ("See [the old map](map.png)", ["See [the old map](map.png)"]),
        ("[The map](map.png) shows *all*", ["[The map](map.png) shows *all*"]),
        ("*All of it* is **new**", ["*All of it* is **new**"]),
        ("**All of it.**", ["All of it."]),  # no half is in it: the words alone will do
        ("* *One* is here.\n* Two is `there`", ["*One* is here.", "Two is `there`"]),
        ("2 * 3 is *six*", ["2 * 3 is *six*"]),
        ("**One. Two.** Three.", ["One.", "Two.", "Three."]),  # the pair is of two sentences
    ],
)
def test_no_half_of_a_pair_is_quoted(text: str, quoted: list[str]) -> None:
    document = document_from_text(text, id="d", suffix=".md")
    sentences = [sentence for passage in cut_passages([document]) for sentence in passage.sentences]
    assert [whole(document, sentence).of(text) for sentence in sentences] == quoted


def test_a_list_is_quoted_with_the_marks_of_its_first_and_last_item() -> None:
    text = "* **One** is here\n* two\n  * `three` is `there`\n"
    document = document_from_text(text, id="d", suffix=".md")
    (passage,) = cut_passages([document])
    assert whole(document, passage.span).of(text) == text[2:-1]


@given(messy_text)
def test_only_marks_are_added(text: str) -> None:
    document = document_from_text(text, id="d", suffix=".md")
    for passage in cut_passages([document]):
        wider = whole(document, passage.span)
        assert passage.span.within(wider)
        assert set(text[wider.start : passage.span.start]) <= set("*_`~![")
