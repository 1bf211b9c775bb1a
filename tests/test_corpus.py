"""The shipped article and its questions."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from qabot.ingest.shipped import ARTICLE, QUESTIONS, shipped_corpus

TEXT = (shipped_corpus() / ARTICLE).read_text(encoding="utf-8")
ITEMS = [json.loads(line) for line in (shipped_corpus() / QUESTIONS).read_text(encoding="utf-8").splitlines()]
TAGS = Counter(tag for item in ITEMS for tag in item["tags"])


@pytest.mark.parametrize("item", ITEMS, ids=[item["id"] for item in ITEMS])
def test_every_answer_stands_in_the_article(item: dict[str, list[str]]) -> None:
    assert all(answer in TEXT for answer in item["answers"])
    assert ("unanswerable" in item["tags"]) == (not item["answers"])


def test_there_are_enough_questions_of_every_kind() -> None:
    answerable = [item for item in ITEMS if item["answers"]]
    assert len(answerable) >= 60
    assert TAGS["unanswerable"] >= 25
    assert TAGS["near-miss"] * 2 >= TAGS["unanswerable"]
    for kind in (
        "who",
        "whom",
        "whose",
        "what",
        "which",
        "where",
        "when",
        "how-many",
        "how",
        "why",
        "quote",
        "paraphrase",
        "one-word",
    ):
        assert TAGS[kind] >= 3, kind
    assert len({item["question"] for item in ITEMS}) == len({item["id"] for item in ITEMS}) == len(ITEMS)


def test_the_article_is_about_as_long_as_a_wire_story() -> None:
    paragraphs = [part for part in TEXT.split("\n\n") if not part.startswith(("-", "Source", "Date")) and "\n" not in part]
    assert 12 <= len(paragraphs) <= 18
    assert 450 <= len(TEXT.split()) <= 650
    assert TEXT.split("\n")[1] == "=" * len(TEXT.split("\n")[0])
