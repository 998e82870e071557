"""Pages to disk and to a finished site."""

from generator.publish.assets import FOLDER as ASSETS
from generator.publish.assets import lean_assets
from generator.publish.fonts import subset_fonts
from generator.publish.images import put_images
from generator.publish.render import render
from generator.publish.search import SearchIndex
from generator.publish.site import note_unrendered, publish_site
from generator.publish.write import LEDGER, Pages, write_pages

__all__ = [
    "ASSETS",
    "LEDGER",
    "Pages",
    "SearchIndex",
    "lean_assets",
    "note_unrendered",
    "publish_site",
    "put_images",
    "render",
    "subset_fonts",
    "write_pages",
]
