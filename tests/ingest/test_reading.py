from __future__ import annotations

import codecs
import io
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from qabot.errors import SourceError
from qabot.ingest.places import Problem, display_name, telling_names
from qabot.ingest.reading import LARGEST_FILE, Sources, read_file, read_sources


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


def read_names(root: Path, sources: Sources) -> list[str]:
    return [Path(document.path).relative_to(root).as_posix() for document in sources.documents]


def reasons(problems: Iterable[Problem]) -> list[tuple[str, str, bool]]:
    return [(Path(problem.path).name, problem.reason, problem.fatal) for problem in problems]


def test_a_file_is_read_as_its_bytes_say(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(codecs.BOM_UTF8 + "Title\r\n\r\nПривет.\r\n".encode())
    sources = read_sources([file])
    assert sources.problems == ()
    (document,) = sources.documents
    assert document.text == "Title\r\n\r\nПривет.\r\n"
    assert (document.title, document.path, document.id) == ("Title", str(file), str(file))


def test_a_text_without_a_title_is_called_after_its_file(tmp_path: Path) -> None:
    write(tmp_path, {"harbour.md": "One.\n", "fire.txt": "Two.\n"})
    assert [document.title for document in read_sources([tmp_path]).documents] == ["fire", "harbour"]


def test_several_paths_keep_their_order(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": "b", "a.txt": "a", "c/d.txt": "d"})
    sources = read_sources([tmp_path / "c", tmp_path / "b.txt", tmp_path / "a.txt"])
    assert read_names(tmp_path, sources) == ["c/d.txt", "b.txt", "a.txt"]


def test_a_folder_is_read_with_all_below_it_but_nothing_hidden(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"b.txt": "b", "a.md": "a", "sub/c": "c", "sub/deep/d.rst": "d", ".hidden": "x", ".git/config": "x", "sub/.e/f": "x"},
    )
    sources = read_sources([tmp_path])
    assert read_names(tmp_path, sources) == ["a.md", "b.txt", "sub/c", "sub/deep/d.rst"]
    assert sources.problems == ()


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    write(tmp_path, {".notes": "words"})
    assert read_names(tmp_path, read_sources([tmp_path / ".notes"])) == [".notes"]


def test_what_is_no_text_is_skipped_and_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "a", "empty.txt": "", "blank.txt": " \r\n"})
    (tmp_path / "b.png").write_bytes(b"\x89PNG\0\0")
    sources = read_sources([tmp_path])
    assert read_names(tmp_path, sources) == ["a.txt"]
    assert reasons(sources.problems) == [
        ("b.png", "skipped: is a binary file, not text; name a text file", False),
        ("blank.txt", "skipped: is empty; there is nothing to ask it", False),
        ("empty.txt", "skipped: is empty; there is nothing to ask it", False),
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty; there is nothing to ask it"),
        ("blank.md", b" \r\n", "is empty; there is nothing to ask it"),
        ("title.md", b"# Only a title\n", "has no words to read"),
        ("a.png", b"\x89PNG\0\0", "is a binary file, not text; name a text file"),
    ],
)
def test_a_named_file_with_nothing_to_read_is_fatal_and_stops_nothing(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    write(tmp_path, {"z.txt": "z"})
    sources = read_sources([tmp_path / name, tmp_path / "z.txt"])
    assert reasons(sources.problems) == [(name, reason, True)]
    assert read_names(tmp_path, sources) == ["z.txt"]
    assert str(sources.problems[0]) == f"{tmp_path / name}: {reason}"


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere/a.txt", "nul\0.txt"])
def test_a_missing_path_is_fatal(tmp_path: Path, name: str) -> None:
    sources = read_sources([tmp_path / name])
    assert sources.documents == ()
    assert [problem.fatal for problem in sources.problems] == [True]


def test_a_missing_path_is_told_with_advice(tmp_path: Path) -> None:
    assert reasons(read_sources([tmp_path / "no.txt"]).problems) == [
        ("no.txt", "no such file or folder; check the spelling", True)
    ]


def test_a_working_directory_that_was_removed_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": "a", "gone/b.txt": "b"})
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone/b.txt").unlink()
    (tmp_path / "gone").rmdir()
    sources = read_sources([".", "b.txt", tmp_path / "a.txt"])
    assert [(problem.path, problem.fatal) for problem in sources.problems] == [(".", True), ("b.txt", True)]
    assert all("no such file or" in problem.reason for problem in sources.problems)
    assert read_names(tmp_path, sources) == ["a.txt"]


@pytest.mark.parametrize("files", [{}, {".hidden": "x"}, {"empty.txt": ""}])
def test_a_folder_with_nothing_to_read_is_fatal(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    problems = read_sources([tmp_path]).problems
    assert reasons(problems)[-1] == (tmp_path.name, "has no readable text files; name another folder, or a file", True)


def test_what_is_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "a", "b.txt": "b"})
    (tmp_path / "link.txt").symlink_to("a.txt")
    detour = os.path.join(tmp_path, ".", "a.txt")
    sources = read_sources([detour, tmp_path / "a.txt", tmp_path / "link.txt", tmp_path, tmp_path])
    assert [display_name(document.path) for document in sources.documents] == ["a.txt", "b.txt"]
    assert sources.problems == ()


def test_a_doubt_about_a_file_named_twice_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Он сказал это. ".encode() * 30 + b"\xff")
    sources = read_sources([tmp_path / "a.txt", tmp_path / "a.txt"])
    assert [(name, fatal) for name, _, fatal in reasons(sources.problems)] == [("a.txt", False)]


def test_a_file_beyond_the_size_limit_is_refused(tmp_path: Path) -> None:
    large, fits = tmp_path / "large.txt", tmp_path / "fits.txt"
    large.write_bytes(b"word\n" * (LARGEST_FILE // 5) + b".")
    fits.write_bytes(b"word.\n" + b"\n" * (LARGEST_FILE - 6))
    sources = read_sources([large, fits])
    assert reasons(sources.problems) == [("large.txt", "is larger than 10 MB; split it into smaller files", True)]
    assert read_names(tmp_path, sources) == ["fits.txt"]


def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "a", "b.txt": "b", "shut/c.txt": "c"})
    (tmp_path / "b.txt").chmod(0)
    (tmp_path / "shut").chmod(0)
    if os.access(tmp_path / "b.txt", os.R_OK):
        pytest.skip("this user, like root, may read everything")
    try:
        sources = read_sources([tmp_path, tmp_path / "b.txt"])
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert read_names(tmp_path, sources) == ["a.txt"]
    assert sorted(reasons(sources.problems)) == [
        ("b.txt", "can't be read: permission denied", True),
        ("b.txt", "skipped: can't be read: permission denied", False),
        ("shut", "skipped: can't be listed: permission denied", False),
    ]


def test_a_link_that_leads_out_of_the_folder_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, {"out/secret.txt": "secret", "in/a.txt": "a", "in/sub/b.txt": "b"})
    (tmp_path / "in/secret.txt").symlink_to("../out/secret.txt")
    (tmp_path / "in/out").symlink_to("../out")
    (tmp_path / "in/broken.txt").symlink_to("nowhere")
    (tmp_path / "in/sub/a-again.txt").symlink_to("../a.txt")
    sources = read_sources([tmp_path / "in"])
    assert read_names(tmp_path, sources) == ["in/a.txt", "in/sub/b.txt"]
    assert sources.problems == ()


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"out/a.txt": "a"})
    (tmp_path / "folder").symlink_to("out")
    (tmp_path / "file.txt").symlink_to("out/a.txt")
    assert read_names(tmp_path, read_sources([tmp_path / "folder"])) == ["folder/a.txt"]
    assert read_names(tmp_path, read_sources([tmp_path / "file.txt"])) == ["file.txt"]


def test_links_in_a_ring_end(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": "a"})
    (tmp_path / "in/self").symlink_to("self")
    (tmp_path / "in/up").symlink_to("..")
    (tmp_path / "in/one").symlink_to("two")
    (tmp_path / "in/two").symlink_to("one")
    assert read_names(tmp_path, read_sources([tmp_path / "in"])) == ["in/a.txt"]
    (problem,) = read_sources([tmp_path / "in/one"]).problems
    assert problem.fatal
    assert problem.reason.startswith("can't be read: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "a"})
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / ".gitignore")
    sources = read_sources([tmp_path / "pipe", tmp_path])
    assert read_names(tmp_path, sources) == ["a.txt"]
    refused = "is not a regular file; name a text file, a folder, or - for standard input"
    assert reasons(sources.problems) == [("pipe", refused, True)]


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no devices here")
def test_a_device_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^/dev/null: is not a regular file"):
        read_file("/dev/null", [])


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "a"})
    stdin = io.BytesIO(codecs.BOM_UTF8 + b"Some words.\r\n")
    sources = read_sources(["-", tmp_path / "a.txt", "-"], stdin)
    document = sources.documents[0]
    assert (document.path, document.text, document.title) == ("-", "Some words.\r\n", "standard input")
    assert len(sources.documents) == 2
    assert sources.problems == ()


@pytest.mark.parametrize(
    ("stdin", "reason"),
    [
        (None, "there is no standard input to read"),
        (b"", "is empty; there is nothing to ask it"),
        (b"\0\0", "is a binary file, not text; name a text file"),
        (b"word\n" * (LARGEST_FILE // 5 + 1), "is larger than 10 MB; split it into smaller files"),
    ],
    ids=["none", "empty", "binary", "large"],
)
def test_standard_input_with_nothing_to_read_is_fatal(stdin: bytes | None, reason: str) -> None:
    sources = read_sources(["-"], None if stdin is None else io.BytesIO(stdin))
    assert reasons(sources.problems) == [("-", reason, True)]


@pytest.mark.parametrize(("path", "shown"), [("-", "standard input"), ("/a/b.txt", "b.txt"), ("b.txt", "b.txt")])
def test_display_name(path: str, shown: str) -> None:
    assert display_name(path) == shown


def test_names_that_tell_paths_apart() -> None:
    paths = ["a/x/lease.txt", "b/x/lease.txt", "b/y/lease.txt", "-", "bill.txt", "./bill.txt"]
    names = ["a/x/lease.txt", "b/x/lease.txt", "y/lease.txt", "standard input", "bill.txt", "./bill.txt"]
    assert telling_names(paths) == dict(zip(paths, names, strict=True))
