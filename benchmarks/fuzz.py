"""Throws broken bytes at the whole way from a file to its page: `python -m benchmarks.fuzz [N]`.

Coverage-guided by atheris, for N runs (20,000 unless told), beginning with the sample
articles. Ends with the counts; any exception is a finding, and any input of which nothing becomes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mujaz"]):
    from mujaz.compose import page_text
    from mujaz.config import Config
    from mujaz.model import Article, Problem
    from mujaz.parse import draft, learn_vocabulary, parse_article
    from mujaz.read import read_files

    from tests.support import collect, compose

SUFFIXES = (
    *(".txt", ".md", ".html", ".xml", ".json", ".jsonl", ".warc", ".warc.gz", ".yml"),
    *(".csv", ".tsv", ".mhtml", ".docx", ".epub", ".opml"),
)
_SEEDS = Path(__file__).parent.parent / "seeds"


class Fuzzer:
    """One folder with one file in it, over and over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = Config(folder / "mkdocs.yml", folder, folder, folder)
        self.counts = {"published": 0, "rejected": 0}

    def run(self, data: bytes) -> None:
        """Take the first byte as the format, the others as the file."""
        suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
        path = self.folder / f"input{suffix}"
        path.write_bytes(data[1:])
        found = list(read_files([path]))
        assert found or suffix == ".yml", "an input of which nothing became"
        drafts = [draft(each) for each in found if not isinstance(each, Problem)]
        vocabulary = learn_vocabulary(drafts, ["السنديانة"])
        parsed = [parse_article(each, vocabulary) for each in drafts]
        articles = [each for each in parsed if isinstance(each, Article)]
        corpus = collect(articles, {})
        assert len(corpus.articles) + len(corpus.duplicates) == len(articles)
        for page in compose(corpus, self.config):
            page_text(page)
        self.counts["published"] += len(articles)
        self.counts["rejected"] += len(found) - len(articles)
        path.unlink()


def main() -> None:
    """Fuzz, and print what became of the inputs."""
    runs = sys.argv[1] if len(sys.argv) > 1 else "20000"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus"
        corpus.mkdir()
        samples = (path for path in sorted(_SEEDS.rglob("*")) if path.suffix in SUFFIXES)
        for number, path in enumerate(samples):
            kind = bytes([SUFFIXES.index(path.suffix)])
            (corpus / str(number)).write_bytes(kind + path.read_bytes())
        work = folder / "work"
        work.mkdir()
        fuzzer = Fuzzer(work)

        def one(data: bytes) -> None:
            fuzzer.run(data)

        atheris.Setup(
            [sys.argv[0], f"-runs={runs}", "-max_len=4096", "-print_final_stats=1", str(corpus)],
            one,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
