"""The fonts: small, the same each time, and enough for Arabic news."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from mujaz.errors import MujazError
from mujaz.publish.output import fonts
from mujaz.publish.output.fonts import subset_fonts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    subset_fonts(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_same_bytes_each_time(folder: Path, tmp_path: Path) -> None:
    subset_fonts(tmp_path)
    assert contents(tmp_path) == contents(folder)


def test_small_enough_for_bad_networks(folder: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in subset_fonts(folder)}
    assert sum(size for name, size in sizes.items() if "arabic" in name) < 23_000
    assert sum(sizes.values()) < 31_000


def arabic_fonts(folder: Path) -> list[Path]:
    return [path for path in subset_fonts(folder) if "arabic" in path.name]


@pytest.mark.parametrize(
    "text",
    [
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "ءآأؤإئةى",
        "ًٌٍَُِّْ",
        "٠١٢٣٤٥٦٧٨٩٪",
        "پچژگڤکی",
        "،؛؟«»“”‘’–—…·",
        "25 +963 @",
    ],
)
def test_covers(folder: Path, text: str) -> None:
    for path in arabic_fonts(folder):
        with TTFont(path) as font:
            assert {ord(letter) for letter in text} <= set(font.getBestCmap())


def test_latin_letters_are_in_files_of_their_own(folder: Path) -> None:
    for path in {*subset_fonts(folder)} - {*arabic_fonts(folder)}:
        with TTFont(path) as font:
            characters = {*map(chr, font.getBestCmap())}
            assert characters >= {*"SYNCuserCafé"}
            assert all(letter.isalpha() and ord(letter) < 0x100 for letter in characters)


def test_keeps_the_joining_of_letters(folder: Path) -> None:
    for path in arabic_fonts(folder):
        with TTFont(path) as font:
            features = {
                record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord
            }
            assert {"init", "medi", "fina", "rlig"} <= features


def test_kerns_arabic_alone(folder: Path) -> None:
    for path in arabic_fonts(folder):
        with TTFont(path) as font:
            table = font["GPOS"].table
            records = table.FeatureList.FeatureRecord
            kern = {i for r in records if r.FeatureTag == "kern" for i in r.Feature.LookupListIndex}
            parts = [part for i in kern for part in table.LookupList.Lookup[i].SubTable]
            kerned = {g for p in parts for g in getattr(p, "ExtSubTable", p).Coverage.glyphs}
            letters = font.getBestCmap()
            assert letters[ord("و")] in kerned
            assert letters[ord("0")] not in kerned


def test_second_call_writes_nothing(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    subset_fonts(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_mends_what_is_damaged(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "plex-arabic-bold.woff2").write_bytes(b"")
    subset_fonts(tmp_path)
    assert contents(tmp_path) == contents(folder)


def test_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "PACKAGE", "fontpkg_no_such_family")
    with pytest.raises(MujazError, match="fontpkg-no-such-family"):
        subset_fonts(tmp_path)


def test_letters_join_as_one_with_alef_alone(folder: Path) -> None:
    for path in arabic_fonts(folder):
        with TTFont(path) as font:
            letters = font.getBestCmap()
            lookups = font["GSUB"].table.LookupList.Lookup
            parts = [
                getattr(part, "ExtSubTable", part) for each in lookups for part in each.SubTable
            ]
            changes = [part.mapping for part in parts if part.LookupType == 1]
            joined = {
                (first, ligature.Component[-1])
                for part in parts
                if part.LookupType == 4
                for first, ligatures in part.ligatures.items()
                for ligature in ligatures
            }

            forms = {
                letter: {
                    (glyph := letters[ord(letter)]),
                    *(c[glyph] for c in changes if glyph in c),
                }
                for letter in "لاأإآٱّبتسصيكپچگڤی"
            }
            firsts = {first for first, _ in joined}
            assert not any(firsts & forms[letter] for letter in "بتسصيكپچگڤی")
            with_lam = {last for first, last in joined if first in forms["ل"]}
            assert with_lam
            assert with_lam <= set().union(*(forms[alef] for alef in "اأإآٱ"))
            assert firsts & forms["ّ"]  # with the vowel above it
