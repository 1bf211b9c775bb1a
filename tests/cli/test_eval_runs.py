"""``eval`` as a build uses it: limits, baselines, several processes, broken off and gone on with, pages, retrieval sets."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qabot.cli.context import Context
from qabot.cli.evaluating import collect
from qabot.terminal.marks import write_mark
from tests.cli.running import run
from tests.cli.test_eval import evaluate, squad
from tests.evaluation.test_ranking import folder


@pytest.fixture
def squad_set(tmp_path: Path) -> str:
    return str(squad(tmp_path / "set.json", impossible=True))


def test_the_times_are_named_by_their_stage(squad_set: str) -> None:
    shown = run("eval", squad_set, "--retrieval-only").out
    assert re.search(r"^whole question +[\d.]+ +[\d.]+ +[\d.]+  of a question", shown, re.MULTILINE)
    assert re.search(r"^retrieve +[\d.]+ +[\d.]+ +[\d.]+  to find passages", shown, re.MULTILINE)


def test_limits_that_are_kept_and_that_are_not(squad_set: str) -> None:
    assert run("eval", squad_set, "--retrieval-only", "--floor", "hit@1=100", "--floor", "p95_ms=60000").status == 0
    result = run("eval", squad_set, "--retrieval-only", "--json", "--floor", "hit@5=100.5", "--floor", "retrieve_p50_ms=0")
    assert result.status == 1
    first, second = result.err.splitlines()
    assert first == "qabot: hit@5 is 100.0, below its floor of 100.5"
    assert second.startswith("qabot: retrieve_p50_ms is ")
    assert second.endswith("above its ceiling of 0")
    assert json.loads(result.out)["metrics"]["hit@5"] == 100.0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--floor", "hit@2=3"], "there is no measure 'hit@2'; there are: exact_match, f1,"),
        (["--floor", "hit@1"], "is no limit"),
        (["--floor", "f1=3"], "f1 can't be held to a limit: nothing in this run speaks to it"),
        (["--floor", "p95_ms=3", "--jobs", "2"], "p95_ms is measured with one job only"),
        (["--max-drop", "f1=1"], "--baseline and --max-drop need each other"),
        (["--baseline", "nosuch.json", "--max-drop", "f1=1"], "nosuch.json: no such file"),
        (["--baseline", "nosuch.json", "--max-drop", "ece=1"], "there is no measure 'ece'"),
        (["--report", "nosuch/page.html"], "--report needs the name of a file"),
        (["--resume", "nosuch.json"], "nosuch.json: no such file"),
    ],
)
def test_limits_and_files_that_can_not_be_used_are_exit_2(squad_set: str, options: list[str], said: str) -> None:
    result = run("eval", squad_set, "--retrieval-only", *options)
    assert (result.status, said in result.err) == (2, True), result.err


def test_a_drop_against_a_baseline(tmp_path: Path, squad_set: str) -> None:
    base = tmp_path / "base.json"
    base.write_text(run("eval", squad_set, "--retrieval-only", "--json").out, encoding="utf-8")
    options = ("--retrieval-only", "--baseline", str(base), "--max-drop", "hit@1=1")
    assert run("eval", squad_set, *options).status == 0
    refused = run("eval", squad_set, *options, "--limit", "1")
    assert (refused.status, "qabot: this run: lacks 2 of the 3 questions of" in refused.err, refused.out) == (2, True, "")
    # Asked of other documents neither answer is found: worse by all there is.
    (tmp_path / "other.txt").write_text("Nothing of the kind stands in here.\n", encoding="utf-8")
    result = run("eval", squad_set, str(tmp_path / "other.txt"), *options)
    assert result.status == 1
    assert "qabot: hit@1 fell from 100.0 to 0.0, by more than 1 (95% interval" in result.err


def test_several_processes_answer_as_one_does_and_measure_no_time(squad_set: str) -> None:
    alone, shared = evaluate(squad_set), evaluate(squad_set, "--jobs", "2")
    assert shared["questions"] == alone["questions"]
    assert shared["intervals"] == alone["intervals"]
    assert (shared["metrics"]["p95_ms"], shared["times"]) == (None, [])
    assert evaluate(squad_set, "--jobs", "2", "--gold-passage")["questions"] == evaluate(squad_set, "--gold-passage")["questions"]


def test_a_run_that_was_broken_off_is_gone_on_with(tmp_path: Path, squad_set: str) -> None:
    whole = evaluate(squad_set)
    part: dict[str, Any] = json.loads(json.dumps(whole)) | {"partial": True}
    part["questions"] = part["questions"][:1]
    part["questions"][0]["prediction"] = "told by the file"
    file = tmp_path / "part.json"
    file.write_text(json.dumps(part), encoding="utf-8")
    resumed = evaluate(squad_set, "--resume", str(file))
    assert [one["id"] for one in resumed["questions"]] == [one["id"] for one in whole["questions"]]
    assert resumed["questions"][0]["prediction"] == "told by the file"
    assert resumed["questions"][1:] == whole["questions"][1:]
    assert resumed["partial"] is False
    refused = run("eval", squad_set, "--resume", str(file), "--threshold", "0.9", "--seed", "3")
    assert (refused.status, "made with another seed, another threshold" in refused.err) == (2, True)
    file.write_text("", encoding="utf-8")
    assert "is empty; write the new run to another file" in run("eval", squad_set, "--resume", str(file)).err


def test_ctrl_c_keeps_what_was_done() -> None:
    def broken_off() -> Iterator[int]:
        yield from (1, 2)
        raise KeyboardInterrupt

    assert collect(Context(), broken_off(), 5) == ([1, 2], True)
    assert collect(Context(), iter([1]), 1) == ([1], False)


def test_a_page_is_written_whole(tmp_path: Path, squad_set: str) -> None:
    pytest.importorskip("jinja2", reason="needs the extra qabot[eval]")
    pytest.importorskip("matplotlib", reason="needs the extra qabot[eval]")
    page = tmp_path / "page.html"
    result = run("eval", squad_set, "--gold-passage", "--report", str(page))
    assert result.status == 0
    assert f"{page}: written" in result.err
    html = page.read_text(encoding="utf-8")
    assert html.count("<article") == 3
    assert '<mark class="both">forty minutes</mark>' in html
    assert sorted(file.name for file in tmp_path.iterdir()) == ["page.html", "set.json"]


def test_a_page_goes_where_a_link_leads_and_replaces_files_only(tmp_path: Path, squad_set: str) -> None:
    pytest.importorskip("jinja2", reason="needs the extra qabot[eval]")
    pytest.importorskip("matplotlib", reason="needs the extra qabot[eval]")
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "link.html").symlink_to("page.html")
    result = run("eval", squad_set, "--retrieval-only", "--report", str(folder / "link.html"))
    assert result.status == 0
    assert (folder / "link.html").is_symlink()
    assert "<article" in (folder / "page.html").read_text(encoding="utf-8")
    os.mkfifo(folder / "pipe.html")
    result = run("eval", squad_set, "--retrieval-only", "--report", str(folder / "pipe.html"))
    assert (result.status, "pipe.html: is not a regular file" in result.err) == (2, True)
    assert (folder / "pipe.html").is_fifo()
    result = run("eval", squad_set, "--retrieval-only", "--report", str(folder / ("x" * 300)))
    assert (result.status, "x: can't be written: file name too long" in result.err, result.out) == (2, True, "")
    assert sorted(file.name for file in folder.iterdir()) == ["link.html", "page.html", "pipe.html"]


def test_a_page_takes_the_place_of_nothing_that_is_read(tmp_path: Path, squad_set: str) -> None:
    pytest.importorskip("jinja2", reason="needs the extra qabot[eval]")
    pytest.importorskip("matplotlib", reason="needs the extra qabot[eval]")
    document = tmp_path / "docs" / "notes.txt"
    document.parent.mkdir()
    document.write_text("The lighthouse of Skerra was built in 1884.\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(squad_set)
    before = Path(squad_set).read_bytes()
    for page in (squad_set, str(tmp_path / "link"), str(document)):
        result = run("eval", squad_set, str(document.parent), "--retrieval-only", "--report", page)
        assert (result.status, result.out) == (2, "")
        assert "is read by this run and would be replaced" in result.err
    assert Path(squad_set).read_bytes() == before
    assert document.read_text(encoding="utf-8").startswith("The lighthouse")


def test_the_table_has_intervals_and_what_went_wrong(squad_set: str) -> None:
    result = run("eval", squad_set, "--threshold", "1")
    assert "refused the answerable          2  a: When was the lighthouse built?" in result.out
    assert re.search(r"^hit@1 +100\.0 +100\.0 to 100\.0 +first passage has the answer *$", result.out, re.MULTILINE)
    assert re.search(r"^read( +\d+\.\d){3} +to read them *$", result.out, re.MULTILINE)
    assert "question word" in result.out


def test_a_name_that_is_too_long_is_told_as_one_that_cannot_be_read() -> None:
    result = run("eval", "x" * 300)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert "x: can't be read: file name too long" in result.err


def test_strict_stops_at_the_first_bad_line(tmp_path: Path) -> None:
    file = tmp_path / "set.csv"
    file.write_text("question,answers\nWho?\nWho built it?,Anna\n", encoding="utf-8")
    result = run("eval", str(file), "--strict", "--retrieval-only")
    assert (result.status, result.out) == (2, "")
    assert "set.csv:2: has 1 cells where the header has 2" in result.err
    assert run("eval", str(file), "--retrieval-only").status == 0


def test_marks_of_the_chat_are_measured_on_their_own_documents(tmp_path: Path) -> None:
    documents = tmp_path / "notes"
    documents.mkdir()
    for name, year in (("a.txt", "1884"), ("b.txt", "1931")):
        (documents / name).write_text(f"The lighthouse was built in {year}. The ferry came in 1884.\n", encoding="utf-8")
    marks = tmp_path / "questions.jsonl"
    write_mark(marks, "When was the lighthouse built?", ["1931"], document="notes/b.txt", wrong=None, instead=None)
    write_mark(marks, "When did the ferry sink?", [], document="notes/a.txt", wrong="1884", instead=None)
    report = json.loads(run("eval", str(marks), str(documents), "--retrieval-only", "--json").out)
    assert [one["gold_place"] and Path(one["gold_place"]["document"]).name for one in report["questions"]] == ["b.txt", None]
    assert report["gold_rule"].startswith("a gold answer at its own place")


def test_a_document_that_is_not_asked_is_told(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"question": "Who is Zhao Sheng?", "answers": ["ambassador"], "document": "other.txt"}\n', encoding="utf-8")
    result = run("eval", str(file), "--retrieval-only")
    assert "1 question names a document or passage without their answers among what is asked" in result.err


def test_a_retrieval_set_is_ranked_and_compared(tmp_path: Path) -> None:
    pytest.importorskip("ir_measures", reason="needs the extra qabot[eval]")
    path = str(folder(tmp_path / "beir"))
    report = evaluate(path)
    assert list(report["metrics"]) == ["ndcg@10", "map", "recall@10", "recall@100", "mrr"]
    assert report["made_with"]["mode"] == "retrieval-set"
    assert [one["id"] for one in report["questions"]] == ["q1", "q2", "q3"]
    assert "3 queries, 3 documents" in run("eval", path).out
    assert len(evaluate(path, "--limit", "2")["questions"]) == 2
    result = run("eval", path, "--floor", "ndcg@10=99")
    assert (result.status, "ndcg@10 is 66.7, below its floor of 99" in result.err) == (1, True)
    assert "there are: ndcg@10, map" in run("eval", path, "--floor", "f1=3").err
    assert run("eval", path, "--gold-passage").status == 2
    base = tmp_path / "base.json"
    base.write_text(json.dumps(report), encoding="utf-8")
    assert run("eval", path, "--baseline", str(base), "--max-drop", "map=1").status == 0
    assert run("compare", str(base), str(base)).status == 0
