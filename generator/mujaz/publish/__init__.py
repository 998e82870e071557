"""Publishing: pages go in, a finished site on disk and its search index come out.

`output` writes files among the pages, `search` makes the index, `render` makes the HTML. None of
them knows how pages are composed, or what the news says.
"""

from mujaz.publish.output.assets import lean_assets, theme_assets, write_fonts
from mujaz.publish.output.image_versions import image_names
from mujaz.publish.output.images import write_images
from mujaz.publish.output.pages_folder import LEDGER, PagesFolder, read_ledger
from mujaz.publish.output.removals import check_removals, published_ids
from mujaz.publish.search import SearchIndex
from mujaz.publish.site import note_unrendered, publish_site, reserved_files, unrendered_pages

__all__ = [
    "LEDGER",
    "PagesFolder",
    "SearchIndex",
    "check_removals",
    "image_names",
    "lean_assets",
    "note_unrendered",
    "publish_site",
    "published_ids",
    "read_ledger",
    "reserved_files",
    "theme_assets",
    "unrendered_pages",
    "write_fonts",
    "write_images",
]
