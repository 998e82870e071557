"""The parts of a story's page, each as one line of HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from mujaz.arabic.wording import Wording
from mujaz.compose.html import anchor, element, text
from mujaz.compose.pages.story_block import attribution, language_attributes
from mujaz.compose.permalinks import article_path
from mujaz.compose.stories.coverage import SourceHeadline
from mujaz.compose.stories.differences import Difference, Statement
from mujaz.compose.stories.figures import AMOUNT
from mujaz.compose.stories.quotations import Quotation
from mujaz.compose.stories.text_changes import ChangedSentence, TextChange
from mujaz.compose.stories.timeline import TimelineDay
from mujaz.compose.word_diff import Change, word_diff
from mujaz.site_model import Card

_MAX_CHANGES = 6
"""Changed sentences of a change that are shown."""
_CONTEXT_WORDS = 6
"""Words that stayed, shown before and behind those that changed."""


def quotations_html(
    quotations: Sequence[Quotation], cards: Mapping[str, Card], page: str, say: Wording
) -> str:
    """Return who said what, each with the article that quotes it."""
    figures = []
    for each in quotations:
        card = cards[each.article_id]
        said = element("blockquote", text(f"«{each.said}»"), **language_attributes(card))
        way = attribution(card, card.date, page, say)
        caption = element("figcaption", element("b", text(each.speaker)), " ", way)
        figures.append(element("figure", said, caption))
    return element("div", *figures, class_="quotations")


def differences_html(
    differences: Sequence[Difference], cards: Mapping[str, Card], page: str, say: Wording
) -> str:
    """Return what sources state differently, side by side, with who says which."""
    parts = []
    for difference in differences:
        parts.append(element("h3", text(say.text(f"story.differ.{difference.kind}"))))
        by_value = sorted(difference.statements, key=lambda each: each.figure.value)
        items = [
            _statement_item(list(same), cards, page, say)
            for _, same in groupby(by_value, key=lambda each: each.figure.value)
        ]
        parts.append(element("ul", *items))
        if difference.kind != AMOUNT and difference.rises:
            parts.append(element("p", text(say.text("story.rises"))))
    return element("div", *parts, class_="differences")


def _statement_item(
    statements: Sequence[Statement], cards: Mapping[str, Card], page: str, say: Wording
) -> str:
    shown = max((each.figure.shown for each in statements), key=len)
    by_source = {each.source: each for each in reversed(statements)}
    ways = (attribution(cards[each.article_id], each.day, page, say) for each in by_source.values())
    return element("li", element("b", text(f"«{shown}»")), " ", " ".join(ways))


def timeline_html(
    days: Sequence[TimelineDay],
    left_out: int,
    first: Card | None,
    page: str,
    say: Wording,
    day_link: Callable[[TimelineDay], str],
) -> str:
    """Return the articles of a story by day and hour; `day_link` gives a day as a heading.

    `left_out` is the number of days behind the first one that are not among `days`.
    """
    parts = []
    for number, day in enumerate(days):
        if number == 1 and left_out:
            others = say.text("story.days_between", days=say.counted(left_out, "day"))
            parts.append(element("p", text(others)))
        parts.append(element("h3", day_link(day)))
        items = [_entry(card, page, say, is_first=card is first) for card in day.shown]
        if day.left_out:
            half = (len(items) + 1) // 2
            others = say.counted(day.left_out, "article")
            more = element("li", text(say.text("story.between", articles=others)), class_="more")
            items.insert(half, more)
        parts.append(element("ol", *items))
    return element("div", *parts, class_="timeline")


def _entry(card: Card, page: str, say: Wording, *, is_first: bool) -> str:
    time = element("time", text(say.time(card.time))) if card.time else ""
    way = anchor(text(card.title), article_path(card), page, **language_attributes(card))
    sources = [card.source or "", *card.also_in]
    credit = element("small", text(say.listed(list(dict.fromkeys(filter(None, sources))), 4)))
    mark = element("b", text(say.text("story.first"))) if is_first else ""
    return element("li", " ".join(filter(None, (time, mark, way, credit))), id=card.id)


def headlines_html(
    headlines: Sequence[SourceHeadline], anchored: frozenset[str], page: str, say: Wording
) -> str:
    """Return every source's own headlines, folded; ids of `anchored` articles stand elsewhere."""
    by_source: dict[str, list[SourceHeadline]] = {}
    for each in headlines:
        by_source.setdefault(each.source, []).append(each)
    named = set(anchored)
    entries = []
    for source, listed in by_source.items():
        entries.append(element("dt", text(source or say.text("story.no_source"))))
        for each in listed:
            name = None if each.card.id in named else each.card.id
            named.add(each.card.id)
            way = anchor(
                text(each.title), article_path(each.card), page, **language_attributes(each.card)
            )
            entries.append(element("dd", way, id=name))
    counted = text(say.counted(len(headlines), "headline"))
    return element("details", element("summary", counted), element("dl", *entries))


def text_change_html(change: TextChange, card: Card, page: str, say: Wording) -> str:
    """Return what a source changed in its article, folded under one line that counts it."""
    changes = [*filter(None, (change.headline,)), *change.changed]
    shown = [*changes, *change.added, *change.removed]
    items = [element("li", _marked(each)) for each in shown[:_MAX_CHANGES]]
    if len(shown) > _MAX_CHANGES:
        others = say.counted(len(shown) - _MAX_CHANGES, "sentence")
        items.append(element("li", text(say.text("story.more_changes", sentences=others))))
    day = say.date(change.day) if change.day else ""
    who = say.joined(card.source, day)
    line = text(say.text("story.corrected", who=who, changes=counted_changes(change, say)))
    way = anchor(text(card.title), article_path(card), page, **language_attributes(card))
    return element("details", element("summary", line), element("p", way), element("ul", *items))


def counted_changes(change: TextChange, say: Wording) -> str:
    """Return how much a change changed: «تغيّر رقمان والعنوان»."""
    numbers, others = change.numbers, len(change.changed) - change.sentences_of_numbers
    parts = [say.counted(numbers, "number")] if numbers else []
    if change.headline:
        parts.append(say.text("story.headline"))
    clauses = []
    if parts:
        if others:
            parts.append(say.counted(others, "sentence"))
        clauses.append(say.text("story.changed", what=_and(parts, say)))
    elif others:
        clauses.append(say.text("story.changed_sentences", what=say.counted(others, "sentence")))
    for key, count in (("added", len(change.added)), ("removed", len(change.removed))):
        if count:
            clauses.append(say.text(f"story.{key}", what=say.counted(count, "sentence")))
    return say.joined(*clauses)


def _and(parts: Sequence[str], say: Wording) -> str:
    first, *rest = parts
    for each in rest:
        first = say.text("names.and_others", names=first, others=each)
    return first


def _marked(change: ChangedSentence) -> str:
    """Return a sentence with the words that went and those that are in their place."""
    if not change.old or not change.new:
        name = "ins" if change.new else "del"
        return element(name, text(change.new or change.old))
    run = [each for each in word_diff(change.old, change.new) if each.text.strip()]
    first, last = 0, len(run) - 1
    shown = []
    for place, each in enumerate(run):
        if each.kind == "same":
            shown.append(text(_shortened(each, is_first=place == first, is_last=place == last)))
        else:
            name = "ins" if each.kind == "added" else "del"
            shown.append(element(name, text(each.text)))
    return " ".join(shown)


def _shortened(change: Change, *, is_first: bool, is_last: bool) -> str:
    """Return words that stayed, but those far from what changed."""
    words = change.text.split()
    if len(words) <= 2 * _CONTEXT_WORDS:
        return " ".join(words)
    before = [] if is_first else words[:_CONTEXT_WORDS]
    behind = [] if is_last else words[-_CONTEXT_WORDS:]
    return " ".join((*before, "…", *behind))
