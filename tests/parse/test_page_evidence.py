"""Evidence of one page: the index of what it mentions."""

from __future__ import annotations

from mujaz.arabic.normalise import key
from mujaz.model import Document
from mujaz.parse import draft, learn_vocabulary, parse_article
from mujaz.parse.site_knowledge.page_evidence import line_pattern, mention_index, phrase_pattern

from tests.support import SOURCES, prose


def test_mentions_are_where_something_was_looked_for() -> None:
    headline, *paragraphs = prose(0, 5).rstrip("."), prose(20, 50), prose(21, 50)
    lines = (headline, f"{SOURCES[0]}:", *paragraphs, "تابعونا")
    page = draft(Document("a.txt", "\n".join(lines)))
    parse_article(page, learn_vocabulary([page], SOURCES))
    index = mention_index(page)
    assert line_pattern(key(headline)) in index
    assert line_pattern(key(SOURCES[0])) in index
    assert line_pattern(key("تابعونا")) in index
    assert phrase_pattern(key(" ".join(paragraphs[0].split()[:3]))) not in index
