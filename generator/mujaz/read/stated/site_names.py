"""Names of sites in titles, told from clauses of the headline that have the same signs between."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from urllib.parse import urlsplit

from mujaz.arabic.normalise import key
from mujaz.data import table

_SIGNS = r"(?:::|\|\||//|[|¦│｜\-–—―‒−_·•∙⋅/\\~><›‹»«])"
_SEPARATOR = re.compile(rf"\s+{_SIGNS}+\s+|\s*[|¦│｜]+\s*|\s*::\s*|\s*[›•·]\s+|\s+[»«‹]\s+")
"""Between the parts of a title: a dash or a stroke with blanks around it, or a sign of its own."""
_ARABIC, _LATIN = re.compile("[\u0621-\u064a]"), re.compile("[A-Za-z]")
_DOMAIN = re.compile(r"(?:www\.)?([a-z0-9-]{2,60})(?:\.[a-z]{2,12}){1,3}", re.IGNORECASE)
MAX_PARTS, MAX_CUTS = 12, 6
_MAX_SITE_WORDS, MIN_HEADLINE_WORDS, _MAX_FURTHER_WORDS = 5, 3, 2
_MAX_SHARED_WORDS = 0.5
"""The share of a site's words that its articles have as well, at most: a headline's have most."""


class SiteNames:
    """The names by which a site is known."""

    def __init__(self, names: Iterable[object], address: str | None = None) -> None:
        """Take what is stated of the site, and the address of one of its pages."""
        bare = (_bare(str(name)) for name in names if name)
        self._names = frozenset(name for name in bare if name)
        self._hosts = _host_names(address or "")
        self.words = frozenset(word for name in self._names for word in name.split())
        """The words of its names, in their comparison forms."""

    def may_be_in(self, title: str) -> bool:
        """Whether a name of the site may be a part of `title`: a quick look, not the last word."""
        folded = key(title)
        joined = folded.replace(" ", "")
        return any(name.split()[0] in folded for name in self._names) or any(
            host in joined for host in self._hosts
        )

    def is_named_by(self, text: str) -> bool:
        """Whether `text` is a name of the site in full: what records say is no short form."""
        return _bare(text) in self._names

    def __contains__(self, text: object) -> bool:
        """Whether `text` is the site's name, in full or as it is usually cut or extended."""
        bare = _bare(str(text))
        if not bare:
            return False
        return bare.replace(" ", "") in self._hosts or any(
            bare == name or _extends(bare, name) or _extends(name, bare) for name in self._names
        )


def without_unknown_site(title: str, prose: Collection[str]) -> tuple[str, str | None]:
    """Return `title` without a part at its end that is probably the site's, and that part.

    A second clause of a headline has words that its article has too; `prose` has all of those.
    """
    parts = parts_of_title(title)
    site: str | None = None
    while len(parts) > 1:
        last = parts[-1]
        if is_rubric(last) and len(parts) > 2:
            site, parts = site or parts[-2], parts[:-1]  # a section: the site stands before it
            continue
        rest = parts[:-1]
        if not _is_probable_site(last, rest, prose):
            break
        site, parts = site or last, rest
    if site is None or parts == parts_of_title(title):
        return title, None
    end = title.rfind(parts[-1]) + len(parts[-1])
    return title[:end], site if not is_rubric(site) else None


def site_of_feed(title: str) -> str:
    """Return the name of the site in the title of its feed: `صدى الرابية | آخر الأخبار - RSS`."""
    parts = [part for part in parts_of_title(title) if not is_rubric(part)]
    of_sources = (part for part in parts if _bare(part) in _known_sources())
    return next(of_sources, parts[0] if parts else title)


def parts_of_title(title: str) -> list[str]:
    """Return the parts of `title` that signs set apart."""
    signs = separators(title)[:MAX_PARTS]
    starts = (0, *(sign.end() for sign in signs))
    ends = (*(sign.start() for sign in signs), len(title))
    parts = (title[start:end].strip() for start, end in zip(starts, ends, strict=True))
    return [part for part in parts if key(part)]


def separators(title: str) -> list[re.Match[str]]:
    """Return the signs between the parts of `title`; `« … »` are quotation marks."""
    signs = [*_SEPARATOR.finditer(title)]
    if not is_paired(title, "«", "»"):
        return signs
    return [sign for sign in signs if not set("«»") & set(sign[0])]


def is_paired(text: str, opening: str, closing: str) -> bool:
    """Whether both signs take turns in `text`, and the closing one is the last."""
    is_open = False
    for sign in text:
        if sign in (opening, closing):
            if (sign == opening) is is_open:
                return False
            is_open = not is_open
    return not is_open


def stretches(title: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of neighbouring parts of `title`, the longest first."""
    cuts = separators(title)
    cuts = cuts if len(cuts) <= 2 * MAX_CUTS else [*cuts[:MAX_CUTS], *cuts[-MAX_CUTS:]]
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [len(title), *(cut.start() for cut in reversed(cuts))]
    runs = [(start, end) for start in starts for end in ends if start < end]
    yield from sorted(runs, key=lambda run: run[0] - run[1])


def site_beside(before: str, after: str) -> str | None:
    """Return the site's name in what stands before and after a headline in a title."""
    parts = [*reversed(parts_of_title(after)), *parts_of_title(before)]
    return next((part for part in parts if not is_rubric(part) and _is_short(part)), None)


def is_rubric(text: str) -> bool:
    """Whether `text` is the name of a section or a list, or a word such as `عاجل`."""
    return key(text) in _rubrics() or key(text) in _headline_parts()


def without_rubrics(title: str) -> str:
    """Return `title` without the sections at its ends."""
    while True:
        cuts = separators(title)
        if cuts and key(title[cuts[-1].end() :]) in _rubrics():
            title = title[: cuts[-1].start()]
        elif cuts and key(title[: cuts[0].start()]) in _rubrics():
            title = title[cuts[0].end() :]
        else:
            return title.strip()


def _is_probable_site(part: str, rest: list[str], prose: Collection[str]) -> bool:
    words = key(part).split()
    before = " ".join(rest)
    if not _is_short(part) or key(part) in _headline_parts():
        return False
    if len(before.split()) < MIN_HEADLINE_WORDS:
        return False
    if not prose:
        return _is_name_of_some_site(part, before)
    share = sum(word in prose for word in words) / len(words)
    # The name of a site may have a word that the text has as well, but not all of them.
    most = 1.0 if _is_name_of_some_site(part, before) else _MAX_SHARED_WORDS
    return share < most


def _is_name_of_some_site(part: str, headline: str) -> bool:
    """Whether `part` looks like the name of a site, whatever the text is about."""
    is_foreign = bool(_LATIN.search(part) and _ARABIC.search(headline)) and not _ARABIC.search(part)
    return is_foreign or _bare(part) in _known_sources() or key(part).split()[0] in _kinds()


def _is_short(part: str) -> bool:
    return len(part.split()) <= _MAX_SITE_WORDS


def _extends(longer: str, shorter: str) -> bool:
    """Whether `longer` is `shorter` and more: `LBCI Lebanon` and `LBCI`."""
    is_distinct = " " in shorter or bool(_LATIN.search(shorter))
    further = longer.count(" ") - shorter.count(" ")
    is_distinct = is_distinct and further <= _MAX_FURTHER_WORDS
    return is_distinct and (longer.startswith(shorter + " ") or longer.endswith(" " + shorter))


@lru_cache(4096)
def _bare(name: str) -> str:
    """Return the comparison form of a name without words such as `صحيفة` and `أون لاين`."""
    domain = _DOMAIN.fullmatch(name.strip())
    words = key(domain[1] if domain else name).split()
    while len(words) > 1 and words[0] in _kinds():
        del words[0]
    while len(words) > 1 and (words[-1] in _editions() or " ".join(words[-2:]) in _editions()):
        del words[-1 if words[-1] in _editions() else slice(-2, None)]
    return " ".join(words)


@lru_cache(256)
def _host_names(address: str) -> frozenset[str]:
    """Return the names that stand in the address of a site: `sada` for `https://www.sada.com/1`."""
    try:
        labels = (urlsplit(address).hostname or "").split(".")
    except ValueError:
        return frozenset()
    names = {label.replace("-", "") for label in labels[:-1] if len(label) > 3}
    return frozenset(names - {"news", "arabic", "www2", "blog", "blogspot", "wordpress"})


@cache
def _kinds() -> frozenset[str]:
    return frozenset(map(key, table("site_names")["kinds"]))


@cache
def _editions() -> frozenset[str]:
    return frozenset(map(key, table("site_names")["editions"]))


@cache
def _headline_parts() -> frozenset[str]:
    return frozenset(map(key, table("site_names")["headline_parts"]))


@cache
def _rubrics() -> frozenset[str]:
    sections = (str(n) for s in table("sections").values() for n in (s["label"], *s["also"]))
    return frozenset(map(key, (*sections, *table("site_names")["rubrics"])))


@cache
def _known_sources() -> frozenset[str]:
    return frozenset(map(_bare, map(str, table("sources"))))
