from __future__ import annotations

from pathlib import Path

import pytest

from qabot.ingest.reading import read_sources
from tests.ingest.test_reading import read_names, write


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ({}, ["a.log", "a.txt", "build/b.txt", "sub/a.log", "sub/build/c.txt"]),
        ({".gitignore": "*.log\n"}, ["a.txt", "build/b.txt", "sub/build/c.txt"]),
        ({".gitignore": "# a comment\n\n/a.log\r\n"}, ["a.txt", "build/b.txt", "sub/a.log", "sub/build/c.txt"]),
        ({".gitignore": "build/\n"}, ["a.log", "a.txt", "sub/a.log"]),
        ({".gitignore": "/build/\n"}, ["a.log", "a.txt", "sub/a.log", "sub/build/c.txt"]),
        ({".gitignore": "a.txt/\n"}, ["a.log", "a.txt", "build/b.txt", "sub/a.log", "sub/build/c.txt"]),
        ({".gitignore": "*.log\n!/a.log\n"}, ["a.log", "a.txt", "build/b.txt", "sub/build/c.txt"]),
        ({".gitignore": "*.log\n", "sub/.gitignore": "!a.log\n"}, ["a.txt", "build/b.txt", "sub/a.log", "sub/build/c.txt"]),
        ({"sub/.gitignore": "*.log\nbuild\n"}, ["a.log", "a.txt", "build/b.txt"]),
        ({"build/.gitignore": "*\n"}, ["a.log", "a.txt", "sub/a.log", "sub/build/c.txt"]),
        # As in git: what is in a folder that is kept out can't be taken in again.
        ({".gitignore": "sub/\n!sub/a.log\n"}, ["a.log", "a.txt", "build/b.txt"]),
        ({".gitignore": "**/build/*.txt\n"}, ["a.log", "a.txt", "sub/a.log"]),
    ],
)
def test_gitignore_keeps_out_what_git_would(tmp_path: Path, rules: dict[str, str], kept: list[str]) -> None:
    files = ["a.txt", "a.log", "build/b.txt", "sub/a.log", "sub/build/c.txt"]
    write(tmp_path, dict.fromkeys(files, "words") | {".git/HEAD": "x"} | rules)
    assert read_names(tmp_path, read_sources([tmp_path])) == kept


def test_rules_of_the_checkout_hold_in_a_folder_below_and_no_further(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".gitignore": "*\n",
            "repo/.git/HEAD": "x",
            "repo/.gitignore": "*.log\n/docs/draft/\n",
            "repo/docs/.gitignore": "!keep.log\n",
            "repo/docs/deep/a.txt": "a",
            "repo/docs/deep/a.log": "a",
            "repo/docs/deep/keep.log": "a",
            "repo/docs/draft/b.txt": "b",
        },
    )
    assert read_names(tmp_path / "repo/docs", read_sources([tmp_path / "repo/docs"])) == ["deep/a.txt", "deep/keep.log"]
    assert read_names(tmp_path / "repo/docs", read_sources([tmp_path / "repo/docs/deep"])) == ["deep/a.txt", "deep/keep.log"]


def test_an_ignored_folder_that_is_named_is_read_by_its_own_rules(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "x", ".gitignore": "build/\n", "build/a.txt": "words", "build/sub/b.txt": "words"})
    write(tmp_path, {"build/.gitignore": "*.log\n", "build/c.log": "words"})
    assert read_names(tmp_path, read_sources([tmp_path / "build"])) == ["build/a.txt", "build/sub/b.txt"]
    assert read_names(tmp_path, read_sources([tmp_path / "build" / "sub"])) == ["build/sub/b.txt"]


def test_a_folder_outside_every_checkout_has_only_its_own_rules(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "*\n", "in/.gitignore": "*.log\n", "in/a.txt": "a", "in/a.log": "a"})
    assert read_names(tmp_path, read_sources([tmp_path / "in"])) == ["in/a.txt"]


def test_a_file_that_is_named_is_read_whatever_the_rules_say(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "*\n", "a.txt": "a"})
    assert read_names(tmp_path, read_sources([tmp_path / "a.txt"])) == ["a.txt"]


def test_rules_that_are_no_text_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "a"})
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe\0[\n")
    assert read_names(tmp_path, read_sources([tmp_path])) == ["a.txt"]


@pytest.mark.parametrize("bad", ["[z-a]", "!", "\\", "a.log\\", "[[.b.]]", "[[", "[a&&b]"])
def test_a_line_that_is_no_rule_leaves_the_other_rules_alone(tmp_path: Path, bad: str) -> None:
    write(tmp_path, {".gitignore": f"*.log\n{bad}\nbuild/\n", "a.txt": "a", "a.log": "a", "build/b.txt": "b"})
    assert read_names(tmp_path, read_sources([tmp_path])) == ["a.txt"]


def test_a_byte_order_mark_is_no_part_of_the_first_rule(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "\ufeff*.log\n", "a.txt": "a", "a.log": "a"})
    assert read_names(tmp_path, read_sources([tmp_path])) == ["a.txt"]


@pytest.mark.parametrize("target", [".secret.txt", ".hidden/b.txt", "a.log", "build/b.txt", "sub/keep/a.tmp", "link"])
def test_a_link_to_what_is_hidden_or_ignored_is_not_read(tmp_path: Path, target: str) -> None:
    write(tmp_path, {".gitignore": "*.log\nbuild/\n", "sub/.gitignore": "*.tmp\n", "sub/a.txt": "words"})
    write(tmp_path, dict.fromkeys([".secret.txt", ".hidden/b.txt", "a.log", "build/b.txt", "sub/keep/a.tmp"], "secrets"))
    (tmp_path / "link").symlink_to(".secret.txt")
    (tmp_path / "other.txt").symlink_to(target)
    (tmp_path / "sub" / "up.txt").symlink_to(tmp_path / target)
    assert read_names(tmp_path, read_sources([tmp_path])) == ["sub/a.txt"]


def test_a_link_to_what_is_read_is_read_by_the_rules_of_its_place(tmp_path: Path) -> None:
    write(tmp_path, {"sub/.gitignore": "*.tmp\n", "notes.tmp": "words"})
    (tmp_path / "sub" / "up.txt").symlink_to("../notes.tmp")
    assert [Path(one.path).name for one in read_sources([tmp_path]).documents] == ["notes.tmp"]
