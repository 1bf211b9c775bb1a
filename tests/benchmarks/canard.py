"""Follow-ups of real dialogues (CANARD): ``python -m tests.benchmarks.canard`` (needs ``$QABOT_DATA``).

Prints how often a question that a person left alone is left alone, and precision and recall of the content words added against
those that the person added, beside two baselines. The dialogues' answers are whole sentences, and the topic is what a document's
title would tell; turns without an answer leave nothing behind, as in the chat.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qabot.evaluation.metrics import normalise
from qabot.text.followups import Turn, resolve
from qabot.text.names import topic_of
from qabot.text.stopwords import STOP_WORDS

Item = Mapping[str, Any]
FILE = "canard-dev-a.json.gz"
NO_ANSWER = "I don't know."
_POSSESSIVE = re.compile(r"['’]s?\b(?=\W|$)|(?<=s)['’](?=\W|$)")


def content(text: str) -> set[str]:
    """The words of ``text`` that say something, without the endings of possessives.

    >>> sorted(content("What is Ilse Brandt's office?"))
    ['brandt', 'ilse', 'office']
    """
    return {word for word in normalise(_POSSESSIVE.sub("", text)).split() if word not in STOP_WORDS}


def turns_of(item: Item, topic: str | None) -> list[Turn]:
    """The answered turns before ``item``, each question resolved by those before it."""
    turns: list[Turn] = []
    for question, answer in zip(item["History"][2::2], item["History"][3::2], strict=False):
        if answer != NO_ANSWER:
            turns.append(Turn(resolve(question, turns, topic), answer, answer))
    return turns


def resolved(item: Item, topic: str | None) -> str:
    """The question as qabot understands it."""
    return resolve(item["Question"], turns_of(item, topic), topic)


def row(items: Sequence[Item], rewrite: Callable[[Item], str]) -> str:
    """The figures for a way to rewrite."""
    left = kept = added = wanted = both = 0
    for item in items:
        person = content(item["Rewrite"]) - content(item["Question"])
        ours = content(rewrite(item)) - content(item["Question"])
        if not person:
            left += 1
            kept += not ours
        added, wanted, both = added + len(ours), wanted + len(person), both + len(ours & person)
    precision = f"{100 * both / added:.1f}" if added else "-"
    return f"{100 * kept / left:.1f} of {left} | {precision} | {100 * both / wanted:.1f}"


def main() -> None:
    """Print the table."""
    with gzip.open(Path(os.environ["QABOT_DATA"]) / "followups" / FILE, "rt", encoding="utf-8") as stream:
        items = json.load(stream)
    ways: dict[str, Callable[[Item], str]] = {
        "nothing added": lambda item: str(item["Question"]),
        "the topic's name always added": lambda item: f"{item['Question']} {item['History'][0]}",
        "qabot, by the turns alone": lambda item: resolved(item, None),
        "qabot, in a document of that title": lambda item: resolved(item, topic_of(item["History"][0])),
    }
    print(f"| {FILE}, {len(items)} questions | left alone as the person did, % | precision of words added | recall |")
    print("|---|---|---|---|")
    for name, way in ways.items():
        print(f"| {name} | {row(items, way)} |")


if __name__ == "__main__":
    main()
