"""Training sets of a few questions, in the folders and files of the real ones."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any


def article(title: str, facts: list[tuple[str, str, str]], **more: Any) -> dict[str, Any]:
    """An article of one paragraph a fact: (context, question, answer)."""
    paragraphs = []
    for number, (context, question, answer) in enumerate(facts):
        answers = [{"text": answer, "answer_start": context.index(answer), **more}] if answer else []
        paragraphs.append({"context": context, "qas": [{"id": f"{title}{number}", "question": question, "answers": answers}]})
    return {"title": title, "paragraphs": paragraphs}


def write(path: Path, *articles: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(json.dumps({"data": articles}).encode()))


ARLEN = article(
    "Arlen",
    [
        ("The bridge at Arlen was opened in 1931 by the queen.", "When was the bridge opened?", "1931"),
        ("The bridge at Arlen has nine arches of granite.", "How many arches has the bridge?", "nine"),
    ],
)
SKERRA = article("Skerra", [("The ferry to Skerra leaves at noon every day.", "When does the ferry leave?", "noon")])
TRICK = article("Arlen", [("The bridge at Arlen has nine arches of granite.", "how many lanes has the bridge?", "")])


def write_sets(folder: Path) -> Path:
    """The folder of four small sets, the articles of one of them held out."""
    write(folder / "train" / "squad-v1.1-train.json.gz", ARLEN, SKERRA)
    write(folder / "train" / "unansq-train.json.gz", TRICK)
    write(folder / "train" / "tydiqa-en-train.json.gz", ARLEN)
    write(folder / "train" / "unansq-dev.json.gz", SKERRA)
    return folder
