"""Train what finds sentences by their meaning: ``python -m qabot.training.train_encoder --data DIR``.

First a table of tokens learns to put texts where a network does that reads whole sentences (`sentence_teacher`): those of SQuAD's
articles, without unansq-dev's, and of what was written for training. Then it learns from their questions, each asked of its own
document, whose passages compete by their BM25 score and their closeness together, so that closeness tells what words alone don't;
what the network taught is kept in mind. Deterministic by ``--seed``; takes a quarter of an hour on two cores.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from qabot.ingest.passages import cut_passages
from qabot.reading.loading import MODEL_FOLDER, load_vectors, load_windows
from qabot.retrieval.memory import MemoryRetriever
from qabot.retrieval.related import RelatedTerms
from qabot.training.arguments import add_data
from qabot.training.examples import HELD_OUT, SQUAD
from qabot.training.passes import run_passes
from qabot.training.relatedness import Searched, searched_articles, searched_written
from qabot.training.sentence_table import Table, save
from qabot.training.sentence_teacher import Taught, sentence_network, taught

log = logging.getLogger("qabot.training")

VALUES = 128
_TEXTS = 256  # of the network's, in a batch
_KEPT_IN_MIND = 192  # of them, beside the questions of an article
_SHARPNESS = 20.0  # of the choice among a batch's texts, and
_CHOICE_SHARE = 0.05  # what this counts beside the distance from where the network puts a text
_QUESTIONS = 60  # of an article, at most, in one pass; of one of SQuAD the same in all
_WRITTEN_TIMES = 6  # how often a pass takes what was written for training
_SENTENCES, _ASKED = 45_000, 35_000  # of SQuAD, that the network is asked about
_DROPOUT = 0.1
_WARM_UP = 50  # steps


class Texts(NamedTuple):
    """A ``number`` of texts by their tokens: the ``distinct`` ones; of each token its place among these, and whose it is."""

    distinct: torch.Tensor
    places: torch.Tensor
    of: torch.Tensor
    number: int


@dataclass(frozen=True, slots=True)
class Article:
    """A document's ``sentences``, of each the number of its passage, and its questions: the tokens of each; the BM25 scores of
    all passages and whether they hold an answer, [questions, passages].
    """

    sentences: Texts
    passages: torch.Tensor
    questions: Sequence[NDArray[np.int64]]
    scores: torch.Tensor
    holding: torch.Tensor


class Encoder(nn.Module):
    """What `StaticEncoder` runs, and the weights of the two scores. ``means`` [tokens, values] is where the tokens begin."""

    def __init__(self, means: NDArray[np.float32]) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.from_numpy(means.copy()))
        self.turn = nn.Parameter(torch.eye(means.shape[1]))  # moves the tokens that no text has along with the others
        self.telling = nn.Parameter(torch.zeros(len(means)))
        self.asking = nn.Parameter(torch.zeros(len(means)))  # beside what a token tells
        self.bm25, self.closeness = nn.Parameter(torch.tensor(1.0)), nn.Parameter(torch.tensor(10.0))
        self.dropout = nn.Dropout(_DROPOUT)

    def told(self, texts: Texts, *, asked: bool = False) -> torch.Tensor:
        """Where ``texts`` stand, as sentences or as questions, [texts, values], of length 1."""
        weights = self.telling[texts.distinct] + (self.asking[texts.distinct] if asked else 0)
        given = self.dropout(self.table[texts.distinct] @ self.turn) * torch.exp(weights)[:, None]
        sums = torch.zeros(texts.number, given.shape[1]).index_add(0, texts.of, given[texts.places])
        return functional.normalize(sums, dim=1)

    def forward(self, article: Article, asked: Sequence[int]) -> torch.Tensor:
        """The scores of the article's passages for the questions ``asked``, [questions, passages]."""
        questions = self.told(texts_of([article.questions[number] for number in asked]), asked=True)
        close = questions @ self.told(article.sentences).T
        closest = torch.zeros(len(asked), article.scores.shape[1])
        closest = closest.scatter_reduce(1, article.passages.expand(len(asked), -1), close, "amax")
        return self.bm25 * article.scores[asked] + self.closeness * closest

    def learnt(self) -> Table:
        """What it learnt, to be stored."""
        with torch.no_grad():
            vectors = (self.table @ self.turn).numpy()
            asking, telling = torch.exp(self.telling + self.asking).numpy(), torch.exp(self.telling).numpy()
            return Table(vectors, asking, telling, round(float(self.closeness / self.bm25), 2))


def texts_of(tokens: Sequence[NDArray[np.int64]]) -> Texts:
    """``tokens`` of texts, for an encoder."""
    distinct, places = torch.unique(torch.from_numpy(np.concatenate(tokens)), return_inverse=True)
    numbers = torch.repeat_interleave(torch.arange(len(tokens)), torch.tensor([len(one) for one in tokens]))
    return Texts(distinct, places, numbers, len(tokens))


def article_of(
    searched: Searched, tokens_of: Callable[[str], Sequence[int]], related: Callable[..., RelatedTerms] | None = None
) -> Article | None:
    """``searched`` as it is learnt from, without the questions that no passage answers; None if none is left."""
    passages = cut_passages(searched.documents)
    retriever = MemoryRetriever(passages, related=related)
    number = {passage.id: at for at, passage in enumerate(passages)}
    spoken = [
        (at, passage.document.visible(sentence)[0]) for at, passage in enumerate(passages) for sentence in passage.sentences
    ]
    questions, scores, holding = [], [], []
    for question, _, places in searched.questions:
        right = [any(place.within(passage.span) for place in places) for passage in passages]
        if any(right):
            questions.append(np.array(tokens_of(question), np.int64))
            holding.append(right)
            scores.append([0.0] * len(passages))
            for passage, score in retriever.rank(question, len(passages)):
                scores[-1][number[passage.id]] = score
    if not questions:
        return None
    sentences = texts_of([np.array(tokens_of(text), np.int64) for _, text in spoken])
    return Article(sentences, torch.tensor([at for at, _ in spoken]), questions, torch.tensor(scores), torch.tensor(holding))


def distil(lesson: Taught, passes: int, seed: int) -> Encoder:
    """An encoder that puts the texts of ``lesson`` where the network does."""
    encoder = Encoder(lesson.means)
    rng = random.Random(seed)
    order = [number for number, tokens in enumerate(lesson.tokens) if len(tokens)]
    places = torch.from_numpy(lesson.places)

    def batches() -> Iterator[list[int]]:
        rng.shuffle(order)
        return (order[first : first + _TEXTS] for first in range(0, len(order), _TEXTS))

    def loss_of(numbers: list[int]) -> torch.Tensor:
        told = encoder.told(texts_of([lesson.tokens[number] for number in numbers]))
        choice = functional.cross_entropy(_SHARPNESS * told @ places[numbers].T, torch.arange(len(numbers)))
        return _distance(told, places[numbers]) + _CHOICE_SHARE * choice

    encoder.eval()  # the network's answers are many: nothing is dropped
    steps = passes * -(-len(order) // _TEXTS)
    run_passes(torch.optim.Adam([encoder.table, encoder.telling]), passes, batches, loss_of, partial(_rate, 2e-3, steps))
    return encoder


def compete(encoder: Encoder, learnt: list[Article], lesson: Taught, passes: int, seed: int) -> None:
    """Let ``encoder`` see ``learnt`` ``passes`` times, and keep in mind what the network taught."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    order = [number for number, tokens in enumerate(lesson.tokens) if len(tokens)]
    places = torch.from_numpy(lesson.places)

    def articles() -> list[Article]:
        rng.shuffle(learnt)
        return learnt

    def loss_of(article: Article) -> torch.Tensor:
        count = len(article.questions)
        asked = rng.sample(range(count), min(_QUESTIONS, count))
        scores = encoder(article, asked)
        right = torch.logsumexp(scores.masked_fill(~article.holding[asked], -torch.inf), 1)
        numbers = rng.sample(order, min(_KEPT_IN_MIND, len(order)))
        told = encoder.told(texts_of([lesson.tokens[number] for number in numbers]))
        return (torch.logsumexp(scores, 1) - right).mean() + _distance(told, places[numbers])

    encoder.train()
    tokens = [encoder.table, encoder.turn, encoder.telling, encoder.asking]
    groups = [{"params": tokens}, {"params": [encoder.bm25, encoder.closeness], "times": 10}]
    run_passes(torch.optim.Adam(groups), passes, articles, loss_of, partial(_rate, 1e-3, passes * len(learnt)))
    encoder.eval()


def _distance(told: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    return (1 - (told * wanted).sum(1)).mean()


def _rate(peak: float, steps: int, done: int) -> float:
    return peak * min(1.0, done / _WARM_UP) * (1 - done / steps)


def spoken_in(searched: Searched) -> list[str]:
    """The sentences of its documents."""
    passages = cut_passages(searched.documents)
    return list(dict.fromkeys(one.document.visible(sentence)[0] for one in passages for sentence in one.sentences))


def main(args: argparse.Namespace) -> None:
    torch.use_deterministic_algorithms(True)  # on several cores gradients of a token are added up as they come otherwise
    rng = random.Random(args.seed)
    squad, written = list(searched_articles(args.data, SQUAD, without=HELD_OUT)), list(searched_written())
    sentences, questions = ([text for one in squad for text in of(one)] for of in (spoken_in, _asked_in))
    texts = [text for one in written for of in (spoken_in, _asked_in) for text in of(one)]
    texts += rng.sample(sentences, min(_SENTENCES, len(sentences))) + rng.sample(questions, min(_ASKED, len(questions)))
    windows = load_windows(args.model)
    tokens_of = windows.tokens
    log.info("%d texts", len(texts))
    lesson = taught(sentence_network(), texts, tokens_of, VALUES)
    encoder = distil(lesson, args.distil_passes, args.seed)
    some = [Searched(one.documents, rng.sample(one.questions, min(_QUESTIONS, len(one.questions)))) for one in squad]
    of = partial(article_of, tokens_of=tokens_of, related=partial(RelatedTerms, load_vectors(args.model)))
    from_squad, from_written = ([article for one in searched if (article := of(one))] for searched in (some, written))
    learnt = from_squad + from_written * _WRITTEN_TIMES
    log.info("%d articles", len(learnt))
    compete(encoder, learnt, lesson, args.passes, args.seed)
    save(encoder.learnt(), windows.unknown, args.model)


def _asked_in(searched: Searched) -> list[str]:
    return [question for question, _, _ in searched.questions]


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_data(parser)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of the reader, where the table is put too")
    parser.add_argument("--distil-passes", type=int, default=4)
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    main(parser.parse_args())
