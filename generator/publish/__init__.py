"""Pages to disk and to a finished site."""

from generator.publish.assets import lean_assets
from generator.publish.fonts import subset_fonts
from generator.publish.images import put_images
from generator.publish.memory import memory
from generator.publish.render import render
from generator.publish.search import SearchIndex, remove_index
from generator.publish.site import publish_site
from generator.publish.write import write_pages

__all__ = [
    "SearchIndex",
    "lean_assets",
    "memory",
    "publish_site",
    "put_images",
    "remove_index",
    "render",
    "subset_fonts",
    "write_pages",
]
