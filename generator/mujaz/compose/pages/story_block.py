"""The story block: one story of an edition, as every page shows it."""

from __future__ import annotations

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.compose.edition import DigestEntry
from mujaz.compose.markdown import link
from mujaz.compose.pages.cards import card_item
from mujaz.compose.permalinks import story_path


def story_block(entry: DigestEntry, page: str, say: Wording, *, level: int = 3) -> str:
    """Return a story as a list item for `page`; its headline is a heading of `level`."""
    whole = ""
    if entry.story and len(entry.story.articles) > 1:
        articles = say.counted(len(entry.story.articles), ARTICLE)
        text = say.text("story_block.whole", articles=articles)
        whole = link(text, story_path(entry.story), page)
    return card_item(entry.fullest, page, say, level=level, sources=entry.sources, below=whole)
