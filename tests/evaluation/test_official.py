"""EM, F1 and the best threshold over whole SQuAD sets, against an implementation written from the published rules alone.

The rules: Rajpurkar et al. 2016, section 6.1 (lower case; no punctuation, articles, extra white space; the best over the golds;
mean over all questions), and Rajpurkar, Jia and Liang 2018 (a question without an answer has the empty string for its gold; with
an empty side F1 is 1 when both are empty, else 0; the threshold that is best over all questions).
"""

from __future__ import annotations

import os
import random
import string
from pathlib import Path

import pytest

from qabot.evaluation.judging import judge
from qabot.evaluation.questions import Question, read_question_set
from qabot.evaluation.report import Report
from qabot.records import Reply
from tests.building import answer, passage

DATA = os.environ.get("QABOT_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="needs $QABOT_DATA, the public question sets")


def words(text: str) -> list[str]:
    """Normalised tokens, character by character: nothing here is shared with what is tested."""
    kept = "".join(char for char in text.lower() if char not in string.punctuation)
    # An article is a word of its own, bounded by anything that is not part of a word.
    out, token = [], ""
    for char in kept + " ":
        if char.isalnum() or char == "_":
            token += char
            continue
        out.append(" " if token in {"a", "an", "the"} else token)
        out.append(char)
        token = ""
    return "".join(out).split()


def reference(prediction: str, golds: tuple[str, ...]) -> tuple[float, float]:
    """EM and F1 of one question."""
    usable = [words(gold) for gold in golds if words(gold)] or [[]]
    said = words(prediction)
    matches = [float(said == gold) for gold in usable]
    overlaps = []
    for gold in usable:
        if not said or not gold:
            overlaps.append(float(said == gold))
            continue
        left = list(gold)
        common = 0
        for word in said:
            if word in left:
                left.remove(word)
                common += 1
        precision, recall = common / len(said), common / len(gold)
        overlaps.append(2 * precision * recall / (precision + recall) if common else 0.0)
    return max(matches), max(overlaps)


def perturbed(question: Question, rng: random.Random, others: list[str]) -> str:
    """A prediction of the kinds that readers make: right, dressed up, cut, stretched, another question's, or none."""
    gold = rng.choice(question.answers) if question.answers else rng.choice(others)
    pieces = gold.split()
    return rng.choice(
        (
            gold,
            f"The {gold.upper()}.",
            " ".join(pieces[: max(1, len(pieces) - 1)]),
            f"in an {gold}, of {rng.choice(others)}",
            " ".join(reversed(pieces)),
            rng.choice(others),
            "the",
            "",
        )
    )


@pytest.mark.parametrize("name", ["squad-v1.1-dev.json.gz", "squad-v2.0-dev.json.gz"])
def test_the_whole_set_scores_as_the_rules_say(name: str) -> None:
    questions = read_question_set(Path(str(DATA)) / "dev" / name).questions
    rng = random.Random(5)
    others = [gold for question in questions[:400] for gold in question.answers]
    judged, expected, curve = [], [], []
    for question in questions:
        said, sure = perturbed(question, rng, others), rng.random()
        candidates = (answer(passage(said), said, confidence=sure),) if said else ()
        judged.append(judge(question, Reply(question.question, None, candidates, (), 0.4), None))
        given = said if sure >= 0.4 else ""
        expected.append((bool(question.answers), *reference(given, question.answers)))
        curve.append((sure if said else 0.0, bool(said), bool(question.answers), reference(said, question.answers)))
        assert judged[-1].exact_match == expected[-1][1]
        assert judged[-1].f1 == pytest.approx(expected[-1][2], abs=1e-12)
    metrics = Report(tuple(judged), 1, 1, "", 0.4).metrics

    def close(name: str, value: float) -> None:
        assert metrics[name] == pytest.approx(value, abs=1e-9), name

    count = len(questions)
    assert count == {"squad-v1.1-dev.json.gz": 10_570, "squad-v2.0-dev.json.gz": 11_873}[name]
    close("exact_match", 100 * sum(em for _, em, _ in expected) / count)
    close("f1", 100 * sum(f1 for _, _, f1 in expected) / count)
    has = [(em, f1) for answerable, em, f1 in expected if answerable]
    close("has_answer_exact_match", 100 * sum(em for em, _ in has) / len(has))
    close("has_answer_f1", 100 * sum(f1 for _, f1 in has) / len(has))
    no = [f1 for answerable, _, f1 in expected if not answerable]
    assert (metrics["no_answer"] is None) == (not no)
    if no:
        close("no_answer", 100 * sum(no) / len(no))
    close("best_f1", 100 * sum(scores[1] for *_, scores in curve) / count)
    for at, measure in enumerate(("exact_match", "f1")):
        best, threshold = tried(curve, at)
        close(f"{measure}_tuned", 100 * best / count)
        close(f"{measure}_best_threshold", threshold)


def tried(curve: list[tuple[float, bool, bool, tuple[float, float]]], at: int) -> tuple[float, float]:
    """Every threshold tried: the best sum of scores, and the highest threshold that reaches it."""
    refused = float(sum(not answerable for _, _, answerable, _ in curve))
    best, threshold = refused, 1.0
    total = refused
    for sure, said, answerable, scores in sorted(curve, key=lambda one: -one[0]):
        # Given instead of refused: an answerable question gains its score, an unanswerable one loses its point.
        total += scores[at] if answerable else -float(said)
        if total > best:
            best, threshold = total, sure
    return best, threshold
