"""What papers print day after day under much the same headline: columns, and bulletins.

Their texts are alike and tell of another day each time, so those of two days are neither copies of
one text nor parts of one story. The phrases are in `data/columns.yml` and `data/series.yml`;
spelling, the article and endings do not matter.
"""

from __future__ import annotations

from functools import cache

from mujaz.arabic.phrases import Phrases, split_words
from mujaz.arabic.stems import stem
from mujaz.data import table


def is_column(title: str) -> bool:
    """Return whether a headline is that of a column, such as the weather.

    A column is part of no story: what it tells is another thing each day.
    """
    return _says(title, "columns")


def is_of_series(title: str) -> bool:
    """Return whether a headline is that of a bulletin, such as a day's stock prices.

    Several papers may print the bulletin of one day, which is then one story.
    """
    return _says(title, "series")


def _says(title: str, table_name: str) -> bool:
    return bool(_phrases(table_name).find([stem(word) for word in split_words(title).keys]))


@cache
def _phrases(table_name: str) -> Phrases:
    """Return the phrases of a table, by the stems of their words."""
    return Phrases(" ".join(map(stem, split_words(name).keys)) for name in table(table_name))
