"""The day of publication, and the time: whoever states them best, and what stands in for them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

from mujaz.arabic.calendars import is_more_exact, parse_date
from mujaz.model import Document, Stated
from mujaz.parse.day_lines import DayLine

_IN_FILE_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NUMBER_IN_FILE = re.compile(r"#\d+$")
_IN_ADDRESS = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=[/?#_-]|$)"
    r"|/(?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?P<d2>\d\d)/"
    r"|[/=_-](?P<y3>(?:19|20)\d\d)(?P<sign>[-_])(?P<m3>\d\d)(?P=sign)(?P<d3>\d\d)(?!\d)"
    r"|[/=_-](?P<d4>\d\d)(?P<sign4>[-_])(?P<m4>\d\d)(?P=sign4)(?P<y4>(?:19|20)\d\d)(?!\d)"
)
"""Never digits alone in the last part of an address: they are the number of an article."""
OF_UPDATE = ": day of the last update"
"""Ends the rule of a day that stands in for that of publication."""


def with_publication_day(
    fields: Mapping[str, Stated], line: DayLine | None, document: Document
) -> dict[str, Stated]:
    """Return an article's fields with its day, completed from a line of its text, or stood in for.

    What an editor says stands. Then come the input, a line of the text, the name of the file, the
    address, and last the day of the last update.
    """
    dated = dict(fields)
    if "date" not in document.corrected:
        dated |= _from_line(fields, line)
        if "date" not in dated and (day := _stand_in(dated, document)):
            dated["date"] = day
    time, date = dated.get("time"), dated.get("date")
    if time and "time" not in document.corrected and (not date or date.rule != time.rule):
        del dated["time"]  # of another day
    return dated


def time_of(fields: Mapping[str, Stated]) -> dt.time | None:
    """Return the time of publication, whether it is stated with the day or apart from it."""
    if "time" in fields:  # an editor's empty text takes the time of day away
        time = fields["time"].value
        return time if isinstance(time, dt.time) else None
    date = fields["date"].value if "date" in fields else None
    return date.timetz() if isinstance(date, dt.datetime) else None


def _from_line(fields: Mapping[str, Stated], line: DayLine | None) -> dict[str, Stated]:
    """Return the fields that a line of the text states better than the input."""
    if line is None:
        return {}
    date = fields.get("date")
    if line.written.label == "updated" and "updated" not in fields and date is not None:
        return {"updated": line.stated}
    if date is None or date.rule == "dateline" or is_more_exact(line.stated.value, date.value):
        return {"date": line.stated}
    return {}


def _stand_in(fields: Mapping[str, Stated], document: Document) -> Stated | None:
    # The name of a file of many articles says when it was exported.
    name = document.file.rpartition("/")[2]
    in_name = None if _NUMBER_IN_FILE.search(document.file) else _IN_FILE_NAME.match(name)
    day = parse_date(in_name[0]) if in_name else None
    if day:
        return Stated(day, "file name")
    day = _day_in_address(str(fields["address"].value)) if "address" in fields else None
    if day:
        return Stated(day, "address")
    updated = fields.get("updated")
    return replace(updated, rule=updated.rule + OF_UPDATE) if updated else None


def _day_in_address(address: str) -> dt.date | None:
    for match in _IN_ADDRESS.finditer(address):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        day = parse_date(f"{parts['y']}-{int(parts['m'])}-{int(parts['d'])}")
        if day:
            return day
    return None
