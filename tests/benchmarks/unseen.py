"""Questions about documents that nothing was trained or fitted on: ``python -m tests.benchmarks.unseen``.

They are asked in other words than the text's and meant to be hard. Prints F1 of the best candidate and of what was answered, how
many of the questions without an answer are refused, and the F1 of the items of lists: of questions that name what they ask for
in the plural, and of open ones ("What did she bring?").
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import qabot.training
from qabot.assembly import open_bot
from qabot.evaluation.judging import said
from qabot.evaluation.metrics import best_over_golds, f1, normalise
from qabot.text.question_kind import question_kind
from tests.benchmarks.forms import items_of, set_f1

FOLDER = Path(qabot.training.__file__).parent / "unseen"


def main() -> None:
    """Print the figures."""
    found: dict[str, list[float]] = defaultdict(list)
    for file in sorted(FOLDER.glob("*.jsonl")):
        bot = open_bot([next(path for path in FOLDER.glob(f"{file.stem}.*") if path != file)])
        for line in file.read_text(encoding="utf-8").splitlines():
            asked = json.loads(line)
            kind = asked["kind"]
            if kind not in {"plain", "none", "list"}:
                continue
            reply = bot.ask(asked["question"])
            best, shown = reply.candidates, reply.answers
            if kind == "none":
                found["refused of those without an answer"].append(not shown)
            elif kind == "plain":
                for name, answers in (("best F1", best), ("F1 of what was answered", shown)):
                    found[name].append(best_over_golds(f1, said(answers), asked["answers"]))
                found["taken for a list"].append(bool(best) and best[0].kind == "item")
            else:
                listed = set_f1(items_of(reply.candidates) if best else set(), [{normalise(item)} for item in asked["answers"]])
                for name in ("items F1", f"items F1, question of the kind {question_kind(asked['question'])!r}"):
                    found[name].append(listed)
    for name, values in found.items():
        print(f"{name:45} {100 * sum(values) / len(values):5.1f}% of {len(values)}")


if __name__ == "__main__":
    main()
