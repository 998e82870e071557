"""What stands in the place of an input with a fault."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import fields

import pytest
from mujaz.model import Document, Held, Image, Markup, Problem, Run, Stated
from mujaz.state import serialisation
from mujaz.state.database import in_memory
from mujaz.state.good_documents import GoodDocuments, clear_derived

FULL = Document(
    "a.txt",
    "عنوان\nنص \udc80",
    folder="رياضة",
    stated={"title": Stated("عنوان", "meta"), "date": Stated(dt.date(2025, 7, 14), "feed")},
    corrected={"authors": Stated(("ليلى",), "sidecar"), "date": Stated("", "sidecar")},
    has_headline=False,
    surroundings="قائمة",
    linked=("سطر",),
    excerpt=True,
    unread=("x",),
    images=(Image("a.png", "نص", "", "بعد"),),
    faults=("is broken",),
    markup=(Markup("bullet", (Run("نص", "strong"),), 1),),
)


@pytest.mark.parametrize("document", [FULL, Document("b.txt", "نص")])
def test_documents_are_read_as_they_were(document: Document) -> None:
    assert serialisation.document(serialisation.packed(document)) == document


def test_every_field_is_tried() -> None:
    plain = Document("a.txt", FULL.text)
    same = {f.name for f in fields(Document) if getattr(plain, f.name) == getattr(FULL, f.name)}
    assert same == {"file", "text"}


def document(name: str, text: str = "نص") -> Document:
    return Document(name, text)


def fault(name: str) -> Problem:
    return Problem(name, "is broken", "mend it")


Inputs = list[Document | Problem]


@pytest.mark.parametrize(
    ("before", "now", "result"),
    [
        ([], [fault("a")], [fault("a")]),
        ([document("a")], [fault("a")], [document("a")]),
        ([document("a")], [document("a", "آخر")], [document("a", "آخر")]),
        ([document("a")], [Held("a", "is a draft", "")], [Held("a", "is a draft", "")]),
        ([document("a#1"), document("a#2")], [document("a#1")], [document("a#1")]),
        (
            [document("a#1"), document("a#2")],
            [document("a#1", "آخر"), fault("a#2"), fault("a#3")],
            [document("a#1", "آخر"), document("a#2"), fault("a#3")],
        ),
        (
            [document("a#1"), document("a#2")],
            [document("a#1", "آخر"), fault("a")],
            [document("a#1", "آخر"), fault("a"), document("a#2")],
        ),
    ],
    ids="new fault mended held shorter record whole".split(),
)
def test_a_fault_is_replaced(before: Inputs, now: Inputs, result: Inputs) -> None:
    base = in_memory()
    list(GoodDocuments(base).in_place_of_faults("a", before))
    good = GoodDocuments(base)
    assert list(good.in_place_of_faults("a", now)) == result
    replaced = {each.file for each in now if type(each) is Problem and each not in result}
    assert set(good.faults) == replaced
    # What a fault was replaced by is there the next time as well, and nothing else.
    documents = [each for each in result if isinstance(each, Document)]
    again = list(good.in_place_of_faults("a", [fault("a")]))
    assert [each for each in again if isinstance(each, Document)] == documents


def test_only_removal_removes() -> None:
    base = in_memory()
    good = GoodDocuments(base)
    list(good.in_place_of_faults("a", [document("a")]))
    clear_derived(base)
    assert good.paths() == {"a"}
    good.remove_others("a", ())
    assert good.paths() == set()


def test_what_an_earlier_version_packed_is_no_document() -> None:
    base: sqlite3.Connection = in_memory()
    base.execute("insert into good_documents values ('a', 'a', ?)", (b"x",))
    assert list(GoodDocuments(base).in_place_of_faults("a", [fault("a")])) == [fault("a")]
