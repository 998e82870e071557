"""Fetches the pages that wait, of one source: each is stored, tried again later, or given up."""

from __future__ import annotations

import time

from mujaz.config import FetchSource
from mujaz.fetching.discovery import page_article, unzipped_answer
from mujaz.fetching.faults import FetchError
from mujaz.fetching.fetch_state import WaitingPage
from mujaz.fetching.source_run import Tools
from mujaz.model import Problem
from mujaz.read.records.fetched import FetchNotes

_MAX_TRIES, _FIRST_PAUSE_SECONDS = 5, 15 * 60.0
_MAX_SOURCE_SECONDS = 15 * 60.0
"""For the pages of one source in one run; what is left waits for the next one."""
_BATCH_PAGES = 20
"""After which what came is kept for good, whatever happens then."""


class PageRun:
    """The pages of one source in one run."""

    def __init__(self, tools: Tools, source: FetchSource) -> None:
        self._tools, self._source = tools, source
        self.articles = 0
        self.problems: list[Problem] = []

    def run(self) -> None:
        """Fetch the pages that may be asked for now."""
        state, now = self._tools.state, self._tools.now
        started = time.monotonic()
        while pages := state.pages(self._source.address, now, _BATCH_PAGES):
            for page in pages:
                is_over = time.monotonic() - started > _MAX_SOURCE_SECONDS
                if is_over or self._tools.stopping.is_set():
                    return
                self._fetch(page)
            with self._tools.lock:
                self._tools.archive.sync()
                state.commit()

    @property
    def waiting(self) -> int:
        """The number of pages that are left for the next run."""
        return self._tools.state.count_pages(self._source.address)

    def _fetch(self, page: WaitingPage) -> None:
        try:
            answer, _ = self._tools.session.get(page.address, {})
            answer = unzipped_answer(answer)
            with self._tools.parsing:
                article = page_article(answer)
        except FetchError as error:
            with self._tools.lock:
                self._failed(page, error)
            return
        with self._tools.lock:
            is_article = not isinstance(article, Problem)
            self._tools.archive.add(answer, self._notes(page, None if is_article else ()))
            if isinstance(article, Problem):
                self._give_up(page, article)
            else:
                self.articles += 1
                self._tools.state.remove_page(page)

    def _failed(self, page: WaitingPage, error: FetchError) -> None:
        """Have a page wait for its next try, or give it up."""
        tries = page.tries + (not error.wait)
        if error.is_passing and tries < _MAX_TRIES:
            pause = max(error.wait or 0.0, 1.0) if error.wait else _FIRST_PAUSE_SECONDS * 2**tries
            next_try = self._tools.now + pause
            self._tools.state.put_page(page._replace(tries=tries, next_try=next_try))
            if not error.wait:
                self.problems.append(Problem(page.address, error.reason, error.hint))
        else:
            self._give_up(page, Problem(page.address, error.reason, error.hint))

    def _give_up(self, page: WaitingPage, problem: Problem) -> None:
        """Take an entry's summary in the place of its page, if it has one."""
        stored = self._tools.state.answer(page.answer) if page.answer is not None else None
        hint = problem.hint
        if stored:
            source = self._source
            notes = FetchNotes(source.source, source.section, numbers=(page.number,))
            self._tools.archive.add(stored, notes)
            self.articles += 1
            hint = f"{hint}; until then the summary in its feed stands for it"
        if page.entry:  # what a list links to and is no article is no matter
            self.problems.append(Problem(page.address, problem.reason, hint))
        self._tools.state.remove_page(page)

    def _notes(self, page: WaitingPage, numbers: tuple[int, ...] | None) -> FetchNotes:
        source = self._source
        return FetchNotes(source.source, source.section, page.guid, page.address, page.day, numbers)
