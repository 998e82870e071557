"""Composing: the library goes in, pages of Markdown come out, with all outside text escaped.

`Composer` says which targets there are, and composes each; all that it reads goes through the
tracked library. It must not know what is on disk, nor how pages are rendered.
"""

from mujaz.compose.markdown import page_text
from mujaz.compose.page_graph import Composer
from mujaz.compose.pages.search import search_document
from mujaz.compose.permalinks import IMAGES

__all__ = ["IMAGES", "Composer", "page_text", "search_document"]
