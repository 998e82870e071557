"""A Corpus to Pages of Markdown: decisions about what readers see, and all the escaping."""

from generator.compose.addresses import IMAGES
from generator.compose.markdown import page_text
from generator.compose.search import findings
from generator.compose.site import compose

__all__ = ["IMAGES", "compose", "findings", "page_text"]
