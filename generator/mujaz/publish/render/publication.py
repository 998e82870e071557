"""What ends every build: files get compressed forms, links are followed, the tree is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from mujaz.publish.output.compression import compress_files
from mujaz.publish.output.site_folder import NextSite, SiteFolder
from mujaz.publish.render.request import RenderRequest


@contextmanager
def next_tree(site: SiteFolder, *, is_empty: bool = False) -> Iterator[NextSite]:
    """Give the tree that is to be the next site; if anything fails, the site stays as it is."""
    tree = site.begin(is_empty=is_empty)
    try:
        yield tree
    except BaseException:
        site.abandon(tree)
        raise


def publish_tree(
    request: RenderRequest,
    site: SiteFolder,
    tree: NextSite,
    listing: dict[str, str],
    written: Iterable[str],
) -> None:
    """Make a tree the site, once all that the request asks for is done.

    `listing` are the digests by path of all files that the site is to have but for compressed forms
    of the files `written`. Raises `RenderError` if, under `strict`, a link leads nowhere.
    """
    if request.is_compressed:
        listing |= compress_files(tree, listing, written)
    if request.is_strict:
        from mujaz.publish.verify import refuse_broken_links  # other builds follow no links

        refuse_broken_links(request.site, tree, listing)
    site.publish(tree, listing)
