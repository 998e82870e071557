"""Pages to disk and to a finished site."""

from generator.publish.fonts import subset_fonts
from generator.publish.last import glance, keep, kept_folder, marks, standing
from generator.publish.memory import memory
from generator.publish.render import render
from generator.publish.site import publish_site
from generator.publish.write import write_pages

__all__ = [
    "glance",
    "keep",
    "kept_folder",
    "marks",
    "memory",
    "publish_site",
    "render",
    "standing",
    "subset_fonts",
    "write_pages",
]
