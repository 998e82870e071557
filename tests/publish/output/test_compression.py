"""Compressed forms: what they hold, which there are, and that nothing but the content decides."""

from __future__ import annotations

import gzip
import random
import time

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.publish.output.compression import MIN_BYTES, compressed

TEXT = "صفحة من أخبار اليوم\n".encode() * 100
NOISE = random.Random(1).randbytes(4 * MIN_BYTES)

FORMS = {
    # Path and content -> the suffixes of the forms that are there, and of those that must not be.
    "a page": ("articles/خبر-a1/index.html", TEXT, {".br", ".gz"}, set()),
    "a style sheet": ("assets/mujaz.css", TEXT, {".br", ".gz"}, set()),
    "a program": ("assets/mujaz.js", TEXT, {".br", ".gz"}, set()),
    "a drawing": ("assets/favicon.svg", TEXT, {".br", ".gz"}, set()),
    "a feed": ("feed.xml", TEXT, {".br", ".gz"}, set()),
    "a list": ("search/shards.json", TEXT, {".br", ".gz"}, set()),
    "text": ("robots.txt", TEXT, {".br", ".gz"}, set()),
    "a map, gzipped by MkDocs": ("sitemap.xml", TEXT, {".br"}, set()),
    "stems, gzipped by search": ("search/stems.json", TEXT, {".br"}, set()),
    "a small page": ("a/index.html", TEXT[: MIN_BYTES - 1], set(), {".br", ".gz"}),
    "the smallest page": ("a/index.html", TEXT[:MIN_BYTES], {".br", ".gz"}, set()),
    "an empty page": ("a/index.html", b"", set(), {".br", ".gz"}),
    "noise": ("a.txt", NOISE, set(), {".br", ".gz"}),
    "a removed page": ("a/index.html", None, set(), {".br", ".gz"}),
    "a font": ("assets/fonts/plex-arabic-bold.woff2", TEXT, set(), set()),
    "an image": ("assets/pictures/0123456789abcdef.jpg", TEXT, set(), set()),
    "a removed image": ("assets/pictures/0123456789abcdef.jpg", None, set(), set()),
    "what is gzipped already": ("sitemap.xml.gz", TEXT, set(), set()),
    "a file without a suffix": ("CNAME", TEXT, set(), set()),
}


@pytest.mark.parametrize(("path", "data", "present", "absent"), FORMS.values(), ids=FORMS)
def test_which_forms_there_are(
    path: str, data: bytes | None, present: set[str], absent: set[str]
) -> None:
    forms = compressed(path, data)
    assert {path + suffix for suffix in present | absent} == {*forms}
    assert {path + suffix for suffix in absent} == {name for name in forms if forms[name] is None}


@given(st.binary(max_size=3 * MIN_BYTES), st.integers(1, 40), st.sampled_from(["a.html", "a.js"]))
def test_forms_hold_the_content(part: bytes, repeated: int, path: str) -> None:
    data = part * repeated
    forms = compressed(path, data)
    if gzipped := forms[f"{path}.gz"]:
        assert gzip.decompress(gzipped) == data
        assert len(gzipped) < len(data)
    if encoded := forms[f"{path}.br"]:
        assert brotli.decompress(encoded) == data
        assert len(encoded) < len(data)


def test_content_alone_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [*compressed("a.html", TEXT).values()]
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert [*compressed("other/name.html", TEXT).values()] == before
    gzipped = compressed("a.html", TEXT)["a.html.gz"]
    assert gzipped is not None
    # No flags, so no name; the time 0; the best compression; no system.
    assert gzipped[:10] == b"\x1f\x8b\x08" + bytes(5) + b"\x02\xff"
