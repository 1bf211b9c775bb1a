from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.text import Text

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.records import Span
from qabot.terminal.console import make_console
from qabot.terminal.indented import Indented
from qabot.terminal.lit import lit_text
from qabot.terminal.render import confidence_words, render_reply, sentences_around, sentences_of
from qabot.terminal.safe import one_line, printable
from qabot.terminal.tables import documents_list
from tests.building import placed
from tests.samples import scripted_bot

CONTROLS = "".join(map(chr, (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x202E, 0x2066, 0x2028, 0x061C, 0x200E, 0x200F)))


def lit_words(text: Text) -> str:
    return "".join(text.plain[span.start : span.end] for span in text.spans if span.style == "qabot.span")


@pytest.mark.parametrize("before", ["", "a\r\nb\x07 \x1b[31m ", "é e\u0301 👩‍👩‍👧 ", "\x0c\x0b\t  ", "[red]x[/nope] "])
def test_the_span_is_lit_by_offset_whatever_stands_before(before: str) -> None:
    text = f"{before}the WORD and WORD again."
    start = text.rindex("WORD")
    document = document_from_text(text, id="d")
    lit = lit_text(document, Span(0, len(text)), [Span(start, start + 4)], (), styled=True)
    assert lit_words(lit) == "WORD"
    assert lit.plain.endswith("WORD and WORD again.")
    plain = lit_text(document, Span(0, len(text)), [Span(start, start + 4)], (), styled=False).plain
    assert plain.endswith("WORD and >>WORD<< again.")


def test_hidden_markup_is_not_shown_and_words_of_the_question_are_marked() -> None:
    text = "He **saw** the [old bridge](http://x.example/y) here."
    document = document_from_text(text, id="d", suffix=".md")
    start = text.index("old")
    lit = lit_text(document, Span(0, len(text)), [Span(start, start + 10)], [Span(5, 8)], styled=True)
    assert lit.plain == "He saw the old bridge here."
    assert lit_words(lit) == "old bridge"
    assert [lit.plain[s.start : s.end] for s in lit.spans if s.style == "qabot.question_word"] == ["saw"]


MANUAL = """It needs:

- Ubuntu **22.04** or newer
- *At least* 4 GB
  of RAM
  - Python

1. Unpack it.
2) [ ] [Start](x.md) it.

| port | use | name |
|---|---|---|
| 80 | | [web](a.b) |

```
ls -l
```

The end.
"""


def test_every_block_of_a_passage_begins_a_line() -> None:
    document = document_from_text(MANUAL, id="d", suffix=".md")
    lit = lit_text(document, Span(0, len(MANUAL) - 1), [Span(MANUAL.index("22.04"), MANUAL.index("22.04") + 5)], (), styled=False)
    assert lit.plain.splitlines() == [
        "It needs:", "• Ubuntu >>22.04<< or newer", "• At least 4 GB of RAM", "• Python", "1. Unpack it.", "2) Start it.",
        "port | use | name", "80 | | web", "ls -l", "The end.",
    ]  # fmt: skip
    plain = "To do:\n- bread\n- salt\n\nThe next\nparagraph."
    document = document_from_text(plain, id="d", suffix=".txt")
    lit = lit_text(document, Span(0, len(plain)), (), (), styled=True)
    assert lit.plain.splitlines() == ["To do:", "- bread", "- salt", "The next paragraph."]


def test_a_part_of_an_item_has_no_bullet_and_one_block_is_one_line() -> None:
    text = "- One. Two.\n- Three.\n"
    document = document_from_text(text, id="d", suffix=".md")
    assert lit_text(document, Span(text.index("Two"), len(text) - 1), (), (), styled=True).plain == "Two.\n• Three."
    assert lit_text(document, Span(2, text.index("\n")), (), (), styled=True).plain == "One. Two."


@pytest.mark.parametrize(
    ("context", "shown"),
    [
        (0, "The keel broke."),
        (1, "Two men saw it. The keel broke. Nobody was hurt."),
        (9, "A storm rose. Two men saw it. The keel broke. Nobody was hurt."),
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_sentences_around_are_those_of_the_answers_own_section(suffix: str, context: int, shown: str) -> None:
    """Of each of three ships the damage is told: under the same heading."""
    heading = {".md": "## Damage", ".txt": "DAMAGE"}[suffix]
    stories = [
        "The mast fell. It was repaired at once.",
        "A storm rose. Two men saw it. The keel broke. Nobody was hurt.",
        "The rudder jammed.",
    ]
    text = "\n\n".join(["A report.", *(part for story in stories for part in (heading, story))])
    document = document_from_text(text, id="d", suffix=suffix)
    bot = scripted_bot([document], [("The keel broke", 0.9)])
    answer = bot.ask("What broke?").answers[0]
    around = sentences_around([answer], bot.passages, context).of(text)
    assert around.removeprefix("DAMAGE\n\n") == shown  # in plain text a heading is a sentence of its section too


def test_every_control_character_has_a_visible_stand_in_of_the_same_length() -> None:
    for clean in (printable(CONTROLS), one_line(CONTROLS)):
        assert len(clean) == len(CONTROLS)
        assert not any(char in clean for char in CONTROLS if char not in "\n\t")
    assert "\n" not in one_line("a\nb")


def test_a_link_leads_to_the_file_and_its_name_cannot_break_out(tmp_path: Path) -> None:
    file = tmp_path / "a \x1b]0;x\x07 [b].txt"
    file.write_text("The bell was cast in 1702.", encoding="utf-8")
    document = document_from_text("The bell was cast in 1702.", id=str(file), path=str(file))
    bot = scripted_bot([document], [("1702", 0.9)])
    stream = io.StringIO()
    console = make_console(stream, "always", width=200)
    console.print(render_reply(bot.ask("When was the bell cast?"), bot, console))
    targets = re.findall(r"\x1b\]8;id=([0-9a-f]{8});(file://[!-~]*)\x1b\\", stream.getvalue())
    assert targets == [(targets[0][0], file.resolve().as_uri())]
    assert "\x07" not in stream.getvalue()


def test_link_ids_are_the_same_in_every_run() -> None:
    document = document_from_text("The bell was cast in 1702.", id="d", path=__file__)
    bot = scripted_bot([document], [("1702", 0.9)])
    screens = []
    for _ in range(2):
        stream = io.StringIO()
        console = make_console(stream, "always", width=200)
        console.print(render_reply(bot.ask("When was the bell cast?"), bot, console))
        screens.append(stream.getvalue())
    assert screens[0] == screens[1]
    assert "\x1b]8;id=" in screens[0]


def test_colour_needs_a_terminal_that_wants_it() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert make_console(Terminal(), "auto", no_color=True).color_system is None
    assert make_console(io.StringIO(), "auto").color_system is None
    assert make_console(Terminal(), "never").color_system is None
    assert make_console(io.StringIO(), "always", no_color=True).color_system is not None


def test_confidence_in_words() -> None:
    words = ["sure", "likely", "perhaps", "perhaps", "unlikely", "unlikely"]
    assert [confidence_words(value)[0] for value in (0.95, 0.7, 0.5, 0.3, 0.29, 0.0)] == words


def test_all_lines_of_a_list_that_answers_are_shown_and_lit() -> None:
    text = "# Tools\n\nMembers may borrow these tools:\n\n- Angle grinder\n- Torque wrench\n- Rivet gun\n\nThat is all.\n"
    document = document_from_text(text, id="tools.md", suffix=".md")
    reply = scripted_bot([document], [("Torque wrench", 0.9)]).ask("Which tools may members borrow?")
    (of,) = cut_passages([document])
    items = [replace(reply.answers[0], span=placed(text, words), kind="item") for words in ("Angle grinder", "Rivet gun")]
    assert sentences_of(items).of(text) == "Angle grinder\n- Torque wrench\n- Rivet gun"
    assert sentences_around(items, [of], 1).of(text).endswith("Rivet gun\n\nThat is all.")
    assert sentences_of(items[:1]).of(text) == "Angle grinder"


def test_what_is_numbered_keeps_its_indent_where_it_is_wrapped() -> None:
    stream = io.StringIO()
    make_console(stream, "never", width=40).print(Indented(Text("a word and another word, again and again"), 4, "10. "))
    assert stream.getvalue().splitlines() == ["10. a word and another word, again and", "    again"]


def test_documents_are_listed_under_their_numbers() -> None:
    documents = [document_from_text("A text.", id=str(number), path=f"notes/{'long' * 9}/{number}.txt") for number in range(10)]
    stream = io.StringIO()
    make_console(stream, "never", width=40).print(documents_list(documents, cut_passages(documents)))
    lines = stream.getvalue().splitlines()
    assert [line[:4] for line in lines[:2] + lines[-3:]] == ["1.  ", "    ", "10. ", "    ", "    "]
    assert all(len(line) <= 40 for line in lines)
