"""The story block: one story of an edition, as every page shows it."""

from __future__ import annotations

from typing import Literal

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.compose.edition import DigestEntry
from mujaz.compose.markdown import item, link
from mujaz.compose.pages.cards import card_item
from mujaz.compose.permalinks import article_path, story_path

Tier = Literal["lead", "full", "brief"]
"""How much of a story is shown: the lead of an edition, one with its sentences, one in brief."""


def story_block(
    entry: DigestEntry, page: str, say: Wording, *, level: int = 3, tier: Tier = "full"
) -> str:
    """Return a story as a list item for `page`; its headline is a heading of `level`.

    `tier` says how much of it is shown.
    """
    whole = ""
    if entry.story and len(entry.story.articles) > 1:
        articles = say.counted(len(entry.story.articles), ARTICLE)
        text = say.text("story_block.whole", articles=articles)
        whole = link(text, story_path(entry.story), page)
    if tier == "brief":
        return item("#" * level + " " + link(entry.title, article_path(entry.fullest), page), whole)
    return card_item(entry.fullest, page, say, level=level, sources=entry.sources, below=whole)
