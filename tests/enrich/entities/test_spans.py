"""Where an article names what it is tagged with."""

from __future__ import annotations

import pytest
from mujaz.enrich.entities import with_spans
from mujaz.model import Tag

from tests.support import sample


@pytest.mark.parametrize(
    ("title", "name", "shown"),
    [
        ("وفد من تركيا في حلب", "تركيا", "تركيا"),
        ("زيارة إلى حلب وتركيا", "تركيا", "وتركيا"),
        ("بحث مع ليلى النجّار", "ليلى النجار", "ليلى النجّار"),
        ("بحث مع ليلى حداد", "ليلى النجار", None),
        ("وفد تركي في حلب", "تركيا", None),
        ("", "", None),
    ],
)
def test_spans_of_tags(title: str, name: str, shown: str | None) -> None:
    article = sample(1, title=title, paragraphs=("نص الخبر.",))
    (tag,) = with_spans(article, [Tag(name, "place", 0.9)])
    assert (article.text[slice(*tag.span)] if tag.span else None) == shown
