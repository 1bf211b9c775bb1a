"""Yes/no and list questions: ``python -m tests.benchmarks.forms [--held-out]``.

Prints how often the deciding sentence of a yes/no question comes first, the F1 of a list's items (those of one answer against
those of the set, compared as SQuAD normalises words; and by the words that items share), and how many other questions are taken
for either. The confidence threshold plays no part: it is the first candidate that is judged.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

from qabot.answering import Bot
from qabot.assembly import open_bot
from qabot.evaluation.metrics import f1, normalise
from qabot.evaluation.questions import read_question_set
from qabot.ingest.shipped import QUESTIONS, shipped_corpus
from qabot.records import Answer, leading_items

TESTS = Path(__file__).parents[1]
OTHERS = (
    "lease.md",
    "ferry.txt",
    "backup.md",
    "festival.txt",
    "clinic.md",
    "observatory.txt",
    "allotment.md",
    "heist.txt",
    "orchestra.md",
    "lighthouse.txt",
    "warranty.md",
    "reservoir.txt",
    "tenders.md",
    "telescope.md",
    "merger.txt",
)


@cache
def bot_of(document: str) -> Bot:
    """A Bot over one of the documents ("corpus" is the shipped article)."""
    return open_bot() if document == "corpus" else open_bot([TESTS / "documents" / document])


def lines(name: str) -> Iterator[dict[str, Any]]:
    """The questions of ``tests/questions/NAME``."""
    for line in (TESTS / "questions" / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def items_of(candidates: Sequence[Answer]) -> set[str]:
    """The first candidate and, where it is an item, the items that come with it; normalised."""
    return {normalise(item.text) for item in leading_items(candidates) or candidates[:1]}


def wordings_of(line: dict[str, Any]) -> list[set[str]]:
    """The items of a list question: of each the wordings that are accepted, normalised. One wording may stand as it is."""
    return [{normalise(words) for words in ([item] if isinstance(item, str) else item)} for item in line["items"]]


def set_f1(found: set[str], gold: Sequence[set[str]]) -> float:
    """F1 of the items found, 0 to 1; each of ``gold`` is found once at most, by any of its wordings.

    >>> set_f1({"a", "b"}, [{"b", "the b"}, {"c"}])
    0.5
    >>> set_f1({"a"}, [{"a"}, {"a"}])
    0.6666666666666666
    """
    left = set(found)
    hits = 0
    for wordings in gold:
        told = sorted(left & wordings)
        left -= set(told[:1])
        hits += bool(told)
    return 2 * hits / (len(found) + len(gold)) if found or gold else 1.0


def aligned_f1(found: set[str], gold: Sequence[set[str]]) -> float:
    """Mean token F1 of items paired one to one so that it is highest, those without a partner counting 0 (Dua et al. 2019, DROP).

    >>> aligned_f1({"red fox", "b"}, [{"fox"}])
    0.3333333333333333
    """
    shares = [[max(f1(one, words) for words in wordings) for wordings in gold] for one in sorted(found)]
    few, many = (list(zip(*shares, strict=True)) if len(found) > len(gold) else shares), max(len(found), len(gold))
    best = max(sum(row[at] for row, at in zip(few, order, strict=True)) for order in permutations(range(many), len(few)))
    return best / many if many else 1.0


def taken_for_either() -> tuple[int, int]:
    """How many of the plain questions about the documents get a sentence or items, and how many there are."""
    sets = {"corpus": shipped_corpus() / QUESTIONS}
    sets |= {name: TESTS / "questions" / f"{Path(name).stem}.jsonl" for name in OTHERS}
    asked = [(document, one.question) for document, file in sets.items() for one in read_question_set(file).questions]
    kinds = [bot_of(document).ask(question).candidates[0].kind for document, question in asked]
    return sum(kind != "span" for kind in kinds), len(kinds)


def main(name: str) -> None:
    """Print the figures, and each question that went wrong."""
    sentences: list[bool] = []
    f1s: list[float] = []
    aligned: list[float] = []
    for line in lines(name):
        candidates = bot_of(line["document"]).ask(line["question"]).candidates
        first = candidates[0]
        if line["kind"] == "sentence":
            sentences.append(first.kind == "sentence" and normalise(line["sentence"]) in normalise(first.text))
        else:
            found, gold = items_of(candidates), wordings_of(line)
            f1s.append(set_f1(found, gold))
            aligned.append(aligned_f1(found, gold))
        if (sentences if line["kind"] == "sentence" else f1s)[-1] < 1:
            print(f"  {line['question']} -> {first.kind}: {sorted(items_of(candidates))}")
    taken, others = taken_for_either()
    print(f"{name}: deciding sentence first {100 * sum(sentences) / len(sentences):.1f}% of {len(sentences)}")
    print(f"{name}: items F1 {100 * sum(f1s) / len(f1s):.1f} of {len(f1s)}, by words {100 * sum(aligned) / len(f1s):.1f}")
    print(f"plain questions taken for either: {taken} of {others} ({100 * taken / others:.1f}%)")


if __name__ == "__main__":
    main("forms_held_out.jsonl" if "--held-out" in sys.argv[1:] else "forms_build.jsonl")
