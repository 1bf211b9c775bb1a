"""Follow-up questions: ``python -m tests.benchmarks.dialogues [--held-out]``.

Holds the dialogues of ``tests/questions`` about four documents and prints how many turns were answered right (F1 of the best
candidate at least 0.5), beside the same turns asked without their dialogue. Where ``$QABOT_DATA`` is set, also how CANARD's
follow-ups (``canard-dev-a.json``) are rewritten: how often a question that a person left alone is left alone, and precision and
recall of the content words added against those that the person added, beside two baselines.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qabot.conversation import Conversation
from qabot.evaluation.judging import RIGHT_F1, said
from qabot.evaluation.metrics import best_over_golds, f1, normalise
from qabot.text.followups import Turn, resolve
from qabot.text.stopwords import STOP_WORDS
from tests.benchmarks.forms import bot_of, lines

Rewrite = Callable[[dict[str, Any]], str]


def hold(name: str) -> None:
    """Print the share of turns that are right, in their dialogue and alone, and each turn that went wrong."""
    right = alone = turns = 0
    for dialogue in lines(name):
        bot = bot_of(dialogue["document"])
        conversation = Conversation(bot)
        for turn in dialogue["turns"]:
            reply = conversation.ask(turn["question"], threshold=0.0)
            good = best_over_golds(f1, said(reply.candidates), turn["answers"]) >= RIGHT_F1
            alone += best_over_golds(f1, said(bot.ask(turn["question"]).candidates), turn["answers"]) >= RIGHT_F1
            right += good
            turns += 1
            if not good:
                print(f"  {dialogue['id']}: {turn['question']} [{reply.understood_as}] -> {said(reply.candidates)}")
    print(f"{name}: {100 * right / turns:.1f}% of {turns} turns right, {100 * alone / turns:.1f}% without their dialogue")


def content(text: str) -> set[str]:
    """The words of ``text`` that say something."""
    return {word for word in normalise(text).split() if word not in STOP_WORDS}


def canard_turns(item: dict[str, Any], topic: str | None) -> list[Turn]:
    """The turns before ``item``, each question resolved by those before it; its answers are whole sentences. ``topic``, when
    given, is what the dialogue is known to be about.
    """
    turns = [Turn(f"Who is {topic}?", topic, f"{topic}.")] if topic else []
    for question, answer in zip(item["History"][2::2], item["History"][3::2], strict=False):
        turns.append(Turn(resolve(question, turns), answer, answer))
    return turns


def rewriting(items: Sequence[dict[str, Any]], rewrite: Rewrite) -> str:
    """One row of the table for a way to rewrite."""
    left = kept = added = wanted = both = 0
    for item in items:
        question, person = item["Question"], content(item["Rewrite"]) - content(item["Question"])
        ours = content(rewrite(item)) - content(question)
        if not person:
            left += 1
            kept += not ours
        added, wanted, both = added + len(ours), wanted + len(person), both + len(ours & person)
    precision = f"{100 * both / added:.1f}" if added else "-"
    return f"{100 * kept / left:.1f} | {precision} | {100 * both / wanted:.1f}"


def canard(file: Path) -> None:
    """Print the table."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        items = json.load(stream)
    ways: dict[str, Rewrite] = {
        "nothing added": lambda item: str(item["Question"]),
        "the topic always added": lambda item: f"{item['Question']} {item['History'][0]}",
        "qabot": lambda item: resolve(item["Question"], canard_turns(item, None)),
        "qabot, told the topic first": lambda item: resolve(item["Question"], canard_turns(item, item["History"][0])),
    }
    print(f"| {file.name}, {len(items)} follow-ups | left alone as the person did | precision of words added | recall |")
    print("|---|---|---|---|")
    for name, way in ways.items():
        print(f"| {name} | {rewriting(items, way)} |")


if __name__ == "__main__":
    hold("dialogues_held_out.jsonl" if "--held-out" in sys.argv[1:] else "dialogues_build.jsonl")
    if os.environ.get("QABOT_DATA"):
        canard(Path(os.environ["QABOT_DATA"]) / "followups" / "canard-dev-a.json.gz")
