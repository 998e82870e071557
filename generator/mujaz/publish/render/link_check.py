"""Refuses to publish, under `strict`, pages with links that lead nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from mujaz.errors import RenderError
from mujaz.publish.output.site_folder import NextSite
from mujaz.publish.render.request import RenderRequest

_MAX_NAMED_LINKS = 5


def require_sound_links(request: RenderRequest, tree: NextSite, listing: Mapping[str, str]) -> None:
    """Raise `RenderError` if, under `strict`, a changed file of `tree` links to what is not there.

    `listing` are the digests of all files of the next site. What others put into the site is there
    as well.
    """
    if not request.is_strict:
        return
    from mujaz.publish.verify import broken_links  # takes long to load

    def exists(path: str) -> bool:
        return path in listing or ((request.site / path).is_file() and path not in tree.digests)

    changed = [path for path, digest in listing.items() if tree.digests.get(path) != digest]
    broken = broken_links(tree.folder, changed, exists)
    named = [f"{each.file} {each.reason}" for each in islice(broken, _MAX_NAMED_LINKS)]
    if named:
        raise RenderError(
            f"{request.config_file}: the site has links that lead nowhere ({'; '.join(named)}); "
            "mend the pages or templates that have them, or build without --strict"
        )
