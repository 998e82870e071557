"""Tells the parts of a page apart: its headline, its body, and the junk around them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from mujaz.arabic.phrases import Finder
from mujaz.parse.lines import Line

LONGEST_HEADLINE = 45
"""Words: a longer first line is a paragraph, or headlines glued together."""
SHORTEST_KNOWN = 3
"""Words: a shorter headline is found in any text by chance."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The parts of one page."""

    headline: Line | None
    body: tuple[Line, ...]
    """Dateline and paragraphs."""
    cut: tuple[Line, ...]
    """Everything else, in its order on the page."""


def find_headline(lines: Sequence[Line], headlines: Finder) -> int:
    """Return the index of the headline: the first line of words, neither marker nor glued."""
    index = 0
    while index < len(lines) - 1 and (
        not lines[index].key
        or lines[index].is_marker
        or lines[index].is_inline_marker
        or _is_glued_head(lines[index], lines[index + 1 : index + 5], headlines)
    ):
        index += 1
    return index


def _is_glued_head(line: Line, following: Sequence[Line], headlines: Finder) -> bool:
    """Whether `line` is other pages' headlines glued together before the article's own."""
    length = len(line.words)
    for other in following:
        if len(other.text) >= len(line.text):  # spares folding every paragraph
            continue
        own = len(other.words)
        if own >= SHORTEST_KNOWN and length > 1.5 * own and line.contains(other.key):
            return True
    count, share = line.share_known(headlines)
    return count >= 2 and share > 0.4


def dissect(
    lines: Sequence[Line],
    headlines: Finder,
    boilerplate: Container[str] = frozenset(),
    stated_headline: Line | None = None,
) -> Anatomy:
    """Return the parts of a page, given the known headlines and recurring lines of all pages.

    Without a `stated_headline`, the headline is one of the lines.
    """
    if stated_headline is not None:
        # A flash may say in its text what its headline says, and no more.
        at = 1 if len(lines) > 1 and lines[0].key == stated_headline.key else 0
        return _around_body(stated_headline, lines[:at], list(lines[at:]), headlines, boilerplate)
    if not lines:
        return Anatomy(None, (), ())
    at = find_headline(lines, headlines)
    headline = lines[at]
    if headline.is_marker or len(headline.words) > LONGEST_HEADLINE:
        return Anatomy(None, tuple(lines[at:]), tuple(lines[:at]))
    return _around_body(headline, lines[:at], list(lines[at + 1 :]), headlines, boilerplate)


def _around_body(
    headline: Line,
    above: Sequence[Line],
    rest: list[Line],
    headlines: Finder,
    boilerplate: Container[str],
) -> Anatomy:
    """Tell the body in `rest` from the junk in and below it."""
    kept, dropped = _cut_at_markers(rest, headline, headlines)
    if not kept:
        # A marker right under the headline, and nothing below it that ends like a paragraph:
        # rather keep what may be the article than lose it.
        is_junk = [
            line.is_marker or _is_other_headlines(line, headline, headlines) for line in rest
        ]
        kept = [line for line, junk in zip(rest, is_junk, strict=True) if not junk]
        dropped = [line for line, junk in zip(rest, is_junk, strict=True) if junk]
    first, last = _ends_of_article(kept, headline, headlines, boilerplate, dropped)
    dropped += [*kept[:first], *kept[last:]]
    cut = sorted((*above, *dropped), key=lambda line: line.start)
    return Anatomy(headline, tuple(kept[first:last]), tuple(cut))


def _ends_of_article(
    kept: Sequence[Line],
    headline: Line,
    headlines: Finder,
    boilerplate: Container[str],
    dropped: Sequence[Line],
) -> tuple[int, int]:
    """Return the index of the article's first line among `kept`, and that after its last one.

    The headline comes again above the text; signatures, lines that stand on many pages and, where
    no marker announced them, other headlines come below it.
    """
    marked = any(line.is_marker for line in dropped)
    first, last = 0, len(kept)
    while last - first > 1 and kept[first].key == headline.key:
        first += 1
    while last - first > 1 and (
        kept[last - 1].is_signature
        or kept[last - 1].key in boilerplate
        or (not marked and _is_other_headlines(kept[last - 1], headline, headlines))
    ):
        last -= 1
    while last > first and kept[last - 1].is_signature:
        last -= 1
    return first, last


def _cut_at_markers(
    lines: Sequence[Line], headline: Line, headlines: Finder
) -> tuple[list[Line], list[Line]]:
    """Return the lines of the article and those that markers announce.

    What a marker announces ends where paragraphs resume: "read also" may stand in mid-article.
    """
    kept: list[Line] = []
    dropped: list[Line] = []
    announced = False
    for line in lines:
        if line.is_marker or line.is_inline_marker:
            announced = line.is_marker
            dropped.append(line)
        elif announced and not _is_paragraph(line, headline, headlines):
            dropped.append(line)
        else:
            announced = False
            kept.append(line)
    return kept, dropped


def _is_paragraph(line: Line, headline: Line, headlines: Finder) -> bool:
    """Whether `line`, below a marker, is the article going on."""
    return (
        line.ends_sentence
        and len(line.words) >= 12
        and not line.contains(headline.key)
        and line.share_known(headlines)[1] < 0.3
    )


def _is_other_headlines(line: Line, headline: Line, headlines: Finder) -> bool:
    """Whether `line`, with no marker before it, is headlines and no paragraph."""
    if line.key == headline.key:
        return True
    if line.ends_sentence:
        return False
    length, own = len(line.words), len(headline.words)
    if line.contains(headline.key) and own >= SHORTEST_KNOWN and length > 1.5 * own:
        return True
    count, share = line.share_known(headlines)
    return share > 0.95 or (count >= 2 and share > 0.3)
