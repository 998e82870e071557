"""A title for a text that comes without one: its first line, or else its first sentence."""

from __future__ import annotations

import html
import re

from mujaz.arabic.normalise import clean, fold_spaces
from mujaz.model import Stated

MIN_ARTICLE_WORDS = 15
"""Of a message or a chapter: what is shorter is a remark, a greeting or a caption."""
_HEADLINE_WORDS = range(2, 21)
_MIN_WORDS_BELOW = 8
"""Below a line that is a headline, there is a text."""
_MAX_SENTENCE_WORDS = 16
"""Of a sentence that stands in the place of a headline; a longer one is cut."""
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])[\s»”\")\]]|\n|(?<=[.!?؟])$")
_ORNAMENT = re.compile(r"^[^\w«“\"(\[]+|[^\w»”\")\]!?؟.…%٪$€£\u064b-\u065f\u0670]+$")
"""No vowel marks: «غداً» ends with one."""
_EMPHASIS = re.compile(r"(?<!\w)([*_~]{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
"""As messengers write it."""
_WORD = re.compile(r"[^\W_]")
_MAX_ESCAPED = 3
_TAG = re.compile(
    r"</?(?:a|b|br|em|font|h[1-6]|i|mark|p|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def plain_title(title: str) -> str:
    """Return `title` without the HTML that feeds write into it, once or twice escaped."""
    for _ in range(_MAX_ESCAPED):
        if "&" in title:
            title = html.unescape(title)
    return fold_spaces(_TAG.sub("", title)) if "<" in title else title.strip()


def word_count(text: str) -> int:
    """Return how many words `text` has; signs and pictures of faces are none."""
    return sum(bool(_WORD.search(each)) for each in text.split())


def split_title(text: str) -> tuple[Stated, str] | None:
    """Return a title for `text`, and the text that stands below it; None if there is no word.

    A first line that is shaped like a headline is one. Otherwise the first sentence stands in its
    place, and the text stays whole.
    """
    lines = [line for line in text.split("\n") if _WORD.search(line)]
    if not lines:
        return None
    first = _title_of(lines[0])
    below = text.split(lines[0], 1)[1].strip()
    ends_like_prose = first.endswith((".", "،", "؛", ":"))
    if (
        word_count(first) in _HEADLINE_WORDS
        and not ends_like_prose
        and word_count(below) >= _MIN_WORDS_BELOW
    ):
        return Stated(first, "first line"), below
    return Stated(_first_sentence("\n".join(lines)), "first sentence"), text


def _first_sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    words = _title_of(text[: end.start()] if end else text).split()
    if len(words) <= _MAX_SENTENCE_WORDS:
        return " ".join(words).rstrip(".،؛:")
    return " ".join(words[:_MAX_SENTENCE_WORDS]).rstrip(".،؛:") + "…"


def _title_of(line: str) -> str:
    """Return a line without what ornaments it: stars, arrows, faces."""
    return _ORNAMENT.sub("", fold_spaces(clean(_EMPHASIS.sub(r"\2", line[:5_000])))).strip()
