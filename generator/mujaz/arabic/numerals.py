"""Numbers that agree with their nouns."""

from __future__ import annotations

from typing import NamedTuple


class Noun(NamedTuple):
    """The forms a counted noun takes; see the CLDR plural rules for Arabic."""

    zero: str
    one: str
    two: str
    few: str
    """After 3 to 10: the plural."""
    many: str
    """After 11 to 99: the singular accusative."""
    other: str
    """After round hundreds: the singular."""


ARTICLE = Noun("لا مقالات", "مقال واحد", "مقالان", "مقالات", "مقالاً", "مقال")
TAG = Noun("لا وسوم", "وسم واحد", "وسمان", "وسوم", "وسماً", "وسم")
PERSON = Noun("لا أشخاص", "شخص واحد", "شخصان", "أشخاص", "شخصاً", "شخص")
PLACE = Noun("لا أماكن", "مكان واحد", "مكانان", "أماكن", "مكاناً", "مكان")
ORGANISATION = Noun("لا هيئات", "هيئة واحدة", "هيئتان", "هيئات", "هيئة", "هيئة")
TOPIC = Noun("لا موضوعات", "موضوع واحد", "موضوعان", "موضوعات", "موضوعاً", "موضوع")
SOURCE = Noun("لا مصادر", "مصدر واحد", "مصدران", "مصادر", "مصدراً", "مصدر")
SECTION = Noun("لا أقسام", "قسم واحد", "قسمان", "أقسام", "قسماً", "قسم")
STORY = Noun("لا قصص", "قصة واحدة", "قصتان", "قصص", "قصة", "قصة")
RESULT = Noun("لا نتائج", "نتيجة واحدة", "نتيجتان", "نتائج", "نتيجة", "نتيجة")
MONTH = Noun("لا أشهر", "شهر واحد", "شهران", "أشهر", "شهراً", "شهر")
MINUTE = Noun("أقل من دقيقة", "دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة", "دقيقة")
# After «قراءة» the noun is the second part of a construct, and the dual is oblique.
MINUTE_OF_READING = MINUTE._replace(two="دقيقتين")


def counted(number: int, noun: Noun) -> str:
    """Return `number` with `noun` in agreement: مقالان، 3 مقالات، 11 مقالاً، 100 مقال."""
    if number <= 2:
        return (noun.zero, noun.one, noun.two)[max(number, 0)]
    rest = number % 100
    if 3 <= rest <= 10:
        form = noun.few
    elif rest >= 11:
        form = noun.many
    else:
        form = noun.other
    return f"{number} {form}"
