"""A Corpus to Pages of Markdown: decisions about what readers see, and all the escaping."""

from generator.compose.markdown import page_text
from generator.compose.search import findings
from generator.compose.site import compose

__all__ = ["compose", "findings", "page_text"]
