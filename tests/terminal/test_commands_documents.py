"""The chat's commands about documents: /docs, /add, /drop, /each."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from qabot.ingest.reading import document_from_text
from qabot.terminal.console import make_console
from qabot.terminal.each import ask_each, each_table
from tests.samples import harbour
from tests.terminal.chatting import QUAY, build, chat, quay


def test_docs_are_numbered() -> None:
    assert chat("/docs", documents=[harbour(), quay()]).splitlines()[::2] == ["1. harbour.md", "2. quay.txt"]


def test_add_reads_a_file_once_and_anew_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "my  quay.txt"
    file.write_text(QUAY, encoding="utf-8")
    screen = chat(f"/add {file}", f"/add '{file}'", "/docs", "What will the repair cost?", "/docs")
    assert f"Added {file} (3 passages now)" in screen.replace("\n", "")
    assert "asked already, and unchanged" in screen
    assert "7 million crowns" in screen
    old = document_from_text("Old words.", id="q", path=str(file))
    assert "Read anew" in chat(f"/add {file}", documents=[old])


@pytest.mark.parametrize(("path", "named"), [("missing.txt", "missing.txt"), ("-", "standard input"), ("/dev/null", "/dev/null")])
def test_what_cannot_be_added_is_told(path: str, named: str) -> None:
    lines = chat(f"/add {path}", "/docs").splitlines()
    assert lines[0].startswith(f"{named}: ")
    assert lines[1] == "1. harbour.md"


@pytest.mark.parametrize("name", ["quay.txt", "2", "'quay.txt'"])
def test_drop_by_name_or_number_and_the_citations_stay(name: str) -> None:
    screen = chat("What will the quay's repair cost?", f"/drop {name}", "/docs", "/sources", documents=[harbour(), quay()])
    behind = screen.split("Dropped quay.txt (2 passages now)", 1)[1]
    assert "2. " not in behind.split("[1]")[0]
    assert "quay.txt:2:22" in behind


def test_drop_that_cannot_be() -> None:
    both = [
        harbour(),
        document_from_text("Two.", id="x", path="a/harbour.md"),
        document_from_text("3.", id="y", path="b/harbour.md"),
    ]
    screen = chat("/drop harbor.md", "/drop 9", "/drop harbour.md", "/drop harbour.md", documents=both)
    assert "did you mean harbour.md?" in screen
    assert "no document is called 9; /docs lists them" in screen
    assert "2 documents are called harbour.md; write the number" in screen
    assert "it is the only document" in chat("/drop 1")


def test_each_asks_every_document_alone() -> None:
    screen = chat("/each Which wreck of the repair will cost?", "/view 2", documents=[harbour(), quay()])
    assert re.search(r"harbour.md +4.2 million euros +90% +10 +\[1\]", screen)
    assert re.search(r"quay.txt +7 million crowns +80% +2 +\[2\]", screen)
    assert "Its repair will cost >>7 million crowns<<." in screen
    assert re.search(r"quay.txt +not found", chat("/threshold 0.85", "/each What is the cost?", documents=[harbour(), quay()]))


def test_documents_of_the_same_name_are_told_apart() -> None:
    texts = {
        "2023/lease.txt": "The repair will cost 4.2 million euros.",
        "2024/lease.txt": "The repair will cost 7 million crowns.",
    }
    both = [document_from_text(text, id=path, path=path) for path, text in texts.items()]
    screen = chat("/each What will the repair cost?", "What will the repair cost?", documents=both)
    assert re.search(r"2023/lease.txt +4.2 million euros +90%", screen)
    assert re.search(r"2024/lease.txt +7 million crowns +80%", screen)
    assert 'The documents differ: 2024/lease.txt says "7 million crowns".' in screen


def test_a_long_name_loses_its_beginning_on_a_narrow_terminal() -> None:
    document = document_from_text(QUAY, id="q", path="the-quay-of-the-town-of-arlen.txt")
    told = ask_each(build([document]), build, "What will the repair cost?")
    stream = io.StringIO()
    console = make_console(stream, "always", width=40)
    console.print(each_table(told, console))
    (row,) = [line for line in stream.getvalue().splitlines() if "arlen" in line]
    assert "…of-arlen.txt" in row
