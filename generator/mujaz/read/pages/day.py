"""The day of a page's article, where its markup or the words beside its headline say it.

Days elsewhere on a page are those of other articles, or of the visit: only what stands in the
element that holds the article, or near the headline, is looked at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from mujaz.arabic.calendars import Written, find_date, is_more_exact, read_date, read_time
from mujaz.arabic.normalise import fold_spaces
from mujaz.errors import ANOTHER_HIJRI_DAY
from mujaz.model import Stated
from mujaz.read.fields import date_of
from mujaz.read.markup import MarkupLine, letters
from mujaz.read.pages.days_in_prose import (
    MAX_ELEMENT_CHARACTERS,
    is_in_prose,
    is_sentence,
    text_within,
)
from mujaz.read.pages.headline import headline_index

_LINES_BEFORE, _LINES_AFTER = 4, 6
"""The headline, among which its day may stand."""
_MAX_CREDIT_CHARACTERS = 80
"""A longer line below the headline begins the text."""
_MAX_LINKED = 0.5
_NEXT_TO = "beside the headline"
_HEADINGS = ("h1", "h2", "h3")
_ELEMENTS_BEFORE, _MAX_CANDIDATES = 30, 60
_MAX_ELEMENTS = 8_000
_PUBLISHED = re.compile(
    r"(?:^|[\s:])(?:date_?published|datecreated|dateissued|published_time|pubdate|dc:date|"
    r"dcterms:(?:date|created|issued)|dc:(?:created|issued))$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:^|[\s:])(?:datemodified|modified_time|dcterms:modified|dc:modified)$", re.I
)
_NAMED_AS_DAY = re.compile(
    r"(?<![a-z])(?:date|time|datetime|timestamp|published|publish|pubdate|posted|submitted|created|"
    r"postdate|tarikh|meta|byline|info|credit)(?![a-z])|(?:Date|Time|Published|Posted)(?![a-z])"
)
_DATA = re.compile(
    r"data-(?:[a-z]+-)*(?:date|time|timestamp|datetime|published|pubdate)(?:-[a-z]+)*"
)
_ELSEWHERE = re.compile(
    r"(?<![a-z])(?:related|sidebar|widget|comments?|latest|popular|most|recommend\w*|more|today|"
    r"current|clock|weather|ticker|copyright|breaking|trending)(?![a-z])",
    re.IGNORECASE,
)
_OF_VISIT = re.compile(
    r"(?<![a-z])(?:today|clock|weather|ticker|current[-_]?(?:date|time|day))(?![a-z])",
    re.IGNORECASE,
)
_MAX_WRAPPERS = 3
"""Around a line, whose names may say that it is the day of the visit."""
_ELSEWHERE_TAGS = frozenset("nav aside a li figure figcaption form header-bar".split())
_MIN_LINK_WORDS = 3
"""Of a link beside a day that names another article."""
_OF_BOTH = re.compile(r"(?:(?:entry|post)[-_])?(?:date|published)", re.IGNORECASE)
"""Beside `updated`, as themes of WordPress name the only day that they show."""
_UPDATE = re.compile(r"(?<![a-z])(?:updated?|modified)(?![a-z])|(?:Updated?|Modified)(?![a-z])")


class _Candidate(NamedTuple):
    """A day on the page."""

    stated: Stated
    is_update: bool


def days_of_page(root: Any, seen: Sequence[MarkupLine], title: str) -> dict[str, Stated]:
    """Return the day of publication, and that of the last update, as the page shows them."""
    days: dict[str, Stated] = {}
    _add(days, _marked_up(root, title))
    near = list(_near_headline(seen, title))
    named = list(_by_name(root, title)) if "date" not in days else []
    updates = {each.stated.value for each in named if each.is_update}
    updates -= {each.stated.value for each in named if not each.is_update}
    # That a day is the one of the update, only the name of its element may say.
    _add(days, (each for each in near if each.is_update or each.stated.value not in updates))
    if "date" not in days:
        _add(days, named)
    return days


def _add(days: dict[str, Stated], candidates: Iterable[_Candidate]) -> None:
    for candidate in candidates:
        days.setdefault("updated" if candidate.is_update else "date", candidate.stated)


def with_days_of_page(
    stated: Mapping[str, Stated], days: Mapping[str, Stated]
) -> dict[str, Stated]:
    """Return what a page states, completed by the days that it shows, and by the time."""
    date, shown = stated.get("date"), days.get("date")
    if date and shown and (is_more_exact(shown.value, date.value) or _is_local(shown, date)):
        return {**days, **stated, "date": shown}
    return {**days, **stated}


def _is_local(shown: Stated, stated: Stated) -> bool:
    """Whether a page shows, in the time of its place, the moment that its metadata state in UTC."""
    here, there = shown.value, stated.value
    if not isinstance(there, dt.datetime) or there.utcoffset() != dt.timedelta(0):
        return False
    if isinstance(here, dt.datetime) and here.tzinfo:
        return here == there
    if not isinstance(here, dt.date) or not shown.rule.startswith(_NEXT_TO):
        return False
    day = here.date() if isinstance(here, dt.datetime) else here
    return abs((day - there.date()).days) == 1


def _near_headline(seen: Sequence[MarkupLine], title: str) -> Iterator[_Candidate]:
    """Yield the days next to the headline, the nearest first, and below it before above it."""
    index = headline_index(seen, title)
    if index is None:
        return
    end = index + 1
    while end < min(len(seen), index + _LINES_AFTER + 1):
        if len(seen[end].text) > _MAX_CREDIT_CHARACTERS:
            break
        end += 1
    near = [i for i in range(max(index - _LINES_BEFORE, 0), end) if not _says_another_day(seen[i])]
    for i in sorted(near, key=lambda each: (abs(each - index), each < index)):
        line = seen[i]
        if is_sentence(line.text):
            continue
        dates = [date for piece in (*line.pieces, line.text) if (date := read_date(piece))]
        if dates and not any(date.time for date in dates):
            dates += _with_time_beside(dates, seen, i)
        if not dates and i > index and line.linked < _MAX_LINKED:
            occurrence = find_date(line.text)
            dates = [occurrence.written] if occurrence else []
        yield from _candidates(dates, _NEXT_TO)


def _with_time_beside(
    dates: Sequence[Written], seen: Sequence[MarkupLine], index: int
) -> list[Written]:
    """Return a day of the line at `index` with the time that another element beside it says."""
    text = " ".join(seen[index].pieces)
    below = seen[index + 1].text if index + 1 < len(seen) else ""
    if len(below) <= _MAX_CREDIT_CHARACTERS and read_time(below):
        text = f"{text} {below}"
    occurrence = find_date(text)
    date = occurrence.written if occurrence else None
    return [date] if date and date.time and date.date in {each.date for each in dates} else []


def _says_another_day(line: MarkupLine) -> bool:
    """Whether a line is no part of the article, or says the day of a picture or of the visit."""
    if line.chrome or line.element is None:
        return bool(line.chrome)
    return any(
        each.tag in ("figure", "figcaption")
        or (each.tag != "body" and _OF_VISIT.search(f"{each.get('class')} {each.get('id')}"[:400]))
        for each in (line.element, *islice(line.element.iterancestors(), _MAX_WRAPPERS))
    )


def _candidates(dates: Iterable[Written], rule: str) -> Iterator[_Candidate]:
    """Yield the days among `dates`, those with a time first."""
    days = [date for date in dates if date.day]
    for date in sorted(days, key=lambda each: each.time is None):
        suffix = ANOTHER_HIJRI_DAY if date.disputed else ""
        yield _Candidate(Stated(date.moment, rule + suffix), date.label == "updated")


def _marked_up(root: Any, title: str) -> Iterator[_Candidate]:
    """Yield the days that microdata and RDFa mark up as those of the article."""
    for element in _elements_in_order(root, title):
        names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".strip()
        names = f"{names} pubdate" if element.get("pubdate") is not None else names
        for name in names.split():
            is_update = bool(_UPDATED.search(name))
            if element.tag != "meta" and (is_update or _PUBLISHED.search(name)):
                values = (element.get("content"), element.get("datetime"), text_within(element))
                day = next(filter(None, map(date_of, values)), None)
                if day:
                    yield _Candidate(Stated(day, "microdata"), is_update)


def _by_name(root: Any, title: str) -> Iterator[_Candidate]:
    """Yield the days of elements that are called after them, or are `time`."""
    chosen = (each for each in _elements_in_order(root, title) if _is_named_as_day(each))
    for element in islice(chosen, _MAX_CANDIDATES):
        text = text_within(element)
        if len(text) > MAX_ELEMENT_CHARACTERS or is_in_prose(element):
            continue
        stated = [element.get("datetime"), element.get("title"), *_data(element)]
        days = [date for value in stated if value and (date := read_date(fold_spaces(value)))]
        if not days and (whole := read_date(text)):
            days = [whole]
        if not days and (occurrence := find_date(text)):
            days = [occurrence.written]
        for candidate in _candidates(days, "name of the element"):
            yield candidate._replace(is_update=candidate.is_update or _is_update(element))
        if not days and (epochs := [day for value in _data(element) if (day := date_of(value))]):
            yield _Candidate(Stated(epochs[0], "name of the element"), _is_update(element))


def _is_named_as_day(element: Any) -> bool:
    if element.tag == "time" or any(map(_DATA.fullmatch, element.attrib)):
        return True
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(name) > 1 and len(name) < 400 and bool(_NAMED_AS_DAY.search(name))


def _is_update(element: Any) -> bool:
    """Whether the name of `element` is that of an update; `date updated` only tells programs so."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(map(_UPDATE.search, names)) and not any(map(_OF_BOTH.fullmatch, names))


def _data(element: Any) -> list[str]:
    return [value for name, value in element.attrib.items() if _DATA.fullmatch(name)]


def _elements_in_order(root: Any, title: str) -> Iterator[Any]:
    """Yield the elements that may hold the article's day: below the headline, then above it."""
    elements = list(islice(root.iter("*"), _MAX_ELEMENTS))
    wanted = letters(title)
    heads = (i for i, each in enumerate(elements) if each.tag in _HEADINGS)
    head = next((i for i in heads if letters(text_within(elements[i])) == wanted), None)
    container = root if head is None else _container(elements[head])
    start = head or 0
    above = reversed(elements[max(start - _ELEMENTS_BEFORE, 0) : start])
    for element in (*elements[start:], *above):
        if _belongs(element, container, None if head is None else elements[head]):
            yield element


def _container(headline: Any) -> Any:
    """Return the element that holds the article."""
    ancestors = list(headline.iterancestors())
    for element in ancestors:
        kind = str(element.get("itemtype") or "")
        if element.tag in ("article", "main") or kind.endswith(("Article", "BlogPosting")):
            return element
    return ancestors[-1] if ancestors else headline


def _belongs(element: Any, container: Any, headline: Any) -> bool:
    """Whether `element` is in the container, and in nothing there that is about other articles."""
    inside = element is container
    for each in element.iterancestors():
        if each is container or inside:
            inside = True
            break
        name = f"{each.get('class') or ''} {each.get('id') or ''}"[:400]
        if each.tag in _ELSEWHERE_TAGS or _ELSEWHERE.search(name):
            return False
    return inside and not _beside_other_article(element, container, headline)


def _beside_other_article(element: Any, container: Any, headline: Any) -> bool:
    """Whether a link that names another article stands in the same small element."""
    parent = element.getparent()
    if parent is None or parent is container:
        return False
    if headline is not None and any(each is parent for each in headline.iterancestors()):
        return False
    links = islice(parent.iter("a"), 10)
    return any(len(text_within(link).split()) >= _MIN_LINK_WORDS for link in links) and (
        len(text_within(parent)) <= 2 * MAX_ELEMENT_CHARACTERS
    )
