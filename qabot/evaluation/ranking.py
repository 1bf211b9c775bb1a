"""Rankings of whole documents and how good they are: nDCG@10, MAP, recall and MRR by the library ir_measures."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qabot.errors import QabotError
from qabot.evaluation.metrics import mean
from qabot.evaluation.provenance import Provenance
from qabot.evaluation.resampling import bootstrap
from qabot.evaluation.retrieval_sets import RetrievalSet
from qabot.records import Passage

DEPTH = 1_000  # documents of a ranking, as TREC has it
Rank = Callable[[str, int], Sequence[tuple[Passage, float]]]
# Our names, ir_measures' names, what they mean.
MEASURES = {
    "ndcg@10": ("nDCG@10", "gain of the first 10, discounted by rank"),
    "map": ("AP", f"mean average precision of the first {DEPTH:,}"),
    "recall@10": ("R@10", "relevant documents among the first 10"),
    "recall@100": ("R@100", "relevant documents among the first 100"),
    "mrr": ("RR", "mean reciprocal rank of the first relevant one"),
}


@dataclass(frozen=True, slots=True)
class RankingReport:
    """``scores``: percent by query id and measure. ``partial`` says that not all queries were asked."""

    queries: Mapping[str, str]
    scores: dict[str, dict[str, float]]
    documents: int
    partial: bool = False

    @property
    def metrics(self) -> dict[str, float | None]:
        """The mean of every measure, percent."""
        return {name: mean([scores[name] for scores in self.scores.values()]) for name in MEASURES}


def ranked_documents(rank: Rank, query: str, depth: int = DEPTH) -> list[str]:
    """Ids of at most ``depth`` documents, best first: a document ranks where its best passage does."""
    # All passages with a word of the query: which of them are needed for so many documents isn't known before.
    ids = dict.fromkeys(passage.document.id for passage, _ in rank(query, 1_000_000_000))
    return list(ids)[:depth]


def rankings(rank: Rank, queries: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each query's id with its ranking, lazily."""
    for id, query in queries.items():
        yield id, ranked_documents(rank, query)


def require_ir_measures() -> None:
    """Raises QabotError when the library is missing."""
    try:
        import ir_measures  # noqa: F401 - whether it is there
    except ImportError as error:
        raise QabotError("retrieval sets are scored by ir_measures, which is missing: pip install 'qabot[eval]'") from error


def score(run: Iterable[tuple[str, Sequence[str]]], retrieval_set: RetrievalSet) -> dict[str, dict[str, float]]:
    """Percent by query and measure of ``run``, each query's ranking of document ids. A query without a document scores 0.

    Raises QabotError when ir_measures is missing.
    """
    require_ir_measures()
    import ir_measures

    asked = {query: list(ranking) for query, ranking in run}
    # Ranks for scores: how ties are broken was settled when the ranking was made.
    documents = [
        ir_measures.ScoredDoc(query, document, float(-rank))
        for query, ranking in asked.items()
        for rank, document in enumerate(ranking)
    ]
    judged = [
        ir_measures.Qrel(query, document, relevance)
        for query in asked
        for document, relevance in retrieval_set.qrels[query].items()
    ]
    names = {ir_measures.parse_measure(theirs): name for name, (theirs, _) in MEASURES.items()}
    scores = {query: dict.fromkeys(MEASURES, 0.0) for query in asked}
    for found in ir_measures.iter_calc(list(names), judged, documents):
        if not math.isnan(found.value):
            scores[found.query_id][names[found.measure]] = 100 * found.value
    return scores


def ranking_object(report: RankingReport, provenance: Provenance) -> dict[str, Any]:
    """The report as JSON, schema 1: the same frame as that of a question set, with ``scores`` for each question."""
    values = np.array([[scores[name] for name in MEASURES] for scores in report.scores.values()], dtype=np.float64)
    found = bootstrap(values.reshape(-1, len(MEASURES)), provenance.seed)
    return {
        "schema": 1,
        "metrics": report.metrics,
        "documents": report.documents,
        "partial": report.partial,
        "made_with": provenance.as_object(),
        "intervals": {name: list(one) if one else None for name, one in zip(MEASURES, found, strict=True)},
        "questions": [{"id": id, "question": report.queries[id], "scores": scores} for id, scores in report.scores.items()],
    }
