from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from qabot.assembly import open_bot, searcher_for
from qabot.errors import SourceError
from qabot.ingest.reading import document_from_text

Paths = str | Path | Iterable[str | Path]


@pytest.mark.parametrize("as_named", [str, Path, lambda file: [file], lambda file: (str(file),), lambda file: iter([file])])
def test_one_path_or_several_may_be_named(tmp_path: Path, as_named: Callable[[Path], Paths]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The bridge was opened in 1931.", encoding="utf-8")
    bot = open_bot(as_named(file))
    assert [document.path for document in bot.documents] == [str(file)]
    assert bot.ask("When was the bridge opened?").candidates[0].text == "1931"


@pytest.mark.parametrize("missing", ["a.txt", Path("a.txt"), ["a.txt"]])
def test_a_path_that_cannot_be_read_is_named_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: Paths) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match=r"^a\.txt: no such file"):
        open_bot(missing)


def test_no_path_at_all_is_an_error() -> None:
    with pytest.raises(SourceError, match="nothing to read"):
        open_bot([])


def test_a_searcher_finds_passages_and_cannot_be_asked() -> None:
    bot = searcher_for([document_from_text("The bridge was opened in 1931.", id="a")])
    assert [hit.passage.text for hit in bot.search("When was the bridge opened?")] == ["The bridge was opened in 1931."]
    with pytest.raises(ValueError, match="made to search"):
        bot.ask("When was the bridge opened?")
