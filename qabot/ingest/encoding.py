"""Bytes -> text: UTF-8 first, then UTF-16, then what the detector says; never a guess that nobody is told of."""

from __future__ import annotations

import codecs
import re
import unicodedata

from qabot.errors import SourceError

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE = 16_000  # bytes that the detector looks at
_BEFORE = 200  # of them at most before the first that isn't ASCII in its line
# Controls (and what is no character) that no text is written with: text has tabs, line and page ends, backspaces where it is
# struck over, and escapes where it was kept from a terminal.
_NOISE = re.compile("[\0-\x07\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Of how many characters one may be noise: in Unicode as it was found, and in an encoding that was guessed (of bytes drawn at
# random one in twelve is noise in any of them).
_NOISE_FOUND = 10
_NOISE_GUESSED = 50
# Most files that aren't Unicode are written in this: nearly as sure as of another is sure enough.
_COMMON, _NEARLY = "cp1252", 0.8
_LATIN = frozenset({_COMMON, "cp1250", "cp1254", "cp1257", "cp1258"})
_FEW = 3  # kinds of bytes that aren't ASCII
_ODD = re.compile(rb"[\x80-\xff]")
_PAIR = re.compile(rb"[\x80-\xff]{2}")
_ASCII_RUN = re.compile(rb"[\t\n\r -~]{24}")  # twelve characters in a row of which UTF-16 makes this are no words
_UTF_16 = {"utf-16-le": "UTF-16 (little-endian)", "utf-16-be": "UTF-16 (big-endian)"}


def decode(path: str, data: bytes) -> tuple[str, str | None]:
    """The text of ``data`` without its byte order mark, newlines untouched, and a doubt worth telling (or None).

    Raises SourceError for binary data and for text in no encoding that is known.
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            try:
                return _clean(path, data.decode(encoding)), None
            except UnicodeDecodeError as error:
                return _damaged(path, data.decode(encoding, errors="replace"), error)
    if b"\0" in data[:8192]:
        return _utf_16(path, data)
    try:
        return _clean(path, data.decode("utf-8")), None
    except UnicodeDecodeError as error:
        return _detected(path, data, error)


def _clean(path: str, text: str) -> str:
    """``text``, unless it has more noise than a text has."""
    if _noisy(text, _NOISE_FOUND):
        raise _binary(path)
    return text


def _noisy(text: str, one_in: int) -> bool:
    return one_in * sum(1 for _ in _NOISE.finditer(text)) > len(text)


def _binary(path: str) -> SourceError:
    return SourceError(path, "is a binary file, not text; name a text file")


def _utf_16(path: str, data: bytes) -> tuple[str, str]:
    """UTF-16 without a byte order mark, where that is sure: in one byte order, and in that alone, it is nothing but words."""
    read: dict[str, str] = {}
    for encoding in () if _ASCII_RUN.search(data) else _UTF_16:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Any text has ASCII characters: line ends, spaces or digits.
        if _known(text) and sum(map(str.isascii, text)) * 100 > len(text):
            read[encoding] = text
    if len(read) != 1:
        raise _binary(path)
    ((encoding, text),) = read.items()
    return text, f"has no byte order mark; read as {_UTF_16[encoding]}"


def _known(text: str) -> bool:
    """Whether every character is one that Unicode has assigned, and no noise."""
    return all(unicodedata.category(char) not in {"Cn", "Co"} and not _NOISE.match(char) for char in set(text))


def _detected(path: str, data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    where = f"byte {error.start + 1}"
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    # Other encodings hardly ever look like UTF-8: where most of what isn't ASCII is valid, some bytes were damaged.
    if damaged < sum(1 for char in text if not char.isascii()) - damaged:
        return _damaged(path, text, error)
    best = _likeliest(_telling(data))
    if best is not None and not best.startswith("utf"):
        try:
            guessed = data.decode(best)
        except (UnicodeDecodeError, LookupError):
            return _damaged(path, text, error)
        if _noisy(guessed, _NOISE_GUESSED):
            raise _binary(path)
        return guessed, f"is not valid UTF-8 ({where}); read as {best}"
    return _damaged(path, text, error)


def _telling(data: bytes) -> bytes:
    """The first lines of ``data`` that hold more than ASCII: nothing else tells encodings apart, and there may be much of it."""
    found: list[bytes] = []
    size = at = 0
    while size < _SAMPLE and (odd := _ODD.search(data, at)):
        begins = max(data.rfind(b"\n", at, odd.start()) + 1, at, odd.start() - _BEFORE)
        ends = data.find(b"\n", odd.start()) + 1
        at = ends or len(data)
        found.append(data[begins : min(at, begins + _SAMPLE)])
        size += len(found[-1])
    return b"".join(found)


def _is_in(encoding: str, data: bytes) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(data: bytes) -> str | None:
    """The encoding that ``data`` looks like; None where it looks like none."""
    # Where no two stand side by side, they are letters of a Latin script, or its marks; one or two kinds tell nothing of which.
    latin = _PAIR.search(data) is None
    if latin and len(set(_ODD.findall(data))) < _FEW and _is_in(_COMMON, data):
        return _COMMON
    import chardet  # imported here: most files are UTF-8

    # What people's files are written in; others, of DOS and the like, would be found in texts of a few odd letters.
    era = chardet.EncodingEra.MODERN_WEB
    found = chardet.detect_all(data, ignore_threshold=True, encoding_era=era, prefer_superset=True, compat_names=False)
    sure = {one["encoding"]: one["confidence"] for one in found if one["encoding"] is not None}
    if latin:
        sure = {name: confidence for name, confidence in sure.items() if name in _LATIN} or sure
    if not sure:
        return None
    best = max(sure, key=sure.__getitem__)
    return _COMMON if sure.get(_COMMON, 0.0) >= _NEARLY * sure[best] else best


def _damaged(path: str, text: str, error: UnicodeDecodeError) -> tuple[str, str]:
    damaged = text.count("\ufffd")
    name = error.encoding.upper()
    if damaged * 50 > len(text):
        raise SourceError(
            path, f"is not text in any known encoding (invalid {name} at byte {error.start + 1}); if it is text, save it as UTF-8"
        )
    return _clean(path, text), f"is not valid {name} (byte {error.start + 1}); {damaged} damaged characters are shown as \ufffd"
