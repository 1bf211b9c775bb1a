from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs qabot[train]")

import torch

from qabot.reading.loading import load_vectors
from qabot.reading.sentence_encoder import Projection, StaticEncoder
from qabot.records import Document, Section, Span
from qabot.training.relatedness import Searched, searched_articles
from qabot.training.train_encoder import Article, article_of, train

# A question has one of the first words, what answers it the word beside that; they never share one.
_PAIRS = {"earn": "salary", "swim": "river", "cross": "bridge", "heal": "doctor", "look": "window", "burn": "fire"}


def _searched(told: Sequence[str]) -> Searched:
    """A document of a section for each word, with a question for each of `_PAIRS`."""
    sections, text = [], ""
    for word in told:
        start = len(text)
        text += f"There the {word} was old."
        sections.append(Section("", (Span(start, len(text)),)))
        text += "\n\n"
    asked = [(f"Who can {one}?", "a", [Span(text.index(other), text.index(other) + len(other))]) for one, other in _PAIRS.items()]
    return Searched([Document("a", "", text, "a", tuple(sections))], asked)


def _articles(count: int, seed: int) -> list[Article]:
    rng = np.random.default_rng(seed)
    return [article_of(_searched(rng.permutation(list(_PAIRS.values())).tolist()), load_vectors()) for _ in range(count)]


def test_an_article_is_what_is_searched_in_rows() -> None:
    article = article_of(_searched(list(_PAIRS.values())), load_vectors())
    assert len(article.asked) == len(article.passages) == len(_PAIRS)
    assert [one.holding.nonzero().item() for one in article.asked] == list(range(len(_PAIRS)))
    assert [int((article.sentences == at).sum()) for at in range(len(_PAIRS))] == [2] * len(_PAIRS)  # "salary", "old"


def test_what_question_words_go_with_is_learnt_and_stored(tmp_path: Path) -> None:
    encoder = train(_articles(4, seed=1), passes=30, seed=1)
    encoder.projection().save(tmp_path / "sentences.json")
    stored = StaticEncoder(load_vectors(), Projection.load(tmp_path / "sentences.json"))
    told = stored.sentences([["there", "the", word, "was", "old"] for word in _PAIRS.values()])
    closest = [int((told @ stored.question(["who", "can", word])).argmax()) for word in _PAIRS]
    assert closest == list(range(len(_PAIRS)))
    assert stored.points > 0


def test_what_is_stored_ranks_as_what_was_learnt(tmp_path: Path) -> None:
    told = list(_PAIRS.values())
    article = article_of(_searched(told), load_vectors())
    encoder = train([article], passes=5, seed=1)
    with torch.no_grad():
        wanted = encoder(article, article.asked) - encoder.bm25 * torch.stack([one.scores for one in article.asked])
        worth, points = float(encoder.closeness), float(encoder.closeness / encoder.bm25)
    encoder.projection().save(tmp_path / "sentences.json")
    stored = StaticEncoder(load_vectors(), Projection.load(tmp_path / "sentences.json"))
    assert stored.points == pytest.approx(points, abs=0.01)
    sentences = stored.sentences([["there", "the", word, "was", "old"] for word in told])
    found = [np.maximum(sentences @ stored.question(["who", "can", one]), 0) for one in _PAIRS]
    np.testing.assert_allclose(worth * np.array(found), wanted.numpy(), atol=0.15)


def test_equal_seeds_give_equal_projections() -> None:
    one, other = (train(_articles(2, seed=1), passes=2, seed=3).projection() for _ in range(2))
    assert all(np.array_equal(np.asarray(a), np.asarray(b)) for a, b in zip(one, other, strict=True))


def test_projections_are_of_whole_numbers_and_short_steps() -> None:
    found: Projection = train(_articles(2, seed=1), passes=2, seed=3).projection()
    assert np.abs(found.matrix.astype(int)).max() == 127
    assert np.array_equal(found.in_question * 64, np.rint(found.in_question * 64))


def test_articles_that_share_a_context_with_another_set_are_left_out(tmp_path: Path) -> None:
    def article(title: str, *contexts: str) -> dict[str, object]:
        asked = {"id": title, "question": "Who?", "answers": [{"text": "Ann", "answer_start": 0}]}
        return {"title": title, "paragraphs": [{"context": context, "qas": [asked]} for context in contexts]}

    one, other = article("One", "Ann came.", "Ann left."), article("Other", "Ann sang.")
    (tmp_path / "train.json").write_text(json.dumps({"data": [one, other]}), encoding="utf-8")
    (tmp_path / "dev.json").write_text(json.dumps({"data": [article("Renamed", "Ann left.")]}), encoding="utf-8")
    assert [found.documents[0].id for found in searched_articles(tmp_path, "train.json")] == ["One", "Other"]
    (kept,) = searched_articles(tmp_path, "train.json", without="dev.json")
    assert (kept.documents[0].text.strip(), kept.questions[0][:2]) == ("Ann sang.", ("Who?", "Other"))
