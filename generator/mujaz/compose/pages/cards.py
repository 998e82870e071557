"""An article as other pages show it: a card with summary, or one line of an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import escape, item, link
from mujaz.compose.pages.article import byline
from mujaz.compose.permalinks import article_path
from mujaz.model import Card


def card(
    article: Card,
    page: str,
    say: Wording,
    *,
    level: int = 3,
    kicker: bool = True,
    sources: Sequence[str] = (),
    below: str = "",
) -> str:
    """Return a list item with section, headline, summary, and who reported it when.

    `sources` are all papers that reported the story, where there are several; `below` is Markdown
    that ends the card.
    """
    section = f"**{escape(article.category)}**" if kicker and article.category else ""
    heading = "#" * level + " " + link(article.title, article_path(article), page)
    day = say.date(article.date) if article.date else ""
    told_by = "، ".join(sources) or article.source or ""
    return item(section, heading, escape(article.summary), credit(told_by, day), below)


def lines(articles: Iterable[Card], page: str) -> str:
    """Return an index's list of articles: headline, and who reported it from where."""
    return "\n".join(
        item(
            "### " + link(article.title, article_path(article), page),
            credit(byline(article)),
        )
        for article in articles
    )


def credit(*parts: str) -> str:
    """Return who reported something, where and when, as Markdown."""
    text = " · ".join(filter(None, parts))
    return f"*{escape(text)}*" if text else ""
