"""Isolates around what right-to-left text would show in the wrong order, and around nothing else.

By the Unicode Bidi Algorithm (UAX 9), whatever stands between two Latin letters goes with them, so
only the ends of a Latin run go astray: the `@` or the dot of `.NET` before it, the `++` or the
abbreviation's full stop after it. In a number it is the sign, the currency before it, the degrees
after it, and the order of a phone number's groups. Ranges, scores, percentages and dates are read
from the right, as they are meant.
"""

from __future__ import annotations

import re

_LETTER = "A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0370-\u03ff\u0400-\u052f"
_MARK = r"[ \xa0!-'*-/:;=?@\\^_`|~\xb0\u2013\u2018\u2019\u201c\u201d]"
_IN_BRACKETS = rf"\([{_LETTER}0-9](?:{_MARK}|[{_LETTER}0-9])*\)"
_LATIN = rf"[0-9]*[{_LETTER}](?:{_MARK}*(?:[{_LETTER}0-9]|{_IN_BRACKETS}))*"
_NUMBER = "[0-9]++(?:[.,][0-9]++)*+"
_PHONE = (
    r"(?:\+|(?<!\w)0(?=0[1-9]|[0-9]{1,4}[ -][0-9]{3}))(?=(?:[ .()/-]{0,2}[0-9]){7})"
    r"[0-9]++(?:[ ./-]?\([0-9]++\)|[ ./-][0-9]++)*"
)
_CURRENCY = "[$\xa3\xa5\u20ac]"
_MONEY = rf"(?<!\w)(?<![0-9] ){_CURRENCY} ?{_NUMBER}(?:[{_LETTER}]+(?!\w))?"
_DEGREE = rf"(?:{_NUMBER}(?:[-\u2013]{_NUMBER})? ?)?\xb0[CF](?!\w)"
_DEGREES = rf"{_DEGREE}(?: ?/ ?{_DEGREE})*"
_SIGN = r"(?:\+|(?<![\w)%+-])[-\u2212])"
_SIGNED = rf"{_SIGN}{_CURRENCY}?{_NUMBER}(?:%| ?\xb0)?(?![/\u2013-])(?: ?{_LATIN})?"
_NAMED = rf"(?:[@#]_*(?:{_LATIN}|[0-9]+)_*|(?<![\w.])\.(?=[{_LETTER}]){_LATIN})"
# What is passed over is matched, too, and as a whole: no isolate may begin within it.
_RUN = re.compile(
    rf"(?P<whole>{_PHONE}|{_SIGNED}|{_MONEY}|{_DEGREES}|{_NUMBER}\+(?! ?[0-9]))"
    rf"|(?P<latin>{_NAMED}|{_LATIN})(?P<end>\++|#|\.)?"
    rf"|{_NUMBER}%?(?:(?:[/:]| ?[-+*\xd7\u2013\u2212] ?){_NUMBER}%?)*"
)
# Other full stops end the sentence, and belong at its left end.
_ABBREVIATED = re.compile(rf"\b(?:Inc|Ltd|Co|Corp|Jr|Sr|Bros|(?:[{_LETTER}]\.)+[{_LETTER}])$")
_ISOLATES = re.compile("[\u2066-\u2069]")
# Most texts need nothing. One mark a pattern: each is looked for as fast as memory is read.
_ASTRAY = tuple(
    re.compile(mark)
    for mark in (
        *(r"\+", "#", "@", "\u2212", r"-(?<!\w-)(?=[0-9])", r"0(?<!\w0)(?=[0-9])"),
        *(r"\$", "\xa3", "\xa5", "\u20ac", "\xb0[CF]", rf"\.(?<![\w.]\.)(?=[{_LETTER}])"),
        *(rf"\.(?<=[{_LETTER}]\.)", "\u2066", "\u2067", "\u2068", "\u2069"),
    )
)


def isolated(text: str) -> str:
    """Return `text` with U+2066 and U+2069 around what needs them to be read in its order.

    Nothing else changes, but that isolates which are there already go: `isolated` of its own
    result is the same, and none is ever left open.
    """
    if not any(mark.search(text) for mark in _ASTRAY):
        return text
    return _RUN.sub(_set_apart, _ISOLATES.sub("", text))


def _set_apart(run: re.Match[str]) -> str:
    whole, latin, end = run.group("whole", "latin", "end")
    begin = run.start()
    if begin and run.string[begin - 1].isdigit():
        return run[0]  # a number that goes on: the isolate would part it
    if whole:
        return f"\u2066{whole}\u2069"
    if latin and end == "." and not _ABBREVIATED.search(latin):
        return _named(latin) + end
    return f"\u2066{run[0]}\u2069" if end else _named(run[0])


def _named(text: str) -> str:
    return f"\u2066{text}\u2069" if text[0] in "@#." else text
