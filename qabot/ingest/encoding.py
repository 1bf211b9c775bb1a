"""Bytes -> text: UTF-8 first, then what the detector says; never a guess that nobody is told of."""

from __future__ import annotations

import codecs

from qabot.errors import SourceError

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE = 64_000  # bytes that the detector looks at


def decode(path: str, data: bytes) -> tuple[str, str | None]:
    """The text of ``data`` without its byte order mark, newlines untouched, and a doubt worth telling (or None).

    Raises SourceError for binary data and for text in no encoding that is known.
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            try:
                return data.decode(encoding), None
            except UnicodeDecodeError as error:
                return _damaged(path, data.decode(encoding, errors="replace"), error)
    if b"\0" in data[:8192]:
        raise SourceError(path, "is a binary file, not text")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return _detected(path, data, error)


def _detected(path: str, data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    import charset_normalizer  # imported here: most files are UTF-8

    where = f"byte {error.start + 1}"
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    # Other encodings hardly ever look like UTF-8: where most of what isn't ASCII is valid, some bytes were damaged.
    if damaged < sum(1 for char in text if not char.isascii()) - damaged:
        return _damaged(path, text, error)
    around = data[max(0, error.start - _SAMPLE // 2) : error.start + _SAMPLE // 2]
    best = charset_normalizer.from_bytes(around).best()
    if best is not None and not best.encoding.startswith("utf"):
        try:
            return data.decode(best.encoding), f"is not valid UTF-8 ({where}); read as {best.encoding}"
        except (UnicodeDecodeError, LookupError):
            pass
    return _damaged(path, text, error)


def _damaged(path: str, text: str, error: UnicodeDecodeError) -> tuple[str, str]:
    damaged = text.count("\ufffd")
    name = error.encoding.upper()
    if damaged * 50 > len(text):
        raise SourceError(path, f"is not text in any known encoding (invalid {name} at byte {error.start + 1})")
    return text, f"is not valid {name} (byte {error.start + 1}); {damaged} damaged characters are shown as \ufffd"
