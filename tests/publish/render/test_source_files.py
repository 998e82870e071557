"""What is listed, in which order, and what patterns mean, is as with MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.publish.render.source_files import is_listed, list_files, listing_key, path_matcher
from pathspec.gitignore import GitIgnoreSpec

from tests.support import write_seeds

NAMES = st.sampled_from(["a", "ab", "b-c", "index", "README", "ج", "a.b", ".x", "templates"])
PATHS = st.lists(
    st.lists(NAMES, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".md"), max_size=8
)


@given(PATHS)
def test_files_are_listed_in_order(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("listed")
    write_seeds(folder, dict.fromkeys(names, ""))
    found = list(list_files(folder))
    assert found == sorted({name for name in names if is_listed(name)}, key=listing_key)


@pytest.mark.parametrize(
    "lines",
    [
        *(["/a/"], ["/a.md"], ["/a"], ["/a/b.md", "/ج/"], ["a"], ["*.md"], ["/a/**/b"], []),
        *(["# x", "/a-b_c/"], ["!/a/"], ["/a/b/"], ["/a b/"]),
    ],
)
def test_patterns_match_as_in_gitignore(lines: list[str]) -> None:
    match, real = path_matcher(lines), GitIgnoreSpec.from_lines(lines)
    for path in (
        "a",
        "a.md",
        "a/b.md",
        "a/b/c.md",
        "x/a/b.md",
        "ج/a.md",
        "a.md/b",
        "a-b_c/d",
        "aa",
    ):
        assert bool(match(path)) is bool(real.match_file(path)), path


def test_a_name_like_another_is_no_folder(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"a/x.md": "", "a.md": "", "a-b/x.md": "", "a/index.md": ""})
    assert list(list_files(tmp_path)) == ["a.md", "a/index.md", "a/x.md", "a-b/x.md"]
