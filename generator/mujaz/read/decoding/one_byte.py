"""Bytes that are no UTF-8: Arabic by its letters, other languages by what the file declares."""

from __future__ import annotations

import codecs
import re

from mujaz.read.decoding.letter_statistics import letter_statistics

_ARABIC_ENCODINGS = ("windows-1256", "iso-8859-6")
# Browsers read the Latin ones as those of Windows, which have quotation marks as well.
_MEANT = {
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "iso8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-8": "windows-1255",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_DECLARABLE = re.compile(
    r"cp(125[0-8]|874|932|949)|iso8859-\d+|koi8-[ru]|mac-cyrillic|gb18030|big5(hkscs)?|euc_jp"
)
"""Python's names of encodings that pages of other languages declare."""
# Letters and signs of West European texts; those that Turkish or Polish have at the same bytes
# stand for none of them.
_WESTERN = re.compile(
    "[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜß-ïñ-öø-üÿŒœŸŠšŽž«»“”‘’‚„–—…•·°€£©®™§ª º¡¿\xa0\xad²³]"
)
_ACCENTED = re.compile("[À-ÖØ-öø-ÿŒœŸŠšŽž]")
_LATIN = re.compile("[A-Za-z]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_ODD_INSIDE = re.compile("[A-Za-z][ªº¡¿²³¹€£©®™§°][A-Za-z]")
_MAX_SAMPLE = 200_000
_MIN_WESTERN_SHARE, _MAX_ACCENTED_SHARE = 0.97, 0.25
"""Of what stands outside ASCII, and of all letters."""


class UndecodableError(ValueError):
    """The bytes are no text in any encoding we know; the message says why."""


def decode_one_byte(data: bytes, declared: str | None, broken: int) -> str:
    """Return the text of `data`, which is no UTF-8 from the byte `broken` on.

    Arabic shows by its letters, whatever is declared. Other languages are read as they declare
    themselves, or as Western ones if they look so. Raises `UndecodableError`.
    """
    text = _arabic(data, declared) or _declared(data, declared) or _western(data)
    if text is None:
        names = " nor ".join(_ARABIC_ENCODINGS)
        raise UndecodableError(f"is neither UTF-8 (broken at byte {broken}) nor {names}")
    return text


def _arabic(data: bytes, declared: str | None) -> str | None:
    """Decode by how Arabic the letters read; None if they do not."""
    readings = []
    for encoding in _ARABIC_ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = letter_statistics(text)
        # As much better as a rarer letter or two make a short text: the declaration decides.
        bonus = 0.1 if _canonical(declared) == _canonical(encoding) else 0.0
        readings.append((letters.likelihood + bonus, letters.is_arabic, text))
    _, is_arabic, text = max(readings, default=(0.0, False, ""))
    return text if is_arabic else None


def _declared(data: bytes, declared: str | None) -> str | None:
    """Decode as the file declares itself, if that is an encoding of another language."""
    name = _canonical(declared) or ""
    encoding = _canonical(_MEANT.get(name, name)) or ""
    if not _DECLARABLE.fullmatch(encoding):
        return None
    text = data.decode(encoding, "replace")
    sample = text[:_MAX_SAMPLE]
    # Servers say so of everything.
    if encoding == "cp1252" and _accented_share(sample) > _MAX_ACCENTED_SHARE:
        return None
    lost = text.count("\ufffd")
    return text if lost <= 1 or lost <= 0.02 * len(_NOT_ASCII.findall(text)) else None


def _western(data: bytes) -> str | None:
    """Decode as windows-1252 if the letters are those of a West European language."""
    text = data.decode("windows-1252", "replace")
    return text if _reads_western(text[:_MAX_SAMPLE]) else None


def _reads_western(text: str) -> bool:
    others = len(_NOT_ASCII.findall(text))
    return (
        len(_WESTERN.findall(text)) >= _MIN_WESTERN_SHARE * others
        and _accented_share(text) <= _MAX_ACCENTED_SHARE
        and len(_ODD_INSIDE.findall(text)) <= 0.05 * others
    )


def _accented_share(text: str) -> float:
    accented = len(_ACCENTED.findall(text))
    return accented / (accented + len(_LATIN.findall(text)) + 1)


def _canonical(encoding: str | None) -> str | None:
    try:
        return codecs.lookup(encoding).name if encoding else None
    except LookupError:
        return None
