"""Takes furniture and captions off both ends of an article's text, and never the text itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mujaz.arabic.normalise import key
from mujaz.parse.captions import glued_caption_end, is_caption, may_be_caption, word_set
from mujaz.parse.datelines import is_dateline
from mujaz.parse.furniture import (
    MAX_FURNITURE_CHARACTERS,
    gallery_end,
    is_closing,
    is_navigation,
    related_start,
    tail_start,
)
from mujaz.parse.lines import Line
from mujaz.parse.vocabulary import SiteVocabulary

LIST_MARK = "*"
"""Stands before items of a list, and before what a writer is."""
_MIN_PARAGRAPH_WORDS = 12
_MAX_TAILS = 40
"""Lines below a text, and parts of lines; more is no page that people made."""
_MAX_HEAD_LINES = 12
"""Above the first paragraph: where more are, they are a list or a poem."""
_MAX_LABEL_WORDS = 8
"""Between the last sentence and the headline that is repeated after it."""


@dataclass(frozen=True, slots=True)
class TextEnds:
    """What stands at the ends of one article's text."""

    headline: Line
    vocabulary: SiteVocabulary

    def without_furniture(self, body: Sequence[Line]) -> tuple[list[Line], list[Line]]:
        """Return the lines of the text, and what was cut off; some lines are cut in two."""
        lines, cut = list(body), list[Line]()
        self._cut_gallery(lines, cut)
        self._cut_related(lines, cut)
        # The tail first: what tags repeat is not yet said in the text.
        for _ in range(_MAX_TAILS):
            if not self._cut_tail(lines, cut):
                break
        self._cut_head(lines, cut)
        self._cut_glued_caption(lines, cut)
        return lines, cut

    def _cut_gallery(self, lines: list[Line], cut: list[Line]) -> None:
        """Cut what a gallery leaves of itself before the text."""
        if not lines or not (end := gallery_end(lines[0].text)):
            return
        line = lines[0]
        if line.text[end:].strip():
            cut.append(line.part(0, end))
            lines[0] = line.part(end)
        elif len(lines) > 1:
            cut.append(lines.pop(0))

    def _cut_head(self, lines: list[Line], cut: list[Line]) -> None:
        """Cut menus, buttons and captions above the first paragraph; datelines stay there."""
        first = next((i for i, line in enumerate(lines) if _is_paragraph(line)), 0)
        if not 0 < first <= _MAX_HEAD_LINES:
            return
        head = [line for line in lines[:first] if not self._is_above_text(line, lines[first:])]
        cut += [line for line in lines[:first] if line not in head]
        lines[:first] = head

    def _cut_glued_caption(self, lines: list[Line], cut: list[Line]) -> None:
        """Cut the caption off that the first paragraph opens with, without a space between."""
        if not lines:
            return
        line = lines[0]
        following = [each.text for each in lines[1:]]
        if end := glued_caption_end(line.text, self.headline.text, following):
            cut.append(line.part(0, end))
            lines[0] = line.part(end)

    def _is_above_text(self, line: Line, text: Sequence[Line]) -> bool:
        if is_navigation(line.text):
            return True
        if self._is_dateline(line):
            return False
        return line.key in self.vocabulary.boilerplate or (
            may_be_caption(line.text) and self._is_caption(line, text)
        )

    def _is_dateline(self, line: Line) -> bool:
        return bool(
            is_dateline(line.text, self.vocabulary)
            or self.vocabulary.source_named(line.text)
            or self.vocabulary.is_place(line.text)
        )

    def _is_caption(self, line: Line, text: Sequence[Line]) -> bool:
        words = word_set("\n".join(each.text for each in text))
        name, colon, rest = self.headline.text.partition(":")
        # «ليلى النجار: …» is what she says, or her column: if the text does not name her, that.
        is_named = bool(colon) and key(name) == line.key
        return is_caption(line.text, word_set(rest if is_named else self.headline.text), words)

    def _cut_related(self, lines: list[Line], cut: list[Line]) -> None:
        """Cut "read also: …" off the ends of paragraphs."""
        for index, line in enumerate(lines):
            if (start := related_start(line.text)) is not None:
                cut.append(line.part(start))
                lines[index] = line.part(0, start)

    def _cut_tail(self, lines: list[Line], cut: list[Line]) -> bool:
        """Cut what is below the last sentence; return whether there may be more."""
        if not lines:
            return False
        line = lines[-1]
        start = self.tail_start(line)
        if start:
            cut.append(line.part(start))
            lines[-1] = line.part(0, start)
            return True
        is_formula = line.text.startswith(LIST_MARK) and is_closing(line.text.lstrip("* "))
        if (
            line.text.startswith(LIST_MARK)
            and not is_formula
            and (
                len(lines) < 2
                or lines[-2].text.startswith(LIST_MARK)
                or lines[-2].text.endswith(":")
            )
        ):
            return False  # an item of a list, and no office of the writer
        if len(lines) > 1 and lines[-2].announces:
            return False
        if start == 0 or (len(lines) > 1 and self._is_caption_below(lines)):
            cut.append(lines.pop())
            return True
        return False

    def tail_start(self, line: Line) -> int | None:
        """Return where furniture begins in a line; 0 if all of it is, None if nothing is."""
        start = tail_start(line.text)
        if start is None:
            start = self._own_headline_start(line) or self._recurring_start(line)
        return start

    def _own_headline_start(self, line: Line) -> int | None:
        """Return where a link to the article itself begins, whose text is its headline."""
        headline = self.headline.text.strip()
        position = line.text.rfind(headline) if line.text.endswith(headline[-3:]) else -1
        if position <= 0 or len(headline.split()) < 3:
            return None
        start = line.unfinished_start
        label = line.text[start:position]
        is_label = label.rstrip().endswith(":") and len(label.split()) <= _MAX_LABEL_WORDS
        return start if 0 < start <= position and (is_label or not label) else None

    def _recurring_start(self, line: Line) -> int | None:
        """Return where words begin below the last sentence that many pages have there."""
        start = line.unfinished_start
        if not start or len(line.text) - start >= MAX_FURNITURE_CHARACTERS:
            return None
        return start if line.part(start).key in self.vocabulary.boilerplate else None

    def _is_caption_below(self, lines: Sequence[Line]) -> bool:
        *text, line = lines
        return (
            may_be_caption(line.text)
            and text[-1].ends_sentence
            and _is_paragraph(text[-1])
            and not self._is_dateline(line)
            and self._is_caption(line, text)
        )


def _is_paragraph(line: Line) -> bool:
    return line.ends_sentence or len(line.text.split()) >= _MIN_PARAGRAPH_WORDS
