"""Pages to disk and to a finished site.

What is asked for is imported then: a run with nothing to do has no use for most of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Functions of the same name as their modules must take the modules' place.
from generator.publish.memory import memory
from generator.publish.render import render

if TYPE_CHECKING:
    from generator.publish.assets import lean_assets
    from generator.publish.fonts import subset_fonts
    from generator.publish.images import put_images
    from generator.publish.search import index_articles
    from generator.publish.site import publish_site
    from generator.publish.write import write_pages

__all__ = [
    "index_articles",
    "lean_assets",
    "memory",
    "publish_site",
    "put_images",
    "render",
    "subset_fonts",
    "write_pages",
]

_MODULES = {
    "index_articles": "search",
    "lean_assets": "assets",
    "publish_site": "site",
    "put_images": "images",
    "subset_fonts": "fonts",
    "write_pages": "write",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
