"""Reading: encodings, odd files, and one order everywhere."""

from __future__ import annotations

import codecs
import errno
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.model import Document, Problem
from mujaz.read import read_files, with_sidecars
from mujaz.read.decoding import UndecodableError, decode
from mujaz.read.formats import plain

from tests.support import read_folder, write_seeds

PAGE = f"<html><body><h1>افتتاح مكتبة عامة</h1><p>{'حضر الأهالي الافتتاح. ' * 9}</p></body></html>"
TEXT = "افتتاح مكتبة عامة\n\nحضر الأهالي، وقُرئت «القصائد»."


def read_one(folder: Path) -> Document | Problem:
    (found,) = read_folder(folder)
    return found


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("windows-1256"),
    ],
    ids=(
        "utf-8 marked-utf-8 marked-utf-16-le marked-utf-16-be marked-utf-32-le marked-utf-32-be "
        "utf-16-le utf-16-be windows-1256"
    ).split(),
)
def test_encodings(data: bytes, tmp_path: Path) -> None:
    write_seeds(tmp_path, {"a.txt": data})
    found = read_one(tmp_path)
    assert isinstance(found, Document), found
    assert (found.file, found.text, found.folder) == ("a.txt", TEXT, None)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n ", "empty"),
        ("a.txt", "\u2003\u00a0\n".encode(), "empty"),
        ("a.txt", codecs.BOM_UTF8, "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1", "binary"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        (
            "a.txt",
            "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440".encode("koi8-r"),
            "neither UTF-8",
        ),
        ("a.txt", codecs.BOM_UTF8 + b"\xd9\xff\xd9" * 9, "neither UTF-8"),
        ("a.txt", codecs.BOM_UTF16_LE + b"\x27", "marked as utf-16"),
        ("a.xyz", TEXT.encode(), "unknown format, `.xyz`"),
        ("a.txt.PDX", TEXT.encode(), "unknown format, `.PDX`"),
    ],
    ids=(
        "nothing blanks wide-blanks mark-alone picture all-bytes latin broken-utf-8 broken-utf-16 "
        "suffix second-suffix"
    ).split(),
)
def test_refused(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    write_seeds(tmp_path, {name: data})
    found = read_one(tmp_path)
    assert isinstance(found, Problem), found
    assert reason in found.reason
    assert found.file == name
    assert found.hint


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decode(data).encode()
    except UndecodableError as error:
        assert str(error)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MAX_BYTES", 1000)
    write_seeds(tmp_path, {"a.txt": b"x\n" * 500, "b.txt": b"x\n" * 500 + b"x"})
    fits, too_large = read_folder(tmp_path)
    assert isinstance(fits, Document)
    assert isinstance(too_large, Problem)
    assert "1,001 bytes" in too_large.reason


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "article", "٣.txt", "ا ب.txt"])
def test_names_of_articles(name: str, tmp_path: Path) -> None:
    write_seeds(tmp_path, {name: TEXT})
    found = read_one(tmp_path)
    assert isinstance(found, Document), found
    assert found.file == name


def test_names_with_a_dot_are_no_inputs(tmp_path: Path) -> None:
    write_seeds(tmp_path, {".gitignore": "*", ".git/a.txt": TEXT, "x/.b.txt": TEXT, "c.txt": TEXT})
    assert [found.file for found in read_folder(tmp_path)] == ["c.txt"]


LEFT_BEHIND = (
    "Thumbs.db desktop.ini README.md readme.txt README ~$a.docx a.txt~ .DS_Store ._a.txt "
    "x/.gitkeep __MACOSX/a.txt"
).split()


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_programs_leave_behind_is_passed_over(name: str, tmp_path: Path) -> None:
    write_seeds(tmp_path, {name: TEXT, "b.txt": TEXT})
    assert [found.file for found in read_folder(tmp_path)] == ["b.txt"]
    paths = [tmp_path / "b.txt", tmp_path / name]
    assert len(list(read_files(paths))) == 1 or "/" in name


@pytest.mark.parametrize(
    ("page", "folder"),
    [
        ("a.html", "a_files"),
        ("x/a.htm", "x/a_files"),
        ("a.html", "a.html_files"),
        ("خبر.html", "خبر_ملفات"),
        ("a.b.html", "a.b_files"),
    ],
)
def test_what_a_browser_saves_with_a_page_is_passed_over(
    page: str, folder: str, tmp_path: Path
) -> None:
    texts = {page: PAGE, f"{folder}/ad.html": PAGE, f"{folder}/x/a.js": "x", f"{folder}s.txt": TEXT}
    write_seeds(tmp_path, texts)
    assert {found.file for found in read_folder(tmp_path)} == {page, f"{folder}s.txt"}
    top = sorted(tmp_path.iterdir())
    assert len(list(read_files(top))) == 2
    # Once the page is gone, the folder is one like any other.
    inner = {f"{folder}/ad.html", f"{folder}/x/a.js"}
    assert with_sidecars({page}, texts) >= inner
    (tmp_path / page).unlink()
    assert {found.file for found in read_folder(tmp_path)} == {*inner, f"{folder}s.txt"}


def test_a_folder_of_another_name_is_read(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"my_files/a.txt": TEXT, "other.html": PAGE})
    assert len(read_folder(tmp_path)) == 2


@pytest.mark.parametrize(
    ("name", "folder"), [("a.txt", None), ("sport/a.txt", "sport"), ("x/رياضة/a.txt", "رياضة")]
)
def test_the_folder_is_told(name: str, folder: str | None, tmp_path: Path) -> None:
    write_seeds(tmp_path, {name: TEXT})
    found = read_one(tmp_path)
    assert isinstance(found, Document)
    assert found.folder == folder


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_link("../outside.txt"), "link out of its folder"),
        (_link("/etc/hostname"), "link out of its folder"),
        (_link("../outside"), "link out of its folder"),
        (_link("link.txt"), ""),
        (_link("nowhere.txt"), "does not exist"),
        (_link("inside"), "folder"),
        (os.mkfifo, "not a regular file"),
    ],
    ids=["link out", "link to system", "link to folder out", "loop", "dangling", "folder", "fifo"],
)
def test_odd_files(make: Callable[[Path], None], reason: str, tmp_path: Path) -> None:
    write_seeds(tmp_path, {"outside.txt": TEXT, "outside/b.txt": TEXT, "seeds/inside/c.txt": TEXT})
    make(tmp_path / "seeds" / "link.txt")
    found = {each.file: each for each in read_folder(tmp_path / "seeds")}
    assert set(found) == {"inside/c.txt", "link.txt"}
    problem = found["link.txt"]
    assert isinstance(problem, Problem)
    assert reason in problem.reason
    assert problem.hint


def test_link_within_the_folder_is_read(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"a.txt": TEXT})
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert [type(found) for found in read_folder(tmp_path)] == [Document, Document]


@pytest.mark.parametrize("name", ["a.txt", "locked"])
def test_unreadable(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_seeds(tmp_path, {"a.txt": TEXT, "locked/b.txt": TEXT, "z.txt": TEXT})

    def refuse(real: Callable[..., Any]) -> Callable[..., Any]:
        # The system's own refusal, which it would not give to root.
        def guarded(path: Any, *arguments: Any, **options: Any) -> Any:
            if os.fspath(path) == str(tmp_path / name):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return real(path, *arguments, **options)

        return guarded

    for function in (os.open, os.scandir):
        monkeypatch.setattr(os, function.__name__, refuse(function))
    found = {each.file: each for each in read_folder(tmp_path)}
    assert isinstance(found[name], Problem)
    assert isinstance(found["z.txt"], Document)


@pytest.mark.parametrize(
    "name",
    [b"caf\xe9.txt", b"caf\xe9.yml", b"caf\xe9.html", b"caf\xe9", b"\xff/a.txt", b"a\xc3\x28.gz"],
)
def test_names_that_are_not_utf8(name: bytes, tmp_path: Path) -> None:
    write_seeds(tmp_path, {os.fsdecode(name): TEXT, "good.txt": TEXT})
    odd, good = sorted(read_folder(tmp_path), key=lambda each: each.file == "good.txt")
    assert isinstance(good, Document)
    assert isinstance(odd, Problem)
    assert odd.file == name.decode("utf-8", "backslashreplace")
    assert "not UTF-8" in odd.reason


@pytest.mark.parametrize("article", ["NFC", "NFD"])
@pytest.mark.parametrize("sidecar", ["NFC", "NFD"])
def test_letters_that_are_taken_apart(article: Any, sidecar: Any, tmp_path: Path) -> None:
    name, correction = (
        unicodedata.normalize(form, f"أخبار{suffix}")
        for form, suffix in ((article, ".txt"), (sidecar, ".yml"))
    )
    write_seeds(tmp_path, {f"x/{name}": TEXT, f"x/{correction}": "place: حلب"})
    found = read_one(tmp_path)
    assert isinstance(found, Document)
    assert found.corrected["place"].value == "حلب"
    present = [f"x/{name}", f"x/{correction}", "x/else.txt"]
    for changed in present[:2]:
        assert with_sidecars({changed}, present) == {*present[:2]}


def test_a_file_that_breaks_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_seeds(tmp_path, {"a.txt": TEXT})

    def fail(descriptor: int, mode: str) -> None:
        os.close(descriptor)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", fail)
        found = read_one(tmp_path)
    assert isinstance(found, Problem)
    assert "cannot be read: input/output error" in found.reason


NAMES = ("b.txt", "a.txt", "أ.txt", "c/a.txt", "c/b.txt", "B.txt", "a/z.txt", "ب.txt")


@given(st.permutations(NAMES))
def test_order_of_creation_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("seeds")
    write_seeds(folder, dict.fromkeys(names, TEXT))
    inputs = ["B.txt", "a.txt", "a/z.txt", "b.txt", "c/a.txt", "c/b.txt", "أ.txt", "ب.txt"]
    assert sorted(found.file for found in read_folder(folder)) == sorted(inputs)
    with pytest.MonkeyPatch.context() as patch:
        scandir = os.scandir
        once = [found.file for found in read_folder(folder)]
        patch.setattr(os, "scandir", lambda path: reversed(list(scandir(path))))
        assert [found.file for found in read_folder(folder)] == once


def test_read_files_keeps_the_order_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_seeds(tmp_path, {"z.txt": TEXT, "a.txt": TEXT, "in/b.txt": TEXT, "in/a.txt": TEXT})
    monkeypatch.chdir(tmp_path)
    found = list(read_files(map(Path, ("z.txt", "in", "missing.txt", "a.txt"))))
    assert [each.file for each in found] == [
        "z.txt",
        "in/a.txt",
        "in/b.txt",
        "missing.txt",
        "a.txt",
    ]
    assert [isinstance(each, Problem) for each in found] == [False, False, False, True, False]
