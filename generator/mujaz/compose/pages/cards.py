"""An article as other pages show it: a card with summary, or one line of an index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from mujaz.arabic.excerpts import cut
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.markdown import escape, in_language, item, link
from mujaz.compose.permalinks import article_path
from mujaz.site_model import Card

_MAX_SUMMARY = 240
"""Letters of a summary on a card: it is cut here, since style sheets would cut within a word."""


def card_item(
    card: Card,
    page: str,
    say: Wording,
    *,
    level: int = 3,
    kicker: bool = True,
    sources: Sequence[str] = (),
    today: dt.date | None = None,
    below: str = "",
) -> str:
    """Return a list item with section, headline, summary, and who reported it when.

    `sources` are all that reported the story, where there are several; of `today`, the day of the
    whole list, the time alone is said; `below` is Markdown that ends the card.
    """
    section = f"**{escape(card.section)}**" if kicker and card.section else ""
    heading = "#" * level + " " + link(card.title, article_path(card), page, card.language)
    when = say.date(card.date) if card.date else ""
    if card.time and card.date == today:
        when = say.time(card.time)
    reporters = say.listed(sources) or card.source or ""
    summary = in_language(escape(cut(card.summary, _MAX_SUMMARY)), card.language)
    return item(section, heading, summary, credit(reporters, when), below)


def line_items(
    cards: Iterable[Card],
    page: str,
    say: Wording,
    *,
    source: bool = True,
    dated: bool = False,
) -> str:
    """Return the shortest list of articles: of each the headline, when and where it appeared.

    Without `source`, the list is one source's own. Where `dated`, the day is said, else the time.
    """
    return "\n".join(
        f"- {link(card.title, article_path(card), page, card.language)}"
        + _origin(card, say, source, dated)
        for card in cards
    )


def _origin(card: Card, say: Wording, source: bool, dated: bool) -> str:
    when = say.time(card.time) if card.date and card.time else ""
    if dated:
        when = say.date(card.date) if card.date else ""
    origin = say.joined(when, card.source if source else "")
    return f" {html.element('small', html.text(origin))}" if origin else ""


def credit(*parts: str) -> str:
    """Return who reported something, where and when, as Markdown."""
    text = Wording().joined(*parts)
    return f"*{escape(text)}*" if text else ""
