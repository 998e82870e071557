"""Says which articles nobody would read by themselves: lists pass over them."""

from __future__ import annotations

from mujaz.arabic.normalise import key
from mujaz.arabic.tokens import sentences
from mujaz.model import Article

_MAX_NAME_WORDS = 3
"""Of a text that is nothing but a name, whatever the headline says."""
_MAX_CAPTION_WORDS = 8
"""Of a text that is what stood below a picture."""
_MAX_STUB_WORDS, _MAX_STUB_SENTENCES = 60, 2
"""Of a text that a longer article holds."""
_SENTENCE_ENDS = tuple(".!؟?…")
_CAPTION = "caption"


def is_stub(article: Article) -> bool:
    """Return whether an article is a caption alone, or a sentence or two that another one holds.

    Scrapers often get no more of an article than the name below its picture. A flash is none, short
    as it may be: it says something.
    """
    text = " ".join(article.paragraphs)
    if _is_name(text, article):
        return True
    return (
        bool(article.also_told_in)
        and len(text.split()) <= _MAX_STUB_WORDS
        and len(sentences(text)) <= _MAX_STUB_SENTENCES
    )


def _is_name(text: str, article: Article) -> bool:
    """Return whether the text of an article is nothing but what stood below a picture."""
    count = len(text.split())
    if count <= _MAX_NAME_WORDS:
        return True
    if count > _MAX_CAPTION_WORDS or text.endswith(_SENTENCE_ENDS):
        return False
    return article.type == _CAPTION or {*key(text).split()} <= {*key(article.title).split()}
