"""A Corpus to Pages of Markdown: decisions about what readers see, and all the escaping."""

from mujaz.compose.markdown import page_text
from mujaz.compose.page_graph import Composer, compose
from mujaz.compose.pages.search import finding
from mujaz.compose.permalinks import IMAGES
from mujaz.library.staleness import Renewal, Renewed

__all__ = ["IMAGES", "Composer", "Renewal", "Renewed", "compose", "finding", "page_text"]
