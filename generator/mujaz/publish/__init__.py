"""Pages to disk and to a finished site.

What is asked for is imported then: a run with nothing to do has no use for most of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mujaz.publish.output.pages_folder import LEDGER, Pages, read_ledger, write_pages

# A function of the same name as its module must be there before the module is.
from mujaz.publish.render import render_site

if TYPE_CHECKING:
    from mujaz.publish.output.assets import FOLDER as ASSETS
    from mujaz.publish.output.assets import lean_assets
    from mujaz.publish.output.fonts import subset_fonts
    from mujaz.publish.output.images import put_images
    from mujaz.publish.search.index import SearchIndex
    from mujaz.publish.site import note_unrendered, publish_site, unrendered

__all__ = [
    "ASSETS",
    "LEDGER",
    "Pages",
    "SearchIndex",
    "lean_assets",
    "note_unrendered",
    "publish_site",
    "put_images",
    "read_ledger",
    "render_site",
    "subset_fonts",
    "unrendered",
    "write_pages",
]

_MODULES = {
    "SearchIndex": "search.index",
    "lean_assets": "output.assets",
    "note_unrendered": "site",
    "publish_site": "site",
    "put_images": "output.images",
    "subset_fonts": "output.fonts",
    "unrendered": "site",
}


def __getattr__(name: str) -> Any:
    if name == "ASSETS":
        return import_module(f"{__name__}.output.assets").FOLDER
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
