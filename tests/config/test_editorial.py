"""What editors write in `editorial/*.yml`, and what is refused there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mujaz.config import load
from mujaz.config.editorial import merged_tags, read_editorial
from mujaz.config.editorial_model import Editorial, OwnSection, ref_names
from mujaz.errors import ConfigError

from tests.support import cases, write_seeds


@pytest.mark.parametrize("case", cases("editorial", "faults"))
def test_faults_name_file_line_and_next_step(case: Mapping[str, Any], tmp_path: Path) -> None:
    write_seeds(tmp_path, {"desk.yml": case["text"]})
    with pytest.raises(ConfigError) as error:
        read_editorial(tmp_path)
    for part in ("desk.yml", *case["says"]):
        assert part in str(error.value)


@pytest.mark.parametrize("case", cases("editorial", "refs"))
def test_refs(case: Mapping[str, Any]) -> None:
    assert ref_names(case["ref"]) == tuple(case["names"])


def test_nothing_is_said_by_no_folder_and_by_empty_files(tmp_path: Path) -> None:
    assert read_editorial(tmp_path / "absent") == Editorial()
    write_seeds(tmp_path, {"a.yml": "", "b.yml": "# nothing yet\n", "c.yml": "articles:\n"})
    assert read_editorial(tmp_path) == Editorial()


def test_both_languages_and_several_files(tmp_path: Path) -> None:
    texts = {
        "a.yml": "front: {order: [x, y]}\nsections: [{name: بيئة}, سيارات]\nmonths: gulf\n",
        "b.yml": "الصدارة: {المتصدر: z}\nالأقسام: [{الاسم: بيئة, اللون: '#0B5D4E'}]\nhome: SA\n",
        "c.yml": "articles:\n  f.xml#3: {العنوان: ع, time: 14:30, إخفاء: لا}\n",
        ".hidden.yml": "no such thing",
        "notes.txt": "no YAML",
    }
    write_seeds(tmp_path, texts)
    editorial = read_editorial(tmp_path)
    assert list(editorial.pins) == ["z", "x", "y"]
    assert editorial.sections == (OwnSection("بيئة", "#0b5d4e"), OwnSection("سيارات"))
    assert (editorial.months, editorial.home) == ("gulf", "SA")
    correction = editorial.corrections[0]
    assert correction.place.endswith("c.yml, line 2")
    assert correction.fields == {"العنوان": "ع", "time": "14:30"}
    assert not correction.is_hidden


def test_a_file_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"outside.yml": "home: SA", "editorial/a.yml": ""})
    (tmp_path / "editorial" / "b.yml").symlink_to(tmp_path / "outside.yml")
    with pytest.raises(ConfigError, match=r"b\.yml: is no file of this folder"):
        read_editorial(tmp_path / "editorial")


def test_tables_of_tags_become_one() -> None:
    first = {"add": {"place": ["حلب"]}, "rename": {"أ": "ب"}, "block": ["ج"]}
    second = {"add": {"place": ["حمص"], "topic": ["نفط"]}, "rename": {"أ": "د"}, "block": ["ه"]}
    assert merged_tags(first, second) == {
        "add": {"place": ["حلب", "حمص"], "topic": ["نفط"]},
        "rename": {"أ": "د"},
        "block": ["ج", "ه"],
    }
    assert merged_tags({}, {}) == {}


def test_tags_that_lead_back_to_themselves_are_refused(tmp_path: Path) -> None:
    settings = "site_name: x\nextra: {mujaz: {tags: {rename: {أ: ب}}}}\n"
    write_seeds(tmp_path, {"mkdocs.yml": settings, "seeds/a.txt": "x"})
    write_seeds(tmp_path, {"editorial/a.yml": "tags: {merge: {أ: [ب]}}"})
    with pytest.raises(ConfigError, match=r"editorial: `tags` has .*lead back"):
        load(tmp_path / "mkdocs.yml")
