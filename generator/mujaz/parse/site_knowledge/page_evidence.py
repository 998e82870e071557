"""What one page teaches about others, and what its parsing asked of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from struct import pack
from typing import NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Phrases
from mujaz.parse.anatomy import SHORTEST_KNOWN, find_headline
from mujaz.parse.dateline import readable
from mujaz.parse.lines import Draft, Line

LONGEST_RECURRING = 160
"""Characters: boilerplate is shorter, as written and in its comparison form."""
_LONG_LINE = 120
"""Characters: paragraphs are longer."""
_NO_HEADLINES = Phrases(())


class Lesson(NamedTuple):
    """What a page teaches."""

    headline: str
    """Its comparison form; empty if it is too short to be known again."""
    paper: str
    """Comparison form of the name that signs the page as a paper does, if one does."""
    spelled: str
    """That name as written."""
    opening: int
    """Stands for its first paragraph: pages with the same one are copies of one article, which
    everybody may have printed, junk below it included."""
    lines: dict[int, str]
    """Its short lines, by numbers that stand for them."""


def lesson(draft: Draft) -> Lesson:
    """Return what a page teaches."""
    headline = paper = spelled = ""
    lines = draft.lines if draft.headline is None else (draft.headline, *draft.lines)
    if len(lines) > 1:
        at = 0 if draft.headline else find_headline(lines, _NO_HEADLINES)
        if len(lines[at].words) >= SHORTEST_KNOWN:
            headline = lines[at].key
        signature = lines[min(at + 1, len(lines) - 1)]
        if signature.text.endswith(":") and 1 <= len(signature.words) <= 3:
            paper, spelled = signature.key, signature.text.rstrip(": ")
    opening = next((line.text for line in draft.lines if len(line.text) > _LONG_LINE), "")
    short = (line.text for line in draft.lines[1:] if len(line.text) < LONGEST_RECURRING)
    return Lesson(
        headline, paper, spelled, _number(opening), {_number(text): text for text in short}
    )


def _number(text: str) -> int:
    told = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(told, "little", signed=True)


def asked(page: Draft) -> bytes:
    """Return the words of a parsed page that headlines, papers and recurring lines stood in.

    What no such line holds, as `phrase` or `whole_line` put it, makes no difference to the page.
    """
    return b"\0\0".join((b"", *dict.fromkeys(map(phrase, _asked(page))), b""))


def phrase(folded: str) -> bytes:
    """Return a comparison form packed, two bytes a word."""
    numbers = [crc32(word) & 0xFFFF or 1 for word in folded.encode().split()]
    return pack(f"<{len(numbers)}H", *numbers)


def whole_line(folded: str) -> bytes:
    """Return the same as it stands alone on a line."""
    return b"\0\0" + phrase(folded) + b"\0\0"


def _asked(page: Draft) -> Iterator[str]:
    source = page.document.stated.get("source")
    if source:
        yield key(str(source.value))
    lines: Iterable[Line] = page.lines if page.headline is None else (page.headline, *page.lines)
    for line in lines:
        read = readable(line.text)
        # Nobody looked for headlines in a line whose words, nor for it as a whole in one whose
        # comparison form was not made.
        if "words" in vars(line) or read == line.text:
            yield line.key
            continue
        if read:
            yield key(read)
        if "key" in vars(line) and len(line.key) < LONGEST_RECURRING:
            yield line.key
