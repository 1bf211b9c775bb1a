from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qabot.errors import QabotError, QuestionSetError
from qabot.evaluation.comparing import Run, compare, read_run
from qabot.evaluation.gates import Limit, dropped, missed, parse_limit
from tests.benchmarks.false_alarms import alarms
from tests.evaluation.runs import simulated_pair


def stored(path: Path, f1s: Sequence[float], **more: Any) -> str:
    """A file as version 0.1.0 wrote it: only what README documents."""
    questions = [
        {
            "id": f"q{number}",
            "question": f"Question {number}?",
            "prediction": "yes" if f1 else "",
            "confidence": 0.5,
            "best_text": "yes",
            "answers": ["yes"],
            "exact_match": float(f1 == 1),
            "f1": f1,
            "best_exact_match": 1.0,
            "best_f1": 1.0,
            "gold_rank": 1,
        }
        for number, f1 in enumerate(f1s)
    ]
    path.write_text(json.dumps({"schema": 1, "metrics": {"f1": None}, "questions": questions, **more}), encoding="utf-8")
    return str(path)


def runs(tmp_path: Path, before: Sequence[float], after: Sequence[float]) -> tuple[Run, Run]:
    return read_run(stored(tmp_path / "a.json", before)), read_run(stored(tmp_path / "b.json", after))


def test_differences_are_paired_and_the_questions_won_and_lost_are_told(tmp_path: Path) -> None:
    found = compare(*runs(tmp_path, [1.0, 0.0, 0.5, 0.0], [1.0, 1.0, 0.0, 0.0]))
    one = next(one for one in found.differences if one.name == "f1")
    assert (one.questions, one.before, one.after, one.difference) == (4, 37.5, 50.0, 12.5)
    assert one.low <= 12.5 <= one.high
    assert (found.leading, found.questions) == ("f1", 4)
    assert [(change.id, change.before, change.after, change.gain) for change in found.won] == [("q1", "", "yes", 100.0)]
    assert [(change.id, change.golds, change.gain) for change in found.lost] == [("q2", ("yes",), -50.0)]


def test_a_run_against_itself_has_p_1_and_no_interval(tmp_path: Path) -> None:
    found = compare(*runs(tmp_path, [1.0, 0.0, 0.5], [1.0, 0.0, 0.5]))
    assert {(one.difference, one.low, one.high, one.p) for one in found.differences} == {(0.0, 0.0, 0.0, 1.0)}
    assert (found.won, found.lost) == ((), ())


def test_sets_that_do_not_match_are_refused_by_name(tmp_path: Path) -> None:
    one, other = runs(tmp_path, [1.0, 0.0, 0.5], [1.0, 0.0])
    with pytest.raises(
        QuestionSetError, match=r"b\.json: lacks 1 of the 3 questions of .*a\.json \(q2\); qabot compare --common"
    ):
        compare(one, other)
    assert compare(one, other, common=True).questions == 2
    whole = json.loads(Path(other.name).read_text())
    whole["questions"][0]["answers"] = ["no"]
    Path(other.name).write_text(json.dumps(whole))
    with pytest.raises(QuestionSetError, match="question 'q0' has other gold answers"):
        compare(one, read_run(other.name), common=True)
    for item in whole["questions"]:
        item["id"] = f"x{item['id']}"
    Path(other.name).write_text(json.dumps(whole))
    with pytest.raises(QuestionSetError, match="no question in common"):
        compare(one, read_run(other.name))


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"questions": 3, "metrics": {}}', '{"metrics": {}, "questions": [{"id": 1}]}']
)
def test_what_is_no_run_is_told_in_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"x\.json: is not what qabot eval --json writes"):
        read_run(str(file))


def test_an_id_that_stands_twice_can_not_be_paired(tmp_path: Path) -> None:
    file = Path(stored(tmp_path / "a.json", [1.0, 1.0]))
    file.write_text(file.read_text().replace("q1", "q0"), encoding="utf-8")
    with pytest.raises(QuestionSetError, match="two questions of the id 'q0'"):
        read_run(str(file))


def test_false_alarms_are_as_rare_as_they_should_be_and_a_true_difference_is_found() -> None:
    by_p, by_interval = alarms(0.0)
    assert 4 <= by_p <= 18
    assert 2 <= by_interval <= 22
    assert alarms(3.0, pairs=50)[0] >= 40


def test_the_simulated_difference_is_what_it_says() -> None:
    rng = np.random.default_rng(3)
    gains = [after.mean() - before.mean() for before, after in (simulated_pair(rng, 5_000, 3.0) for _ in range(40))]
    assert np.mean(gains) == pytest.approx(3.0, abs=0.2)


def test_limits_are_floors_and_ceilings() -> None:
    metrics = {"f1": 71.24, "p95_ms": 612.0, "ece": 0.137, "no_answer": None}
    assert missed([Limit("f1", 70), Limit("p95_ms", 700), Limit("ece", 0.2)], metrics) == []
    lines = missed([Limit("f1", 80), Limit("p95_ms", 500), Limit("ece", 0.1)], metrics)
    assert lines == [
        "f1 is 71.2, below its floor of 80",
        "p95_ms is 612.0, above its ceiling of 500",
        "ece is 0.137, above its ceiling of 0.1",
    ]
    assert missed([Limit("f1", 71.2400001)], metrics) == ["f1 is 71.2, below its floor of 71.24"]
    with pytest.raises(QabotError, match="no measure 'f2'; there are: f1, p95_ms, ece, no_answer"):
        missed([Limit("f2", 1)], metrics)
    with pytest.raises(QabotError, match="no_answer can't be held to a limit"):
        missed([Limit("no_answer", 1)], metrics)


@pytest.mark.parametrize("text", ["f1", "f1=", "=3", "f1=high", "f1=nan"])
def test_what_is_no_limit(text: str) -> None:
    with pytest.raises(QabotError, match="is no limit; write NAME=NUMBER"):
        parse_limit(text)


def test_a_drop_counts_when_it_is_too_large_and_more_than_chance(tmp_path: Path) -> None:
    sure = compare(*runs(tmp_path, [1.0] * 200, [1.0] * 180 + [0.0] * 20))
    assert dropped([Limit("f1", 12)], sure) == []
    (line,) = dropped([Limit("f1", 1)], sure)
    assert line.startswith("f1 fell from 100.0 to 90.0, by more than 1 (95% interval of the difference -14")
    chance = compare(*runs(tmp_path, [1.0, 1.0, 0.0] * 10, [1.0, 0.0, 1.0] * 9 + [1.0, 0.0, 0.0]))
    assert dropped([Limit("f1", 1)], chance) == []
    with pytest.raises(QabotError, match="no measure 'ece'"):
        dropped([Limit("ece", 1)], sure)
