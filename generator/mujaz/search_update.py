"""Brings the search index up to date with the library: composing makes what publishing indexes.

Neither stage knows of the other, so this stands above both.

Only the articles behind the keys that changed are read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from mujaz.compose import search_documents
from mujaz.config import Config
from mujaz.delta import Delta
from mujaz.library import Library
from mujaz.library.groups import DependencyKey
from mujaz.publish import SearchIndex
from mujaz.site_model import SearchDocument


def update_search(
    base: sqlite3.Connection, config: Config, library: Library, changed: set[DependencyKey]
) -> set[str]:
    """Index the articles that changed, or remove the index of a site without search.

    Return the paths below the folder of pages that changed. Raises `MujazError` if Pagefind is
    missing or fails.
    """

    def documents_of(ids: Iterable[str]) -> Iterator[SearchDocument]:
        return search_documents(library.articles(ids), config)

    index = SearchIndex(base, config.out, documents_of)
    if not config.search:
        paths = index.remove()
    else:
        articles = library.delta_of(changed)
        documents = search_documents(articles.upserted, config)
        paths = index.apply(Delta(articles.removed, documents))
    return {*paths.removed, *paths.upserted}
