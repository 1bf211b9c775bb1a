"""Retrieval sets: read by the line, scored by the library, against cases worked by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from qabot.assembly import ranker_for
from qabot.errors import QuestionSetError
from qabot.evaluation.ranking import ranked_documents, rankings, score
from qabot.evaluation.retrieval_sets import is_retrieval_set, read_retrieval_set
from tests.building import document

DOCUMENTS = {"d1": "The harbour burned.", "d2": "The harbour was repaired.", "d3": "A lighthouse stands there."}
QUERIES = {"q1": "harbour repaired", "q2": "lighthouse", "q3": "Skerra"}


def folder(
    path: Path, qrels: str = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t2\nq2\td3\t1\nq3\td1\t1\nq1\td3\t0\n"
) -> Path:
    path.mkdir(exist_ok=True)
    for name, items, field in (("corpus", DOCUMENTS, "text"), ("queries", QUERIES, "text")):
        lines = [json.dumps({"_id": id, field: text}) for id, text in items.items()]
        (path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (path / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return path


def test_a_folder_is_read_and_irrelevant_documents_are_no_golds(tmp_path: Path) -> None:
    found = read_retrieval_set(str(folder(tmp_path / "set")))
    assert is_retrieval_set(str(tmp_path / "set"))
    assert not is_retrieval_set(str(tmp_path))
    assert [one.id for one in found.documents] == ["d1", "d2", "d3"]
    assert found.qrels == {"q1": {"d1": 1, "d2": 2}, "q2": {"d3": 1}, "q3": {"d1": 1}}
    assert found.problems == ()


def test_qrels_may_stand_where_beir_has_them_and_as_trec_writes_them(tmp_path: Path) -> None:
    path = folder(tmp_path / "set", "q1 0 d2 1\n")
    assert read_retrieval_set(str(path)).qrels == {"q1": {"d2": 1}}
    (path / "qrels").mkdir()
    (path / "qrels.tsv").rename(path / "qrels" / "test.tsv")
    assert read_retrieval_set(str(path)).qrels == {"q1": {"d2": 1}}


def test_bad_lines_are_named_and_the_rest_is_served(tmp_path: Path) -> None:
    path = folder(tmp_path / "set", "q1\td1\t1\nq9\td1\t1\nq1\td1\nq1\td2\tmuch\n")
    with (path / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "d1", "text": "again"}\n{"text": "no id"}\n{"_id": "d4", "text": " "}\n{oops\n')
    found = read_retrieval_set(str(path))
    told = [str(problem).removeprefix(f"{path}/") for problem in found.problems]
    assert told[:3] == [
        "corpus.jsonl:4: its _id 'd1' was given before",
        'corpus.jsonl:5: has no "_id"',
        "corpus.jsonl:6: document 'd4' has no text that can be read",
    ]
    assert told[3].startswith("corpus.jsonl:7: is not valid JSON")
    assert told[4] == "qrels.tsv:2: speaks of query 'q9', which queries.jsonl lacks"
    assert [line.split(" ")[0] for line in told[5:]] == ["qrels.tsv:3:", "qrels.tsv:4:"]
    with pytest.raises(QuestionSetError, match=r"corpus\.jsonl:4:"):
        read_retrieval_set(str(path), strict=True)


@pytest.mark.parametrize(("qrels", "reason"), [("", "names no document that is relevant"), ("q1\td1\t0\n", "names no document")])
def test_a_set_without_a_relevant_document_is_none(tmp_path: Path, qrels: str, reason: str) -> None:
    with pytest.raises(QuestionSetError, match=reason):
        read_retrieval_set(str(folder(tmp_path / "set", qrels)))


def test_a_document_ranks_where_its_best_passage_does_and_only_once() -> None:
    long = " ".join(f"Sentence {number} speaks of other things at some length." for number in range(60))
    rank = ranker_for([document(f"The harbour. {long} The harbour again.", id="long"), document("The harbour.", id="short")])
    assert len(rank("harbour", 100)) > 2
    assert sorted(ranked_documents(rank, "harbour")) == ["long", "short"]
    assert ranked_documents(rank, "harbour", depth=1) == ranked_documents(rank, "harbour")[:1]


def test_scores_by_hand_and_a_query_that_finds_nothing_scores_0(tmp_path: Path) -> None:
    pytest.importorskip("ir_measures", reason="needs the extra qabot[eval]")
    found = read_retrieval_set(str(folder(tmp_path / "set")))
    scores = score([("q1", ["d3", "d2", "d1"]), ("q2", ["d3"]), ("q3", [])], found)
    gain = (2 / math.log2(3) + 1 / math.log2(4)) / (2 / math.log2(2) + 1 / math.log2(3))
    assert scores["q1"] == pytest.approx(
        {"ndcg@10": 100 * gain, "map": 100 * (1 / 2 + 2 / 3) / 2, "recall@10": 100.0, "recall@100": 100.0, "mrr": 50.0}
    )
    assert set(scores["q2"].values()) == {100.0}
    assert set(scores["q3"].values()) == {0.0}


def test_ties_are_broken_as_they_were_ranked(tmp_path: Path) -> None:
    pytest.importorskip("ir_measures", reason="needs the extra qabot[eval]")
    found = read_retrieval_set(str(folder(tmp_path / "set")))
    for ranking, mrr in ((["d1", "d3"], 50.0), (["d3", "d1"], 100.0)):
        assert score([("q2", ranking)], found)["q2"]["mrr"] == mrr
    ranked = dict(rankings(ranker_for(found.documents), found.queries))
    assert ranked == {"q1": ["d2", "d1", "d3"], "q2": ["d3", "d1", "d2"], "q3": []}  # related words last
