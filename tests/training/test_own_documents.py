"""Questions written for a document, as cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from qabot.reading.loading import MODEL_FOLDER
from qabot.training.own_documents import document_of, own_cases


def test_every_question_is_a_case_of_its_document(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "questions").mkdir()
    (tmp_path / "documents" / "bridge.md").write_text(
        "# The bridge\n\nThe bridge was opened in 1931 by Ilse Brandt.\n", encoding="utf-8"
    )
    file = tmp_path / "questions" / "bridge.jsonl"
    lines = ['{"question": "When was the bridge opened?", "answers": ["1931"]}', '{"question": "Who blew it up?", "answers": []}']
    file.write_text("\n".join(lines), encoding="utf-8")
    assert document_of(file).name == "bridge.md"
    cases = own_cases([file], MODEL_FOLDER)
    assert [(case.setting, case.article, case.answerable) for case in cases] == [
        ("document", "bridge", True),
        ("document", "bridge", False),
    ]
    assert cases[0].f1[0] == 1.0
    assert cases[1].f1.max() == 0.0


def test_a_set_without_its_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"bridge.jsonl: 0 documents named bridge"):
        document_of(tmp_path / "questions" / "bridge.jsonl")
