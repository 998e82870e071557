"""Months as tables of days: the more was published on a day, the darker it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.permalinks import day_path, month_path
from mujaz.data import table

_FIRST_WEEKDAY = 5
"""Saturday, with which most Arabic calendars begin a week."""
_STEPS = 5
"""Of density: from one article to as many as the busiest day has."""
_DAYS_OF_WEEK = 7


def month_tables(
    months: list[dt.date], days: Mapping[dt.date, int], page: str, say: Wording
) -> str:
    """Return tables of months, each by its first day, for `page`.

    `days` has the number of articles of each day that has any.
    """
    busiest = max(days.values(), default=1)
    tables = (_month(month, days, busiest, page, say) for month in months)
    return html.element("div", *tables, class_="months")


def _month(
    month: dt.date, days: Mapping[dt.date, int], busiest: int, page: str, say: Wording
) -> str:
    blank = html.element("td")
    cells = [blank] * ((month.weekday() - _FIRST_WEEKDAY) % _DAYS_OF_WEEK)
    day = month
    while day.month == month.month:
        cells.append(_day(day, days.get(day, 0), busiest, page, say))
        day += dt.timedelta(1)
    cells += [blank] * (-len(cells) % _DAYS_OF_WEEK)
    weeks = [cells[start : start + _DAYS_OF_WEEK] for start in range(0, len(cells), _DAYS_OF_WEEK)]
    name, path = html.text(say.month(month)), month_path(month)
    # The page of a month says already which it is.
    unseen = html.element("span", name, class_="unseen")
    caption = unseen if path == page else html.anchor(name, path, page)
    return html.element(
        "table",
        html.element("caption", caption),
        html.element("thead", html.element("tr", *_weekdays(say))),
        html.element("tbody", *(html.element("tr", *week) for week in weeks)),
    )


def _day(day: dt.date, articles: int, busiest: int, page: str, say: Wording) -> str:
    number = say.number(day.day)
    if not articles:
        return html.element("td", number)
    step = -(-_STEPS * articles // busiest)
    words = html.element("span", f" {html.text(say.counted(articles, ARTICLE))}", class_="unseen")
    return html.element("td", html.anchor(number + words, day_path(day), page), class_=f"d{step}")


def _weekdays(say: Wording) -> list[str]:
    names, letters = table("dates")["weekdays"], say.text("calendar.weekdays").split()
    return [
        html.element("th", html.element("abbr", letters[day], title=names[day]), scope="col")
        for day in ((_FIRST_WEEKDAY + each) % _DAYS_OF_WEEK for each in range(_DAYS_OF_WEEK))
    ]
