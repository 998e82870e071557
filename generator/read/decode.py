"""Bytes to text: the encodings that newsrooms' files come in, or a refusal, never nonsense."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC = re.compile("[\u0620-\u064a]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LETTER = re.compile(r"[^\W\d_]")


class UndecodableError(ValueError):
    """The bytes are no text in any encoding we know; the message says why."""


def decode(data: bytes) -> str:
    """Return the text of `data`.

    A byte order mark decides; then UTF-8; then windows-1256, accepted only if what it gives reads
    as Arabic. Raises `UndecodableError`.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(
                    encoding
                    if bom == codecs.BOM_UTF8
                    else encoding + ("-le" if bom[0] == 0xFF else "-be")
                )
            except UnicodeDecodeError as error:
                raise UndecodableError(
                    f"marked as {encoding} but broken at byte {error.start}"
                ) from None
    if len(_CONTROL.findall(data)) > 0.02 * len(data):
        raise UndecodableError("holds binary data, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    try:
        text = data.decode("windows-1256")
    except UnicodeDecodeError:
        text = ""
    letters = len(_LETTER.findall(text))
    if letters and len(_ARABIC.findall(text)) > 0.6 * letters:
        return text
    raise UndecodableError(f"is neither UTF-8 (broken at byte {broken}) nor windows-1256")
