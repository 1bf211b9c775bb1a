"""How close a word must be to stand for one of a question: ``python -m qabot.training.relatedness --data DIR`` prints the table.

Training questions only: those written for training, each asked of its own document, and those of unansq-dev that have an answer,
asked of their own article and of all 32 articles together. The last row of each has closeness in meaning as well, which was
learnt from those written for training; to judge it there are the documents in ``unseen/``, from which nothing learns.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from qabot.ingest.passages import cut_passages
from qabot.reading.loading import load_encoder, load_vectors
from qabot.records import Document, Span
from qabot.retrieval.closeness import Closeness
from qabot.retrieval.memory import MemoryRetriever
from qabot.retrieval.related import FLOOR, MOST, RelatedTerms
from qabot.training.arguments import add_data
from qabot.training.examples import HELD_OUT
from qabot.training.windows import joined_articles
from qabot.training.written import FOLDER, written_sets

log = logging.getLogger("qabot.training")

# How close at least (None: only the question's own terms), and how many for one term.
VARIANTS = ((None, 0), (0.3, 10), (0.2, 10), (0.1, 5), (0.1, 10), (0.1, 20), (0.05, 10), (0.0, 10))
_UNSEEN = FOLDER.parent / "unseen"
_RANKS = 20


@dataclass(frozen=True, slots=True)
class Searched:
    """Documents that are searched together, and questions with their document's id and the spans that answer."""

    documents: Sequence[Document]
    questions: Sequence[tuple[str, str, Sequence[Span]]]


def settings(data: Path) -> dict[str, list[Searched]]:
    """What is searched, by name."""
    articles = searched_articles(data, HELD_OUT)
    together = Searched([one.documents[0] for one in articles], [asked for one in articles for asked in one.questions])
    written = {"written": list(searched_written()), "unseen": list(searched_written(_UNSEEN))}
    return written | {"articles": articles, "all articles": [together]}


def searched_articles(data: Path, file: str, without: str | None = None) -> list[Searched]:
    """Each article of a set in ``data`` with its answerable questions; none that shares a context with the set ``without``."""
    documents, questions = joined_articles(data / file, None if without is None else data / without)
    asked: dict[str, list[tuple[str, str, Sequence[Span]]]] = {one.id: [] for one in documents}
    for one in questions:
        asked[one.document or ""].append((one.question, one.document or "", one.places))
    return [Searched([one], asked[one.id]) for one in documents]


def searched_written(folder: Path = FOLDER) -> Iterator[Searched]:
    """Each document in ``folder``, as they were written for training, with its answerable questions."""
    for one in written_sets(folder):
        asked = [(item.forms[0], one.document.id, item.answers) for item in one.asked if item.sentence is not None]
        yield Searched([one.document], asked)


def reciprocal_ranks(
    searched: Sequence[Searched], floor: float | None, most: int, *, closeness: bool = False
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Of every question, one over the rank of the first hit that holds an answer; 0 where none of 20 does."""
    related = None if floor is None else partial(RelatedTerms, load_vectors(), floor=floor, most=most)
    close = partial(Closeness, load_encoder()) if closeness else None
    found: list[float] = []
    for one in searched:
        retriever = MemoryRetriever(cut_passages(one.documents), related=related, closeness=close)
        for question, document, places in one.questions:
            hits = [passage for passage, _ in retriever.rank(question, _RANKS)]
            holding = (
                rank
                for rank, passage in enumerate(hits, start=1)
                if passage.document.id == document and any(place.within(passage.span) for place in places)
            )
            found.append(1 / rank if (rank := next(holding, None)) else 0.0)
    return np.array(found)


def main(data: Path) -> None:
    """Print a row for every variant and setting."""
    log.info("| searched | questions | closer than | at most | hit@1 | hit@5 | hit@20 | MRR |")
    log.info("|---|---|---|---|---|---|---|---|")
    for name, searched in settings(data).items():
        for floor, most in VARIANTS if name != "unseen" else ((None, 0), (FLOOR, MOST)):
            _row(name, "own terms alone" if floor is None else str(floor), most, reciprocal_ranks(searched, floor, most))
        _row(name, f"{FLOOR}, and closeness", MOST, reciprocal_ranks(searched, FLOOR, MOST, closeness=True))


def _row(name: str, closer: str, most: int, ranks: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    hits = [100 * float(np.mean(ranks >= 1 / rank)) for rank in (1, 5, 20)]
    shown = " | ".join(f"{value:.1f}" for value in (*hits, 100 * float(np.mean(ranks))))
    log.info("| %s | %d | %s | %d | %s |", name, len(ranks), closer, most, shown)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_data(parser)
    main(parser.parse_args().data)
