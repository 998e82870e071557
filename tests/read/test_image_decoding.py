"""Pictures by Pillow: upright, small, sized, without notes; whatever is broken stays away."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz import pipeline
from mujaz.errors import MujazError
from mujaz.model import Image
from mujaz.publish.output import fonts, images
from mujaz.publish.output.image_versions import image_names, image_versions
from mujaz.publish.output.images import write_images
from mujaz.read.image_decoding import BROKEN, DecodedImage, decoded

from tests.read.test_images import PAGE, article, html, jpeg, named, png, webp
from tests.support import cases, config, still

Picture = pytest.importorskip("PIL.Image")
NOTE = b"Dimashq 33.51N"


def picture(case: dict[str, Any]) -> bytes:
    """Return a picture's file with what cameras note: red in its first corner, else blue."""
    width, height = case["size"]
    drawn = Picture.new("RGB", (width, height), "blue")
    drawn.paste("red", (0, 0, width // 2, height // 2))
    drawn = drawn.convert(case.get("mode", "RGB")) if case.get("mode") != "I;16" else drawn
    if case.get("mode") == "I;16":
        drawn = drawn.convert("L").convert("I").point(lambda value: value * 256).convert("I;16")
    notes = Picture.Exif()
    notes[0x0112] = case.get("orientation", 1)
    notes[0x010E] = NOTE.decode()
    out = io.BytesIO()
    drawn.save(out, case["format"], exif=notes)
    return out.getvalue()


def image_of(data: bytes, file: str = "x") -> Image:
    """Return a picture as the reader gives it."""
    result = decoded(data)
    assert isinstance(result, DecodedImage)
    return replace(Image("x", "", "", ""), file=file, **result._asdict())


@pytest.mark.parametrize("case", cases("image_versions", "image_version_cases"))
def test_versions_are_upright_and_without_notes(case: dict[str, Any]) -> None:
    data = picture(case)
    assert NOTE in data
    image = image_of(data)
    assert [image.width, image.height] == case["shown"]
    assert list(image.widths) == case["widths"]
    versions = image_versions(data, image)
    assert list(versions) == image_names(image)
    assert versions == image_versions(data, image)
    for name, content in versions.items():
        version = Picture.open(io.BytesIO(content))
        assert name == image.name or version.width in image.widths
        assert version.height == round(image.height * version.width / image.width)
        assert version.format == {"jpg": "JPEG"}.get(name[-3:], name.split(".")[1].upper())
        assert NOTE not in content
        assert not version.getexif()
        red = version.convert("RGB").getpixel(
            (0, 0) if "orientation" not in case else _corner(version.size, case["orientation"])
        )
        assert case.get("mode", "RGB") not in ("RGB", "RGBA", "P", "CMYK") or red[0] > 180 > red[2]


def _corner(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Return where the first corner of a picture lies when it is upright."""
    return {3: (size[0] - 1, size[1] - 1), 6: (size[0] - 1, 0)}[orientation]


WHOLE = picture({"format": "JPEG", "size": [640, 480]})
BROKEN_FILES = {
    "no data": jpeg(640, 480),
    "half": WHOLE[: len(WHOLE) // 2],
    "no WebP": webp(640, 480),
    "more pixels than it says": png(9_999, 9_999),
    "nothing": b"",
}


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_what_is_broken_is_said_to_be(name: str) -> None:
    assert decoded(BROKEN_FILES[name]) == BROKEN


@given(st.binary(max_size=200), st.integers(0, len(WHOLE)))
def test_hostile_pictures_do_no_harm(junk: bytes, place: int) -> None:
    for data in (junk, WHOLE[:place] + junk + WHOLE[place:], png(300, 200)[: place % 90] + junk):
        assert isinstance(decoded(data), DecodedImage | str | None)


def test_what_moves_and_what_nobody_can_decode_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frames = [Picture.new("RGB", (200, 200), color) for color in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert decoded(out.getvalue()) is None
    monkeypatch.setattr("mujaz.read.image_decoding.can_decode", lambda: False)
    assert decoded(WHOLE) is None


def test_nothing_is_encoded_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.jpg").write_bytes(WHOLE)
    image = image_of(WHOLE, "x.jpg")
    paths = {f"pictures/{name}" for name in image_names(image)}
    assert write_images([image, image], tmp_path, tmp_path, "pictures") == paths
    monkeypatch.setattr(images, "image_versions", None)  # and nobody calls it
    assert write_images([image], tmp_path, tmp_path, "pictures") == set()
    assert write_images([], tmp_path, tmp_path, "pictures") == paths
    assert not list((tmp_path / "pictures").iterdir())


def test_a_picture_that_breaks_meanwhile_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(WHOLE[:999])
    with pytest.raises(MujazError, match=r"x\.jpg: cannot be copied"):
        write_images([image_of(WHOLE, "x.jpg")], tmp_path, tmp_path, "pictures")
    assert not list((tmp_path / "pictures").iterdir())


def test_pages_show_the_smallest_version_that_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "subset_fonts", lambda folder: ())
    page = tmp_path / "seeds" / PAGE
    page.parent.mkdir(parents=True)
    (page.parent / "photo.jpg").write_bytes(WHOLE)
    (page.parent / "half.jpg").write_bytes(WHOLE[:999])
    page.write_text(html(named("photo.jpg"), named("half.jpg")), "utf-8")
    site = config(tmp_path, seeds=tmp_path / "seeds", images=True)
    report = pipeline.update_pages(site, still())
    assert [each.file for each in report.doubts] == []
    [figure] = re.findall("<figure>(.*)</figure>", article(tmp_path))
    shown = re.findall(r'\.\./\.\./(assets/pictures/\S+?)[" ]', figure)
    assert len(shown) == 5
    files = {path.name for path in (tmp_path / "pages/assets/pictures").iterdir()}
    assert {path.rpartition("/")[2] for path in shown} == files
    kinds = re.findall('type="image/([a-z]+)"', figure)
    assert kinds == ["avif", "webp"]
    assert figure.endswith('width="640" height="480" loading="lazy" decoding="async"></picture>')
