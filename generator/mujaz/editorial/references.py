"""What editors' refs lead to once the articles are known: ids of articles that are published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mujaz.config import Config
from mujaz.config.editorial_model import Editorial, ref_names
from mujaz.editorial.article_corrections import ArticleCorrections
from mujaz.enrich import Duplicates, StoryEdits
from mujaz.library import Library
from mujaz.model import Problem


class References:
    """Looks up what a ref names: an article by any of its names, or a story by its id or address.

    A story has the id of its first article, so that an article's id is all that there is to find.
    """

    def __init__(
        self, corrections: ArticleCorrections, duplicates: Duplicates, library: Library
    ) -> None:
        """Look up names of inputs, which articles stand for them, and what is published."""
        self._corrections, self._duplicates, self._library = corrections, duplicates, library

    def article_id(self, ref: str) -> str | None:
        """Return the id of the article that a ref names; None if none is published."""
        for name in ref_names(ref):
            if self._library.article_text(name) is not None:
                return name
        for file in sorted(self._corrections.files(ref)):
            shown = self._duplicates.representative_of(file)
            if shown and (article_id := self._library.id_of_file(shown)):
                return article_id
        return None

    def article_ids(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the articles that some refs name, in their order."""
        return tuple(filter(None, map(self.article_id, refs)))

    def front(self, config: Config) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of what leads editions, in order, and of what none has.

        A pin that names nothing stays as it is.
        """
        pins = dict.fromkeys(self.article_id(pin) or pin for pin in config.pins)
        return (*pins,), (*dict.fromkeys(self.article_ids(config.editorial.off_front)),)

    def story_edits(self, editorial: Editorial) -> StoryEdits:
        """Return what editors say of stories, by ids of articles."""
        sets = {
            kind: tuple(
                frozenset(self.article_ids(edit.refs))
                for edit in editorial.stories
                if edit.kind == kind
            )
            for kind in ("join", "split")
        }
        titles = (
            (article_id, edit.title)
            for edit in editorial.stories
            for article_id in self.article_ids(edit.refs[:1])
            if edit.title
        )
        return StoryEdits(sets["join"], sets["split"], tuple(titles))

    def problems(self, places: Mapping[str, str]) -> Iterator[Problem]:
        """Yield the refs that name nothing that is published; `places` are where each stands."""
        for ref, place in places.items():
            if self.article_id(ref) is None:
                reason = f"names `{ref}`, which is no article or story here"
                yield Problem(place, reason, "name it anew, or take it out")


def referring_places(editorial: Editorial) -> dict[str, str]:
    """Return all refs but those of corrections, each with the file and line where it stands."""
    of_stories = {ref: edit.place for edit in editorial.stories for ref in edit.refs}
    return {**of_stories, **editorial.off_front, **editorial.pins}
