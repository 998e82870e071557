"""Reads the texts that models are trained on and measured by."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.enrich.entities.candidates import Candidate, CandidateFinder
from mujaz.enrich.entities.gazetteer.gazetteer import Gazetteer
from mujaz.enrich.entities.lexicon import Lexicon
from mujaz.enrich.entities.mentions import KIND_LABELS, label_spans, split_sentences
from mujaz.enrich.entities.names import canonical
from mujaz.enrich.entities.persons import join_short
from mujaz.model import TagKind
from mujaz.training import json_records

_LABEL = re.compile("[BI]-(?:" + "|".join(KIND_LABELS.values()) + ")")
_MIN_DOCUMENT_TOKENS = 350
"""Tokens of a stretch of text that stands for a document: about a short article."""


class Labelled(NamedTuple):
    """A sentence with its names marked."""

    tokens: tuple[str, ...]
    labels: tuple[str, ...]


Document = Sequence[Labelled]
Name = tuple[TagKind, str]
"""Kind and comparison key."""


def labelled_documents(file: Path) -> list[Document]:
    """Return the documents of `file`, which has `token LABEL` a line, gzipped or not.

    The file knows no documents: whole sentences in a row are one until they have 350 tokens.
    """
    text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    documents: list[Document] = []
    document: list[Labelled] = []
    tokens: list[str] = []
    labels: list[str] = []
    for line in [*text.decode("utf-8-sig").splitlines(), ""]:
        token, _, label = line.strip().rpartition(" ")
        if token:
            tokens.append(token)
            labels.append(label if _LABEL.fullmatch(label) else "O")
        if tokens and (token in ("", ".")):
            document.append(Labelled(tuple(tokens), tuple(labels)))
            tokens, labels = [], []
            if sum(len(sentence.tokens) for sentence in document) >= _MIN_DOCUMENT_TOKENS:
                documents.append(document)
                document = []
    return [*documents, document] if document else documents


def right_names(document: Document, lexicon: Lexicon, gazetteer: Gazetteer) -> set[Name]:
    """Return the names that are marked in `document`, in the form that tags have.

    Clitics and titles are stripped and a person's short forms joined to the long one, as for
    tags; places have the name of the table of places.
    """
    text_words = Counter(key(token) for sentence in document for token in sentence.tokens)
    names: list[Name] = []
    for tokens, labels in document:
        for kind, first, last in label_spans(labels):
            name = canonical(tokens[first:last], kind, lexicon, text_words)
            if kind == "place":
                name = gazetteer.place(key(name)) or name
            if key(name):
                names.append((kind, key(name)))
    support: dict[str, float] = defaultdict(float)
    for kind, folded in names:
        if kind == "person":
            support[folded] += 1
    full = join_short(support)
    return {(kind, full[name] if kind == "person" else name) for kind, name in names}


class Judged(NamedTuple):
    """A document with its right names and the candidates in it."""

    right: set[Name]
    candidates: list[Candidate]


def judge(documents: Sequence[Document], lexicon: Lexicon, finder: CandidateFinder) -> list[Judged]:
    """Return what is to be found in `documents`, and what `finder` finds."""
    gazetteer = Gazetteer()
    return [
        Judged(
            right_names(document, lexicon, gazetteer),
            finder.candidates([sentence.tokens for sentence in document]),
        )
        for document in documents
    ]


def raw_sentences(file: Path) -> Iterator[list[str]]:
    """Yield the sentences of the articles in `file`, one object a line with `title` and `text`."""
    for article in json_records(file):
        yield from split_sentences([article["title"], *article["text"].split("\n")])
