"""Train what finds sentences by their meaning: ``python -m qabot.training.train_encoder --data DIR``.

A matrix projects the reader's word vectors to where questions lie close to the sentences that answer them, and weights tell how
much a word counts. Learnt from the training questions, each asked of its own document: SQuAD's, the articles of unansq-dev left
out, and those written for training. The passages of the document compete for a question by their BM25 score and their closeness
together, so that closeness learns what words alone don't tell. Deterministic by ``--seed``; takes minutes on a CPU.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from qabot.ingest.passages import cut_passages
from qabot.reading.loading import MODEL_FOLDER, PROJECTION, load_vectors
from qabot.reading.sentence_encoder import Projection
from qabot.reading.word_vectors import LENGTH, WordVectors
from qabot.records import Passage, Span
from qabot.retrieval.memory import MemoryRetriever
from qabot.retrieval.related import RelatedTerms
from qabot.text.stopwords import STOP_WORDS
from qabot.text.terms import folded_words
from qabot.training.arguments import add_data
from qabot.training.examples import HELD_OUT, SQUAD
from qabot.training.passes import run_passes
from qabot.training.relatedness import Searched, searched_articles, searched_written

log = logging.getLogger("qabot.training")

RATE = 3e-3
WARM_UP = 100  # articles
_VALUES = 128
_DROPOUT = 0.3
_QUESTIONS = 60  # of an article, at most, in one pass
_WRITTEN_TIMES = 6  # how often a pass takes what was written for training
_STEPS = 64  # to which a unit of the words' weights is rounded


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's words by their rows among its article's vectors, and for every passage of that its BM25 score and whether it
    holds an answer.
    """

    rows: torch.Tensor
    scores: torch.Tensor
    holding: torch.Tensor


@dataclass(frozen=True, slots=True)
class Article:
    """A document's passages: ``vectors`` of its words and its questions' [words, values]; the ``rows`` of its sentences' words
    with the number of each one's sentence; and of each sentence its passage.
    """

    vectors: torch.Tensor
    rows: torch.Tensor
    sentences: torch.Tensor
    passages: torch.Tensor
    asked: tuple[Asked, ...]


class Encoder(nn.Module):
    """What `StaticEncoder` runs, and the weights of the two scores."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.matrix = nn.Parameter(torch.randn(size, _VALUES) / _VALUES**0.5)
        self.in_question, self.in_sentence = (nn.Parameter(torch.zeros(size)) for _ in range(2))
        self.bm25, self.closeness = nn.Parameter(torch.tensor(0.5)), nn.Parameter(torch.tensor(5.0))
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, article: Article, asked: Sequence[Asked]) -> torch.Tensor:
        """The scores of the article's passages, [questions, passages]."""
        projected = self.dropout(article.vectors) @ self.matrix
        told = projected * torch.exp(article.vectors @ self.in_sentence)[:, None]
        sentences = torch.zeros(len(article.passages), _VALUES).index_add(0, article.sentences, told[article.rows])
        asking = projected * torch.exp(article.vectors @ self.in_question)[:, None]
        questions = torch.stack([asking[one.rows].sum(0) for one in asked])
        close = functional.normalize(questions, dim=1) @ functional.normalize(sentences, dim=1).T
        closest = torch.zeros(len(asked), len(asked[0].scores))
        closest = closest.scatter_reduce(1, article.passages.expand(len(asked), -1), close, "amax")
        return self.bm25 * torch.stack([one.scores for one in asked]) + self.closeness * closest

    def projection(self) -> Projection:
        """What it learnt, as it is stored."""
        with torch.no_grad():
            matrix = torch.round(self.matrix * (127 / self.matrix.abs().max()))
            asking, telling = (torch.round(one * _STEPS) / _STEPS for one in (self.in_question, self.in_sentence))
            points = round(float(self.closeness / self.bm25), 2)
        return Projection(matrix.numpy().astype(np.int8), asking.numpy(), telling.numpy(), points)


def article_of(searched: Searched, vectors: WordVectors) -> Article:
    """``searched`` as it is learnt from, without the questions that no passage answers."""
    passages = cut_passages(searched.documents)
    retriever = MemoryRetriever(passages, related=partial(RelatedTerms, vectors))
    number = {passage.id: at for at, passage in enumerate(passages)}
    spoken = [(at, _words(passage, sentence)) for at, passage in enumerate(passages) for sentence in passage.sentences]
    questions = [(question, folded_words(question), places) for question, _, places in searched.questions]
    vocabulary = list(dict.fromkeys(word for _, told in [*spoken, *(one[:2] for one in questions)] for word in told))
    known, rows = vectors.of(vocabulary)
    row = {vocabulary[at]: place for place, at in enumerate(known)}
    flat = [(row[word], at) for at, (_, told) in enumerate(spoken) for word in told if word in row]
    asked = []
    for question, told, places in questions:
        scores = torch.zeros(len(passages))
        for passage, score in retriever.rank(question, len(passages)):
            scores[number[passage.id]] = score
        holding = torch.tensor([any(place.within(passage.span) for place in places) for passage in passages])
        if holding.any():
            asked.append(Asked(torch.tensor([row[word] for word in told if word in row], dtype=torch.long), scores, holding))
    at_rows, of_sentences = torch.tensor(flat, dtype=torch.long).reshape(-1, 2).T
    return Article(torch.from_numpy(rows) / LENGTH, at_rows, of_sentences, torch.tensor([at for at, _ in spoken]), tuple(asked))


def _words(passage: Passage, sentence: Span) -> list[str]:
    text = passage.document.visible(sentence)[0]
    return [word for word in folded_words(text) if word not in STOP_WORDS]


def articles(data: Path, vectors: WordVectors, rng: random.Random) -> Iterator[Article]:
    """All that is learnt from."""
    for one in searched_articles(data, SQUAD, without=HELD_OUT):
        some = rng.sample(one.questions, min(_QUESTIONS, len(one.questions)))
        yield article_of(Searched(one.documents, some), vectors)
    for one in searched_written():
        yield from [article_of(one, vectors)] * _WRITTEN_TIMES


def train(learnt: list[Article], passes: int, seed: int) -> Encoder:
    """An encoder that has seen ``learnt`` ``passes`` times, ready to be used."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder = Encoder(learnt[0].vectors.shape[1])
    encoder.train()
    steps = passes * len(learnt)

    def groups() -> list[Article]:
        rng.shuffle(learnt)
        return learnt

    def loss_of(article: Article) -> torch.Tensor:
        asked = rng.sample(article.asked, min(_QUESTIONS, len(article.asked)))
        scores = encoder(article, asked)
        holding = torch.stack([one.holding for one in asked])
        return (torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~holding, -torch.inf), 1)).mean()

    def rate(done: int) -> float:
        return RATE * min(1.0, done / WARM_UP) * (1 - done / steps)

    run_passes(torch.optim.Adam(encoder.parameters()), passes, groups, loss_of, rate)
    encoder.eval()
    return encoder


def main(args: argparse.Namespace) -> None:
    vectors = load_vectors(args.model)
    learnt = [one for one in articles(args.data, vectors, random.Random(args.seed)) if one.asked]
    log.info("%d articles, %d questions", len(learnt), sum(len(one.asked) for one in learnt))
    projection = train(learnt, args.passes, args.seed).projection()
    projection.save(args.model / PROJECTION)
    log.info(
        "a closeness of 1 is worth %.2f; %s: %.2f MB",
        projection.points,
        args.model / PROJECTION,
        (args.model / PROJECTION).stat().st_size / 1e6,
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_data(parser)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of the reader, where the projection is put too")
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    main(parser.parse_args())
