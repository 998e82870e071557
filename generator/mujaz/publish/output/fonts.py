"""The web fonts of the theme, cut down to what Arabic news is written with.

Letters of Latin are a fifth of a font, and most pages have none: they are in files of their own,
which browsers fetch only for pages that have some.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from mujaz.errors import MujazError
from mujaz.state.files import write_atomically

PACKAGE = "fontpkg_ibm_plex_sans_arabic"
WEIGHTS = ("Regular", "Bold")
SCRIPTS = ("arabic", "latin")
STAMP = ".mujaz-fonts"
"""Name of the record of what the fonts were made from; MkDocs passes over names with a dot."""


_SINGLE, _LIGATURE = 1, 4
"""Types of lookups in the table GSUB of OpenType: one glyph for another, one for several."""


def _span(first: int, last: int) -> range:
    return range(first, last + 1)


_LATIN: frozenset[int] = frozenset().union(
    _span(0x41, 0x5A),
    _span(0x61, 0x7A),
    map(ord, "ÇÉÖÜàâçèéêëíîïñóôöü"),  # names in French, Spanish, German and Turkish
)
"""What the style sheet has as the `unicode-range` of the fonts of Latin letters."""
_ARABIC: frozenset[int] = frozenset().union(
    {*_span(0x20, 0x7E)} - _LATIN,  # digits and punctuation marks, of both scripts
    (0xA0, 0xA9, 0xAB, 0xB0, 0xB7, 0xBB, 0xD7),  # no-break space © « ° · » ×
    (0x060C, 0x061B, 0x061F),  # Arabic comma, semicolon, question mark
    _span(0x0621, 0x063A),  # letters
    _span(0x0640, 0x0652),  # tatweel, letters, vowel signs
    _span(0x0660, 0x066C),  # digits, per cent, separators
    (0x0670, 0x0671),  # dagger alef, alef wasla
    (0x067E, 0x0686, 0x0698, 0x06A4, 0x06A9, 0x06AF, 0x06CC),  # Persian letters, and veh
    _span(0x06F0, 0x06F9),  # Persian digits
    (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2039, 0x203A, 0x20AC),
)
CODE_POINTS = {"arabic": _ARABIC, "latin": _LATIN}
"""The characters of the fonts by script, the same for every site: a font that followed the day's
articles would be fetched anew every day. Rarer characters come from the reader's own fonts."""

# Arabic is unreadable without its joining forms and marks; fractions, ordinals and stylistic
# alternates are only weight.
_FEATURES = ("ccmp", "init", "medi", "fina", "rlig", "calt", "liga", "mark", "mkmk", "kern")
_UNKERNED = "A"
"""A letter whose script goes unkerned: a tenth of the font for the few words that are Latin."""
_ALEFS = "اأإآٱ"
"""Letters that lam must join as one. What other ligatures there are, two hundred glyphs and a
seventh of the font, is drawn hardly otherwise by the letters' plain joining forms."""


def subset_fonts(folder: Path) -> tuple[Path, ...]:
    """Write the regular and the bold font of each script as WOFF2 into `folder`; return the paths.

    The same fonts and tools give the same bytes. Nothing is written, and fontTools not even
    imported, when the stamp in `folder` says that the files there are what would be written.
    Raises `MujazError` if the package of the font family is missing or holds other files.
    """
    sources = {weight: _source(weight) for weight in WEIGHTS}
    paths = {
        (script, weight): folder / f"plex-{script}-{weight.lower()}.woff2"
        for script in SCRIPTS
        for weight in WEIGHTS
    }
    recipe = _recipe(sources)
    if not _is_current(folder, recipe, paths.values()):
        folder.mkdir(parents=True, exist_ok=True)
        for (script, weight), path in paths.items():
            write_atomically(path, _subset(sources[weight], CODE_POINTS[script]))
        write_atomically(folder / STAMP, _stamp(recipe, paths.values()).encode())
    return tuple(paths.values())


def _source(weight: str) -> bytes:
    try:
        return (resources.files(PACKAGE) / "files" / f"IBMPlexSansArabic-{weight}.ttf").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        package = PACKAGE.replace("_", "-")
        raise MujazError(
            f"{package}: its {weight} font is missing; install the package again"
        ) from None


def _recipe(sources: dict[str, bytes]) -> str:
    """Return a digest of all that decides the bytes of the fonts."""
    from importlib import metadata  # takes a while

    digest = hashlib.sha256()
    for data in sources.values():
        digest.update(hashlib.sha256(data).digest())
    versions = [metadata.version(name) for name in ("fonttools", "brotli")]
    digest.update(
        repr((*map(sorted, CODE_POINTS.values()), _FEATURES, _UNKERNED, _ALEFS, versions)).encode()
    )
    return digest.hexdigest()


def _stamp(recipe: str, paths: Iterable[Path]) -> str:
    """Return the stamp's text: the recipe, then a digest of each file as it lies there."""
    files = (hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    return "\n".join([recipe, *files, ""])


def _is_current(folder: Path, recipe: str, paths: Iterable[Path]) -> bool:
    try:
        return (folder / STAMP).read_text("ascii") == _stamp(recipe, paths)
    except (OSError, UnicodeDecodeError):
        return False


def _subset(font: bytes, code_points: Iterable[int]) -> bytes:
    # Imported only here: it costs more than a rebuild without changes may take.
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.layout_features = list(_FEATURES)
    options.drop_tables += ["meta"]  # says which languages the whole font is meant for
    options.hinting = False  # screens of phones do not use it
    options.name_IDs = [0, 1, 2, 13]  # the licence asks that its notice stays
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points)
    # The clock stays out of the `head` table.
    with TTFont(io.BytesIO(font), recalcTimestamp=False) as whole, io.BytesIO() as out:
        _drop_kerning(whole, _UNKERNED)
        _drop_ligatures(whole, _ALEFS)
        subsetter.subset(whole)
        whole.flavor = "woff2"
        whole.save(out)
        return out.getvalue()


def _drop_kerning(font: Any, letter: str) -> None:
    """Take the lookups that kern `letter` out of the feature; the subsetter then drops them."""
    glyph = font.getBestCmap()[ord(letter)]
    table = font["GPOS"].table

    def kerns_it(place: int) -> bool:
        parts = table.LookupList.Lookup[place].SubTable
        return any(glyph in getattr(part, "ExtSubTable", part).Coverage.glyphs for part in parts)

    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "kern":
            feature = record.Feature
            feature.LookupListIndex = [i for i in feature.LookupListIndex if not kerns_it(i)]


def _drop_ligatures(font: Any, letters: str) -> None:
    """Take the ligatures of Arabic letters out of the font, but for those that end in `letters`."""
    lookups = font["GSUB"].table.LookupList.Lookup
    tables = [getattr(each, "ExtSubTable", each) for lookup in lookups for each in lookup.SubTable]
    changes = [table.mapping for table in tables if table.LookupType == _SINGLE]
    names = font.getBestCmap()

    def forms(codes: Iterable[int]) -> set[str]:
        glyphs = {names[code] for code in codes if code in names}
        return glyphs.union(*({each[g] for g in glyphs & each.keys()} for each in changes))

    arabic, ends = forms({*_span(0x620, 0x64A), *_span(0x671, 0x6D5)}), forms(map(ord, letters))
    for table in tables:
        if table.LookupType == _LIGATURE:
            table.ligatures = {
                first: remaining
                for first, all_ in table.ligatures.items()
                if (
                    remaining := [
                        each for each in all_ if first not in arabic or each.Component[-1] in ends
                    ]
                )
            }
