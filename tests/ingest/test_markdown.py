from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given

from qabot.ingest.formats.markdown import parse
from qabot.ingest.reading import document_from_text
from qabot.records import Span
from qabot.text.terms import words
from tests.ingest.structure import check, outline
from tests.strategies import messy_text


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("plain words", "plain words"),
        ("*one* _two_ **three** __four__ ***five***", "one two three four five"),
        ("in*si*de", "inside"),
        ("2 * 3 * 4 and snake_case_word", "2 * 3 * 4 and snake_case_word"),
        ("[the map](http://x.y/map.png) there", "the map there"),
        ('[the map](map.png "men") men', "the map men"),
        ("[the map](<a men> 'men') men", "the map  men"),
        ("[the map](a (men)) men", "the map men"),
        ("[a](/url(x)y) x", "a x"),
        ("[**men**](men.html)*men*", "menmen"),
        ("[`x`](x.md)*x*", "xx"),
        ("![a *tall* ship](ship.png) sails", "a tall ship sails"),
        ("[![men](a.png)](men.html)*men*", "menmen"),
        ("<http://x.y/z> and <a@b.c>", "http://x.y/z and  a@b.c"),
        ("[the law][law] and [law][] and [law]\n\n[law]: http://law.law", "the law and law and law"),
        ("use `a *b* c` here", "use a *b* c here"),
        ("``a`b`` c", "a`b c"),
        (r"\*not emphasis\* 1\. x", "*not emphasis* 1. x"),
        ("AT&amp;T &copy; 2024", "AT&amp;T &copy; 2024"),
        ("one  \ntwo\\\nthree", "one  \ntwo\nthree"),
        ("a <b>b</b> c", "a  b  c"),
        ('<span class="men">men</span> x', "men  x"),
        ("a <!-- hidden --> b", "a   b"),
        ("mail*in*g [x](y) e\u0301*e\u0301*", "mailing x e\u0301e\u0301"),
        ("**жир**но", "жирно"),
        ("- [x] pack *bags*", "pack bags"),
        ("1. [ ] pack", "pack"),
        ("- [x](y) is a link", "x is a link"),
        ("`[^a-z]` and [^a-z] are patterns", "[^a-z] and [^a-z] are patterns"),
    ],
)
def test_the_reader_sees_words_and_no_markup(source: str, seen: str) -> None:
    blocks = [text for _, texts in outline(source, ".md") for text in texts]
    assert blocks == [seen]


@pytest.mark.parametrize(
    ("source", "word", "before"),
    [
        ('<span class="men">men</span>', "men", '<span class="men">'),
        ("<b>b</b> x", "b", "<b>"),
        ("[**a**](a.a)*a*!", "a", "[**"),
    ],
)
def test_a_word_is_found_where_it_is_written_and_not_in_the_markup_before(source: str, word: str, before: str) -> None:
    doc = document_from_text(source, id="a.md", suffix=".md")
    seen, offsets = doc.visible(doc.sections[0].blocks[0])
    at = offsets[seen.index(word)]
    assert Span(at, at + len(word)) == Span(len(before), len(before) + len(word))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("", []),
        ("# Only a title", []),
        ("one\ntwo\n\nthree", [("", ["one\ntwo", "three"])]),
        ("one\r\ntwo\r\n\r\nthree\r\n", [("", ["one\r\ntwo", "three"])]),
        ("- one\n- *two*\n  - three\n\n1. four", [("", ["one", "two", "three", "four"])]),
        ("> *one*\n> two\n>\n> three", [("", ["one  two", "three"])]),
        ("> - one\n>   two", [("", ["one\n   two"])]),
        # What the block has before each line is no part of a code span that runs on.
        ("> see `one\n> two` *there*", [("", ["see one\n two there"])]),
        ("> > see `one\n> > two\n>> three` there", [("", ["see one\n two\n three there"])]),
        ("> see `\r\n> one\r\n> ` there", [("", ["see   one\r\n there"])]),
        ("> see `one\n>      > two` there", [("", ["see one\n      > two there"])]),
        ("- see ``one `\n  two`` there `x`", [("", ["see one `\n  two there x"])]),
        ("1. > see `one\n   > two` there", [("", ["see one\n    two there"])]),
        # Nor of a tag or a link's target.
        ('> a <b\n> title="two">two</b> b', [("", ["a  two  b"])]),
        ('> [a](/two\n> "two") two', [("", ["a  two"])]),
        ("| a | b |\n|---|---|\n| `x\\|y` | *z* |", [("", ["a   b", "x\\|y z"])]),
        ("| Name | Age |\n|---|:-:|\n| *Ilse* | [41](x) |\n", [("", ["Name   Age", "Ilse 41"])]),
        ("```py\nx = 1\n\ny = *2*\n```\nend", [("", ["x = 1", "y = *2*", "end"])]),
        ("~~~\nopen", [("", ["open"])]),
        ("    indented\n    code\n\nend", [("", ["indented", "code", "end"])]),
        ("<div>\nwords <i>in</i>\n<!-- not\nthis --></div>\n\nend", [("", ["words  in", "end"])]),
        ("before\n\n---\n\nafter", [("", ["before", "after"])]),
    ],
)
def test_blocks(source: str, found: list[tuple[str, list[str]]]) -> None:
    assert outline(source, ".md") == found


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_headings_are_joined_and_the_first_of_the_top_is_the_title(newline: str) -> None:
    fire = ["# The *harbour*", "one", "## Fire `x`", "two", "### At night", "three"]
    repair = ["## Repair", "four", "", "Costs", "---", "five", "# Other", "six"]
    source = newline.join([*fire, *repair])
    assert outline(source, ".md") == [
        ("", ["one"]),
        ("Fire x", ["two"]),
        ("Fire x › At night", ["three"]),
        ("Repair", ["four"]),
        ("Costs", ["five"]),
        ("Other", ["six"]),
    ]
    assert parse(source).title == "The harbour"


@pytest.mark.parametrize("source", ["# ", "#\n\nwords", "# #"])
def test_an_empty_heading_is_no_title(source: str) -> None:
    assert parse(source).title is None
    assert parse(f"{source}\n\n# Harbour").title == "Harbour"


def test_a_second_level_before_any_first_is_no_title() -> None:
    assert parse("## Fire\n\none").title is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter_gives_the_title_and_readable_lines(newline: str) -> None:
    source = newline.join(["---", 'title: "The harbour"', "author: Ilse Brandt", "tags:", "---", "# Fire", "one", ""])
    assert outline(source, ".md") == [("", ["author: Ilse Brandt"]), ("Fire", ["one"])]
    assert parse(source).title == "The harbour"


def test_footnote_marks_are_no_words() -> None:
    source = "It opens at nine.[^1] Not [always][^x-2].\n\n[^1]: On *weekdays*.\n[^x-2]: Ask.\n"
    assert outline(source, ".md") == [("", ["It opens at nine. Not [always].", "On weekdays.\n Ask."])]


def test_a_heading_that_repeats_the_title_of_the_front_matter_is_no_heading() -> None:
    source = "---\ntitle: Manual\n---\n# Manual\n\none\n\n## Hardware\n\ntwo\n\n# Other\n\nthree\n"
    assert outline(source, ".md") == [("", ["one"]), ("Hardware", ["two"]), ("Other", ["three"])]
    assert parse(source).title == "Manual"


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("note: a b", ["note: a b"]),
        ("note:a", ["note:a"]),
        (" \t two-words_2:\t a: b \t", ["two-words_2:\t a: b"]),
        ("note:", []),
        ("note:  ", []),
        ("- item: x", []),
        ("two words: x", []),
        (": x", []),
    ],
)
def test_lines_of_front_matter(line: str, block: list[str]) -> None:
    assert outline(f"---\n{line}\n---\n", ".md") == ([("", block)] if block else [])


@pytest.mark.parametrize("link", ["(gap((x(y)))gap)", "(gapx gap't')", "(x gap\\)"])
def test_gaps_in_a_link_are_read_in_linear_time(link: str) -> None:
    source = f"The lease ends on [31 March 2027]{link.replace('gap', ' ' * 16_000)}.\n"
    began = time.perf_counter()
    assert "31 March 2027" in document_from_text(source, id="a", suffix=".md").text
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("line", ["{}", "x{}", "x: a{}b", "x:{}", "- {}", "a: b\n---{}x", "a: b\n---\n{}x"])
def test_front_matter_is_read_in_linear_time(line: str) -> None:
    """A hundred thousand spaces would take minutes if each were tried as the last one."""
    source = f"---\ntitle: Harbour\n{line.format(' ' * 100_000)}\n---\n\nwords\n"
    began = time.perf_counter()
    assert parse(source).title == "Harbour"
    assert time.perf_counter() - began < 5


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    assert outline("---\n\none", ".md") == [("", ["one"])]


@pytest.mark.parametrize("suffix", [".md", ".MD", ".markdown"])
def test_markdown_is_known_by_its_suffix(suffix: str) -> None:
    assert outline("*one*", suffix) == [("", ["one"])]


@pytest.mark.parametrize("suffix", ["", ".txt", ".rst", ".mdx"])
def test_everything_else_is_plain_text(suffix: str) -> None:
    assert outline("*one*", suffix) == [("", ["*one*"])]


def nested_list(depth: int) -> str:
    return "".join(f"{'  ' * level}- word{level} *here*\n" for level in range(depth))


def nested_quote(depth: int) -> str:
    return "".join(f"{'> ' * (level + 1)}word{level} *here*\n{'> ' * (level + 1)}\n" for level in range(depth))


def numbered_list(depth: int) -> str:
    return "".join(f"{'   ' * level}{level % 9 + 1}. word{level} *here*\n\n" for level in range(depth))


def list_on_a_line(depth: int) -> str:
    return f"{'- ' * depth}word{depth - 1}\n\n" + "".join(f"word{level} *here*\n\n" for level in range(depth - 1))


def emphasis(depth: int) -> str:
    return "".join(f"*word{level} _" for level in range(depth)) + "in the middle" + "_*" * depth


def brackets(depth: int) -> str:
    return "".join(f"![word{level} [" for level in range(depth)) + "in the middle" + "](x)](y)" * depth


@pytest.mark.parametrize("depth", [10, 50, 51, 150])
@pytest.mark.parametrize("nested", [nested_list, nested_quote, numbered_list, list_on_a_line, emphasis, brackets])
def test_no_word_is_lost_however_deeply_it_is_nested(nested: Callable[[int], str], depth: int) -> None:
    source = nested(depth) + "\n\n# Behind it\n\nThe *end*.\n"
    sections = outline(source, ".md")
    seen = " ".join(block for _, blocks in sections for block in blocks)
    assert {f"word{level}" for level in range(depth)} <= set(re.findall(r"word\d+", seen))
    assert sections[-1][1][-1] == "The end."
    check(source, parse(source))


def test_what_is_nested_too_deeply_is_read_line_by_line_without_the_marks_before() -> None:
    deep = "> " * 100
    blocks = [
        block for _, texts in outline(f"{deep}- one\n{deep}  -5 *two*\n>\n{deep}1. three\n\n*end*", ".md") for block in texts
    ]
    assert blocks == ["one", "-5 *two*", "three", "end"]


@given(messy_text)
def test_any_text_has_a_sound_structure(text: str) -> None:
    structure = parse(text)
    check(text, structure)


@given(messy_text)
def test_plain_paragraphs_lose_no_word(text: str) -> None:
    letters = "".join(char if char.isalnum() or char in " \u0301\u0306" else " " for char in text).strip()
    structure = parse(letters)
    held = {at for section in structure.sections for block in section.blocks for at in range(block.start, block.end)}
    assert all(held.issuperset(range(span.start, span.end)) for span, _ in words(letters))
    assert not structure.hidden
