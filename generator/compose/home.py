"""The home page: the lead story, the latest, and each section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.arabic.calendars import date_text
from generator.compose.addresses import HEADLINES, HOME
from generator.compose.cards import card
from generator.compose.markdown import blocks, escape, link
from generator.data import table
from generator.model import Article, Page

_LATEST = 9
_IN_SECTION = 3


def home_page(articles: Sequence[Article], site_name: str, description: str) -> Page:
    """Return the home page. "Today" is the newest article's day, so no clock is asked."""
    parts: list[str] = []
    if articles:
        parts.append(card(articles[0], HOME, level=2))
        latest = articles[1 : 1 + _LATEST]
        if latest:
            parts += ["## أحدث الأخبار", "\n".join(card(article, HOME) for article in latest)]
        shown = {article.id for article in (articles[0], *latest)}
        for section in (entry["label"] for entry in table("categories").values()):
            more = [a for a in articles if a.category == section and a.id not in shown]
            if more:
                cards = (card(a, HOME, kicker=False) for a in more[:_IN_SECTION])
                parts += [f"## {escape(section)}", "\n".join(cards)]
        parts.append(link("كل العناوين", HEADLINES, HOME))
    else:
        parts.append("لا أخبار بعد: ضع مقالات في مجلد المصادر ثم أعد البناء.")
    newest = articles[0].date if articles else None
    meta: dict[str, Any] = {
        "template": "home.html",
        "title": site_name,
        "description": description or site_name,
        "mujaz": {"kind": "home"},
    }
    if newest:
        meta["mujaz"] |= {"date_text": date_text(newest), "date_iso": newest.isoformat()}
    return Page(HOME, meta, blocks(parts))
