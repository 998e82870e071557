"""Finds headlines in the junk that was cut from around an article."""

from __future__ import annotations

from collections.abc import Sequence

from generator.arabic.normalise import fold_spaces, key
from generator.arabic.phrases import Phrases, split_words
from generator.model import Article, Headline

_LONGEST = 25
"""Words: a longer line is several headlines glued together."""
_LISTED = 0.9
"""Confidence in a headline that stands on a line of its own among others that do."""


class SidebarReader:
    """Knows the headlines of all articles, and finds them beside each one."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Take the articles of the collection, newest first."""
        self._by_key: dict[str, Article] = {}
        for article in articles:
            folded = key(article.title)
            if folded.count(" ") >= 2:  # two words are found in any text by chance
                self._by_key.setdefault(folded, article)
        self._phrases = Phrases(self._by_key)

    def headlines(self, article: Article) -> tuple[Headline, ...]:
        """Return the headlines beside `article` that are sure enough to show, in their order.

        Sure are those of articles we hold, wherever they stand, the article's own among them; and
        those listed one a line.
        """
        lines = [line for line in article.sidebar_raw.split("\n") if line.strip()]
        links = article.linked
        listed = links is None and sum(1 for line in lines if _is_listed(line)) >= 3
        found: dict[str, Headline] = {}
        for number, line in enumerate(lines):
            known = self._known(line)
            for headline in known:
                found.setdefault(key(headline.text), headline)
            is_link = links is not None and line in links
            if (is_link or (listed and number)) and not known and _is_listed(line):
                text = fold_spaces(line)
                found.setdefault(key(text), Headline(text, _LISTED))
        return tuple(found.values())

    def _known(self, line: str) -> list[Headline]:
        matches = self._phrases.find(split_words(line).keys)
        articles = [self._by_key[match.phrase] for match in matches]
        return [Headline(article.title, 1.0, article.id) for article in articles]


def _is_listed(line: str) -> bool:
    """Whether `line` could be one headline: a few words, no hashtag, no closing formula."""
    length = len(split_words(line).keys)
    return 3 <= length <= _LONGEST and not line.lstrip().startswith(("#", "//"))
