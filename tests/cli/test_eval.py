from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run

CONTEXTS = [
    "The lighthouse of Skerra was built in 1884 by Anna Holm. It stands on the northern cape.",
    "The ferry to Skerra leaves at noon. The crossing takes forty minutes.",
]


def squad(path: Path, *, impossible: bool = False) -> Path:
    first = {
        "id": "a",
        "question": "When was the lighthouse built?",
        "answers": [{"text": "1884", "answer_start": 38}, {"text": "in 1884", "answer_start": 35}],
    }
    second = {
        "id": "b",
        "question": "How long does the crossing take?",
        "answers": [{"text": "forty minutes", "answer_start": 55}],
    }
    third: dict[str, Any] = {"id": "c", "question": "Who painted the ferry?", "answers": [], "is_impossible": True}
    paragraphs = [
        {"context": CONTEXTS[0], "qas": [first]},
        {"context": CONTEXTS[1], "qas": [second, third] if impossible else [second]},
    ]
    data = json.dumps({"version": "1", "data": [{"title": "Skerra", "paragraphs": paragraphs}]}).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def evaluate(*arguments: str) -> dict[str, Any]:
    result = run("eval", *arguments, "--json")
    assert result.status == 0, result.err
    report: dict[str, Any] = json.loads(result.out)
    return report


@pytest.mark.parametrize("name", ["set.json", "set.json.gz"])
def test_a_squad_file_brings_its_own_corpus(tmp_path: Path, name: str) -> None:
    report = evaluate(str(squad(tmp_path / name, impossible=True)))
    assert report["documents"] == 2
    assert [one["id"] for one in report["questions"]] == ["a", "b", "c"]
    assert [one["gold_rank"] for one in report["questions"]] == [1, 1, None]
    assert report["questions"][0]["answers"] == ["1884", "in 1884"]
    assert report["metrics"]["hit@1"] == 100.0
    assert "own place" in report["gold_rule"]


def test_names_of_the_metrics_and_of_a_question_are_what_scripts_rely_on(tmp_path: Path) -> None:
    report = evaluate(str(squad(tmp_path / "set.json", impossible=True)))
    metrics = ["exact_match", "f1", "best_exact_match", "best_f1", "has_answer_f1", "no_answer"]
    metrics += ["hit@1", "hit@5", "hit@20", "mrr", "ece", "p50_ms", "p95_ms"]
    assert list(report["metrics"])[: len(metrics)] == metrics
    question = ["id", "question", "prediction", "confidence", "best_text", "answers", "exact_match", "f1"]
    question += ["best_exact_match", "best_f1", "gold_rank"]
    assert list(report["questions"][0])[: len(question)] == question


def test_the_corpus_is_all_contexts_whatever_the_limit(tmp_path: Path) -> None:
    file = str(squad(tmp_path / "set.json"))
    report = evaluate(file, "--limit", "1", "--seed", "3")
    assert (len(report["questions"]), report["documents"]) == (1, 2)
    assert report["questions"] == evaluate(file, "--limit", "1", "--seed", "3")["questions"]


def test_gold_passage_reads_only_the_questions_own_context(tmp_path: Path) -> None:
    report = evaluate(str(squad(tmp_path / "set.json")), "--gold-passage")
    assert [one["best_text"] for one in report["questions"]] == ["1884", "forty minutes"]
    assert [one["best_exact_match"] for one in report["questions"]] == [1.0, 1.0]


def test_retrieval_only_reads_nothing(tmp_path: Path) -> None:
    report = evaluate(str(squad(tmp_path / "set.json")), "--retrieval-only")
    assert report["metrics"]["hit@1"] == 100.0
    assert report["metrics"]["f1"] is None
    assert report["metrics"]["ece"] is None


def test_retrieval_only_says_nothing_of_a_threshold_that_judged_nothing(tmp_path: Path) -> None:
    file = str(squad(tmp_path / "set.json"))
    assert evaluate(file, "--retrieval-only")["threshold"] is None
    assert "threshold" not in run("eval", file, "--retrieval-only").out
    assert "threshold 0.25" in run("eval", file, "--threshold", "0.25").out


@pytest.mark.parametrize(("options", "loaded"), [(["--retrieval-only"], set()), ([], {"onnxruntime"})])
def test_the_model_is_loaded_only_to_read(tmp_path: Path, options: list[str], loaded: set[str]) -> None:
    script = (
        "import sys; from qabot.cli.main import main; status = main(sys.argv[1:]);"
        "print(*{'onnxruntime'} & set(sys.modules)); sys.exit(status)"
    )
    command = [sys.executable, "-c", script, "eval", str(squad(tmp_path / "set.json")), "--json", *options]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    report, modules = result.stdout.splitlines()
    assert json.loads(report)["metrics"]["hit@1"] == 100.0
    assert set(modules.split()) == loaded


def test_jsonl_is_asked_of_the_shipped_article_and_never_of_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(
        '{"question": "Who is China\'s new ambassador to Afghanistan?", "answers": ["Zhao Sheng"]}\n', encoding="utf-8"
    )
    result = run("eval", str(file), "--json", environment={"QABOT_DOCS": str(tmp_path)})
    report = json.loads(result.out)
    assert report["questions"][0]["prediction"] == "Zhao Sheng"
    assert "whole normalised tokens" in report["gold_rule"]


def test_paths_replace_the_corpus_and_the_places(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text(CONTEXTS[0] + "\n", encoding="utf-8")
    report = evaluate(str(squad(tmp_path / "set.json")), str(tmp_path / "doc.txt"))
    assert report["documents"] == 1
    assert [one["gold_rank"] for one in report["questions"]] == [1, None]


def test_bad_lines_are_named_and_counted_and_the_rest_is_served(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    good = '{"question": "Who is Zhao Sheng?", "answers": []}'
    file.write_text(f'{good}\n{{oops\n[1]\n{{"question": "Who?"}}\n{{"question": "", "answers": []}}\n', encoding="utf-8")
    result = run("eval", str(file))
    assert result.status == 0
    assert [f"set.jsonl:{line}:" in result.err for line in (1, 2, 3, 4, 5)] == [False, True, True, True, True]
    assert "4 left out, 1 asked" in result.err
    assert "1 questions" in result.out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.jsonl", b"", "has no questions"),
        ("all_bad.jsonl", b"{oops\n", "all_bad.jsonl:1: is not valid JSON"),
        ("bad.json", b'{"data": [', "is not valid JSON"),
        ("data.json", b'{"data": 3}', 'no list under "data"'),
        ("latin.jsonl", b'{"question": "\xe9"}', "is not UTF-8"),
        ("cut.json.gz", gzip.compress(b"x" * 100)[:20], "can't be read"),
        ("articles.json", b'{"data": [3, {"paragraphs": [{}]}]}', "is not SQuAD"),
    ],
)
def test_a_set_without_a_usable_question_is_exit_2(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = run("eval", str(file))
    assert result.status == 2
    assert said in result.err
    assert "Traceback" not in result.err


def test_a_missing_set_and_options_that_exclude_each_other(tmp_path: Path) -> None:
    file = str(squad(tmp_path / "set.json"))
    assert run("eval", "nosuch.jsonl").status == 2
    assert run("eval").status == 2
    assert run("eval", file, "--gold-passage", "--retrieval-only").status == 2
    assert run("eval", file, file, "--gold-passage").status == 2


def test_the_table_states_the_size_of_the_corpus(tmp_path: Path) -> None:
    result = run("eval", str(squad(tmp_path / "set.json")))
    assert "2 questions (2 answerable), 2 documents, 2 passages" in result.out
    assert "hit@1" in result.out
    assert "no_answer" not in result.out  # nothing here speaks to it
