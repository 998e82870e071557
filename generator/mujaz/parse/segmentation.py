"""Tells the parts of a page apart: its headline, its body, and the junk around them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from mujaz.arabic.phrases import Finder
from mujaz.parse.furniture import is_closing, is_menu
from mujaz.parse.lines import Line
from mujaz.parse.text_ends import LIST_MARK, TextEnds
from mujaz.parse.vocabulary import SiteVocabulary

MAX_HEADLINE_WORDS = 45
"""A longer first line is a paragraph, or headlines glued together."""
MIN_HEADLINE_WORDS = 3
"""A shorter headline is met in any text by chance."""
_MIN_PARAGRAPH_WORDS = 12
"""Of a paragraph that goes on below a marker."""
_MAX_LINES_ABOVE = 12
"""Of a site's menu, above a headline."""
_NO_LINES = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Segments:
    """The parts of one page."""

    headline: Line | None
    body: tuple[Line, ...]
    """Dateline and paragraphs."""
    cut: tuple[Line, ...]
    """Everything else, in its order on the page."""


def find_headline(
    lines: Sequence[Line], headlines: Finder, boilerplate: Container[str] = _NO_LINES
) -> int:
    """Return the index of the headline: the first line of words that is no junk.

    Junk are markers, menus, lines that stand on many pages, and other pages' headlines glued.
    """
    index = 0
    while index < len(lines) - 1 and (
        not lines[index].key
        or lines[index].is_marker
        or lines[index].is_inline_marker
        or is_menu(lines[index].text)
        or lines[index].is_glued
        or _is_above_headline(lines, index, boilerplate)
        or lines[index].is_day
        or _is_glued_head(lines[index], lines[index + 1 : index + 5], headlines)
    ):
        index += 1
    return index


def _is_above_headline(lines: Sequence[Line], index: int, boilerplate: Container[str]) -> bool:
    """Whether a line recurs on many pages, and one that may be a headline follows it."""
    if lines[index].key not in boilerplate:
        return False
    following = (
        line for line in lines[index + 1 : -1][:_MAX_LINES_ABOVE] if line.key not in boilerplate
    )
    headline = next(following, None)
    return headline is not None and (
        MIN_HEADLINE_WORDS <= len(headline.words) <= MAX_HEADLINE_WORDS
        and not headline.ends_sentence
        and not headline.text.endswith(":")
        and not any(character.isdigit() for character in headline.text)
    )


def _is_glued_head(line: Line, following: Sequence[Line], headlines: Finder) -> bool:
    """Whether `line` is other pages' headlines glued together before the article's own."""
    for other in following:
        # The length first: it spares folding every paragraph.
        if len(other.text) < len(line.text) and _holds_headline(line, other):
            return True
    count, share = line.headline_share(headlines)
    return count >= 2 and share > 0.4


def _holds_headline(line: Line, headline: Line) -> bool:
    """Whether `headline` stands in `line` and much besides."""
    size = len(headline.words)
    return (
        size >= MIN_HEADLINE_WORDS and len(line.words) > 1.5 * size and line.contains(headline.key)
    )


def segment(
    lines: Sequence[Line], vocabulary: SiteVocabulary, stated_headline: Line | None = None
) -> Segments:
    """Return the parts of a page, given what other pages of its site show.

    Without a `stated_headline`, the headline is one of the lines.
    """
    if stated_headline is not None:
        # A flash may say in its text what its headline says, and no more.
        start = 1 if len(lines) > 1 and lines[0].key == stated_headline.key else 0
        page = _Page(stated_headline, vocabulary)
        return page.segments(lines[:start], lines[start:])
    if not lines:
        return Segments(None, (), ())
    index = find_headline(lines, vocabulary.headlines, vocabulary.boilerplate)
    headline = lines[index]
    if headline.is_marker or len(headline.words) > MAX_HEADLINE_WORDS:
        return Segments(None, tuple(lines[index:]), tuple(lines[:index]))
    page = _Page(headline, vocabulary)
    return page.segments(lines[:index], lines[index + 1 :])


@dataclass(frozen=True, slots=True)
class _Page:
    """A page whose headline was told from its other lines."""

    headline: Line
    vocabulary: SiteVocabulary

    @property
    def _ends(self) -> TextEnds:
        return TextEnds(self.headline, self.vocabulary)

    def segments(self, above: Sequence[Line], below: Sequence[Line]) -> Segments:
        """Tell the body from the junk among the lines below the headline."""
        body, cut = self._cut_at_markers(below)
        if not body:
            cut = []
            # A marker right under the headline, and nothing below it that ends like a paragraph:
            # rather keep what may be the article than lose it.
            for line in below:
                is_junk = line.is_marker or self._is_other_headlines(line)
                (cut if is_junk else body).append(line)
        has_marker = any(line.is_marker for line in cut)
        first, last = self._article_bounds(body, has_marker=has_marker)
        text, furniture = self._ends.without_furniture(body[first:last])
        cut = sorted(
            (*above, *cut, *body[:first], *furniture, *body[last:]), key=lambda line: line.start
        )
        return Segments(self.headline, tuple(text), tuple(cut))

    def _cut_at_markers(self, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
        """Return the lines of the article and those that markers announce.

        What a marker announces ends where paragraphs resume: "read also" may stand in mid-article.
        """
        body: list[Line] = []
        cut: list[Line] = []
        is_announced = False
        for line in lines:
            if line.is_marker or line.is_inline_marker:
                is_announced = line.is_marker
                cut.append(line)
            elif is_announced and not self._is_paragraph(line):
                cut.append(line)
            else:
                is_announced = False
                body.append(line)
        return body, cut

    def _article_bounds(self, body: Sequence[Line], *, has_marker: bool) -> tuple[int, int]:
        """Return the index of the article's first line in `body`, and that after its last one.

        The headline comes again above the text; lines that stand on many pages and, where no
        marker announced them, other headlines come below it.
        """
        first, last = 0, len(body)
        while last - first > 1 and body[first].key == self.headline.key:
            first += 1
        while (
            last - first > 1
            and not body[last - 2].announces
            and self._is_below_text(body[last - 1], has_marker=has_marker)
        ):
            last -= 1
        return first, last

    def _is_below_text(self, line: Line, *, has_marker: bool) -> bool:
        if line.text.startswith(LIST_MARK):  # what it is, the lines above it say
            return False
        if is_closing(line.text) or line.key in self.vocabulary.boilerplate:
            return True
        is_junk = not has_marker and self._is_other_headlines(line)
        # A paragraph may only have headlines glued to it.
        return is_junk and not self._ends.tail_start(line)

    def _is_paragraph(self, line: Line) -> bool:
        """Whether `line`, below a marker, is the article going on."""
        return (
            line.ends_sentence
            and len(line.words) >= _MIN_PARAGRAPH_WORDS
            and not line.contains(self.headline.key)
            and line.headline_share(self.vocabulary.headlines)[1] < 0.3
        )

    def _is_other_headlines(self, line: Line) -> bool:
        """Whether `line`, with no marker before it, is headlines and no paragraph."""
        if line.key == self.headline.key:
            return True
        if line.ends_sentence:
            return False
        if line.is_glued or _holds_headline(line, self.headline):
            return True
        count, share = line.headline_share(self.vocabulary.headlines)
        return share > 0.95 or (count >= 2 and share > 0.3)
