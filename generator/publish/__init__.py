"""Pages to disk and to a finished site.

What is asked for is imported then: a run with nothing to do has no use for most of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# A function of the same name as its module must be there before the module is.
from generator.publish.render import render
from generator.publish.write import LEDGER, Pages, read_ledger, write_pages

if TYPE_CHECKING:
    from generator.publish.assets import FOLDER as ASSETS
    from generator.publish.assets import lean_assets
    from generator.publish.fonts import subset_fonts
    from generator.publish.images import put_images
    from generator.publish.search import SearchIndex
    from generator.publish.site import note_unrendered, publish_site, unrendered

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
    "render",
    "subset_fonts",
    "unrendered",
    "write_pages",
]

_MODULES = {
    "SearchIndex": "search",
    "lean_assets": "assets",
    "note_unrendered": "site",
    "publish_site": "site",
    "put_images": "images",
    "subset_fonts": "fonts",
    "unrendered": "site",
}


def __getattr__(name: str) -> Any:
    if name == "ASSETS":
        return import_module(f"{__name__}.assets").FOLDER
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
