"""Whatever is added, removed or changed: the site is that of MkDocs after each build."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.compose import page_text
from mujaz.publish.output.compression import compressed
from mujaz.publish.render import render_site
from mujaz.site_model import Page

from tests.publish.render.test_renderer import oracle
from tests.publish.render.test_tracing import project
from tests.support import contents, write_seeds

SNIPPET = "{{ page.title|e }}{% for tag in page.meta.tags or [] %}<i>{{ tag|e }}</i>{% endfor %}"
ARTICLES = [f"articles/{name}.md" for name in ("0", "1", "2", "أ", "index", "b/c")]
HAND = ["index.md", "list.md", "articles/by-hand.md", "note.txt", "b/note.txt", "404.html"]
TARGETS = st.sampled_from([*ARTICLES, "index.md", "articles/by-hand.md", "nowhere.md"])
TEXTS = st.sampled_from(["نص", "طويل " * 400, "| أ |\n|---|\n| ب |"])
WRITTEN = st.tuples(
    st.sampled_from(ARTICLES), st.none() | st.tuples(TEXTS, st.lists(TARGETS, max_size=2))
)
BY_HAND = st.tuples(st.sampled_from(HAND), st.none() | st.sampled_from(["يد\n", "# غيرها\n"]))
BATCHES = st.lists(
    st.tuples(st.lists(WRITTEN, max_size=4), st.lists(BY_HAND, max_size=2)), min_size=1, max_size=4
)


def source(path: str, text: str, targets: list[str]) -> str:
    up = "../" * path.count("/")
    links = [f"[{target}]({up}{target})" for target in targets]
    meta: dict[str, Any] = {"title": f"<{text}>", "tags": targets, "mujaz": {"kind": "article"}}
    return page_text(Page(path, meta, "\n\n".join([text, *links]) + "\n"))


def forms_of(site: Mapping[str, bytes]) -> dict[str, bytes]:
    forms = [each for path, data in site.items() for each in compressed(path, data).items()]
    return {path: data for path, data in forms if data is not None}


def put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        write_seeds(path.parent, {path.name: text})


@settings(max_examples=25)
@given(BATCHES, st.booleans(), st.booleans())
def test_any_history_ends_in_the_same_site(
    batches: Any, is_delta_known: bool, is_compressed: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = project(Path(name), SNIPPET)
        files = (folder / "mkdocs.yml", folder / "site_src", folder / "site")
        render_site(*files)
        for written, by_hand in batches:
            for path, said in written:
                put(folder / "site_src" / path, said and source(path, *said))
            for path, text in by_hand:
                put(folder / "site_src" / path, text)
            changed = frozenset(path for path, _ in [*written, *by_hand])
            render_site(
                *files, changed=changed if is_delta_known else None, is_compressed=is_compressed
            )
            wanted = oracle(folder)
            if is_compressed:
                wanted |= forms_of(wanted)
            found = contents(folder / "site")
            assert {**found} == {**wanted}


def test_a_folder_stands_for_all_below_it(tmp_path: Path) -> None:
    folder = project(tmp_path, SNIPPET)
    files = (folder / "mkdocs.yml", folder / "site_src", folder / "site")
    old = write_seeds(folder / "site_src" / "search", {"a/1.bin": b"1", "b/2.bin": b"2"})
    render_site(*files)
    (old / "a" / "1.bin").unlink()
    (old / "a").rmdir()
    write_seeds(old, {"c/3.bin": b"3", "b/2.bin": b"4"})
    render_site(*files, changed=frozenset({"search/a", "search/b", "search/c"}))
    assert contents(folder / "site") == oracle(folder)


def test_the_packed_site_map_is_the_site_map(tmp_path: Path) -> None:
    folder = project(tmp_path, SNIPPET)
    render_site(folder / "mkdocs.yml", folder / "site_src", folder / "site")
    packed = (folder / "site" / "sitemap.xml.gz").read_bytes()
    assert gzip.decompress(packed) == (folder / "site" / "sitemap.xml").read_bytes()


def test_a_damaged_manifest_is_begun_anew(tmp_path: Path) -> None:
    folder = project(tmp_path, SNIPPET)
    files = (folder / "mkdocs.yml", folder / "site_src", folder / "site")
    render_site(*files)
    record = folder / ".mujaz-cache" / "site.sqlite"
    data = bytearray(record.read_bytes())
    for at in range(4096, len(data), 512):
        data[at : at + 64] = b"\xff" * 64
    record.write_bytes(data)
    put(folder / "site_src" / "index.md", "# أ\n\nجديد\n")
    render_site(*files)
    assert contents(folder / "site") == oracle(folder)


@pytest.mark.parametrize("again", ["young", "old"])
def test_a_page_by_hand_is_seen_however_soon_it_changes(tmp_path: Path, again: str) -> None:
    folder = project(tmp_path, SNIPPET)
    files = (folder / "mkdocs.yml", folder / "site_src", folder / "site")
    page = folder / "site_src" / "list.md"
    for number in range(4):
        page.write_text(f"---\ntitle: ج\n---\n\nنص {number}\n", "utf-8")
        render_site(*files)
        shown = (folder / "site" / "list" / "index.html").read_text("utf-8")
        assert f"نص {number}" in shown
        if again == "old":
            render_site(*files)
