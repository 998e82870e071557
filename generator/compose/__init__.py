"""A Corpus to Pages of Markdown: decisions about what readers see, and all the escaping."""

from generator.compose.addresses import IMAGES
from generator.compose.markdown import page_text
from generator.compose.renewal import Renewal, Renewed
from generator.compose.search import finding
from generator.compose.site import Composer, compose

__all__ = ["IMAGES", "Composer", "Renewal", "Renewed", "compose", "finding", "page_text"]
