from __future__ import annotations

import codecs
import math
import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.errors import SourceError
from qabot.ingest.encoding import decode

TEXT = "naïve\r\nПривет, 世界 👨‍👩‍👧 e\u0301\f end\n"
RUSSIAN = "Министр иностранных дел Китая прибыл в Москву вчера вечером. Переговоры пройдут сегодня, сообщил представитель."
SPANISH = (
    "El señor Muñoz llegó a España mañana. ¿Dónde está el niño? “Aquí”, dijo – costó 5 €. También habló del año pasado y de la "
    "situación económica."
)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16 le", "utf-16 be", "utf-32 le", "utf-32 be"],
)
def test_unicode_is_read_as_it_stands_without_its_bom(data: bytes) -> None:
    assert decode("a.txt", data) == (TEXT, None)


_usual = st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\b\t\n\v\f\r\x1b\x85")


@given(st.text(_usual).filter(lambda text: not text.startswith("\ufeff")))
def test_every_text_comes_back_from_utf_8(text: str) -> None:
    assert decode("a.txt", text.encode()) == (text, None)


def test_only_the_first_bom_is_dropped() -> None:
    assert decode("a.txt", codecs.BOM_UTF8 * 2 + b"a") == ("\ufeffa", None)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SPANISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        ("The flat in São Paulo cost £5 a night, said Zoë. “It’s fine,” she added.", "cp1252"),
        ("Le maire, François Lefèvre, a annoncé près de la gare que les travaux dureraient jusqu’en août.", "cp1252"),
        ("A eleição em São João foi vencida por José Araújo, que não é de lá.", "cp1252"),
        ("The café is open.", "cp1252"),
        ("Tromsø", "cp1252"),
        ("the naïve £5 note", "cp1252"),
        ("El alcalde, José Núñez, inauguró el puente. ¿Cuánto costó? Tres millones de euros, según él.", "cp1252"),
        ("Il sindaco ha detto che il ponte è già chiuso perché non c’è più sicurezza. Così è la città.", "cp1252"),
        ("Borgmästaren Åke Öberg öppnade bron på tisdagen. Den kostade för mycket.", "cp1252"),
        ("Burmistrz Łukasz Żółkiewski otworzył most we wtorek. Kosztował więcej, niż się spodziewano.", "cp1250"),
        ("Starosta Jiří Dvořák otevřel most v úterý. Stál víc, než se čekalo, řekl.", "cp1250"),
        ("市長は火曜日に橋を開通させた。予想よりも費用がかかった。", "cp932"),
    ],
)
def test_an_older_encoding_is_detected_and_told_of(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    read, doubt = decode("a.txt", data)
    assert read == text
    first = next(at for at, byte in enumerate(data, start=1) if byte > 127)
    assert doubt == f"is not valid UTF-8 (byte {first}); read as {encoding}"


@pytest.mark.parametrize("lines", [1, 600, 6_000])
@pytest.mark.parametrize("end", ["\n", " "])
@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251"), ("部长昨晚抵达莫斯科。会谈将于今天举行。", "gb18030")]
)
def test_what_stands_before_in_ascii_hides_no_encoding(text: str, encoding: str, lines: int, end: str) -> None:
    whole = f"A line of a log, in English.{end}" * lines + text
    assert decode("a.txt", whole.encode(encoding))[0] == whole
    early = "Zoë’s café.\n" + f"A line of a log, in English.{end}" * lines + "Le garçon était déjà là, naïf.\n"
    assert decode("a.txt", early.encode("cp1252"))[0] == early


@pytest.mark.parametrize("words", ["good text ééé ", "Он сказал: café. "])
def test_a_damaged_byte_does_not_make_utf_8_something_else(words: str) -> None:
    text, doubt = decode("a.txt", words.encode() * 50 + b"\xc3( end")
    assert text == words * 50 + "\ufffd( end"
    assert doubt is not None
    assert "1 damaged characters" in doubt


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (codecs.BOM_UTF8 + b"word " * 30 + b"\xff end", "word " * 30 + "\ufffd end"),
        (codecs.BOM_UTF16_LE + ("word " * 30).encode("utf-16-le") + b"x", "word " * 30 + "\ufffd"),
    ],
    ids=["utf-8", "utf-16 cut off"],
)
def test_a_bom_is_believed_where_some_bytes_are_damaged(data: bytes, read: str) -> None:
    text, doubt = decode("a.txt", data)
    assert text == read
    assert doubt is not None
    assert "1 damaged characters" in doubt


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a binary file, not text"),
        (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8\0", "is a binary file, not text"),
        (array("H", range(1, 900)).tobytes(), "is a binary file, not text"),
        (array("h", (int(300 * math.sin(at / 9)) for at in range(4_000))).tobytes(), "is a binary file, not text"),
        (b"A line of a log.\n" * 600 + b"\0" * 4_000, "is a binary file, not text"),
        (
            b"A line of a log, as bytes.\n" * 3 + "And one of wide characters.\r\n".encode("utf-16-le"),
            "is a binary file, not text",
        ),
        ("Cut in the middle".encode("utf-16-le")[:-1], "is a binary file, not text"),
        (codecs.BOM_UTF16_LE + array("H", [*range(1, 30), *range(200, 300)]).tobytes(), "is a binary file, not text"),
        (b"\x01\x02\x03words\x04\x05\x06\x0e\x0f" * 50, "is a binary file, not text"),
        (random.Random(1).randbytes(3_000).replace(b"\0", b"\1"), "is"),
        (bytes(range(1, 256)) * 3, "is"),
        (codecs.BOM_UTF8 + b"\xff\xfe" * 40, "is not text in any known encoding .*; if it is text, save it as UTF-8"),
    ],
    ids=[
        "png",
        "program",
        "numbers",
        "sound",
        "padded log",
        "bytes, then utf-16",
        "half a character",
        "numbers that begin like a bom",
        "control characters",
        "noise",
        "all bytes",
        "bom and noise",
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=f"^odd.bin: {reason}") as caught:
        decode("odd.bin", data)
    assert caught.value.path == "odd.bin"


UKRAINIAN = "Міністр прибув до Києва. Переговори відбудуться сьогодні ввечері.\r\n"
CHINESE = "部长昨晚抵达莫斯科。会谈将于今天举行。\n"


@pytest.mark.parametrize(
    "text", ["no bom", TEXT, RUSSIAN, SPANISH, UKRAINIAN * 40, CHINESE * 40, "\tEnglish, as it is.\r\n" * 500]
)
@pytest.mark.parametrize(("encoding", "told"), [("utf-16-le", "UTF-16 (little-endian)"), ("utf-16-be", "UTF-16 (big-endian)")])
def test_utf_16_without_its_bom_is_read_where_that_is_sure_and_told_of(text: str, encoding: str, told: str) -> None:
    assert decode("a.txt", text.encode(encoding)) == (text, f"has no byte order mark; read as {told}")


@pytest.mark.parametrize(
    "text",
    [
        "Kept by a terminal: \x1b[1mbold\x1b[0m, \x1b[31mred\x1b[0m and \x07 a bell.\n" * 9,
        "N\bNA\bAM\bME\bE\n  a manual, struck over\n" * 9,
        "A page.\f\vAnother.\x85And a line.\n",
        "\0".join(["A line of a log. " * 700, "after a crash."]),
    ],
    ids=["terminal", "overstruck", "page ends", "NUL late"],
)
def test_a_text_with_some_control_characters_is_a_text(text: str) -> None:
    assert decode("a.txt", text.encode()) == (text, None)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_source_error(data: bytes) -> None:
    try:
        text, doubt = decode("any", data)
    except SourceError:
        return
    # What isn't read as the Unicode that it is never goes untold.
    assert doubt is not None or any(text == _as(encoding, data) for encoding in ("utf-8-sig", "utf-16", "utf-32"))


def _as(encoding: str, data: bytes) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def test_nothing_is_an_empty_text() -> None:
    assert decode("a.txt", b"") == ("", None)
