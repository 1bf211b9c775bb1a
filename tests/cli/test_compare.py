from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import run
from tests.evaluation.test_comparing import stored


def test_a_comparison_names_what_was_won_and_lost_with_both_answers(tmp_path: Path) -> None:
    files = stored(tmp_path / "old.json", [1.0, 0.0, 0.0]), stored(tmp_path / "new.json", [0.0, 1.0, 0.0])
    result = run("compare", *files)
    assert result.status == 0
    assert "won by f1: 1 of 3 questions" in result.out
    assert "q1: Question 1? (gold: yes)" in result.out
    assert "+100.0  refused -> yes" in result.out
    assert "-100.0  yes -> refused" in result.out
    assert "q1: Question" not in run("compare", *files, "--show", "0").out
    whole = json.loads(run("compare", *files, "--json").out)
    assert [change["id"] for change in whole["won"]] == ["q1"]
    f1 = next(one for one in whole["differences"] if one["name"] == "f1")
    assert (f1["difference"], f1["p"]) == (0.0, 1.0)


def test_a_run_against_itself_is_not_different(tmp_path: Path) -> None:
    file = stored(tmp_path / "a.json", [1.0, 0.0, 0.5])
    whole = json.loads(run("compare", file, file, "--json").out)
    assert {one["p"] for one in whole["differences"]} == {1.0}
    assert (whole["won"], whole["lost"]) == ([], [])


def test_other_sets_and_other_files_are_exit_2(tmp_path: Path) -> None:
    one, other = stored(tmp_path / "a.json", [1.0, 0.0]), stored(tmp_path / "b.json", [1.0])
    result = run("compare", one, other)
    assert (result.status, result.err.count("\n"), "lacks 1 of the 2 questions" in result.err) == (2, 1, True)
    assert run("compare", one, other, "--common").status == 0
    (tmp_path / "c.json").write_text("{}", encoding="utf-8")
    assert "c.json: is not what qabot eval --json writes" in run("compare", one, str(tmp_path / "c.json")).err


def test_a_partial_run_and_another_corpus_are_told(tmp_path: Path) -> None:
    one = stored(tmp_path / "a.json", [1.0], partial=True, made_with={"corpus": "x"})
    other = stored(tmp_path / "b.json", [1.0], made_with={"corpus": "y"})
    result = run("compare", one, other)
    assert "a.json: is partial" in result.err
    assert "the two were made with another corpus" in result.err
