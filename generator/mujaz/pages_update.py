"""Brings the folder of pages and the search index up to date: composing makes what is published.

The stages know nothing of each other, so this stands above them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from mujaz.addresses import Permalinks, write_forwarding
from mujaz.compose import IMAGES, page_text, search_document
from mujaz.config import Config
from mujaz.delta import Delta
from mujaz.library import Library, StalePages
from mujaz.library.groups import DependencyKey
from mujaz.publish import (
    PagesFolder,
    SearchIndex,
    image_names,
    reserved_files,
    theme_assets,
    write_fonts,
    write_images,
)
from mujaz.site_model import Asset, Page, SearchDocument
from mujaz.state.run_state import RunState


class WrittenFiles(NamedTuple):
    """What became of the files among the pages."""

    paths: set[str]
    """Those that changed."""
    texts: int
    """The number of pages and other texts among them."""


def write_pages(
    state: RunState,
    config: Config,
    composed: Iterable[Page | Asset],
    stale: StalePages,
    library: Library,
    permalinks: Permalinks,
) -> WrittenFiles:
    """Write the pages that were composed, and what belongs to them; remove what nobody wants now.

    Raises `ConfigError`, before anything is written, if a file that is not ours is in the way.
    """
    pages = PagesFolder(config.out, lambda: _former_files(state, config, stale))
    images = list(library.images())
    image_paths = {f"{IMAGES}/{name}" for image in images for name in image_names(image)}
    assets, reserved = theme_assets(state, config), reserved_files(config, image_paths)
    state.database.note("pages_folder", str(config.out))
    texts = chain(((page.path, page_text(page)) for page in composed), assets.texts.items())
    written = pages.write(texts, reserved)
    forwarding = write_forwarding(state.database, config, permalinks, pages, state.changed_pages)
    written |= forwarding.written
    if stale.have_paths_changed or forwarding.have_paths_changed:
        wanted = stale.paths() | assets.paths | reserved.keys() | forwarding.paths
        written |= pages.remove_orphans(wanted)
    if not assets.are_current:
        write_fonts(config.out)
    images_written = write_images(images, config.seeds, config.out, IMAGES)
    return WrittenFiles(written | images_written, len(written))


def _former_files(state: RunState, config: Config, stale: StalePages) -> set[str]:
    """Return the paths of the files that the last run wrote, if it wrote to the same folder."""
    if state.database.value("pages_folder") != str(config.out):
        return set()
    return stale.paths() | {*(state.database.value("assets") or ())}


def update_search(
    base: sqlite3.Connection, config: Config, library: Library, changed: set[DependencyKey]
) -> set[str]:
    """Index the articles that changed, or remove the index of a site without search.

    Only the articles behind the keys that changed are read.

    Return the paths below the folder of pages that changed. Raises `MujazError` if Pagefind is
    missing or fails.
    """

    def documents_of(ids: Iterable[str]) -> Iterator[SearchDocument]:
        return map(search_document, library.articles(ids))

    index = SearchIndex(base, config.out, documents_of)
    if not config.search:
        paths = index.remove()
    else:
        articles = library.delta_of(changed)
        documents = map(search_document, articles.upserted)
        paths = index.apply(Delta(articles.removed, documents))
    return {*paths.removed, *paths.upserted}
