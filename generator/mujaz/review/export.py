"""What programs ask without a build: each published article, and the edition of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from mujaz.compose.edition import Edition, edition_of
from mujaz.compose.permalinks import article_path, site_address
from mujaz.compose.selection import EditionRules, edition_rules
from mujaz.config import Config
from mujaz.errors import ConfigError
from mujaz.library import Library, TrackedLibrary
from mujaz.library.groups import ALL
from mujaz.model import Article
from mujaz.progress import in_this_process, silent
from mujaz.site_model import Story
from mujaz.state.last_run import inspect
from mujaz.state.run_state import RunState, run_in_transaction
from mujaz.understanding import understand

T = TypeVar("T")


class PublishedArticle(NamedTuple):
    """An article with what the site knows of it beside its own text."""

    article: Article
    address: str
    """Its page, below the site's root."""
    story: Story | None
    """The story that it is part of."""
    topic_id: str
    """Id of the news topic that it belongs to."""


def read_library(config: Config, read: Callable[[Library, EditionRules], T]) -> T:
    """Return what `read` takes from the library, once that is up to date with the raw articles.

    It is also given what editors say of editions.

    It is a copy: what is understood here is not kept.
    """

    def run(state: RunState) -> T:
        understood = understand(state, config, silent, in_this_process)
        return read(understood.library, edition_rules(config, understood.library))

    return run_in_transaction(config, inspect(config, keep=False), run, keep=False)


def published_articles(library: Library) -> Iterator[PublishedArticle]:
    """Yield each published article, in the order of the site."""
    for article in library.all_articles():
        story_id = library.story_id_of(article.id)
        yield PublishedArticle(
            article,
            site_address(article_path(article)),
            library.story(story_id) if story_id else None,
            library.news_topic_id_of(article.id),
        )


def edition_of_day(
    library: Library, day: dt.date | None, rules: EditionRules | None = None
) -> Edition:
    """Return the edition of a day, by default of the newest one.

    Raises `ConfigError` if no article is of that day.
    """
    days = library.days(ALL)
    if not days:
        raise ConfigError("no article states its day of publication, which a digest needs")
    chosen = day or max(days)
    if chosen not in days:
        near = min(days, key=lambda each: (abs(each - chosen), each))
        raise ConfigError(f"{chosen}: no article is of that day; the nearest is {near}")
    return edition_of([chosen], TrackedLibrary(library), rules or EditionRules())
