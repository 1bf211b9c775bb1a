"""``qabot ask`` with --format, --each, --why and --open."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import run

WHEN = "When was the bridge opened?"


@pytest.fixture
def folder(notes: Path) -> Path:
    """Three documents: two that say something else of the same bridge, one of something else."""
    (notes.parent / "other.md").write_text("# Notes\n\nThe bridge at Arlen was opened in *1933*, it is said.\n", encoding="utf-8")
    (notes.parent / "soup.txt").write_text("Boil the leeks.\n", encoding="utf-8")
    return notes.parent


def test_json_is_short_for_its_format_and_contradicts_others(notes: Path) -> None:
    short, long = (json.loads(run("ask", WHEN, str(notes), *form).out) for form in (["--json"], ["--format", "json"]))
    assert short | {"elapsed_ms": 0} == long | {"elapsed_ms": 0}
    assert run("ask", WHEN, str(notes), "--json", "--format", "json").status == 0
    assert run("ask", WHEN, str(notes), "--format", "text").out == run("ask", WHEN, str(notes)).out
    assert "contradict" in run("ask", WHEN, str(notes), "--json", "--format", "markdown").err


def test_markdown_cites_and_escapes(notes: Path) -> None:
    notes.write_text("The *bridge* at [Arlen] was opened in 1931.\n", encoding="utf-8")
    result = run("ask", WHEN, str(notes), "--format", "markdown", "--threshold", "0", "--top", "1")
    assert result.status == 0
    assert result.out.startswith(f"## {WHEN}\n\n**")
    assert "> The \\*bridge\\* at \\[Arlen\\] was opened in **1931**." in result.out
    assert re.search(r"\n## Sources\n\n- \[1\] .*notes.txt:1:39: 1931\n$", result.out)


def test_markdown_gives_the_place_of_every_item_of_a_list() -> None:
    ferry = Path(__file__).parents[1] / "documents" / "ferry.txt"
    result = run("ask", "Which things travel free of charge?", str(ferry), "--format", "markdown", "--threshold", "0.1")
    assert re.search(r"- \[1\] .*ferry.txt:26:128, .*: Bicycles; 26:138: wheelchairs; 26:154: prams\n$", result.out)


def test_markdown_of_not_found_shows_the_nearest_as_nearest(notes: Path) -> None:
    result = run("ask", "Who painted the bridge?", str(notes), "--format", "markdown", "--threshold", "1")
    assert result.status == 1
    assert '\n_"painted" stands nowhere in the documents_\n\nNot found in these documents.\n' in result.out
    assert "Nearest passage (not an answer):\n\n> The bridge at Arlen was opened in 1931." in result.out
    assert "## Sources" not in result.out


def test_documents_that_differ_are_marked_in_every_form(folder: Path) -> None:
    asked = ("ask", WHEN, str(folder), "--threshold", "0.01")
    text = run(*asked).out
    assert re.search(r'The documents differ: (notes.txt says "1931"|other.md says "1933")\.', text)
    assert "  differs\n" in text
    assert "**The documents differ: " in run(*asked, "--format", "markdown").out
    assert len(json.loads(run(*asked, "--json").out)["conflicting"]) == 1


def test_each_asks_every_document_alone(folder: Path) -> None:
    asked = ("ask", WHEN, str(folder), "--each", "--threshold", "0.05")
    text = run(*asked)
    assert text.status == 0
    assert re.search(r"notes.txt +1931 +\d+% +1", text.out)
    assert re.search(r"other.md +1933 +\d+% +3", text.out)
    assert re.search(r"soup.txt +not found", text.out)
    assert re.search(r"\| notes.txt \| 1931 \| \d+% \| 1 \|\n", run(*asked, "--format", "markdown").out)
    told = json.loads(run(*asked, "--json").out)
    assert (told["schema"], told["question"], told["answerable"]) == (1, WHEN, True)
    assert [one["answer"] and one["answer"]["text"] for one in told["documents"]] == ["1931", "1933", None]
    assert [Path(one["path"]).name for one in told["documents"]] == ["notes.txt", "other.md", "soup.txt"]


def test_each_mends_a_slip_by_all_documents_and_is_exit_1_when_none_answers(folder: Path) -> None:
    asked = ("ask", "When was the brigde opened?", str(folder), "--each", "--json")
    assert json.loads(run(*asked).out)["understood_as"] == WHEN
    assert json.loads(run(*asked, "--literal").out)["understood_as"] is None
    assert run(*asked, "--threshold", "1").status == 1


def test_why_explains_in_every_form(notes: Path) -> None:
    asked = ("ask", "When was the purple bridge opened?", str(notes), "--why", "--threshold", "0")
    text = run(*asked).out
    assert re.search(r"purple +- +nowhere", text)
    assert re.search(r"passage found +rank 1, BM25", text)
    assert re.search(r"threshold +0.000", text)
    markdown = run(*asked, "--format", "markdown").out
    assert "\n### Why: 1931\n" in markdown
    assert "\n| purple | - | nowhere |\n" in markdown
    why = json.loads(run(*asked, "--json").out)["why"]
    assert (why["text"], why["refused"], why["rank"], why["threshold"]) == ("1931", False, 1, 0.0)
    assert next((one["word"], one["idf"]) for one in why["terms"]) == ("purple", None)
    assert {"margin", "null_score", "score", "confidence", "features", "bm25"} <= set(why)
    assert "why" not in json.loads(run(*asked[:3], "--json").out)


def test_why_of_a_refusal(notes: Path) -> None:
    asked = ("ask", "Who painted the bridge?", str(notes), "--why", "--threshold", "1")
    assert re.search(r"\S  refused\n", run(*asked).out)
    assert "(refused)" in run(*asked, "--format", "markdown").out
    assert json.loads(run(*asked, "--json").out)["why"]["refused"] is True


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """A vim that writes down how it was called."""
    program = tmp_path / "bin" / "vim"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{tmp_path}/opened"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def test_open_opens_the_best_answer_where_it_stands(notes: Path, editor: Path, tmp_path: Path) -> None:
    result = run("ask", "Who designed the bridge?", str(notes), "--open", environment={"EDITOR": str(editor)})
    assert (result.status, result.err) == (0, f"qabot: Opened {notes}:3:20\n")
    assert ">>Mara Voss<<" in result.out
    assert (tmp_path / "opened").read_text(encoding="utf-8") == f"+normal! 3G019l|{notes}|"


def test_open_opens_nothing_where_nothing_was_found(notes: Path, editor: Path, tmp_path: Path) -> None:
    assert run("ask", WHEN, str(notes), "--open", "--threshold", "1", environment={"EDITOR": str(editor)}).status == 1
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    ("environment", "path", "said"),
    [
        ({}, None, "no editor is set"),
        ({"EDITOR": "no-such-editor-anywhere"}, None, "can't be started: no such program"),
        ({"EDITOR": "vi 'x"}, None, "can't be read as a command"),
        ({"EDITOR": "vi"}, "-", "standard input has no file to open"),
    ],
)
def test_open_that_cannot_be_still_answers(notes: Path, environment: dict[str, str], path: str | None, said: str) -> None:
    result = run("ask", WHEN, path or str(notes), "--open", stdin=notes.read_bytes(), environment=environment)
    assert result.status == 2
    assert ">>1931<<" in result.out
    assert said in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "options",
    [("--each", "--why"), ("--each", "--open"), ("--format", "html"), ("--questions", "x", "--each"), ("--theme", "blue")],
    ids=" ".join,
)
def test_options_that_do_not_go_together(options: tuple[str, ...]) -> None:
    result = run("ask", WHEN, *options)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)


def test_the_theme_is_what_colours_are_for(notes: Path) -> None:
    dark, light = (run("ask", WHEN, str(notes), "--color", "always", "--theme", theme).out for theme in ("dark", "light"))
    assert dark != light
