"""``--resume``: what an earlier, broken off run had already answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from qabot.errors import QuestionSetError
from qabot.evaluation.judging import Judged
from qabot.evaluation.provenance import Provenance
from qabot.evaluation.question import Question
from qabot.evaluation.questions import read_text
from qabot.evaluation.stored import judged_from

_SAME = ("model", "calibration", "corpus", "questions", "mode", "seed", "limit")


def resumed(file: str, provenance: Provenance, threshold: float | None, questions: Sequence[Question]) -> dict[str, Judged]:
    """The questions by id that ``file`` (what ``qabot eval --json`` wrote) has answers to.

    Raises QuestionSetError when it is no such file, or was made with other documents, questions, model or settings.
    """
    text = read_text(file, "name what qabot eval --json wrote")
    if not text.strip():
        raise QuestionSetError(file, None, "is empty; write the new run to another file than the one it goes on from")
    try:
        whole: dict[str, Any] = json.loads(text)
        made_with, stored = whole["made_with"], {str(item["id"]): item for item in whole["questions"]}
        ours = provenance.as_object()
        differs = [name for name in _SAME if made_with[name] != ours[name]]
        differs += ["threshold"] if whole["threshold"] != threshold and stored else []
        if differs:
            reason = f"was made with another {', another '.join(differs)}; only the same run can be gone on with"
            raise QuestionSetError(file, None, reason)
        times = {str(item["id"]): item for item in whole.get("times", ())}
        return {one.id: judged_from(stored[one.id], one, times.get(one.id)) for one in questions if one.id in stored}
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise QuestionSetError(file, None, "is not what this version's qabot eval --json writes; begin anew") from error
